"""README.txt: what each file is, which profile this is, and what is not in it. Pure."""

from collections.abc import Sequence

from .sheet import Sheet
from .tidy import Table
from .whole import Whole

FILES = {
    "events": "the day, one row",
    "slots": "the running order, as planned and as it went",
    "questions": "every question, as it was worded last",
    "options": "what could be chosen in each question",
    "responses_long": "a row an answer; the same columns for every day, so that days can be put one below the other",
    "feedback_wide": "a row a feedback form, from five forms on; what was written in words is in responses_long",
    "response_rates": "how many were asked, and how many answered",
}


def text(day: Whole, tables: Sequence[Table], sheets: Sequence[Sheet]) -> str:
    lines = [
        f"{day.title}, {day.event.date.isoformat()}",
        day.how_far,
        "",
        "workbook.xlsx   for reading and printing. Its sheets:",
        *(f"    {sheet.name}: {sheet.holds} ({_rows(len(sheet.rows))})" for sheet in sheets),
        "",
        "csv/            for other programs: UTF-8, every cell quoted, times in UTC.",
        *(f"    {table.name}.csv: {FILES[table.name]} ({_rows(len(table.rows))})" for table in tables),
        "",
        f"Profile: {day.profile}",
        "There is no name, no council and no contact of anybody who took part. An answer that is not kept with a name",
        "stands in random order and carries no group, no language, no lateness and no time; of notes written for a",
        "table, the table. Feedback forms are put side by side from five on, and without what was written in words.",
        "Commitments and contacts are private and never in these files. The sheet Notes says what else is not here.",
        "",
        "In the CSV files, words that a spreadsheet might take for a formula begin with an apostrophe. The workbook",
        "holds the same words untouched, as text.",
    ]
    return "\n".join([*lines, ""])


def _rows(n: int) -> str:
    return f"{n} row" if n == 1 else f"{n} rows"
