"""The log of the day, and what it says has happened. Every datetime is aware and in UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from .running_order import Plan


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


def not_before(earlier: datetime | None, at: datetime) -> datetime:
    at = at.astimezone(UTC)
    return at if earlier is None else max(earlier, at)


def _expected(progress: Progress, expect: str | None) -> bool:
    return progress.finished_at is None and progress.live == expect


def _apply(plan: Plan, progress: Progress, event: Event) -> Progress:
    at = not_before(progress.heard, event.at)
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
