import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.importers.csv_table import read, sniffed

from .outcomes import lines_or_sentence


def cells(data: str | bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read(data).lines()]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_found(mark: str) -> None:
    rows = [["Start", "Title", "Speakers"], ["11.15", "Talk", "Joyce"], ["12.00", "Lunch, at last", "x"]]
    text = "\r\n".join(mark.join(f'"{cell}"' if mark in cell else cell for cell in row) for row in rows)
    assert cells(text) == [tuple(row) for row in rows]


def test_commas_in_the_words_do_not_beat_semicolons() -> None:
    assert sniffed("Start;Title\n1115;How, why, and when\n1200;Lunch\n1330;Reflections, in pairs\n") == ";"


def test_what_excel_writes_is_read() -> None:
    data = "sep=;\r\nStart;Title\r\n11:15;Café\r\n".encode("cp1252")
    assert cells(data) == [("Start", "Title"), ("11:15", "Café")]


def test_a_cell_with_two_lines_makes_two_rows() -> None:
    assert cells('Start,Who\n1115,"Joyce\r\nJenny"\n') == [("Start", "Who"), ("1115", "Joyce"), ("", "Jenny")]


def test_empty_cells_at_the_end_are_cut_and_empty_rows_are_gaps() -> None:
    found = list(read("a,b,\n,,\nc,,\n").lines())
    assert [(line.cells, line.after_gap, line.text) for line in found] == [
        (("a", "b"), True, "a | b"),
        (("c",), True, "c"),
    ]


def test_one_column_is_a_text() -> None:
    assert [(line.text, line.cells) for line in read("1115 Talk\n1200 Lunch").lines()] == [
        ("1115 Talk", ()),
        ("1200 Lunch", ()),
    ]


@given(st.text(st.sampled_from('",;|\t\n\r\0a1\\ \ud800') | st.characters(), max_size=200))
def test_any_table_is_lines_or_a_sentence(text: str) -> None:
    lines_or_sentence(read, text)
