"""The log of the day, and what it says has happened. Every datetime is aware and in UTC."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from .running_order import ZERO, Plan, Slot, allotted


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log. `expect`, for advance: the id of the live slot; None starts the day.

    `slot`: the slot it is about; `minutes`: more or less (extend) or the whole length (retime); `to`: a new start
    (move_anchor) or the real time (correct). `choice`: seq of the first event chosen together; one undo takes all back.
    """

    seq: int
    kind: str
    at: datetime
    expect: str | None
    slot: str | None = None
    minutes: int | None = None
    to: datetime | None = None
    choice: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What the log says has happened. `starts`: real starts of the `started` slots; `heard`: the newest event.

    `extended`, `held`: time added to the live slot; `held_since`: its clock stands. `lengths`, `anchors`: what was
    changed, by slot id.
    """

    started: tuple[str, ...] = ()
    starts: tuple[datetime, ...] = ()
    finished_at: datetime | None = None
    heard: datetime | None = None
    extended: timedelta = ZERO
    held: timedelta = ZERO
    held_since: datetime | None = None
    lengths: Mapping[str, timedelta] = field(default_factory=dict)
    anchors: Mapping[str, datetime] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()

    @property
    def live(self) -> str | None:
        return self.started[-1] if self.started and self.finished_at is None else None

    @property
    def state(self) -> Literal["before", "running", "finished"]:
        if self.finished_at is not None:
            return "finished"
        return "running" if self.starts else "before"


class Refused(Exception):
    """An event that the day as it stands does not allow. The message is a sentence for people."""


class Stale(Refused):
    """A press that expected another live slot. `live`: the id of the one that is, None before and after the day."""

    def __init__(self, live: str | None) -> None:
        super().__init__("The day has moved on already. Nothing was changed by this press.")
        self.live = live


def check_advance(plan: Plan, log: Sequence[Event], expect: str | None) -> None:
    """Raise Stale unless `expect` is the live slot (None: the day has not started)."""
    progress = fold(plan, log)
    if not _expected(progress, expect):
        raise Stale(progress.live)


def check(plan: Plan, log: Sequence[Event], event: Event) -> None:
    """Raise Refused, with a sentence, when `event` would count for nothing after this log."""
    _press(plan, _standing(plan, log), event)


def fold(plan: Plan, log: Sequence[Event]) -> Progress:
    """What has happened, by `seq`. A repeated seq counts once; refused, stale and unknown events count for nothing."""
    return _standing(plan, log)[-1][0]


def coming(plan: Plan, progress: Progress) -> tuple[Slot, ...]:
    """The slots that have not begun, skipped ones included, in order."""
    if progress.finished_at is not None:
        return ()
    if progress.live is None:
        return plan.slots
    return plan.slots[[slot.id for slot in plan.slots].index(progress.live) + 1 :]


def not_before(earlier: datetime | None, at: datetime) -> datetime:
    """`at` in UTC, or `earlier` when that is later: a clock that steps back stands still."""
    at = at.astimezone(UTC)
    return at if earlier is None else max(earlier, at)


Standing = list[tuple[Progress, Event | None]]


def _standing(plan: Plan, log: Sequence[Event]) -> Standing:
    """What had happened after each event that still stands, oldest first."""
    events = {event.seq: event for event in log}
    standing: Standing = [(Progress(), None)]
    for seq in sorted(events):
        with suppress(Refused):
            _press(plan, standing, events[seq])
    return standing


def _press(plan: Plan, standing: Standing, event: Event) -> None:
    progress = standing[-1][0]
    at = not_before(progress.heard, event.at)
    if event.kind == "undo":
        _undo(standing, at)
    elif event.kind in VERBS:
        standing.append((replace(VERBS[event.kind](plan, progress, event, at), heard=at), event))
    else:
        raise Refused("This log does not know that kind of press. Nothing was changed by it.")


def _undo(standing: Standing, at: datetime) -> None:
    """Take the newest event off, and with it those chosen together with it."""
    newest = standing[-1][1]
    if newest is None:
        raise Refused("There is nothing to take back. Nothing was changed by this press.")
    standing.pop()
    while newest.choice is not None and (before := standing[-1][1]) and before.choice == newest.choice <= before.seq:
        standing.pop()
    progress, event = standing[-1]
    standing[-1] = (replace(progress, heard=at), event)


def _expected(progress: Progress, expect: str | None) -> bool:
    return progress.finished_at is None and progress.live == expect


def _advance(plan: Plan, progress: Progress, event: Event, at: datetime) -> Progress:
    if not _expected(progress, event.expect):
        raise Stale(progress.live)
    following = [slot.id for slot in coming(plan, progress) if slot.id not in progress.skipped]
    if not following:
        return replace(progress, finished_at=at, held_since=None)
    started, starts = (*progress.started, following[0]), (*progress.starts, at)
    return replace(progress, started=started, starts=starts, extended=ZERO, held=ZERO, held_since=None)


def _extend(plan: Plan, progress: Progress, event: Event, at: datetime) -> Progress:
    _require_live(progress, event)
    extended = progress.extended + _minutes(event)
    if live_length(plan, progress) + _minutes(event) < ZERO:
        raise Refused("Nothing is shorter than no time at all. The length stays as it was.")
    return replace(progress, extended=extended)


def live_length(plan: Plan, progress: Progress) -> timedelta:
    """How long the live slot may take, extensions included, time on hold not."""
    i = [slot.id for slot in plan.slots].index(progress.started[-1])
    length = progress.lengths.get(plan.slots[i].id, allotted(plan, i, progress.starts[-1]))
    return max(ZERO, length + progress.extended)


def _retime(plan: Plan, progress: Progress, event: Event, at: datetime) -> Progress:
    slot = _pending(plan, progress, event)
    if _minutes(event) < ZERO:
        raise Refused("Nothing is shorter than no time at all. The length stays as it was.")
    return replace(progress, lengths={**progress.lengths, slot.id: _minutes(event)})


def _skip(plan: Plan, progress: Progress, event: Event, at: datetime) -> Progress:
    skipped = progress.skipped | {_pending(plan, progress, event).id}
    if len(skipped) == len(plan.slots):
        raise Refused("A day keeps at least one item. This one was not skipped.")
    return replace(progress, skipped=skipped)


def _unskip(plan: Plan, progress: Progress, event: Event, at: datetime) -> Progress:
    if event.slot not in progress.skipped:
        raise Refused("This item is not skipped. Nothing was changed by this press.")
    if event.slot not in {slot.id for slot in coming(plan, progress)}:
        raise Refused("The day has gone past this item. Nothing was changed by this press.")
    return replace(progress, skipped=progress.skipped - {event.slot})


def _move_anchor(plan: Plan, progress: Progress, event: Event, at: datetime) -> Progress:
    slot = _pending(plan, progress, event)
    if not slot.anchored or event.to is None or event.to.utcoffset() is None:
        raise Refused("Only an item with a fixed time can be given another. Nothing was changed by this press.")
    anchors = {**progress.anchors, slot.id: event.to.astimezone(UTC)}
    fixed = [anchors.get(s.id, s.start) for s in plan.slots if s.anchored and s.id not in progress.skipped]
    times = [time for time in fixed if time is not None]
    place = times.index(anchors[slot.id])
    if any(time >= times[place] for time in times[:place]) or any(time <= times[place] for time in times[place + 1 :]):
        raise Refused("Another fixed time stands in between. The fixed times stay as they were.")
    return replace(progress, anchors=anchors)


def _hold(plan: Plan, progress: Progress, event: Event, at: datetime) -> Progress:
    if progress.live is None:
        raise Refused("Nothing is on, so there is no clock to hold. Nothing was changed by this press.")
    if progress.held_since is not None:
        raise Refused("The clock is on hold already. Nothing was changed by this press.")
    return replace(progress, held_since=at)


def _release(plan: Plan, progress: Progress, event: Event, at: datetime) -> Progress:
    if progress.held_since is None:
        raise Refused("The clock is not on hold. Nothing was changed by this press.")
    return replace(progress, held=progress.held + at - progress.held_since, held_since=None)


def _correct(plan: Plan, progress: Progress, event: Event, at: datetime) -> Progress:
    """The newest advance happened at `to`. After a hold only an earlier time fits what is known."""
    if not progress.starts or event.to is None or event.to.utcoffset() is None:
        raise Refused("Nothing has begun whose time could be put right. Nothing was changed by this press.")
    to, ended = event.to.astimezone(UTC), progress.finished_at is not None
    earlier = progress.starts[-1:] if ended else progress.starts[-2:-1]
    known = progress.starts[-1] if progress.held or progress.held_since else at
    if to > (at if ended else known) or any(to < start for start in earlier):
        raise Refused("That time does not fit what happened before and after. The times stay as they were.")
    if ended:
        return replace(progress, finished_at=to)
    return replace(progress, starts=(*progress.starts[:-1], to))


def _require_live(progress: Progress, event: Event) -> None:
    if progress.live is None or event.slot != progress.live:
        raise Stale(progress.live)


def _pending(plan: Plan, progress: Progress, event: Event) -> Slot:
    """The slot the event is about; Refused unless it is still to come and not skipped."""
    slot = next((slot for slot in coming(plan, progress) if slot.id == event.slot), None)
    if slot is None:
        raise Refused("This item has begun already, or is not in the plan. Nothing was changed by this press.")
    if slot.id in progress.skipped:
        raise Refused("This item is skipped. Bring it back first; nothing was changed by this press.")
    return slot


def _minutes(event: Event) -> timedelta:
    if event.minutes is None:
        raise Refused("Say how many minutes. Nothing was changed by this press.")
    return timedelta(minutes=event.minutes)


VERBS: dict[str, Callable[[Plan, Progress, Event, datetime], Progress]] = {
    "advance": _advance,
    "extend": _extend,
    "retime": _retime,
    "skip": _skip,
    "unskip": _unskip,
    "move_anchor": _move_anchor,
    "hold": _hold,
    "release": _release,
    "correct": _correct,
}
