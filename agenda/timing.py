"""The timed running order: plan + log + now -> schedule.

Every datetime is aware and in UTC. Nothing is stored and nothing ticks: ask again with a later `now`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from .daylog import Standing, check, check_advance, fold, newest, replay
from .progress import Event, Progress, Refused, Stale, not_before
from .running_order import ZERO, Plan, Slot, allotted, gap

__all__ = [
    "Event",
    "Plan",
    "Progress",
    "Refused",
    "Row",
    "Schedule",
    "Slot",
    "Stale",
    "Standing",
    "check",
    "check_advance",
    "fold",
    "lay_out",
    "newest",
    "project",
    "replay",
]


@dataclass(frozen=True, slots=True)
class Row:
    """One slot in the schedule: real times when done, projected times otherwise.

    `slot`: as it stands, a changed length and a moved anchor included. A skipped row keeps its place and has no times.
    `due` (live row only): real start plus the time allotted and held, what the clock counts to. `held_since`: since
    when that clock stands. `promised`: its start was given out during the day.
    """

    slot: Slot
    state: Literal["done", "live", "pending", "skipped"]
    start: datetime | None
    end: datetime | None
    due: datetime | None = None
    held_since: datetime | None = None
    promised: bool = False

    @property
    def late(self) -> timedelta:
        """How far the start lies behind the plan; negative when ahead, zero when the plan gives no start."""
        if self.start is None or self.slot.start is None:
            return ZERO
        return self.start - self.slot.start


@dataclass(frozen=True, slots=True)
class Schedule:
    """The day as it stands. `late`: of the next start, or of the last end; positive is behind, negative ahead.

    `finish`: projected or real end of the day; `day_end`: when people were told it ends, if they were. `free_before`:
    id of the next anchored slot and the free time before it.
    """

    state: Literal["before", "running", "finished"]
    rows: tuple[Row, ...]
    live: Row | None
    next: Row | None
    late: timedelta
    finish: datetime | None
    day_end: datetime | None
    free_before: tuple[str, timedelta] | None


def project(plan: Plan, log: Sequence[Event], now: datetime) -> Schedule:
    """The schedule at `now`; a `now` before the newest event is taken as that event's time."""
    return lay_out(fold(plan, log), now)


def lay_out(progress: Progress, now: datetime) -> Schedule:
    """The schedule at `now` of a day of which `progress` is known; see `project`."""
    rows = _rows(progress, not_before(progress.heard, now))
    taken = [row for row in rows if row.state != "skipped"]
    waiting = next((row for row in taken if row.state == "pending"), None)
    return Schedule(
        state=progress.state,
        rows=rows,
        live=next((row for row in taken if row.state == "live"), None),
        next=waiting,
        late=waiting.late if waiting else _late_finish(progress, taken[-1]),
        finish=taken[-1].end,
        day_end=progress.plan.day_end,
        free_before=_free_before(taken),
    )


def _rows(progress: Progress, now: datetime) -> tuple[Row, ...]:
    """Every slot of the plan once, in the order that stands."""
    began = _began(progress, now)
    ids = {slot.id for slot in progress.coming} - progress.skipped
    items = [_item(progress, i) for i, slot in enumerate(progress.slots) if slot.id in ids]
    if not began:
        rows = _planned_rows(items)
    elif began[-1].end is None:
        rows = began
    else:
        rows = [*began, *_pending_rows(items, began[-1].end)]
    known = {row.slot.id: replace(row, promised=row.slot.id in progress.anchors) for row in rows}
    return tuple(known.get(slot.id) or Row(slot, "skipped", None, None) for slot in progress.slots)


def _began(progress: Progress, now: datetime) -> list[Row]:
    """The done rows and the live one."""
    slots = {slot.id: slot for slot in progress.slots}
    begun = [progress.stands(slots[id]) for id in progress.started]
    starts = progress.starts
    ends = starts[1:] if progress.finished_at is None else (*starts[1:], progress.finished_at)
    done = [Row(slot, "done", start, end) for slot, start, end in zip(begun, starts, ends, strict=False)]
    if progress.live is None:
        return done
    standing = now - progress.held_since if progress.held_since else ZERO
    due = starts[-1] + progress.live_length + progress.held + standing
    return [*done, Row(begun[-1], "live", starts[-1], max(now, due), due, progress.held_since)]


@dataclass(frozen=True, slots=True)
class _Item:
    """A pending slot as it stands, how long it takes, and the free time planned before it."""

    slot: Slot
    length: timedelta
    gap: timedelta


def _item(progress: Progress, i: int) -> _Item:
    slot = progress.slots[i]
    length = progress.lengths.get(slot.id)
    if length is None:
        length = allotted(progress.slots, i, slot.start) if slot.start else ZERO
    return _Item(progress.stands(slot), length, gap(progress.slots, i))


def _planned_rows(items: Sequence[_Item]) -> list[Row]:
    rows: list[Row] = []
    end: datetime | None = None
    for item in items:
        if item.slot.start is None:
            rows.append(Row(item.slot, "pending", None, None))
            continue
        start = not_before(end, item.slot.start)
        end = start + item.length
        rows.append(Row(item.slot, "pending", start, end))
    return rows


def _pending_rows(items: Sequence[_Item], end: datetime) -> list[Row]:
    """Rows when the live one ends at `end`. `uncut`: where the day would stand had nothing shrunk since the anchor."""
    rows = []
    uncut, cut, debt = end, ZERO, _debt_at_anchor(items, end)
    for i, item in enumerate(items):
        if item.slot.anchored:
            uncut, cut = uncut - cut, ZERO
        start = _start_after(item, uncut)
        uncut = start + item.length
        if item.slot.anchored:
            debt = _debt_at_anchor(items[i + 1 :], uncut)
        shrink = min(_room(item), debt - cut)
        rows.append(Row(item.slot, "pending", start - cut, uncut - cut - shrink))
        cut += shrink
    return rows


def _start_after(item: _Item, end: datetime) -> datetime:
    """Where an item starts when the one before ends at `end`: a planned gap is kept, and gives way to lateness."""
    planned = item.slot.start
    if planned is None:
        return end
    if item.slot.anchored:
        return max(planned, end)
    return max(end, min(planned, end + item.gap))


def _room(item: _Item) -> timedelta:
    """How much an item may shrink unasked."""
    if item.slot.absorb != "auto" or item.slot.start is None:
        return ZERO
    return max(ZERO, item.length - (item.slot.floor or ZERO))


def _debt_at_anchor(items: Sequence[_Item], end: datetime) -> timedelta:
    """How late the next anchored item would be if nothing shrank; zero without an anchor."""
    for item in items:
        if item.slot.anchored and item.slot.start is not None:
            return max(ZERO, end - item.slot.start)
        end = _start_after(item, end) + item.length
    return ZERO


def _late_finish(progress: Progress, last: Row) -> timedelta:
    if last.end is None or last.slot.start is None:
        return ZERO
    length = last.slot.length
    if length is None:
        length = allotted(progress.slots, progress.place(last.slot.id), last.slot.start)
    return last.end - last.slot.start - length


def _free_before(rows: Sequence[Row]) -> tuple[str, timedelta] | None:
    for before, row in pairwise(rows):
        if row.state == "pending" and row.slot.anchored:
            if before.end is None or row.start is None or row.start <= before.end:
                return None
            return row.slot.id, row.start - before.end
    return None
