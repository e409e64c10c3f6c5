"""What a day is taken home in: one ZIP with the workbook, the tidy tables and a list of what is what. Plain values in,
bytes out; the same values make the same bytes. Run as a program it reads them from its standard input.

XlsxWriter has no tables in its constant memory, so a workbook is made in a process of its own and never on the disk.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .csvfile import CellValue, write_csv
from .tables import Row

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can name: no file says when it was made
MOST_CHARACTERS = 32_767  # that a cell of a workbook holds
LONGEST_HEADING = 240
NICENESS = 10
Payload = Mapping[str, Any]


def payload(*, title: str, date: str, readme: str, tables: Sequence[Any], sheets: Sequence[Any]) -> Payload:
    """What `packed` wants, as JSON has it. `tables`: name, columns and rows; `sheets`: besides, the columns' widths."""
    return {
        "title": title,
        "date": date,
        "readme": readme,
        "tables": [[table.name, list(table.columns), table.rows] for table in tables],
        "sheets": [
            [sheet.name, [[column.heading, column.width] for column in sheet.columns], sheet.rows] for sheet in sheets
        ],
    }


def packed(day: Payload) -> bytes:
    """The ZIP."""
    files = {"README.txt": day["readme"].replace("\n", "\r\n").encode("utf-8-sig"), "workbook.xlsx": workbook(day)}
    files |= {f"csv/{name}.csv": write_csv(columns, rows) for name, columns, rows in day["tables"]}
    file = BytesIO()
    with ZipFile(file, "w") as into:
        for name, content in files.items():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o600 << 16  # the same on every computer
            into.writestr(entry, content)
    return file.getvalue()


def workbook(day: Payload) -> bytes:
    """A real table on each sheet that has rows, under a heading that stays; every text a string, whatever it says."""
    import xlsxwriter  # here, since few presses need it and each start would wait for it

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": day["title"], "created": datetime.fromisoformat(day["date"])})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    heading = book.add_format({"text_wrap": True, "valign": "top", "bold": True})
    for name, columns, rows in day["sheets"]:
        sheet = book.add_worksheet(name)
        headings = different([column for column, _width in columns])
        for number, (text, (_heading, width)) in enumerate(zip(headings, columns, strict=True)):
            sheet.set_column(number, number, width, words)
            sheet.write_string(0, number, text, heading)
        _write_rows(sheet, rows)
        _set_up(sheet, name, headings, len(rows))
    book.close()
    return file.getvalue()


def _write_rows(sheet: Any, rows: Sequence[Row]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value)


def _write(sheet: Any, row: int, column: int, value: CellValue) -> None:
    """Nothing is guessed from what a text looks like: no formula, no link, no number."""
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value[:MOST_CHARACTERS])
    elif value is not None:
        sheet.write_number(row, column, value)


def _set_up(sheet: Any, name: str, headings: Sequence[str], n: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    if n:
        table = {"name": name.replace(" ", ""), "style": "Table Style Light 1"}
        table_columns = [{"header": text} for text in headings]
        sheet.add_table(0, 0, n, len(headings) - 1, table | {"columns": table_columns})


def different(headings: Sequence[str]) -> list[str]:
    """One line each, not too long, and no two alike: a table has to tell its columns apart."""
    found: list[str] = []
    for text in headings:
        line = " ".join(text.split())[:LONGEST_HEADING] or "Column"
        same = sum(_alike(line, other) for other in found)
        found.append(f"{line} ({same + 1})" if same else line)
    return found


def _alike(line: str, other: str) -> bool:
    return other.casefold() == line.casefold() or other.casefold().startswith(f"{line.casefold()} (")


def main() -> None:
    """As a child of the server: after everybody else, since phones are waiting."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    sys.stdout.buffer.write(packed(json.load(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
