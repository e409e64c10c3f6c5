import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.importers import limits
from agenda.importers.gathering import Gathering, broken, cleaned
from agenda.importers.source import Line, Unreadable


def lines(gathering: Gathering) -> list[Line]:
    return list(gathering.source(are_pages_real=False).lines())


def test_lines_are_numbered_over_all_pages() -> None:
    gathering = Gathering()
    for name in ("One", "Two"):
        gathering.page(name)
        gathering.text("a\nb")
    source = gathering.source(are_pages_real=True)
    assert [page.name for page in source.pages] == ["One", "Two"]
    assert [line.number for line in source.lines()] == [1, 2, 3, 4]
    assert [line.after_gap for line in source.lines()] == [True, False, True, False]


def test_a_page_that_has_but_a_name_is_one() -> None:
    gathering = Gathering()
    gathering.page("Only a title")
    gathering.page()
    gathering.text("a")
    assert [page.name for page in gathering.source(are_pages_real=True).pages] == ["Only a title", ""]


@pytest.mark.parametrize("mark", ["\r", "\n", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_break_breaks_a_line(mark: str) -> None:
    assert broken(f"1115 Talk{mark}1200 Lunch") == ["1115 Talk", "1200 Lunch"]


@given(st.text(st.characters()))
def test_what_is_left_can_be_seen_and_written(text: str) -> None:
    left = cleaned(text)
    assert left.encode("utf-8") is not None
    assert not {"\0", "\ufeff", "\u200b", "\xa0", "\x1b"} & {*left}


def test_a_space_that_does_not_break_is_a_space() -> None:
    assert cleaned("9.00\xa0–\u202f9.30\u200b") == "9.00 – 9.30"


def test_what_stands_below_in_a_cell_is_a_row_below() -> None:
    gathering = Gathering()
    gathering.row(["1115", "Talk", "Joyce McCarty\nJenny Nelson", ""])
    first, second = lines(gathering)
    assert first.cells == ("1115", "Talk", "Joyce McCarty")
    assert second.cells == ("", "", "Jenny Nelson")
    assert second.text == "Jenny Nelson"


def test_a_time_in_two_pieces_is_one() -> None:
    gathering = Gathering()
    gathering.row(["9.00 –\n9.30", "Welcome"])
    assert [line.text for line in lines(gathering)] == ["9.00 – 9.30 | Welcome"]


def test_an_empty_row_is_a_gap() -> None:
    gathering = Gathering()
    for row in (["a", "b"], ["", " "], ["c", ""]):
        gathering.row(row)
    assert [(line.cells, line.after_gap) for line in lines(gathering)] == [(("a", "b"), True), (("c",), True)]


def fill(what: str) -> Gathering:
    gathering = Gathering()
    if what == "lines":
        gathering.text("a\n" * (limits.MOST_LINES + 1))
    elif what == "pages":
        for _ in range(limits.MOST_PAGES + 2):
            gathering.page("x")
    elif what == "characters":
        gathering.text("a" * (limits.MOST_LINE_CHARACTERS + 1))
    elif what == "text":
        gathering.text(
            f"{'a' * (limits.MOST_LINE_CHARACTERS - 1)}\n" * (limits.MOST_CHARACTERS // limits.MOST_LINE_CHARACTERS + 2)
        )
    return gathering


@pytest.mark.parametrize("what", ["lines", "pages", "characters", "text", "nothing"])
def test_too_much_and_nothing_are_refused_with_a_sentence(what: str) -> None:
    with pytest.raises(Unreadable, match=r"^[A-Z].*\.$"):
        fill(what).source(are_pages_real=False)


def test_as_much_as_may_be_read_is_read() -> None:
    gathering = Gathering()
    gathering.text("a\n" * limits.MOST_LINES)
    assert len(lines(gathering)) == limits.MOST_LINES
