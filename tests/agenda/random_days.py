"""Days nobody thought of: a plan, a log with presses of every kind, and a moment after it.

Every slot and every press comes from one number, so that Hypothesis can leave any of them out to find the smallest
day that breaks a claim; zero is no press at all.
"""

import random
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from agenda.timing import Event, Plan, Progress, Refused, Slot, fold, project, replay

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
ZERO = timedelta(0)
NUMBERS = st.integers(0, 2**32)
KINDS = {
    "advance": 16,
    "extend": 2,
    "retime": 2,
    "skip": 4,
    "unskip": 2,
    "move_anchor": 4,
    "reorder": 3,
    "replan": 2,
    "hold": 3,
    "release": 2,
    "correct": 2,
    "close": 1,
    "reopen": 1,
    "undo": 3,
    "unheard-of": 1,
}


@dataclass(frozen=True)
class Day:
    """A random plan and log, a moment after the log's last event, and what a claim may do to them."""

    plan: Plan
    log: list[Event]
    now: datetime
    span: timedelta
    chance: random.Random

    def press(self, kind: str, expect: str | None = None, *, after: int = 1) -> Event:
        return Event(len(self.log) + after, kind, self.now, expect)

    def tries(self, *kinds: str) -> list[Event]:
        """A press now of each of these kinds, about slots and times that may or may not fit."""
        progress = fold(self.plan, self.log)
        return [any_press(kind, progress, len(self.log) + 1, self.now, self.chance) for kind in kinds]

    def presses(self, *but: str) -> list[Event]:
        """One of every kind but those."""
        return self.tries(*(kind for kind in KINDS if kind not in but))


@st.composite
def days(draw: st.DrawFn) -> Day:
    count, presses = draw(st.sampled_from(range(1, 10))), draw(st.sampled_from(range(15)))
    plan = any_plan([f"slot-{i}" for i in range(count)], [random.Random(draw(NUMBERS)) for _ in range(count)])
    log: list[Event] = []
    standing = replay(plan, log)
    chance = random.Random(draw(NUMBERS))
    at = NINE + span(chance, -30, 30)
    for number in [draw(NUMBERS) for _ in range(presses)]:
        if number:
            each = random.Random(number)
            log.append(any_event(standing.progress, len(log), at, each))
            at += span(each, -3, 25)
            with suppress(Refused):
                standing.press(log[-1])
    now = max([at, *(event.at for event in log)]) + span(chance, 0, 30)
    return Day(plan, log, now, span(chance, 0, 90), chance)


@st.composite
def late_days(draw: st.DrawFn) -> Day:
    """The same at a moment when only the latest of the anchors is a few minutes late, where there is such a moment."""
    day = draw(days())
    evening = day.now + timedelta(hours=9)
    late = [
        row.late for row in project(day.plan, day.log, evening).rows if row.state == "pending" and row.slot.anchored
    ]
    if not late:
        return day
    return replace(day, now=max([evening - max(late) + span(day.chance, 1, 9), *(event.at for event in day.log)]))


def span(chance: random.Random, low: int, high: int) -> timedelta:
    """Between so many minutes, to the second or to the minute."""
    if chance.random() < 0.3:
        return timedelta(minutes=chance.randint(low, high))
    return timedelta(seconds=chance.randint(low * 60, high * 60))


def any_plan(ids: list[str], chances: list[random.Random]) -> Plan:
    slots, start = [], NINE
    for id, chance in zip(ids, chances, strict=True):
        until_next = timedelta(minutes=1) + span(chance, 0, 59)
        length = chance.choice([None, until_next, until_next / 2, until_next + timedelta(minutes=7)])
        absorb, floor = chance.choice(["auto", "offer", "offer", "offer", "never"]), span(chance, 0, 20)
        anchored, droppable = chance.random() < 0.3, chance.random() < 0.5
        slots.append(
            Slot(id, "talk", start, length, anchored, absorb, chance.choice([None, floor, floor, floor / 4]), droppable)
        )
        start += until_next
    if chances[0].random() < 0.3:
        slots[0] = replace(slots[0], start=None, anchored=False)
    return Plan(tuple(slots), chances[0].choice([None, start]), chances[0].randint(1, 99))


