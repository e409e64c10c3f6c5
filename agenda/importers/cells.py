"""Where a row of a table may begin an item: by what its columns are for, or by a time among its cells."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .clocks import Clock, Length, Span, lengths, span_at, spans
from .dates import led
from .finds import ENDING, finds_in_text, length_in, with_beside, without
from .marks import is_ruling, tidy, unmarked
from .rows import Find, Row

LONGEST_WORD = 25


def finds_in(place: int, row: Row) -> list[Find]:
    """Everything in a row that may begin an item; a row of a table may hold several, and so may a glued line."""
    if row.is_long or is_ruling(row.text):
        return []
    if row.is_table:
        return _finds_in_cells(place, row)
    return finds_in_text(place, row.text)


def _finds_in_cells(place: int, row: Row) -> list[Find]:
    filled = [cell for cell in row.cells if cell.strip()]
    if len(filled) == 1:
        return finds_in_text(place, filled[0]) if not row.roles else _by_roles(place, row)
    if several := _pairs(place, row.cells):
        return several
    if row.roles:
        return _by_roles(place, row)
    return finds_in_text(place, "\t".join(filled))


def _pairs(place: int, cells: Sequence[str]) -> list[Find]:
    """Two rows that were written as one: time, title, time, title."""
    times = [at for at, cell in enumerate(cells) if _whole_time(cell)]
    if len(times) < 2 or any(after - at < 2 for at, after in pairwise(times)) or times[-1] == len(cells) - 1:
        return []
    found = []
    for at, until in zip(times, [*times[1:], len(cells)], strict=True):
        words = [cell for cell in cells[at + 1 : until] if cell.strip()]
        if not words:
            return []
        found.append(Find(place, "cell", tidy(words[0]), _whole_time(cells[at]), notes=tuple(words[1:])))
    return found


def _whole_time(cell: str) -> Span | None:
    text = unmarked(cell).strip(ENDING + "(~")
    span = span_at(text, 0) if text else None
    return span if span and not text[span.stop :].strip(ENDING) else None


def _by_roles(place: int, row: Row) -> list[Find]:
    by: dict[str, str] = {role: row.cells[at].strip() for at, role in row.roles.items() if at < len(row.cells)}
    others = [cell.strip() for at, cell in enumerate(row.cells) if at not in row.roles and cell.strip()]
    day, time = led(unmarked(by.get("start", "")))
    span = _cell_span(time, by.get("end", ""))
    title = by.get("title", "")
    if span is None and title and not time and (inside := finds_in_text(place, title)) and inside[0].span:
        return inside
    length = _cell_length(by.get("length", "")) or (_cell_length(time) if span is None else None)
    word = "" if span or length else _word(row, time)
    if word and (within_title := span_at(title, 0)) and within_title.is_range:
        rest = tidy(title[within_title.stop :])  # "Registration: | 08:30 - 17:30 in the foyer"
        return [Find(place, "cell", tidy(word), within_title, room=rest)]
    if not title:
        spare = next((name for name in ("kind", "room") if span and by.get(name)), "")
        title, others = (by.pop(spare), others) if spare else ("".join(others[:1]), others[1:])
    if not title and not by.get("who"):
        return [Find(place, "alone", "", span, day=day)] if span else []
    if span is None and length is None and not word:
        return []
    if length is None and (within := length_in(title)):
        length, title = within, without(title, within)
    first, *more = (tidy(title) or by.get("who", "")).split("\n")
    parallel = (title, *others) if "track" in row.roles.values() and others else ()
    notes = tuple(filter(None, (*more, by.get("notes", ""))))
    found = Find(
        place, "cell", first, span, length, word, day or by.get("day", ""), False, by.get("who", "") if title else ""
    )
    found = replace(found, room=by.get("room", ""), notes=notes, parallel=parallel)
    return [found if parallel else with_beside(found, others)]


def _word(row: Row, time: str) -> str:
    """What stands where the time is in other rows: "Now"; a row of text may be the rest of a cell."""
    is_whole = bool(row.line.cells) or len(row.cells) > max(row.roles)
    return time if is_whole and len(time) <= LONGEST_WORD and time[-1:] != "?" else ""


def _cell_span(time: str, end: str) -> Span | None:
    text = time.strip(ENDING + "(~")
    span = span_at(text, 0) if text else None
    if span is None and re.fullmatch(r"(?:[01]?\d|2[0-3])", text):
        span = Span(0, len(text), Clock(int(text), 0))
    if span is None:
        found = list(spans(text))
        span = found[0] if len(found) == 1 else None
    until = span_at(end.strip(ENDING), 0) if end.strip(ENDING) else None
    if span and until and span.end is None:
        span = replace(span, end=until.start)
    return span


def _cell_length(text: str) -> Length | None:
    if not text:
        return None
    if found := re.fullmatch(r"(\d{1,3})\s*(?:m|mn|min\.?)?", text.strip(), re.IGNORECASE):
        return Length(0, len(text), int(found[1]))
    if found := re.fullmatch(r"(\d{1,2}):([0-5]\d)(?::00)?", text.strip()):
        return Length(0, len(text), int(found[1]) * 60 + int(found[2]))
    return next(lengths(text), None)
