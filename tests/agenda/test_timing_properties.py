"""What holds on every day, and proof that each claim notices a broken running order."""

import ast
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agenda import timing
from agenda.timing import Event, Plan, Slot

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
ZERO = timedelta(0)
CHANGES = ["extend", "retime", "skip", "skip", "unskip", "move_anchor", "hold", "release", "correct"]
CHOICES = [None, None, None, 1]
Timing = Any  # the module, or a broken copy of it


@dataclass(frozen=True)
class Day:
    """A random plan and log, a moment after the log's last event, and what a claim may do to them."""

    plan: Plan
    log: list[Event]
    now: datetime
    span: timedelta
    chance: random.Random

    def press(self, kind: str, expect: str | None, *, after: int = 1) -> Event:
        return Event(len(self.log) + after, kind, self.now, expect)


def spans(low: int, high: int) -> st.SearchStrategy[timedelta]:
    return st.integers(low * 60, high * 60).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    slots, start = [], NINE
    for i in range(draw(st.integers(1, 8))):
        until_next = draw(spans(1, 60))
        length = draw(st.sampled_from([None, until_next, until_next / 2, until_next + timedelta(minutes=7)]))
        absorb = draw(st.sampled_from(["auto", "auto", "offer", "never"]))
        floor = draw(st.none() | spans(0, 20))
        slots.append(Slot(f"slot-{i}", "talk", start, length, draw(st.booleans()), absorb, floor))
        start += until_next
    if draw(st.booleans()):
        slots[0] = replace(slots[0], start=None, anchored=False)
    return Plan(tuple(slots))


@st.composite
def days(draw: st.DrawFn) -> Day:
    plan = draw(plans())
    log: list[Event] = []
    at = NINE + draw(spans(-60, 60))
    for seq in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(["advance"] * 8 + ["stale", "undo", "unheard-of", *CHANGES]))
        live = expect = timing.fold(plan, log).live
        if kind == "stale":
            kind, expect = "advance", draw(st.sampled_from([None, *(slot.id for slot in plan.slots)]))
        slot = live if kind == "extend" else draw(st.sampled_from([slot.id for slot in plan.slots]))
        to = at + draw(spans(-30, 30))
        log.append(Event(seq, kind, at, expect, slot, draw(st.integers(-10, 60)), to, draw(st.sampled_from(CHOICES))))
        at += draw(spans(-5, 60))
    now = max([at, *(event.at for event in log)]) + draw(spans(0, 60))
    return Day(plan, log, now, draw(spans(0, 90)), random.Random(draw(st.integers())))


def allotted(plan: Plan, slot: Slot) -> timedelta:
    """How long a slot takes as it stands, when nothing shrinks unasked."""
    place = [planned.id for planned in plan.slots].index(slot.id)
    following = plan.slots[place + 1 :]
    if slot.length is not None or not following:
        return slot.length or ZERO
    start = plan.slots[place].start
    assert start is not None
    assert following[0].start is not None
    return following[0].start - start


def legs(schedule: Any) -> list[list[Any]]:
    """The projected rows, cut before each anchored one."""
    found: list[list[Any]] = [[]]
    for row in schedule.rows:
        if row.state == "pending":
            if row.slot.anchored:
                found.append([])
            found[-1].append(row)
    return found


def arrival_order_is_irrelevant(timing: Timing, day: Day) -> None:
    shuffled = day.chance.sample(day.log, len(day.log))
    assert timing.project(day.plan, shuffled, day.now) == timing.project(day.plan, day.log, day.now)


def order_is_kept_and_nothing_overlaps(timing: Timing, day: Day) -> None:
    rows = timing.project(day.plan, day.log, day.now).rows
    times = [time for row in rows for time in (row.start, row.end) if time is not None]
    assert times == sorted(times)


def each_slot_stands_exactly_once(timing: Timing, day: Day) -> None:
    rows = timing.project(day.plan, day.log, day.now).rows
    assert [row.slot.id for row in rows] == [slot.id for slot in day.plan.slots]


def at_most_one_slot_is_live(timing: Timing, day: Day) -> None:
    schedule = timing.project(day.plan, day.log, day.now)
    states = [row.state for row in schedule.rows if row.state != "skipped"]
    assert states == sorted(states, key=["done", "live", "pending"].index)
    assert states.count("live") == (schedule.state == "running")
    assert (schedule.live.slot.id if schedule.live else None) == timing.fold(day.plan, day.log).live


def only_auto_shrinks_and_never_below_its_floor(timing: Timing, day: Day) -> None:
    for row in timing.project(day.plan, day.log, day.now).rows:
        if row.state == "pending" and row.start is not None:
            planned, shown = allotted(day.plan, row.slot), row.end - row.start
            assert shown <= planned
            assert shown >= (min(planned, row.slot.floor or ZERO) if row.slot.absorb == "auto" else planned)


