"""A web page that was saved, or the source of one that was pasted: its words, lists and tables.

Scripts and styles are left out; nothing a page refers to is fetched.
"""

import re
from html.parser import HTMLParser

from . import limits
from .gathering import Gathering
from .source import Source, Unreadable

PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|p|ul)\b",
    re.IGNORECASE | re.DOTALL,
)
SILENT = {"script", "style", "template", "title", "svg"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "caption"}
LISTS = {"ul", "ol", "menu"}
APART = {"p", "hr", "blockquote", "table", *HEADINGS, *LISTS}  # what has space around it
BLOCKS = {"div", "section", "article", "header", "footer", "main", "nav", "aside", "li", "dt", "dd", "pre", "address"}
BLOCKS |= {"figure", "figcaption", "form", "fieldset", "dl", "body", *APART}
WIDEST, LONGEST = 60, 500  # that a cell goes across, and down


def is_page(text: str) -> bool:
    return bool(PAGE.match(text))


def read(text: str, title: str = "") -> Source:
    """One page, under `title` if there is one. Raises Unreadable."""
    if len(text) > limits.MOST_TEXT_BYTES:
        raise Unreadable(limits.TOO_LARGE_A_TEXT)
    reading = _Reading()
    reading.gathering.line(title, is_title=True)
    reading.feed(text)
    reading.close()
    reading.flush()
    return reading.gathering.source(are_pages_real=False)


class _Table:
    """A row that is being read, and how far the cells of rows above reach into it. `cells` is None between rows."""

    def __init__(self) -> None:
        self.cells: list[str] | None = None
        self.is_in_cell = False
        self._reaching: dict[int, int] = {}
        self._span = (1, 1)

    def begin_cell(self, across: int, down: int) -> None:
        self._span = (across, down)
        self.is_in_cell = True

    def end_cell(self, text: str) -> None:
        """Places that a cell above has taken, or this one takes beside its own, stay empty."""
        if self.cells is None or not self.is_in_cell:
            return
        while self._reaching.get(len(self.cells), 0) > 0:
            self._reaching[len(self.cells)] -= 1
            self.cells.append("")
        across, down = self._span
        self._reaching |= {len(self.cells) + column: down - 1 for column in range(across)}
        self.cells += [text, *[""] * (across - 1)]
        self.is_in_cell = False


class _Reading(HTMLParser):
    """A page on its way into lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.gathering = Gathering()
        self.words: list[str] = []
        self.tables: list[_Table] = []
        self.silent = self.lists = self.level = 0
        self.is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag == "br":
            self.words.append("\n")
        elif tag == "table":
            self.open_table()
        elif tag in {"tr", "td", "th"} and self.tables:
            self.open_cell(tag, dict(attrs))
        elif tag in BLOCKS:
            self.block(tag)
            self.lists += tag in LISTS
            self.level = max(self.lists, 1) if tag == "li" else 0
            self.is_title = tag in HEADINGS

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag == "table" and self.tables:
            self.close_row()
            self.tables.pop()
            self.gathering.gap()
        elif tag == "tr" and self.tables:
            self.close_row()
        elif tag in {"td", "th"} and self.tables:
            self.close_cell()
        elif tag in BLOCKS:
            self.block(tag)
            self.lists = max(self.lists - (tag in LISTS), 0)
            self.level, self.is_title = 0, False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def block(self, tag: str) -> None:
        """The edge of one: in a table's cell no more than a new line."""
        if self.tables and self.tables[-1].is_in_cell:
            self.words.append("\n")
            return
        self.flush()
        if tag in APART:
            self.gathering.gap()

    def open_table(self) -> None:
        """A table in a cell says that the one around it places things, so what is around it is read as words."""
        if self.tables and (cells := self.tables[-1].cells) is not None:
            for cell in cells:
                self.gathering.text(cell)
            self.tables[-1].cells, self.tables[-1].is_in_cell = None, False
        self.flush()
        self.gathering.gap()
        self.tables.append(_Table())

    def open_cell(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self.tables[-1]
        if tag == "tr":
            self.close_row()
            table.cells = []
        elif table.cells is None:
            self.flush()
        else:
            self.close_cell()
            table.begin_cell(_span(attributes.get("colspan"), WIDEST), _span(attributes.get("rowspan"), LONGEST))

    def close_cell(self) -> None:
        if self.tables[-1].is_in_cell:
            self.tables[-1].end_cell("".join(self.words))
            self.words.clear()

    def close_row(self) -> None:
        self.close_cell()
        self.flush()
        if cells := self.tables[-1].cells:
            self.gathering.row(cells)
        self.tables[-1].cells = None

    def flush(self) -> None:
        """The words so far are a line, or as many as they have breaks."""
        text = "".join(self.words)
        self.words.clear()
        self.gathering.text(text, level=self.level, is_title=self.is_title)


def _span(said: str | None, most: int) -> int:
    return min(max(int(said), 1), most) if said and re.fullmatch(r"\d{1,4}", said.strip(), re.ASCII) else 1
