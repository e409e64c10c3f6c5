"""A Source as JSON and back, to be handed from one process to another or kept beside what a person decided about it."""

import json
from typing import Any

from .source import Line, Page, Source


def to_json(source: Source) -> str:
    """In ASCII. Lines have no numbers there: they count from 1."""
    pages = [{"name": page.name, "lines": [_packed(line) for line in page.lines]} for page in source.pages]
    return json.dumps({"are_pages_real": source.are_pages_real, "pages": pages}, separators=(",", ":"))


def from_json(text: str | bytes) -> Source:
    """Raises ValueError where it is not what `to_json` has written."""
    try:
        said = json.loads(text)
        return Source(tuple(_pages(said["pages"])), bool(said["are_pages_real"]))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("This is not a source") from error


def _packed(line: Line) -> list[Any]:
    return [line.text, list(line.cells), line.level, line.is_title, line.after_gap]


def _pages(said: list[Any]) -> list[Page]:
    pages, number = [], 0
    for page in said:
        lines = []
        for text, cells, level, is_title, after_gap in page["lines"]:
            number += 1
            kept = tuple(str(cell) for cell in cells)
            lines.append(Line(number, str(text), kept, int(level), bool(is_title), bool(after_gap)))
        pages.append(Page(tuple(lines), str(page["name"])))
    return pages