def buffers_shrink_just_enough_to_keep_the_anchor(timing: Timing, day: Day) -> None:
    legs_ = legs(timing.project(day.plan, day.log, day.now))
    shrunk = [[row for row in leg if row.end and row.end - row.start < allotted(day.plan, row.slot)] for leg in legs_]
    assert not shrunk[-1]
    for rows, leg, following in zip(shrunk, legs_, legs_[1:], strict=False):
        if rows:
            assert following[0].start == leg[-1].end
            for row in leg[: leg.index(rows[-1])]:
                floor = min(row.slot.floor or ZERO, allotted(day.plan, row.slot))
                assert row.slot.absorb != "auto" or row.end - row.start == floor


def an_anchor_is_late_only_when_its_buffers_are_spent(timing: Timing, day: Day) -> None:
    schedule = timing.project(day.plan, day.log, day.now)
    if schedule.state == "before":
        return
    for leg, following in pairwise(legs(schedule)):
        if following[0].late > ZERO:
            for row in leg:
                floor = min(row.slot.floor or ZERO, allotted(day.plan, row.slot))
                assert row.slot.absorb != "auto" or row.end - row.start == floor


def an_anchored_slot_starts_at_its_anchor_or_when_the_one_before_ends(timing: Timing, day: Day) -> None:
    rows = [row for row in timing.project(day.plan, day.log, day.now).rows if row.state != "skipped"]
    for before, row in pairwise(rows):
        if row.state == "pending" and row.slot.anchored:
            assert row.start == (max(row.slot.start, before.end) if before.end else row.slot.start)
            assert row.late == row.start - row.slot.start >= ZERO


def waiting_moves_nothing_earlier_nor_by_more_than_the_wait(timing: Timing, day: Day) -> None:
    one = timing.project(day.plan, day.log, day.now)
    other = timing.project(day.plan, day.log, day.now + day.span)
    for row, later in zip(one.rows, other.rows, strict=True):
        for was, is_ in ((row.start, later.start), (row.end, later.end)):
            assert was == is_ or ZERO <= is_ - was <= day.span


def finished_rows_never_move(timing: Timing, day: Day) -> None:
    done = [row for row in timing.project(day.plan, day.log, day.now).rows if row.state == "done"]
    for expect in [slot.id for slot in day.plan.slots]:
        longer = [*day.log, replace(day.press("advance", expect), at=day.now + day.span)]
        after = [row for row in timing.project(day.plan, longer, day.now + 2 * day.span).rows if row.state == "done"]
        assert after[: len(done)] == done


def redelivery_is_harmless(timing: Timing, day: Day) -> None:
    again = [*day.log, *day.chance.choices(day.log, k=5)] if day.log else []
    assert timing.project(day.plan, again, day.now) == timing.project(day.plan, day.log, day.now)


def undo_takes_back_any_kind(timing: Timing, day: Day) -> None:
    for change in changes(day):
        try:
            timing.check(day.plan, day.log, change)
        except timing.Refused:
            assert timing.fold(day.plan, [*day.log, change]) == timing.fold(day.plan, day.log)
        else:
            undo = day.press("undo", None, after=2)
            assert timing.project(day.plan, [*day.log, change, undo], day.now) == timing.project(
                day.plan, day.log, day.now
            )


def skipping_never_makes_an_anchor_later(timing: Timing, day: Day) -> None:
    """Of a slot with content; a skipped buffer takes its own room to shrink with it."""
    before = timing.project(day.plan, day.log, day.now)
    for row in before.rows:
        if row.state == "pending" and not row.slot.anchored and row.slot.absorb != "auto":
            skip = replace(day.press("skip", None), slot=row.slot.id)
            after = timing.project(day.plan, [*day.log, skip], day.now)
            for was, is_ in zip(before.rows, after.rows, strict=True):
                assert not (was.slot.anchored and is_.start and was.start) or is_.start <= was.start


def changes(day: Day) -> list[Event]:
    """One event of every kind, about slots and minutes that may or may not fit."""
    pick, live = day.chance, timing.fold(day.plan, day.log).live
    found = []
    for kind in CHANGES:
        slot = live if kind == "extend" else pick.choice(day.plan.slots).id
        to = day.now + timedelta(minutes=pick.randint(-40, 40))
        found.append(replace(day.press(kind, None), slot=slot, minutes=pick.randint(-10, 60), to=to))
    return found


def undo_is_an_inverse(timing: Timing, day: Day) -> None:
    progress = timing.fold(day.plan, day.log)
    if progress.state != "finished":
        longer = [*day.log, day.press("advance", progress.live), day.press("undo", None, after=2)]
        assert timing.project(day.plan, longer, day.now) == timing.project(day.plan, day.log, day.now)


def two_identical_presses_are_one_step(timing: Timing, day: Day) -> None:
    for expect in (None, *(slot.id for slot in day.plan.slots)):
        once = [*day.log, day.press("advance", expect)]
        twice = [*once, day.press("advance", expect, after=2)]
        assert timing.fold(day.plan, twice) == timing.fold(day.plan, once)