def any_event(progress: Progress, seq: int, at: datetime, chance: random.Random) -> Event:
    """An event that often counts, alone or chosen together with the one before."""
    kind = chance.choices([*KINDS, likely(progress)], [*KINDS.values(), 12 if progress.live else 40])[0]
    press = any_press(kind, progress, seq, at, chance)
    return replace(press, choice=chance.choice([None, None, seq - seq % 3, seq - seq % 3, 1]))


def likely(progress: Progress) -> str:
    """What else would seldom fit."""
    if progress.state != "running":
        return "advance" if progress.state == "before" else "reopen"
    if progress.held_since:
        return "release"
    return "unskip" if progress.skipped & {slot.id for slot in progress.coming} else "reorder"


def any_press(kind: str, progress: Progress, seq: int, at: datetime, chance: random.Random) -> Event:
    """A press of this kind that may or may not fit the day."""
    ids = [slot.id for slot in progress.slots]
    coming = [slot.id for slot in progress.coming]
    expect = progress.live if chance.random() < 0.9 else chance.choice([None, *ids])
    slot = chance.choice(coming or ids) if chance.random() < 0.9 else chance.choice(ids)
    if kind == "extend" and chance.random() < 0.9:
        slot = progress.live or slot
    if kind == "unskip" and progress.skipped:
        slot = max(progress.skipped)
    event = Event(seq, kind, at, expect, slot, chance.randint(-10, 60), any_time(kind, progress, slot, at, chance))
    if kind == "reorder":
        return replace(event, order=any_order(coming, chance))
    if kind == "replan":
        return replace(event, plan=any_other_plan(progress, seq, chance))
    return event


def any_time(kind: str, progress: Progress, slot: str, at: datetime, chance: random.Random) -> datetime:
    """Lately, for what is put right; around the planned start, for a promise."""
    planned = progress.slots[progress.place(slot)].start
    if kind == "correct" or planned is None:
        return at - span(chance, -1, 15)
    return planned + span(chance, -20, 60)


def any_order(ids: list[str], chance: random.Random) -> tuple[str, ...]:
    """Two neighbours swapped, or all of them shuffled; now and then one is missing."""
    if len(ids) < 2 or chance.random() < 0.1:
        return tuple(ids[1:])
    if chance.random() < 0.5:
        return tuple(chance.sample(ids, len(ids)))
    i = chance.randrange(len(ids) - 1)
    return (*ids[:i], ids[i + 1], ids[i], *ids[i + 2 :])


def any_other_plan(progress: Progress, seq: int, chance: random.Random) -> Plan:
    """What has begun, now and then in an order it did not have, some of the rest in any order, and something new.

    Or the plan in force with other words.
    """
    if chance.random() < 0.1:
        return replace(progress.plan, version=seq)
    begun = [slot.id for slot in progress.begun]
    if chance.random() < 0.1:
        chance.shuffle(begun)
    rest = [slot.id for slot in progress.coming if chance.random() < 0.8]
    ids = [*begun, *chance.sample(rest, len(rest)), f"new-{seq}"]
    return any_plan(ids, [chance] * len(ids))


def shifted(plan: Plan, by: timedelta) -> Plan:
    slots = tuple(replace(slot, start=slot.start and slot.start + by) for slot in plan.slots)
    return replace(plan, slots=slots, day_end=plan.day_end and plan.day_end + by)


def planned(slots: tuple[Slot, ...], slot: Slot) -> timedelta:
    """How long a slot takes as it stands among these, when nothing shrinks unasked."""
    place = [each.id for each in slots].index(slot.id)
    if slot.length is not None or place + 1 == len(slots):
        return slot.length or ZERO
    start, following = slots[place].start, slots[place + 1].start
    assert start is not None
    assert following is not None
    return max(ZERO, following - start)


def legs(schedule: Any) -> list[list[Any]]:
    """The projected rows, cut before each anchored one."""
    found: list[list[Any]] = [[]]
    for row in schedule.rows:
        if row.state == "pending":
            if row.slot.anchored:
                found.append([])
            found[-1].append(row)
    return found


def in_order(times: list[datetime]) -> bool:
    return all(earlier < later for earlier, later in pairwise(times))
