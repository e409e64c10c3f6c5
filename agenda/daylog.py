"""The log of the day: which of its events count, and what they come to."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from .progress import Event, Progress, Refused, Stale, not_before
from .running_order import Plan
from .verbs import VERBS, is_expected

Standing = list[tuple[Progress, Event | None]]


def check_advance(plan: Plan, log: Sequence[Event], expect: str | None) -> None:
    """Raise Stale unless `expect` is the live slot (None: the day has not started)."""
    progress = fold(plan, log)
    if not is_expected(progress, expect):
        raise Stale(progress.live)


def check(plan: Plan, log: Sequence[Event], event: Event) -> None:
    """Raise Refused, with a sentence, when `event` would count for nothing after this log."""
    _press(_standing(plan, log), event)


def fold(plan: Plan, log: Sequence[Event]) -> Progress:
    """What has happened, by `seq`. A repeated seq counts once; refused, stale and unknown events count for nothing."""
    return _standing(plan, log)[-1][0]


def after(progress: Progress, event: Event) -> Progress:
    """What has happened once this event has, of any kind but undo. Raises Refused when it would count for nothing."""
    if event.kind not in VERBS:
        raise Refused("This log does not know that kind of press. Nothing was changed by it.")
    at = not_before(progress.heard, event.at)
    return replace(VERBS[event.kind](progress, event, at), heard=at)


def newest(plan: Plan, log: Sequence[Event]) -> tuple[Event, ...]:
    """The events that an undo would take back, oldest first; empty when nothing stands."""
    standing = _standing(plan, log)
    kept = len(standing) - _together(standing)
    return tuple(event for _, event in standing[kept:] if event is not None)


def _standing(plan: Plan, log: Sequence[Event]) -> Standing:
    """What had happened after each event that still stands, oldest first."""
    events = {event.seq: event for event in log}
    standing: Standing = [(Progress(plan, plan.slots), None)]
    for seq in sorted(events):
        with suppress(Refused):
            _press(standing, events[seq])
    return standing


def _press(standing: Standing, event: Event) -> None:
    progress = standing[-1][0]
    if event.kind == "undo":
        _undo(standing, not_before(progress.heard, event.at))
    else:
        standing.append((after(progress, event), event))


def _undo(standing: Standing, at: datetime) -> None:
    """Take the newest event off, and with it those chosen together with it."""
    if standing[-1][1] is None:
        raise Refused("There is nothing to take back. Nothing was changed by this press.")
    del standing[len(standing) - _together(standing) :]
    progress, event = standing[-1]
    standing[-1] = (replace(progress, heard=at), event)


def _together(standing: Standing) -> int:
    """How many events at the end were chosen together: one, unless they share a choice; none of an empty log."""
    last = standing[-1][1]
    if last is None:
        return 0
    count = 1
    while (
        last.choice is not None and (before := standing[-1 - count][1]) and before.choice == last.choice <= before.seq
    ):
        count += 1
    return count
