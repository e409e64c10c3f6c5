"""The timed running order: plan + log + now -> schedule.

Every datetime is aware and in UTC. Nothing is stored and nothing ticks: ask again with a later `now`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from .daylog import Event, Progress, Stale, check_advance, fold, not_before
from .running_order import ZERO, Plan, Slot

__all__ = ["Event", "Plan", "Progress", "Row", "Schedule", "Slot", "Stale", "check_advance", "fold", "project"]


@dataclass(frozen=True, slots=True)
class Row:
    """One slot in the schedule: real times when done, projected times otherwise.

    `due` (live row only): real start plus the time allotted, what the clock counts to.
    """

    slot: Slot
    state: Literal["done", "live", "pending"]
    start: datetime | None
    end: datetime | None
    due: datetime | None = None

    @property
    def late(self) -> timedelta:
        """How far the start lies behind the plan; negative when ahead, zero when the plan gives no start."""
        if self.start is None or self.slot.start is None:
            return ZERO
        return self.start - self.slot.start


@dataclass(frozen=True, slots=True)
class Schedule:
    """The day as it stands. `late`: of the next start, or of the last end; positive is behind, negative ahead.

    `finish`: projected or real end of the day. `free_before`: id of the next anchored slot and the free time before it.
    """

    state: Literal["before", "running", "finished"]
    rows: tuple[Row, ...]
    live: Row | None
    next: Row | None
    late: timedelta
    finish: datetime | None
    free_before: tuple[str, timedelta] | None


def project(plan: Plan, log: Sequence[Event], now: datetime) -> Schedule:
    """The schedule at `now`; a `now` before the newest event is taken as that event's time."""
    progress = fold(plan, log)
    rows = _rows(plan, progress, not_before(progress.heard, now))
    waiting = next((row for row in rows if row.state == "pending"), None)
    return Schedule(
        state=progress.state,
        rows=rows,
        live=next((row for row in rows if row.state == "live"), None),
        next=waiting,
        late=waiting.late if waiting else _late_finish(plan, rows[-1]),
        finish=rows[-1].end,
        free_before=_free_before(rows),
    )


def _rows(plan: Plan, progress: Progress, now: datetime) -> tuple[Row, ...]:
    if not progress.starts:
        return _planned_rows(plan)
    starts = progress.starts
    ends = starts[1:] if progress.finished_at is None else (*starts[1:], progress.finished_at)
    done = [Row(plan.slots[i], "done", starts[i], end) for i, end in enumerate(ends)]
    if progress.finished_at is not None:
        return tuple(done)
    live = len(done)
    due = starts[live] + _allotted(plan, live, starts[live])
    end = max(now, due)
    return (*done, Row(plan.slots[live], "live", starts[live], end, due), *_pending_rows(plan, live + 1, end))


def _planned_rows(plan: Plan) -> tuple[Row, ...]:
    rows: list[Row] = []
    end: datetime | None = None
    for i, slot in enumerate(plan.slots):
        if slot.start is None:
            rows.append(Row(slot, "pending", None, None))
            continue
        start = not_before(end, slot.start)
        end = start + _allotted(plan, i, start)
        rows.append(Row(slot, "pending", start, end))
    return tuple(rows)


def _pending_rows(plan: Plan, first: int, end: datetime) -> list[Row]:
    """Rows from slot `first` on. `uncut`: where the day would stand if nothing shrank since the last anchor."""
    rows = []
    uncut, cut, debt = end, ZERO, _debt_at_anchor(plan, first, end)
    for i, slot in enumerate(plan.slots[first:], first):
        if slot.anchored:
            uncut, cut = uncut - cut, ZERO
        start = _start_after(plan, i, uncut)
        uncut = start + _allotted(plan, i, start)
        if slot.anchored:
            debt = _debt_at_anchor(plan, i + 1, uncut)
        shrink = min(_room(plan, i), debt - cut)
        rows.append(Row(slot, "pending", start - cut, uncut - cut - shrink))
        cut += shrink
    return rows


def _start_after(plan: Plan, i: int, end: datetime) -> datetime:
    """Where slot `i` starts when the one before ends at `end`: a planned gap is kept, and gives way to lateness."""
    planned = plan.slots[i].start
    if planned is None:
        return end
    if plan.slots[i].anchored:
        return max(planned, end)
    return max(end, min(planned, end + _gap(plan, i)))


def _gap(plan: Plan, i: int) -> timedelta:
    """Free time planned between slot `i` and the one before."""
    start, before = plan.slots[i].start, plan.slots[i - 1].start
    if start is None or before is None:
        return ZERO
    return max(ZERO, start - before - _allotted(plan, i - 1, before))


def _allotted(plan: Plan, i: int, start: datetime) -> timedelta:
    """How long slot `i` may take when it starts at `start`."""
    slot = plan.slots[i]
    if slot.length is not None:
        return slot.length
    following = plan.slots[i + 1].start if i + 1 < len(plan.slots) else None
    if following is None:
        return ZERO
    return max(ZERO, following - (slot.start or start))


def _room(plan: Plan, i: int) -> timedelta:
    """How much slot `i` may shrink unasked."""
    slot = plan.slots[i]
    if slot.absorb != "auto" or slot.start is None:
        return ZERO
    return max(ZERO, _allotted(plan, i, slot.start) - (slot.floor or ZERO))


def _debt_at_anchor(plan: Plan, first: int, end: datetime) -> timedelta:
    """How late the next anchored slot would be if nothing from slot `first` on shrank; zero without an anchor."""
    for i in range(first, len(plan.slots)):
        slot = plan.slots[i]
        if slot.anchored and slot.start is not None:
            return max(ZERO, end - slot.start)
        start = _start_after(plan, i, end)
        end = start + _allotted(plan, i, start)
    return ZERO


def _late_finish(plan: Plan, last: Row) -> timedelta:
    if last.end is None or last.slot.start is None:
        return ZERO
    return last.end - last.slot.start - _allotted(plan, len(plan.slots) - 1, last.slot.start)


def _free_before(rows: tuple[Row, ...]) -> tuple[str, timedelta] | None:
    for before, row in pairwise(rows):
        if row.state == "pending" and row.slot.anchored:
            if before.end is None or row.start is None or row.start <= before.end:
                return None
            return row.slot.id, row.start - before.end
    return None
