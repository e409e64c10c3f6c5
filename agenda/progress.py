"""What has happened on a day, and what may happen next. Every datetime is aware and in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple

from .running_order import ZERO, Plan, Slot, allotted


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log. `expect`, for advance and close: the id of the live slot; None starts the day.

    `slot`: the slot it is about; `minutes`: more or less (extend) or the whole length (retime); `to`: a new start
    (move_anchor) or the real time (correct); `order`: ids of what is to come (reorder); `plan`: the new one (replan).
    `choice`: seq of the first event chosen together; one undo takes all back.
    """

    seq: int
    kind: str
    at: datetime
    expect: str | None
    slot: str | None = None
    minutes: int | None = None
    to: datetime | None = None
    choice: int | None = None
    order: tuple[str, ...] = ()
    plan: Plan | None = None


class Progress(NamedTuple):
    """What the log says has happened. `starts`: real starts of the `started` slots; `heard`: the newest event.

    A tuple, because every event makes another, and copying is most of the work of reading a log.
    `passed`: how many slots, from the first on, have begun or were passed over.
    `plan`: the one in force; `slots`: its slots in the order that stands. `extended`, `held`: time added to the live
    slot; `held_since`: its clock stands. `lengths`, `anchors`: what was changed, by slot id.
    """

    plan: Plan
    slots: tuple[Slot, ...]
    started: tuple[str, ...] = ()
    starts: tuple[datetime, ...] = ()
    passed: int = 0
    finished_at: datetime | None = None
    heard: datetime | None = None
    extended: timedelta = ZERO
    held: timedelta = ZERO
    held_since: datetime | None = None
    lengths: Mapping[str, timedelta] = MappingProxyType({})
    anchors: Mapping[str, datetime] = MappingProxyType({})
    skipped: frozenset[str] = frozenset()

    @property
    def live(self) -> str | None:
        return self.started[-1] if self.started and self.finished_at is None else None

    @property
    def state(self) -> Literal["before", "running", "finished"]:
        if self.finished_at is not None:
            return "finished"
        return "running" if self.starts else "before"

    @property
    def begun(self) -> tuple[Slot, ...]:
        """The slots up to the newest that has started, in order."""
        return self.slots[: self.passed]

    @property
    def coming(self) -> tuple[Slot, ...]:
        """The slots that have not begun, skipped ones included, in order; none once the day is over."""
        return () if self.finished_at is not None else self.slots[self.passed :]

    @property
    def live_length(self) -> timedelta:
        """How long the newest started slot may take, extensions included, time on hold not."""
        length = self.lengths.get(self.started[-1])
        if length is None:
            length = allotted(self.slots, self.passed - 1, self.starts[-1])
        return max(ZERO, length + self.extended)

    def place(self, slot: str) -> int:
        return [each.id for each in self.slots].index(slot)

    def fixed(self, slot: Slot) -> datetime | None:
        """The fixed time of the slot as it stands: promised during the day, or of the plan."""
        return self.anchors.get(slot.id) or (slot.start if slot.anchored else None)

    def stands(self, slot: Slot) -> Slot:
        """The slot with its changed length and its promised start."""
        if slot.id in self.lengths:
            slot = replace(slot, length=self.lengths[slot.id])
        if slot.id in self.anchors:
            slot = replace(slot, start=self.anchors[slot.id], anchored=True)
        return slot


class Refused(Exception):
    """An event that the day as it stands does not allow. The message is a sentence for people."""


class Stale(Refused):
    """A press that expected another live slot. `live`: the id of the one that is, None before and after the day."""

    def __init__(self, live: str | None) -> None:
        super().__init__("The day has moved on already. Nothing was changed by this press.")
        self.live = live


def not_before(earlier: datetime | None, at: datetime) -> datetime:
    """`at` in UTC, or `earlier` when that is later: a clock that steps back stands still."""
    at = at.astimezone(UTC)
    return at if earlier is None else max(earlier, at)
