"""The parts of a source beside its running order: slides, sheets, and headings with what stands under them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .marks import unmarked
from .rows import Row, is_listed
from .source import Source

LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the places of the rows under it. `place` is that of the heading's own row, None if it has none."""

    title: str
    places: tuple[int, ...]
    place: int | None = None


def sections(source: Source, rows: Sequence[Row]) -> list[Section]:
    """All of a source, cut at its headings; a slide or a sheet is a part of its own."""
    return [section for page in _pages(rows) for section in _of_page(source, rows, page)]


def _pages(rows: Sequence[Row]) -> Iterator[list[int]]:
    places: list[int] = []
    for place, row in enumerate(rows):
        if places and rows[places[0]].page != row.page:
            yield places
            places = []
        places.append(place)
    if places:
        yield places


def _of_page(source: Source, rows: Sequence[Row], page: Sequence[int]) -> Iterator[Section]:
    name = source.pages[rows[page[0]].page].name
    title, under, at = name, list[int](), None
    for place in page:
        if _is_heading(source, rows, place, page[-1]):
            if under or at is not None:
                yield Section(title, tuple(under), at)
            title, under, at = unmarked(rows[place].text), [], place
        else:
            under.append(place)
    if under or at is not None:
        yield Section(title, tuple(under), at)


def _is_heading(source: Source, rows: Sequence[Row], place: int, last: int) -> bool:
    row = rows[place]
    if row.line.is_title:
        return True
    if source.are_pages_real or row.is_table or is_listed(row) or len(row.text) > LONGEST_HEADING:
        return False
    if not row.line.after_gap or re.search(r"[.,;]$|https?://", row.line.text):
        return False
    return place == last or rows[place + 1].line.after_gap or is_listed(rows[place + 1])
