"""CSV that spreadsheets open as text and numbers, never as formulas."""

import csv
import io
import math
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from feedback.kinds.base import without_controls

CellValue: TypeAlias = str | int | float | None

STARTS_A_FORMULA = "=+-@\t\n"


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> bytes:
    """The table as UTF-8 with a BOM, every cell quoted, lines ended by CRLF. Raises ValueError for a ragged row."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([in_file(column) for column in columns])
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"a row of {len(row)} cells under {len(columns)} columns")
        writer.writerow([in_file(value) for value in row])
    return file.getvalue().encode("utf-8-sig")


def in_file(value: CellValue) -> CellValue:
    """A cell as the file has it: an apostrophe goes before what a spreadsheet might run; None is an empty cell."""
    if isinstance(value, str):
        text = without_controls(value)
        return f"'{text}" if _would_run(text) else text
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _would_run(text: str) -> bool:
    """Whether a spreadsheet might read a formula: what it skips is skipped, full-width twins count as themselves."""
    for char in text:
        if unicodedata.category(char) not in {"Zs", "Zl", "Zp", "Cf"}:
            return unicodedata.normalize("NFKC", char)[0] in STARTS_A_FORMULA
    return False
