import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.importers import limits
from agenda.importers.plain_text import decoded, read
from agenda.importers.source import Line, Unreadable

from .outcomes import lines_or_sentence

DAY = "Programme – Café\r\n1115 Talk\r\n"


def lines(text: str | bytes) -> list[Line]:
    return list(read(text).lines())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_what_notepad_and_others_write_is_read(encoding: str) -> None:
    assert decoded(DAY.encode(encoding)) == DAY


def test_a_byte_that_no_alphabet_has_is_not_the_end() -> None:
    assert lines(b"1115 Talk \x81\xff\n1200 Lunch")[1].text == "1200 Lunch"


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\0\0\0\0", b"\x7fELF\x02\x01\x01" + b"\0" * 90, bytes(range(256))])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)


def test_bullets_say_how_far_they_stand_in() -> None:
    text = "Today\n- one\n - two\n   - three\n - two\n- one\n\n- one\nWords\n   • one\n\t\t◦ two\n* one"
    assert [line.level for line in lines(text)] == [0, 1, 2, 3, 2, 1, 1, 0, 1, 2, 1]


@pytest.mark.parametrize(
    "text", ["• a", "◦ a", "▪ a", "- a", "* a", "o a", "– a", "•a", "\uf0b7\ta", "+ a", "· a", "- [ ] a"]
)
def test_a_mark_makes_a_bullet_and_stays(text: str) -> None:
    assert [(line.level, line.text) for line in lines(text)] == [(1, text)]


@pytest.mark.parametrize(
    "text", ["-5 degrees", "*Lunch*", "---", "o", "-", "1. Lunch", "over lunch", "–9.30", "- - -", "•"]
)
def test_what_only_looks_like_a_bullet_is_none(text: str) -> None:
    assert [line.level for line in lines(text)] == [0]


def test_a_gap_is_an_empty_line() -> None:
    assert [line.after_gap for line in lines("a\nb\n \t\nc")] == [True, False, True]


def test_form_feeds_make_no_pages() -> None:
    source = read("a\fb")
    assert (len(source.pages), source.are_pages_real) == (1, False)


def test_tabs_before_words_are_kept_where_tabs_make_columns() -> None:
    assert [line.text for line in lines("1115\tTalk\n\tJenny Nelson")] == ["1115\tTalk", "\tJenny Nelson"]
    assert [line.text for line in lines("1115 Talk\n\tJenny Nelson")] == ["1115 Talk", "Jenny Nelson"]
    assert [line.text for line in lines("•\tTalk\n\tJenny Nelson")] == ["•\tTalk", "Jenny Nelson"]


def test_what_a_reply_quotes_is_read_without_its_marks() -> None:
    assert [line.text for line in lines("> > 1115 Talk\n>\n> 1200 Lunch")] == ["1115 Talk", "1200 Lunch"]


def test_a_heading_of_markdown_is_one() -> None:
    assert [(line.is_title, line.text) for line in lines("## The day\n#1 of 3")] == [
        (True, "## The day"),
        (False, "#1 of 3"),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"a" * (limits.MOST_TEXT_BYTES + 1), "5 MB"),
        ("a" * (limits.MOST_LINE_CHARACTERS + 1), "12,000 characters"),
        ("\n" * limits.MOST_BREAKS + "a\n", "100,000 lines"),
    ],
)
def test_too_large_a_text_is_refused(text: str | bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(text)


@given(st.text(st.characters(), max_size=300) | st.binary(max_size=300))
def test_any_text_is_lines_or_a_sentence(text: str | bytes) -> None:
    lines_or_sentence(read, text)


@given(st.lists(st.sampled_from(["-", "•", " ", "\t", "a", "\n", "> ", "o ", "\f", "9.30", "# ", "|"]), max_size=60))
def test_no_word_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    kept = "".join(line.text for line in read(f"{text}\na").lines())
    assert "".join(kept.split()).replace(">", "") == "".join(f"{text}a".split()).replace(">", "")
