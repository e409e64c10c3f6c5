"""The timed running order: plan + log + now -> schedule.

Every datetime is aware and in UTC. Nothing is stored and nothing ticks: ask again with a later `now`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal

ZERO = timedelta(0)


@dataclass(frozen=True, slots=True)
class Slot:
    """One item of the plan. Without a length it lasts until the next planned start; the last then takes no time.

    `anchored`: never projected before `start`. `absorb` "auto": shrinks unasked, down to `floor` or zero, to keep the
    next anchor.
    """

    id: str
    kind: str
    start: datetime | None
    length: timedelta | None
    anchored: bool = False
    absorb: str = "never"
    floor: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One published running order. Raises ValueError when it contradicts itself."""

    slots: tuple[Slot, ...]

    def __post_init__(self) -> None:
        if not self.slots:
            raise ValueError("A plan has at least one slot.")
        if len({slot.id for slot in self.slots}) < len(self.slots):
            raise ValueError("Every slot has an id of its own.")
        starts = [slot.start for slot in self.slots if slot.start is not None]
        if len(starts) < len(self.slots) - (self.slots[0].start is None):
            raise ValueError("Only the first slot may have no start.")
        if any(start.utcoffset() != ZERO for start in starts):
            raise ValueError("Every start is in UTC.")
        if any(later <= earlier for earlier, later in pairwise(starts)):
            raise ValueError("Every slot starts later than the one before.")
        if self.slots[0].anchored and self.slots[0].start is None:
            raise ValueError("An anchored slot has a start.")
        if any(span is not None and span < ZERO for slot in self.slots for span in (slot.length, slot.floor)):
            raise ValueError("No slot is shorter than nothing.")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: "advance" or "undo". `expect`, for advance: the id of the live slot; None starts the day."""

    seq: int
    kind: str
    at: datetime
    expect: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """What the log says has happened. `starts`: real starts, in plan order; `heard`: the newest event that counted."""

    live: str | None = None
    starts: tuple[datetime, ...] = ()
    finished_at: datetime | None = None
    heard: datetime | None = None

    @property
    def state(self) -> Literal["before", "running", "finished"]:
        if self.finished_at is not None:
            return "finished"
        return "running" if self.starts else "before"


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


class Stale(Exception):
    """A press that expected another live slot. `live`: the id of the one that is, None before and after the day."""

    def __init__(self, live: str | None) -> None:
        super().__init__(live)
        self.live = live


def check_advance(plan: Plan, log: Sequence[Event], expect: str | None) -> None:
    """Raise Stale unless `expect` is the live slot (None: the day has not started)."""
    progress = fold(plan, log)
    if not _expected(progress, expect):
        raise Stale(progress.live)


def fold(plan: Plan, log: Sequence[Event]) -> Progress:
    """What has happened, by `seq`. A repeated seq counts once; stale and unknown events count for nothing."""
    events = {event.seq: event for event in log}
    progress = Progress()
    for seq in sorted(events):
        progress = _apply(plan, progress, events[seq])
    return progress


def project(plan: Plan, log: Sequence[Event], now: datetime) -> Schedule:
    """The schedule at `now`; a `now` before the newest event is taken as that event's time."""
    progress = fold(plan, log)
    rows = _rows(plan, progress, _not_before(progress.heard, now))
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


def _not_before(earlier: datetime | None, at: datetime) -> datetime:
    at = at.astimezone(UTC)
    return at if earlier is None else max(earlier, at)


def _expected(progress: Progress, expect: str | None) -> bool:
    return progress.finished_at is None and progress.live == expect


def _apply(plan: Plan, progress: Progress, event: Event) -> Progress:
    at = _not_before(progress.heard, event.at)
    if event.kind == "undo" and progress.starts:
        starts = progress.starts if progress.finished_at else progress.starts[:-1]
        return Progress(_live(plan, starts), starts, None, at)
    if event.kind == "advance" and _expected(progress, event.expect):
        if len(progress.starts) == len(plan.slots):
            return Progress(None, progress.starts, at, at)
        starts = (*progress.starts, at)
        return Progress(_live(plan, starts), starts, None, at)
    return progress


def _live(plan: Plan, starts: tuple[datetime, ...]) -> str | None:
    return plan.slots[len(starts) - 1].id if starts else None


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
        start = _not_before(end, slot.start)
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
