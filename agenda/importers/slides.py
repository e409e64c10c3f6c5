"""A deck: a page a slide, hidden slides too.

What stands on a slide is read from the top down, and from the left where things stand side by side. Speakers' notes,
comments, pictures, charts, and the footer, date and number of a slide are not read.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Inches

from . import addresses, bullets, diagrams
from .gathering import Gathering, cleaned
from .package import Package
from .source import Source

SIDE_BY_SIDE = Inches(0.2)  # how much higher one of two things may stand
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
LISTS = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT}
EDGES = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER}
MARKED, UNMARKED = {qn("a:buChar"), qn("a:buAutoNum"), qn("a:buBlip")}, qn("a:buNone")
BREAK, RUN, FIELD, TEXT, CLICK = qn("a:br"), qn("a:r"), qn("a:fld"), qn("a:t"), qn("a:hlinkClick")


def read(package: Package) -> Source:
    """A page a slide. Raises Unreadable; what else is wrong with the file raises whatever the library does."""
    gathering = Gathering()
    for slide in Presentation(package.file()).slides:
        _Slide(slide, gathering).read()
    return gathering.source(are_pages_real=True)


class _Slide:
    """A slide on its way into lines."""

    def __init__(self, slide: Any, gathering: Gathering) -> None:
        self.slide, self.gathering = slide, gathering
        self.targets = {key: one.target_ref for key, one in slide.part.rels.items() if one.is_external}

    def read(self) -> None:
        """The title first, wherever it stands."""
        shapes = list(self.slide.shapes)
        titles = [one for one in shapes if _place(one) in TITLES]
        name = " ".join(" ".join(one.text_frame.text.split()) for one in titles)
        self.gathering.page(name)
        self.gathering.line(cleaned(name).strip(), is_title=True)
        for shape in in_reading_order(one for one in shapes if _place(one) not in TITLES | EDGES):
            self.shape(shape)

    def shape(self, shape: Any) -> None:
        if hasattr(shape, "shapes"):  # a group
            for one in in_reading_order(shape.shapes):
                self.shape(one)
        elif getattr(shape, "has_table", False):
            self.gathering.gap()
            self.table(shape.table)
        elif getattr(shape, "has_text_frame", False):
            self.gathering.gap()
            self.frame(shape.text_frame, is_list=_place(shape) in LISTS)
        elif blob := self.diagram(shape):
            self.gathering.gap()
            for text, level in diagrams.read(blob):
                self.gathering.text(text, level=level)

    def frame(self, frame: Any, *, is_list: bool) -> None:
        for paragraph in frame.paragraphs:
            words = self.words(paragraph)
            level = _level(paragraph, is_list=is_list) or int(bullets.is_bullet(words.strip()))
            if not words.strip():
                self.gathering.gap()
            self.gathering.text(words, level=level)

    def table(self, table: Any) -> None:
        """A cell that goes across others is read once."""
        for row in table.rows:
            frames = [None if cell.is_spanned else cell.text_frame for cell in row.cells]
            self.gathering.row([self.cell(frame) if frame else "" for frame in frames])

    def cell(self, frame: Any) -> str:
        return "\n".join(self.words(paragraph) for paragraph in frame.paragraphs)

    def words(self, paragraph: Any) -> str:
        return "".join(self.pieces(paragraph._p))

    def pieces(self, paragraph: Any) -> Iterator[str]:
        """Runs that lead to the same page are one link."""
        pending, before = "", None
        for piece in paragraph:
            address = self.address(piece)
            if address != before:
                yield addresses.with_address(pending, before)
                pending, before = "", address
            if piece.tag == BREAK:
                pending += "\n"
            elif piece.tag in {RUN, FIELD}:
                pending += "".join(one.text or "" for one in piece if one.tag == TEXT)
        yield addresses.with_address(pending, before)

    def address(self, run: Any) -> str | None:
        click = next(run.iter(CLICK), None)
        return None if click is None else self.targets.get(click.get(qn("r:id"), ""))

    def diagram(self, shape: Any) -> bytes | None:
        """The words of SmartArt, where the shape is that."""
        ids = next(shape._element.iter(diagrams.IDS), None)
        part = None if ids is None else self.slide.part.rels.get(ids.get(qn("r:dm"), ""))
        return part.target_part.blob if part is not None and not part.is_external else None


def in_reading_order(shapes: Iterable[Any]) -> list[Any]:
    """From the top down in bands, and from left to right in a band."""
    found: list[Any] = []
    band: list[Any] = []
    for shape in sorted(shapes, key=_top):
        if band and _top(shape) - _top(band[0]) > SIDE_BY_SIDE:
            found += sorted(band, key=lambda one: one.left or 0)
            band = []
        band.append(shape)
    return found + sorted(band, key=lambda one: one.left or 0)


def _top(shape: Any) -> int:
    return shape.top or 0


def _place(shape: Any) -> Any:
    """What kind of placeholder it is, if it is one."""
    return shape.placeholder_format.type if shape.is_placeholder else None


def _level(paragraph: Any, *, is_list: bool) -> int:
    """From 1 for a bullet. What stands in a list's place is one unless the paragraph says otherwise."""
    look = paragraph._p.pPr
    marks = set() if look is None else {one.tag for one in look}
    is_bullet = bool(MARKED & marks) or (is_list and UNMARKED not in marks)
    return paragraph.level + 1 if is_bullet else 0
