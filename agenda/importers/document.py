"""A Word file: its paragraphs and tables in the order in which they stand.

Headers, footers, footnotes, comments and what tracked changes have struck out are not read; boxes of text are, after
the paragraph that holds them.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from . import addresses, bullets
from .gathering import Gathering
from .package import Package
from .paragraph_styles import Styles
from .source import Source

PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
BOX, LINK, RUN, TEXT = qn("w:txbxContent"), qn("w:hyperlink"), qn("w:r"), qn("w:t")
SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
AROUND = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "fldSimple")}
AROUND |= {qn(f"w:{name}") for name in ("bdo", "dir")}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what was said
WIDEST = 60  # columns
MANY_PARAGRAPHS = 4  # in one cell: then the table is there for the layout


def read(package: Package) -> Source:
    """One page. Raises Unreadable; what else is wrong with the file raises whatever the library does."""
    paper = Document(package.file())
    reading = _Reading(Styles(paper.styles.element), {key: one.target_ref for key, one in paper.part.rels.items()})
    reading.blocks(paper.element.body)
    return reading.gathering.source(are_pages_real=False)


class _Reading:
    """A document on its way into lines."""

    def __init__(self, styles: Styles, targets: dict[str, str]) -> None:
        self.styles, self.targets = styles, targets
        self.gathering = Gathering()

    def blocks(self, around: Any) -> None:
        """Paragraphs and tables of a body, a box or a cell."""
        for block in _children(around):
            if block.tag == PARAGRAPH:
                self.paragraph(block)
            elif block.tag == TABLE:
                self.gathering.gap()
                self.table(block)
                self.gathering.gap()

    def paragraph(self, paragraph: Any) -> None:
        look, words = self.styles.look(paragraph), self.words(paragraph)
        if not words.strip():
            self.gathering.gap()
        level = look.level or int(not look.is_title and bullets.is_bullet(words.strip()))
        self.gathering.text(words, level=level, is_title=look.is_title)
        for box in _boxes(paragraph):
            self.blocks(box)

    def table(self, table: Any) -> None:
        """A line a row; a table that only places paragraphs beside each other is read cell by cell."""
        rows = [[cell for cell in _children(row) if cell.tag == CELL] for row in _children(table) if row.tag == ROW]
        is_layout = all(len(cells) <= 1 for cells in rows) or (len(rows) == 1 and any(map(_is_long, rows[0])))
        for cells in rows:
            if is_layout or any(cell.find(f".//{TABLE}") is not None for cell in cells):
                for cell in cells:
                    self.blocks(cell)
            else:
                self.gathering.row([text for cell in cells for text in self.columns(cell)])

    def columns(self, cell: Any) -> Iterator[str]:
        """What stands in a cell, once, and nothing in the other columns it goes across."""
        properties = cell.find(qn("w:tcPr"))
        merged = None if properties is None else properties.find(qn("w:vMerge"))
        goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
        yield "" if goes_on else "\n".join(self.in_cell(cell))
        span = None if properties is None else properties.find(qn("w:gridSpan"))
        said = "" if span is None else span.get(qn("w:val"), "")
        yield from [""] * (min(int(said), WIDEST) - 1 if re.fullmatch(r"\d{1,3}", said, re.ASCII) else 0)

    def in_cell(self, cell: Any) -> Iterator[str]:
        for paragraph in cell.iter(PARAGRAPH):
            if not any(around.tag == FALLBACK for around in paragraph.iterancestors()):
                yield self.words(paragraph)

    def words(self, around: Any) -> str:
        return "".join(self._pieces(around))

    def _pieces(self, around: Any) -> Iterator[str]:
        for piece in around:
            if piece.tag == RUN:
                yield from (_sign(one) for one in piece)
            elif piece.tag == LINK:
                yield addresses.with_address(self.words(piece), self.targets.get(piece.get(qn("r:id"), "")))
            elif piece.tag in AROUND:
                yield from self._pieces(piece)


def _children(around: Any) -> Iterator[Any]:
    """What stands in it, whatever is wrapped around that."""
    for child in around:
        if child.tag in AROUND:
            yield from _children(child)
        else:
            yield child


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The outermost boxes of text that are drawn at a paragraph."""
    for box in paragraph.iter(BOX):
        around = list(takewhile(lambda one: one is not paragraph, box.iterancestors()))
        if not {FALLBACK, PARAGRAPH} & {one.tag for one in around}:
            yield box


def _is_long(cell: Any) -> bool:
    return sum(1 for one in cell if one.tag == PARAGRAPH) >= MANY_PARAGRAPHS


def _sign(piece: Any) -> str:
    return (piece.text or "") if piece.tag == TEXT else SIGNS.get(piece.tag, "")
