"""What every container gives to the reader: pages of lines, in the order in which a person would read them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the source. `text` is never blank and holds no line break.

    `number` counts from 1 over the whole source. `cells` are those of a table's row, else empty; `text` then holds them
    all. `level` is how far a bullet is indented, from 1; 0 for what is no bullet. `is_title` is a heading by its style.
    `after_gap` is whether an empty line, or the edge of a page or a table, stands before it.
    """

    number: int
    text: str
    cells: tuple[str, ...] = ()
    level: int = 0
    is_title: bool = False
    after_gap: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A slide, a sheet, or the whole of a text. `name` is the slide's title or the sheet's name, or empty."""

    lines: tuple[Line, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that has been opened. `are_pages_real` is false for a text, whose pages nobody has marked."""

    pages: tuple[Page, ...]
    are_pages_real: bool = False

    def lines(self) -> Iterable[Line]:
        for page in self.pages:
            yield from page.lines


class Unreadable(Exception):
    """A file that no reader can read. The message is a sentence for the person who chose it."""
