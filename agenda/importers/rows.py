"""The lines of a source as the reader goes through them, and what in them may be an item."""

from dataclasses import dataclass, field
from typing import Literal

from .clocks import Length, Span
from .columns import Roles, cells_of
from .dates import heading
from .marks import is_bulleted, is_numbered, plain, unmarked
from .source import Line

Form = Literal["first", "alone", "last", "cell", "length", "word", "prose", "labelled"]
SHOWN = 120  # characters of a paragraph in which nothing is looked for


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the source, tidied of Markdown. `roles` are those of its table's columns, if it stands in one."""

    line: Line
    page: int
    text: str
    cells: tuple[str, ...]
    roles: Roles = field(default_factory=dict)
    is_long: bool = False

    @property
    def is_table(self) -> bool:
        return len(self.cells) > 1

    @property
    def words(self) -> str:
        return unmarked(self.text)


@dataclass(frozen=True, slots=True)
class Find:
    """What may be an item. `place` is that of its row; `title` is what stands beside the time, as it stands there."""

    place: int
    form: Form
    title: str
    span: Span | None = None
    length: Length | None = None
    word: str = ""
    day: str = ""
    is_range_in_brackets: bool = False
    who: str = ""
    room: str = ""
    notes: tuple[str, ...] = ()
    parallel: tuple[str, ...] = ()


def row_of(line: Line, page: int, most: int) -> Row:
    """The row of a line. One of more than `most` characters is a paragraph: nothing is looked for in it."""
    if len(line.text) > most:
        return Row(line, page, line.text[:SHOWN].strip(), (line.text[:SHOWN].strip(),), is_long=True)
    cells = cells_of(line.text, line.cells) or ("",)
    return Row(line, page, plain(line.text) if len(cells) > 1 else cells[0].strip(), cells)


def is_listed(row: Row) -> bool:
    """Whether the row is one of a list."""
    return is_bulleted(row.text) or is_numbered(row.text) or row.line.level > 0


def day_heading(row: Row) -> str:
    """The name of a day, if the row is nothing else."""
    return "" if row.is_table and len([cell for cell in row.cells if cell.strip()]) > 2 else heading(row.words)
