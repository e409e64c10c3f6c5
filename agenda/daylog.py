"""The log of the day: which of its events count, and what they come to."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from .progress import Event, Progress, Refused, Stale, not_before
from .running_order import Plan
from .verbs import VERBS, is_expected


def check_advance(plan: Plan, log: Sequence[Event], expect: str | None) -> None:
    """Raise Stale unless `expect` is the live slot (None: the day has not started)."""
    progress = fold(plan, log)
    if not is_expected(progress, expect):
        raise Stale(progress.live)


def check(plan: Plan, log: Sequence[Event], event: Event) -> None:
    """Raise Refused, with a sentence, when `event` would count for nothing after this log."""
    replay(plan, log).press(event)


def fold(plan: Plan, log: Sequence[Event]) -> Progress:
    """What has happened, by `seq`. A repeated seq counts once; refused, stale and unknown events count for nothing."""
    return replay(plan, log).progress


def newest(plan: Plan, log: Sequence[Event]) -> tuple[Event, ...]:
    """The events that an undo would take back, oldest first; empty when nothing stands."""
    return replay(plan, log).newest


def replay(plan: Plan, log: Sequence[Event]) -> "Standing":
    """The log read to its end, as `fold` reads it; more can be pressed after it, in the order of `seq`."""
    events = {event.seq: event for event in log}
    standing = Standing([(Progress(plan, plan.slots), None)])
    for seq in sorted(events):
        with suppress(Refused):
            standing.press(events[seq])
    return standing


@dataclass(slots=True)
class Standing:
    """The events that still stand, oldest first, and what had happened after each. `heard`: as in Progress."""

    steps: list[tuple[Progress, Event | None]]
    heard: datetime | None = None

    @property
    def progress(self) -> Progress:
        return self.steps[-1][0]._replace(heard=self.heard)

    @property
    def newest(self) -> tuple[Event, ...]:
        """The events that an undo would take back, oldest first; empty when nothing stands."""
        kept = len(self.steps) - self._together()
        return tuple(event for _, event in self.steps[kept:] if event is not None)

    def copy(self) -> "Standing":
        """To try events on; this one stays as it is."""
        return Standing([*self.steps], self.heard)

    def press(self, event: Event) -> None:
        """Read one more event. Raises Refused, with a sentence, when it counts for nothing, and stays as it was."""
        at = not_before(self.heard, event.at)
        if event.kind == "undo":
            self._undo()
        elif event.kind in VERBS:
            self.steps.append((VERBS[event.kind](self.steps[-1][0], event, at), event))
        else:
            raise Refused("This log does not know that kind of press. Nothing was changed by it.")
        self.heard = at

    def _undo(self) -> None:
        """Take the newest event off, and with it those chosen together with it."""
        if self.steps[-1][1] is None:
            raise Refused("There is nothing to take back. Nothing was changed by this press.")
        del self.steps[len(self.steps) - self._together() :]

    def _together(self) -> int:
        """How many events at the end were chosen together: one, unless they share a choice; none of an empty log."""
        last = self.steps[-1][1]
        if last is None:
            return 0
        count = 1
        while last.choice is not None and (before := self.steps[-1 - count][1]):
            if not before.choice == last.choice <= before.seq:
                break
            count += 1
        return count
