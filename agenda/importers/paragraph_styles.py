"""What the styles of a Word file say of its paragraphs: which are headings, and how far a list stands in."""

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

LIST = re.compile(r"list(?: bullet| number)?(?: (\d))?$", re.IGNORECASE)
HEADING = re.compile(r"(title|heading \d)$", re.IGNORECASE)
LOWEST_OUTLINE = 9  # is what is no heading
DEEPEST = 20  # styles that are based on each other


@dataclass(frozen=True, slots=True)
class Look:
    """`level` from 1 for a list, else 0. A heading that is numbered is a heading."""

    is_title: bool = False
    level: int = 0


class Styles:
    """Every style by its id."""

    def __init__(self, styles: Any) -> None:
        self._elements = {one.get(qn("w:styleId"), ""): one for one in styles.iter(qn("w:style"))}
        self._looks: dict[str, Look] = {}

    def look(self, paragraph: Any) -> Look:
        """How a paragraph looks, by itself or by its style."""
        own = paragraph.find(qn("w:pPr"))
        style = self._style("" if own is None else _value(own.find(qn("w:pStyle"))))
        if own is None:
            return style
        is_title = _outlined(own, style.is_title)
        return Look(is_title, 0 if is_title else _level(own, style.level))

    def _style(self, name: str) -> Look:
        if name not in self._looks:
            look = Look()
            for element in reversed(self._chain(name)):
                look = _styled(element, look)
            self._looks[name] = look
        return self._looks[name]

    def _chain(self, name: str) -> list[Any]:
        """A style and what it is based on."""
        found: list[Any] = []
        while name in self._elements and len(found) < DEEPEST:
            found.append(self._elements[name])
            name = _value(found[-1].find(qn("w:basedOn")))
        return found


def _styled(element: Any, base: Look) -> Look:
    name = _value(element.find(qn("w:name")))
    own = element.find(qn("w:pPr"))
    is_title = bool(HEADING.match(name)) or _outlined(own, base.is_title)
    said = LIST.match(name)
    level = int(said.group(1) or 1) if said else _level(own, base.level)
    return Look(is_title, 0 if is_title else level)


def _outlined(own: Any, otherwise: bool) -> bool:
    outline = None if own is None else own.find(qn("w:outlineLvl"))
    return otherwise if outline is None else _number(_value(outline), LOWEST_OUTLINE) < LOWEST_OUTLINE


def _level(own: Any, otherwise: int) -> int:
    """Numbered nought is how a paragraph leaves its style's list."""
    listed = None if own is None else own.find(qn("w:numPr"))
    if listed is None:
        return otherwise
    if _value(listed.find(qn("w:numId"))) == "0":
        return 0
    depth = listed.find(qn("w:ilvl"))
    return max(otherwise, 1) if depth is None else _number(_value(depth), 0) + 1


def _value(element: Any) -> str:
    return "" if element is None else element.get(qn("w:val"), "")


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,2}", text, re.ASCII) else otherwise
