"""What somebody has taken home, opened again."""

import csv
import io
from typing import Any
from zipfile import ZipFile

import openpyxl

from agenda.models import Workshop
from feedback.exports import pack, take_home

Line = dict[str, Any]


def packed(workshop: Workshop) -> bytes:
    """The ZIP, made in this process."""
    return pack.packed(take_home.payload(take_home.whole(workshop)))


def files(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def table(content: bytes, name: str) -> list[dict[str, str]]:
    """One of csv/, as a spreadsheet reads it."""
    text = files(content)[f"csv/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(files(content)["workbook.xlsx"]))


def sheet(content: bytes, name: str) -> list[Line]:
    """Its rows by heading; an empty cell is None."""
    headings, *rows = [[cell.value for cell in row] for row in book(content)[name].iter_rows()]
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]
