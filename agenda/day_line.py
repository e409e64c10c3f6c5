"""The day line: one thin line through the day with a mark for each item. Numbers for an SVG; no drawing here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .timing import Row, Schedule

LENGTH = 1000
GAP = 28  # marks never stand closer, so that each can be seen


@dataclass(frozen=True)
class Mark:
    """One item on the line: `x` from 0 to LENGTH."""

    x: int
    state: str  # done, live, pending
    fixed: bool
    title: str


@dataclass(frozen=True)
class DayLine:
    """Marks in order; the line is filled up to `filled`."""

    marks: tuple[Mark, ...]
    filled: int


def draw(schedule: Schedule, titles: dict[str, str], now: datetime) -> DayLine:
    """Marks by planned time, so that the line stays still while the day moves along it."""
    xs = _positions([row.slot.start for row in schedule.rows])
    marks = tuple(
        Mark(x, row.state, row.slot.anchored, titles[row.slot.id]) for x, row in zip(xs, schedule.rows, strict=True)
    )
    return DayLine(marks, _filled(schedule, xs, now))


def _positions(starts: list[datetime | None]) -> list[int]:
    known = [start for start in starts if start is not None]
    first = starts[0] or (known[0] - timedelta(minutes=45) if known else None)
    if first is None or len(starts) < 2:
        return [round(LENGTH * i / max(1, len(starts) - 1)) for i in range(len(starts))]
    span = (known[-1] - first).total_seconds() or 1
    room = LENGTH - GAP * (len(starts) - 1)
    return [round(room * ((start or first) - first).total_seconds() / span) + GAP * i for i, start in enumerate(starts)]


def _filled(schedule: Schedule, xs: list[int], now: datetime) -> int:
    if schedule.state == "finished":
        return LENGTH
    for i, row in enumerate(schedule.rows):
        if row.state == "live":
            return xs[i] + round(_share(row, now) * ((xs[i + 1] if i + 1 < len(xs) else LENGTH) - xs[i]))
    return 0


def _share(row: Row, now: datetime) -> float:
    """How much of the live item is over, 0 to 1."""
    if row.start is None or row.end is None or row.end <= row.start:
        return 0
    return min(1.0, max(0.0, (now - row.start) / (row.end - row.start)))
