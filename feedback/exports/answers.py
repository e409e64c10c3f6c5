"""The file of answers, and a look at it before it is taken: reads what may leave, and hands it to the pure tables."""

import hashlib
from dataclasses import dataclass

from agenda import queries as agenda
from agenda.models import Workshop

from . import reading, tables
from .columns import MEANINGS
from .csvfile import CellValue, in_file, write_csv

SEEN_BEFORE = 50  # rows, from the first


@dataclass(frozen=True)
class File:
    """A file to take home: its name, its bytes, how many rows of data, and their SHA-256."""

    name: str
    content: bytes
    rows: int
    sha256: str


@dataclass(frozen=True)
class Preview:
    """What a file would hold now: its name, each column with what it means, its first rows, how many rows in all.

    Cells are as the file has them; `is_guarded` says that one of these begins with an apostrophe that nobody wrote.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    first: tuple[tuple[str, ...], ...]
    rows: int
    is_guarded: bool


def as_csv(workshop: Workshop) -> File:
    """Every released answer, one row each."""
    rows = _rows(workshop)
    content = write_csv(tables.RESPONSES_LONG, rows)
    return File(_name(workshop), content, len(rows), hashlib.sha256(content).hexdigest())


def preview(workshop: Workshop) -> Preview:
    """The same rows in the same order, as far as somebody looks before taking them."""
    rows = _rows(workshop)
    first = rows[:SEEN_BEFORE]
    cells = tuple(tuple(_read(value) for value in row) for row in first)
    is_guarded = any(_is_guarded(value) for row in first for value in row)
    columns = tuple((column, str(MEANINGS[column])) for column in tables.RESPONSES_LONG)
    return Preview(_name(workshop), columns, cells, len(rows), is_guarded)


def _read(value: CellValue) -> str:
    found = in_file(value)
    return "" if found is None else str(found)


def _is_guarded(value: CellValue) -> bool:
    return isinstance(value, str) and _read(value).startswith("'") and not value.startswith("'")


def _name(workshop: Workshop) -> str:
    return f"{workshop.date:%Y-%m-%d}_{workshop.slug}_answers.csv"


def _rows(workshop: Workshop) -> list[tables.Row]:
    event = tables.Event(id=workshop.slug, date=workshop.date)
    return tables.responses_long(event, reading.questions(workshop, agenda.day(workshop)))
