"""What holds of every projection, and proof that each claim notices a broken running order."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from .broken_copies import WHOLE, Break, Claim, Timing, assert_noticed, claims, name
from .random_days import NINE, ZERO, Day, days, legs, planned, shifted

LONDON = ZoneInfo("Europe/London")
EVENINGS = (datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=UTC))


def the_same_day_is_the_same_schedule(timing: Timing, day: Day) -> None:
    plan, log = deepcopy((day.plan, day.log))
    first = timing.project(day.plan, day.log, day.now)
    assert (day.plan, day.log) == (plan, log)
    assert timing.project(plan, log, day.now) == first


def arrival_order_is_irrelevant(timing: Timing, day: Day) -> None:
    shuffled = day.chance.sample(day.log, len(day.log))
    assert timing.project(day.plan, shuffled, day.now) == timing.project(day.plan, day.log, day.now)


def nothing_overlaps_in_the_order_that_stands(timing: Timing, day: Day) -> None:
    rows = timing.project(day.plan, day.log, day.now).rows
    assert [row.slot.id for row in rows] == [slot.id for slot in timing.fold(day.plan, day.log).slots]
    times = [time for row in rows for time in (row.start, row.end) if time is not None]
    assert times == sorted(times)


def each_slot_of_the_plan_in_force_stands_exactly_once(timing: Timing, day: Day) -> None:
    rows = timing.project(day.plan, day.log, day.now).rows
    in_force = timing.fold(day.plan, day.log).plan
    assert sorted(row.slot.id for row in rows) == sorted(slot.id for slot in in_force.slots)


def at_most_one_slot_is_live(timing: Timing, day: Day) -> None:
    schedule = timing.project(day.plan, day.log, day.now)
    states = [row.state for row in schedule.rows if row.state != "skipped"]
    assert states == sorted(states, key=["done", "live", "pending"].index)
    assert states.count("live") == (schedule.state == "running")
    assert (schedule.live.slot.id if schedule.live else None) == timing.fold(day.plan, day.log).live


def only_auto_shrinks_and_never_below_its_floor(timing: Timing, day: Day) -> None:
    slots = timing.fold(day.plan, day.log).slots
    for row in timing.project(day.plan, day.log, day.now).rows:
        if row.state == "pending" and row.start is not None:
            length, shown = planned(slots, row.slot), row.end - row.start
            assert shown <= length
            assert shown >= (min(length, row.slot.floor or ZERO) if row.slot.absorb == "auto" else length)


def buffers_shrink_just_enough_to_keep_the_anchor(timing: Timing, day: Day) -> None:
    slots, legs_ = timing.fold(day.plan, day.log).slots, legs(timing.project(day.plan, day.log, day.now))
    shrunk = [[row for row in leg if row.end and row.end - row.start < planned(slots, row.slot)] for leg in legs_]
    assert not shrunk[-1]
    for rows, leg, following in zip(shrunk, legs_, legs_[1:], strict=False):
        if rows:
            assert following[0].start == leg[-1].end
            for row in leg[: leg.index(rows[-1])]:
                floor = min(row.slot.floor or ZERO, planned(slots, row.slot))
                assert row.slot.absorb != "auto" or row.end - row.start == floor


def an_anchor_is_late_only_when_its_buffers_are_spent(timing: Timing, day: Day) -> None:
    slots, schedule = timing.fold(day.plan, day.log).slots, timing.project(day.plan, day.log, day.now)
    if schedule.state == "before":
        return
    for leg, following in pairwise(legs(schedule)):
        if following[0].late > ZERO:
            for row in leg:
                floor = min(row.slot.floor or ZERO, planned(slots, row.slot))
                assert row.slot.absorb != "auto" or row.end - row.start == floor


def an_anchored_slot_starts_at_its_anchor_or_when_the_one_before_ends(timing: Timing, day: Day) -> None:
    rows = [row for row in timing.project(day.plan, day.log, day.now).rows if row.state != "skipped"]
    for before, row in pairwise(rows):
        if row.state == "pending" and row.slot.anchored:
            assert row.start == (max(row.slot.start, before.end) if before.end else row.slot.start)
            assert row.late == row.start - row.slot.start >= ZERO


def free_time_is_what_lies_before_the_next_anchor(timing: Timing, day: Day) -> None:
    schedule = timing.project(day.plan, day.log, day.now)
    rows = [row for row in schedule.rows if row.state != "skipped"]
    following = next((row for row in rows[1:] if row.state == "pending" and row.slot.anchored), None)
    end = rows[rows.index(following) - 1].end if following else None
    free = following.start - end if following and end else ZERO
    assert schedule.free_before == ((following.slot.id, free) if free else None)


def waiting_moves_nothing_earlier_nor_by_more_than_the_wait(timing: Timing, day: Day) -> None:
    one = timing.project(day.plan, day.log, day.now)
    other = timing.project(day.plan, day.log, day.now + day.span)
    for row, later in zip(one.rows, other.rows, strict=True):
        for was, is_ in ((row.start, later.start), (row.end, later.end)):
            assert was == is_ or ZERO <= is_ - was <= day.span


def finished_rows_never_move(timing: Timing, day: Day) -> None:
    """Whatever is pressed, but for what says that something did not happen, or not then."""
    done = times_of_done(timing, day, day.log, day.now)
    for press in day.presses("undo", "correct", "reopen"):
        longer = [*day.log, replace(press, at=day.now + day.span)]
        assert times_of_done(timing, day, longer, day.now + 2 * day.span)[: len(done)] == done


def times_of_done(timing: Timing, day: Day, log: list, now: datetime) -> list[tuple[str, datetime, datetime]]:
    rows = timing.project(day.plan, log, now).rows
    return [(row.slot.id, row.start, row.end) for row in rows if row.state == "done"]


def skipping_never_makes_an_anchor_later(timing: Timing, day: Day) -> None:
    """A skipped buffer takes its own room to shrink with it: there, only where planned items do not overlap."""
    before = timing.project(day.plan, day.log, day.now)
    slots = timing.fold(day.plan, day.log).slots
    fits = all(
        slot.start is None or slot.start + planned(slots, slot) <= after.start for slot, after in pairwise(slots)
    )
    for row in before.rows:
        if row.state == "pending" and not row.slot.anchored and (fits or row.slot.absorb != "auto"):
            skip = replace(day.press("skip"), slot=row.slot.id)
            after = timing.project(day.plan, [*day.log, skip], day.now)
            for was, is_ in zip(before.rows, after.rows, strict=True):
                assert not (was.slot.anchored and is_.start and was.start) or is_.start <= was.start


def shifting_all_times_shifts_all_rows(timing: Timing, day: Day) -> None:
    assert_shifted(timing, day, day.span, UTC)


def midnight_and_a_change_of_clocks_are_minutes_like_any_other(timing: Timing, day: Day) -> None:
    """Also when what comes in says its times by the clock on the wall."""
    for evening in EVENINGS:
        assert_shifted(timing, day, evening - NINE, LONDON)


def assert_shifted(timing: Timing, day: Day, by: timedelta, zone: ZoneInfo | type[UTC]) -> None:
    def moved(time: datetime | None) -> datetime | None:
        return None if time is None else time + by

    log = [
        replace(
            event,
            at=moved(event.at).astimezone(zone),
            to=moved(event.to).astimezone(zone),
            plan=event.plan and shifted(event.plan, by),
        )
        for event in day.log
    ]
    one = timing.project(day.plan, day.log, day.now)
    other = timing.project(shifted(day.plan, by), log, (day.now + by).astimezone(zone))
    assert other.rows == tuple(
        replace(
            row,
            slot=replace(row.slot, start=moved(row.slot.start)),
            start=moved(row.start),
            end=moved(row.end),
            due=moved(row.due),
            held_since=moved(row.held_since),
        )
        for row in one.rows
    )
    assert (other.finish, other.day_end) == (moved(one.finish), moved(one.day_end))
    assert (other.state, other.late, other.free_before) == (one.state, one.late, one.free_before)


IN_LONDON = 'astimezone(__import__("zoneinfo").ZoneInfo("Europe/London"))'
BREAKS: list[Break] = [
    (the_same_day_is_the_same_schedule, "not_before(self.heard, event.at)", "datetime.now().astimezone()"),
    (the_same_day_is_the_same_schedule, "    events = {event.seq", "    log.sort(key=hash)\n    events = {event.seq"),
    (arrival_order_is_irrelevant, "in sorted(events)", "in events"),
    (nothing_overlaps_in_the_order_that_stands, "max(end, min(planned, end + item.gap))", "planned"),
    (
        nothing_overlaps_in_the_order_that_stands,
        'Row(slot, "skipped", None, None) for slot in progress.slots)',
        'Row(slot, "skipped", None, None) for slot in progress.plan.slots)',
    ),
    (
        each_slot_of_the_plan_in_force_stands_exactly_once,
        "(known.get(slot.id) or",
        "(known.get(progress.slots[0].id) or",
    ),
    (each_slot_of_the_plan_in_force_stands_exactly_once, "        slots=event.plan.slots,\n", ""),
    (at_most_one_slot_is_live, 'Row(slot, "done", start, end)', 'Row(slot, "live", start, end)'),
    (only_auto_shrinks_and_never_below_its_floor, 'slot.absorb != "auto"', 'slot.absorb == "never"'),
    (only_auto_shrinks_and_never_below_its_floor, "- (item.slot.floor or ZERO)", ""),
    (buffers_shrink_just_enough_to_keep_the_anchor, "min(_room(item), debt - cut)", "_room(item)"),
    (
        buffers_shrink_just_enough_to_keep_the_anchor,
        "min(_room(item), debt - cut)",
        "min(_room(item), (debt - cut) / 2)",
    ),
    (an_anchor_is_late_only_when_its_buffers_are_spent, "return max(ZERO, end - item.slot.start)", "return ZERO"),
    (an_anchored_slot_starts_at_its_anchor_or_when_the_one_before_ends, "return max(planned, end)", "return end"),
    (an_anchored_slot_starts_at_its_anchor_or_when_the_one_before_ends, "self.start - self.slot.start", "ZERO"),
    (free_time_is_what_lies_before_the_next_anchor, "row.slot.id, row.start - before.end", "row.slot.id, row.late"),
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
    (skipping_never_makes_an_anchor_later, "skipped=skipped)", "skipped=skipped, extended=timedelta(hours=9))"),
    (shifting_all_times_shifts_all_rows, "(*progress.starts, at)", "(*progress.starts, at.replace(minute=0))"),
    (
        midnight_and_a_change_of_clocks_are_minutes_like_any_other,
        "at = at.astimezone(UTC)",
        f"at = at.{IN_LONDON}",
    ),
    (
        midnight_and_a_change_of_clocks_are_minutes_like_any_other,
        "slot.id: event.to.astimezone(UTC)",
        f"slot.id: event.to.{IN_LONDON}",
    ),
]


@pytest.mark.parametrize("claim", claims(BREAKS), ids=name)
@given(day=days())
def test_on_random_days(claim: Claim, day: Day) -> None:
    claim(WHOLE, day)


@pytest.mark.parametrize(("claim", "old", "new"), BREAKS, ids=name)
def test_a_broken_running_order_is_noticed(claim: Claim, old: str, new: str) -> None:
    assert_noticed(claim, old, new, days())
