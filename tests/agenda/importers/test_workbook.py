from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from agenda.importers.opening import open_source
from agenda.importers.source import Source

from . import newcastle_day as day
from .made_files import newcastle_xlsx, written


def made(fill: Callable[[Any], object]) -> Source:
    book = Workbook()
    fill(book)
    return open_source("a.xlsx", written(book.save))


def cells(fill: Callable[[Any], object]) -> list[tuple[str, ...]]:
    """What is read of the first sheet."""
    return [line.cells for line in made(lambda book: fill(book.active)).lines()]


def test_the_newcastle_workbook_has_a_page_a_sheet() -> None:
    source = open_source("newcastle.xlsx", newcastle_xlsx())
    assert source.are_pages_real
    names = ["About", "Running order", "Ground rules", "Questions", "Housekeeping", "Links"]
    assert [page.name for page in source.pages] == names
    rows = [line.cells for line in source.pages[1].lines]
    assert rows[:3] == [
        ("Start", "Title", "Speakers"),
        ("Now", "Intros and Discussion"),
        ("11:15", "How digital is helping councils", day.SPEAKERS["How digital is helping councils"][0]),
    ]
    assert [row[:2] for row in rows[-2:]] == [("15:15", "Summary"), ("15:30", "Close")]
    assert source.pages[0].lines[1].text == "Date | 7 February 2020"


@pytest.mark.parametrize(
    ("value", "shown_as", "words"),
    [
        (time(9, 5), None, "09:05"),
        (9.5 / 24, "h:mm", "09:30"),
        (11.25 / 24, "h:mm AM/PM", "11:15"),
        (timedelta(minutes=90), None, "01:30"),
        (datetime(2020, 2, 7), None, "7 February 2020"),
        (date(2020, 2, 7), None, "7 February 2020"),
        (datetime(2020, 2, 7, 11, 15), None, "7 February 2020 11:15"),
        (datetime(2020, 2, 7, 11, 15), "hh:mm", "11:15"),
        (datetime(2020, 2, 7, 11, 15), "dd/mm/yyyy", "7 February 2020"),
        (1115, None, "1115"),
        (1115.0, None, "1115"),
        (9.3, None, "9.3"),
        (9.3, "0.00", "9.30"),
        (True, None, "Yes"),
        ("  9.30\u00a0am ", None, "9.30 am"),
    ],
)
def test_a_cell_says_what_a_person_reads_there(value: object, shown_as: str | None, words: str) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = value
        if shown_as:
            sheet["A1"].number_format = shown_as

    assert cells(fill) == [(words,)]


def test_a_merged_cell_is_read_once() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Morning", None, None])
        sheet.append(["1115", "Talk", "Joyce"])
        sheet.merge_cells("A1:C1")

    assert cells(fill) == [("Morning",), ("1115", "Talk", "Joyce")]


def test_hidden_sheets_are_read_and_very_hidden_ones_are_not() -> None:
    def fill(book: Any) -> None:
        book.active.append(["a"])
        for state in ("hidden", "veryHidden"):
            sheet = book.create_sheet(state)
            sheet.append(["b"])
            sheet.sheet_state = state

    assert [page.name for page in made(fill).pages] == ["Sheet", "hidden"]


def test_a_formula_that_nobody_worked_out_is_shown() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["11:15", '="How "&"digital"', "Joyce"])

    assert cells(fill) == [("11:15", '="How "&"digital"', "Joyce")]


def test_a_cell_in_the_last_corner_is_read_and_takes_no_time() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "1115"
        sheet["XFD1048576"] = "far away"

    first, last = cells(fill)
    assert first == ("1115",)
    assert last[-1] == "far away"
    assert len(last) == 101


def test_what_a_sheet_says_of_its_size_is_not_believed() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["a", "b", "c"])

    book = Workbook()
    fill(book.active)
    data = written(book.save)
    assert [line.cells for line in open_source("", data).lines()] == [("a", "b", "c")]


def test_chart_sheets_are_passed_over() -> None:
    def fill(book: Any) -> None:
        book.active.append(["a"])
        book.create_chartsheet("Chart")

    assert [page.name for page in made(fill).pages] == ["Sheet"]
