"""Lines on their way to a Source: cleaned, numbered, and no more of them than can be read."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from . import limits
from .source import Line, Page, Source, Unreadable

BETWEEN_CELLS = " | "
NOTHING = (
    re.compile(  # what nobody sees: controls, lone surrogates, zero widths, directions, soft hyphens, marks of order
        "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f]"
        "|[\ud800-\udfff\ufeff\ufff9-\ufffc\ufffe\uffff]"
    )
)
SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
CLOCK_IN_PIECES = re.compile(r"\s*\d[^\n]*\n")  # "9.00 –" above "9.30" in a narrow column
LONGEST_CLOCK = 24


def cleaned(text: str) -> str:
    """Without what nobody sees; every kind of space but the tab is a plain one. Breaks of lines stay."""
    return SPACES.sub(" ", NOTHING.sub("", text))


def broken(text: str) -> list[str]:
    """The lines of a text, whatever breaks them: \\r, \\v, \\f and U+2028 do, too."""
    return cleaned(text).splitlines()


class Gathering:
    """Pages and lines as a container finds them. Each of its methods raises Unreadable where there are too many."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self._lines: list[Line] = []
        self._name = ""
        self._count = self._characters = 0
        self._gap = True

    def page(self, name: str = "") -> None:
        """Begin a page; what came before is a page if anything stands on it, or if it has a name."""
        self._turn()
        self._name = " ".join(cleaned(name).split())

    def gap(self) -> None:
        """An empty line, or the edge of a table."""
        self._gap = True

    def line(self, text: str, *, cells: tuple[str, ...] = (), level: int = 0, is_title: bool = False) -> None:
        """A line that holds no break; one without words is a gap."""
        if not text.strip():
            return self.gap()
        self._count += 1
        self._characters += len(text)
        self._stop_where_it_is_too_much(text)
        self._lines.append(Line(self._count, text, cells, level, is_title, self._gap))
        self._gap = False
        return None

    def text(self, text: str, *, level: int = 0, is_title: bool = False) -> None:
        """A paragraph: each of its lines, without the spaces around it."""
        for line in broken(text):
            self.line(line.strip(), level=level, is_title=is_title)

    def row(self, cells: Sequence[str], *, level: int = 0) -> None:
        """A row of a table, and a row more for each further line that stands in one of its cells."""
        split = [_in_lines(cell) for cell in cells]
        if not any(split):
            self.gap()
        for number, line in enumerate(zip_longest(*split, fillvalue="")):
            kept = tuple(line[: max(i for i, cell in enumerate(line) if cell) + 1])
            self.line(BETWEEN_CELLS.join(filter(None, kept)), cells=kept, level=0 if number else level)

    def source(self, *, are_pages_real: bool) -> Source:
        """All of it. Raises Unreadable where there is nothing."""
        self._turn()
        if not self._count:
            raise Unreadable("There are no words in it that can be read.")
        return Source(tuple(self.pages), are_pages_real)

    def _turn(self) -> None:
        if self._lines or self._name:
            self.pages.append(Page(tuple(self._lines), self._name))
        if len(self.pages) > limits.MOST_PAGES:
            raise Unreadable(f"It has more than {limits.MOST_PAGES} pages. Keep the ones that are about the day.")
        self._lines, self._name, self._gap = [], "", True

    def _stop_where_it_is_too_much(self, text: str) -> None:
        if self._count > limits.MOST_LINES:
            raise Unreadable(f"It has more than {limits.MOST_LINES:,} lines. Keep the ones that are about the day.")
        if len(text) > limits.MOST_LINE_CHARACTERS:
            most = f"{limits.MOST_LINE_CHARACTERS:,}"
            raise Unreadable(f"Line {self._count} has more than {most} characters. Break it up, or leave it out.")
        if self._characters > limits.MOST_CHARACTERS:
            raise Unreadable("There is too much text in it for one day. Keep what is about the day.")


def _in_lines(cell: str) -> list[str]:
    """The lines of a cell with words in them. A clock time in two pieces is one."""
    text = cleaned(cell).replace("\t", " ").strip()
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(text) <= LONGEST_CLOCK and CLOCK_IN_PIECES.match(text):
        return [" ".join(lines)]
    return lines
