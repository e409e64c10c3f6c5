"""The sheets of the workbook: a whole day in, headings and rows out. Pure: what writes them is in pack.py.

One table a sheet from A1 on, no merged cells, no blank rows, and nothing that is said by colour alone.
"""

from collections.abc import Callable, Iterator, Sequence

from . import notes
from .run_sheets import prompts, questions, running_order, to_know
from .said_sheets import feedback, flipcharts, four_questions, responses, summary
from .sheet import MIDDLE, WIDE, Column, Sheet
from .tables import Row
from .tidy import Table
from .whole import Whole

Meanings = Sequence[tuple[str, str]]


def workbook(day: Whole, tables: Sequence[Table], meanings: Meanings) -> list[Sheet]:
    """Every sheet in order. `tables`: the tidy ones; `meanings`: of their long table, for the dictionary."""
    middle = [make(day) for make in MADE]
    cover = Sheet("Cover", "The day in a few lines", TWO, list(_cover(day)))
    dictionary = Sheet("Data dictionary", "What each column means, here and in the files of csv/", MEANS, [])
    contents = Sheet("Contents", "What stands where", CONTENTS, [])
    sheets = [cover, contents, *middle, dictionary]
    dictionary.rows.extend(_dictionary(tables, sheets, meanings))
    contents.rows.extend([sheet.name, sheet.holds, len(sheet.rows)] for sheet in sheets if sheet is not contents)
    return sheets


TWO = (Column("What", "What the line is about", MIDDLE), Column("Value", "What it says", WIDE))
MEANS = (
    Column("Where", "The sheet, or the file in csv/", MIDDLE),
    Column("Column", "Its heading", MIDDLE),
    Column("Meaning", "What stands in it", WIDE),
)
CONTENTS = (
    Column("Sheet", "The name at its foot", MIDDLE),
    Column("Holds", "What is in it", WIDE),
    Column("Rows", "How many lines it has, without the heading"),
)


def _cover(day: Whole) -> Iterator[Row]:
    asked = [one for one in day.asked if one.life]
    yield ["Title", day.title]
    yield ["Date", day.event.date.isoformat()]
    yield ["Place", day.place]
    yield ["Host", day.host]
    yield ["People who came", day.came]
    yield ["Items of the running order", len(day.items)]
    yield ["Questions that were asked", len(asked)]
    yield ["Answers in this file", sum(len(one.answers) for one in day.asked)]
    yield ["Profile", f"{day.profile}: no names; answers not kept with a name stand in no order"]
    yield ["As it stood", day.how_far]


def _dictionary(tables: Sequence[Table], sheets: Sequence[Sheet], meanings: Meanings) -> Iterator[Row]:
    for sheet in sheets:
        for column in sheet.columns:
            yield [sheet.name, column.heading, column.meaning]
    known: dict[str, str] = {**dict(meanings), **notes.MEANINGS}
    for table in tables:
        for name in table.columns:
            yield [f"csv/{table.name}.csv", name, known.get(name, notes.CHOSEN)]


MADE: tuple[Callable[[Whole], Sheet], ...] = (
    summary,
    feedback,
    responses,
    questions,
    prompts,
    flipcharts,
    four_questions,
    running_order,
    to_know,
)