def shifting_all_times_shifts_all_rows(timing: Timing, day: Day) -> None:
    by = day.span
    plan = Plan(tuple(replace(slot, start=slot.start and slot.start + by) for slot in day.plan.slots))
    log = [replace(event, at=event.at + by, to=event.to and event.to + by) for event in day.log]
    one, other = timing.project(day.plan, day.log, day.now), timing.project(plan, log, day.now + by)
    shifted = [(row.start and row.start + by, row.end and row.end + by) for row in one.rows]
    assert [(row.start, row.end) for row in other.rows] == shifted
    assert (other.late, other.free_before) == (one.late, one.free_before)


Claim = Callable[[Timing, Day], None]
BREAKS: list[tuple[Claim, str, str]] = [
    (arrival_order_is_irrelevant, "in sorted(events)", "in events"),
    (order_is_kept_and_nothing_overlaps, "return max(end, min(planned, end + item.gap))", "return planned"),
    (
        each_slot_stands_exactly_once,
        "(known.get(slot.id) or",
        "(known.get(progress.slots[0].id) or",
    ),
    (at_most_one_slot_is_live, 'Row(slot, "done", start, end)', 'Row(slot, "live", start, end)'),
    (only_auto_shrinks_and_never_below_its_floor, 'slot.absorb != "auto"', 'slot.absorb == "never"'),
    (only_auto_shrinks_and_never_below_its_floor, "- (item.slot.floor or ZERO)", ""),
    (
        buffers_shrink_just_enough_to_keep_the_anchor,
        "min(_room(item), debt - cut)",
        "_room(item)",
    ),
    (
        buffers_shrink_just_enough_to_keep_the_anchor,
        "min(_room(item), debt - cut)",
        "min(_room(item), (debt - cut) / 2)",
    ),
    (an_anchor_is_late_only_when_its_buffers_are_spent, "return max(ZERO, end - item.slot.start)", "return ZERO"),
    (
        an_anchored_slot_starts_at_its_anchor_or_when_the_one_before_ends,
        "return max(planned, end)",
        "return end",
    ),
    (an_anchored_slot_starts_at_its_anchor_or_when_the_one_before_ends, "self.start - self.slot.start", "ZERO"),
    (
        waiting_moves_nothing_earlier_nor_by_more_than_the_wait,
        "max(now, due), due",
        "max(now + (now - due), due), due",
    ),
    (
        waiting_moves_nothing_earlier_nor_by_more_than_the_wait,
        "max(now, due), due",
        "max(due + (due - now), due), due",
    ),
    (finished_rows_never_move, 'Row(slot, "done", start, end)', 'Row(slot, "done", start, now)'),
    (redelivery_is_harmless, "{event.seq: event for event in log}", "dict(enumerate(log))"),
    (undo_is_an_inverse, "del self.steps[len(self.steps) - self._together() :]", "del self.steps[1:]"),
    (undo_is_an_inverse, "    count = 1\n", "    count = 0\n"),
    (undo_takes_back_any_kind, "del self.steps[len(self.steps) - self._together() :]", "del self.steps[1:]"),
    (
        skipping_never_makes_an_anchor_later,
        "skipped=skipped)",
        "skipped=skipped, extended=timedelta(hours=9))",
    ),
    (
        two_identical_presses_are_one_step,
        "progress.finished_at is None and progress.live == expect",
        "not progress.finished_at",
    ),
    (shifting_all_times_shifts_all_rows, "(*progress.starts, at)", "(*progress.starts, at.replace(minute=0))"),
]
CLAIMS = list(dict.fromkeys(claim for claim, _, _ in BREAKS))


PARTS = ("running_order", "progress", "verbs", "daylog", "timing")


def broken(old: str, new: str) -> ModuleType:
    """The pure modules as one, with one fault."""
    sources = [Path(timing.__file__).with_name(f"{part}.py").read_text(encoding="utf-8") for part in PARTS]
    assert sum(source.count(old) for source in sources) == 1, f"{old!r} is no longer there exactly once"
    copy = ModuleType("broken_timing")
    for source in sources:
        tree = ast.parse(source.replace(old, new))
        tree.body = [node for node in tree.body if not (isinstance(node, ast.ImportFrom) and node.level)]
        exec(compile(tree, "broken_timing", "exec"), copy.__dict__)
    return copy


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.__name__)
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(day=days())
def test_on_random_days(claim: Claim, day: Day) -> None:
    claim(timing, day)


@pytest.mark.parametrize(("claim", "old", "new"), BREAKS, ids=lambda part: getattr(part, "__name__", ""))
def test_a_broken_running_order_is_noticed(claim: Claim, old: str, new: str) -> None:
    copy = broken(old, new)

    @settings(
        max_examples=1000,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(day=days())
    def search(day: Day) -> None:
        claim(copy, day)

    with pytest.raises(AssertionError):
        search()
