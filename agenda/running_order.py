"""The published running order as a value. Every datetime is aware and in UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

ZERO = timedelta(0)


@dataclass(frozen=True, slots=True)
class Slot:
    """One item of the plan. Without a length it lasts until the next planned start; the last then takes no time.

    `anchored`: never projected before `start`. `absorb` "auto": shrinks unasked, down to `floor` or zero, to keep the
    next anchor. "offer": a person may be offered to shorten it, down to `floor`; `droppable`: to skip it.
    """

    id: str
    kind: str
    start: datetime | None
    length: timedelta | None
    anchored: bool = False
    absorb: str = "never"
    floor: timedelta | None = None
    droppable: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One published running order. Raises ValueError when it contradicts itself.

    `day_end`: when people have been told it ends; nothing is projected from it. `version`: its number.
    """

    slots: tuple[Slot, ...]
    day_end: datetime | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if not self.slots:
            raise ValueError("A plan has at least one slot.")
        if len({slot.id for slot in self.slots}) < len(self.slots):
            raise ValueError("Every slot has an id of its own.")
        starts = [slot.start for slot in self.slots if slot.start is not None]
        if len(starts) < len(self.slots) - (self.slots[0].start is None):
            raise ValueError("Only the first slot may have no start.")
        if any(time.utcoffset() != ZERO for time in (*starts, self.day_end) if time is not None):
            raise ValueError("Every start is in UTC.")
        if any(later <= earlier for earlier, later in pairwise(starts)):
            raise ValueError("Every slot starts later than the one before.")
        if self.slots[0].anchored and self.slots[0].start is None:
            raise ValueError("An anchored slot has a start.")
        if any(span is not None and span < ZERO for slot in self.slots for span in (slot.length, slot.floor)):
            raise ValueError("No slot is shorter than nothing.")


def allotted(slots: Sequence[Slot], i: int, start: datetime) -> timedelta:
    """How long the plan gives slot `i` when it starts at `start`."""
    slot = slots[i]
    if slot.length is not None:
        return slot.length
    following = slots[i + 1].start if i + 1 < len(slots) else None
    if following is None:
        return ZERO
    return max(ZERO, following - (slot.start or start))


def gap(slots: Sequence[Slot], i: int) -> timedelta:
    """Free time planned between slot `i` and the one before."""
    start, before = slots[i].start, slots[i - 1].start
    if start is None or before is None:
        return ZERO
    return max(ZERO, start - before - allotted(slots, i - 1, before))
