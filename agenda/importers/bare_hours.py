"""Hours without minutes among fuller times ("10 Talk"), which may as well be the numbers of a list."""

import re
from collections.abc import Mapping, Sequence

from .clocks import Clock, Span
from .marks import tidy
from .rows import Find, Row, day_heading

BARE_HOUR = re.compile(
    r"(?P<hour>1[0-2]|[1-9])(?:\s?[-–]\s?(?P<end>1[0-2]|[1-9])(?=:))?\s*(?:[-–:]\s*)?\s(?P<title>[A-Z“‘\"].*)"
)


def bare_hours(rows: Sequence[Row], kept: Sequence[Find], by_row: Mapping[int, Sequence[Find]]) -> list[Find]:
    """Hours without minutes among fuller times ("10 Talk"), if they are in order and not the numbers of a list."""
    taken = {find.place for find in kept}
    found = {
        place: Find(place, "first", tidy(hit["title"]), _bare_span(hit))
        for place in by_row
        if place not in taken and not rows[place].is_table and (hit := BARE_HOUR.fullmatch(rows[place].text.strip()))
        if not day_heading(rows[place])
    }
    if len(kept) < 2 or not any(find.span and find.span.start.hour >= 9 for find in found.values()):
        return []
    return [find for place, find in found.items() if _fits_between(find, place, [*kept, *found.values()])]


def _bare_span(hit: re.Match[str]) -> Span:
    end = Clock(int(hit["end"]), 0) if hit["end"] else None
    return Span(hit.start(), hit.end("end") if end else hit.end("hour"), Clock(int(hit["hour"]), 0), end)


def _fits_between(find: Find, place: int, others: Sequence[Find]) -> bool:
    """Going round the clock face, it lies no further than half way round from the one before to the one after."""
    hours = [(other.place, other.span.start.readings()[0]) for other in others if other.span and other is not find]
    assert find.span is not None
    here = find.span.start.readings()[0]
    before = max((at for at in hours if at[0] < place), default=None)
    after = min((at for at in hours if at[0] > place), default=None)
    ahead = (here - before[1]) % 720 if before else 0
    behind = (after[1] - here) % 720 if after else 0
    return ahead <= 240 and behind <= 240
