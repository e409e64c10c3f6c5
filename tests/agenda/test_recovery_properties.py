"""What holds of every option that a late day is offered, and proof that each claim notices broken ones."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from agenda.timing import Event, Plan, Slot

from .broken_copies import WHOLE, Break, Claim, Timing, assert_noticed, claims, name
from .random_days import ZERO, Day, late_days, planned

MINUTE = timedelta(minutes=1)
FIVE = timedelta(minutes=5)


def offered(timing: Timing, day: Day, *kinds: str) -> list[Any]:
    """The options of these kinds, or all of them."""
    return [option for option in timing.options(day.plan, day.log, day.now) if not kinds or option.kind in kinds]


def pending(timing: Timing, day: Day) -> list[Any]:
    return [row for row in timing.project(day.plan, day.log, day.now).rows if row.state == "pending"]


def leg(timing: Timing, day: Day) -> list[Any]:
    """What comes before the first anchor that is a minute late or more, from the anchor before on."""
    rows = pending(timing, day)
    breached = next(i for i, row in enumerate(rows) if row.slot.anchored and row.late >= MINUTE)
    fixed = [i for i, row in enumerate(rows[:breached]) if row.slot.anchored]
    return rows[max(fixed, default=0) : breached]


def room(row: Any) -> int:
    """Whole minutes that a row is above its floor; none when it may not be shortened."""
    if row.slot.absorb != "offer" or row.slot.floor is None:
        return 0
    return max(0, (row.end - row.start) // MINUTE - -(-row.slot.floor // MINUTE))


def cuts(timing: Timing, day: Day, option: Any) -> dict[str, int]:
    """Slot id -> the minutes that tightening takes from it."""
    rows = {row.slot.id: row for row in pending(timing, day)}
    return {
        event.slot: (rows[event.slot].end - rows[event.slot].start) // MINUTE - event.minutes for event in option.events
    }


def only_a_running_day_with_a_late_anchor_is_offered_anything(timing: Timing, day: Day) -> None:
    late = [row for row in pending(timing, day) if row.slot.anchored and row.late >= MINUTE]
    found = offered(timing, day)
    running = timing.project(day.plan, day.log, day.now).state == "running"
    assert bool(found) == (running and bool(late))
    assert {option.anchor for option in found} <= {row.slot.id for row in late[:1]}


def options_are_events_that_the_day_allows(timing: Timing, day: Day) -> None:
    for option in offered(timing, day):
        log = list(day.log)
        for event in option.events:
            log.append(event)
            assert len(timing.newest(day.plan, log)) == len(log) - len(day.log)
        assert len({event.seq for event in log}) == len(log)


def the_preview_is_the_result(timing: Timing, day: Day) -> None:
    for option in offered(timing, day):
        for outlook, events in ((option.before, ()), (option.after, option.events)):
            schedule = timing.project(day.plan, [*day.log, *events], day.now)
            row = next(row for row in schedule.rows if row.slot.id == option.anchor)
            assert (row.start, schedule.finish) == (outlook.start, outlook.finish)


def what_is_left_is_measured_from_the_time_it_had(timing: Timing, day: Day) -> None:
    for option in offered(timing, day):
        row = next(row for row in pending(timing, day) if row.slot.id == option.anchor)
        assert option.left == option.after.start - row.slot.start


def no_option_worsens_the_day_beyond_the_five_minutes(timing: Timing, day: Day) -> None:
    for option in offered(timing, day):
        spare = FIVE if option.kind == "move" else ZERO
        assert option.after.start - option.before.start <= spare
        assert option.after.finish - option.before.finish <= spare


def what_would_not_help_is_not_offered(timing: Timing, day: Day) -> None:
    for option in offered(timing, day, "tighten", "drop"):
        assert option.after.start < option.before.start


def tightening_leaves_every_floor(timing: Timing, day: Day) -> None:
    rows = {row.slot.id: row for row in pending(timing, day)}
    for event in (event for option in offered(timing, day, "tighten") for event in option.events):
        row = rows[event.slot]
        assert (event.kind, row.slot.absorb) == ("retime", "offer")
        assert row.slot.floor <= event.minutes * MINUTE < row.end - row.start


def tightening_and_dropping_touch_only_what_can_still_help(timing: Timing, day: Day) -> None:
    for option in offered(timing, day, "tighten", "drop"):
        assert {event.slot for event in option.events} <= {row.slot.id for row in leg(timing, day)}


def tightening_takes_no_more_than_is_needed_or_all_there_is(timing: Timing, day: Day) -> None:
    for option in offered(timing, day, "tighten"):
        total = sum(room(row) for row in leg(timing, day))
        late = next(row.late for row in pending(timing, day) if row.slot.id == option.anchor)
        assert sum(cuts(timing, day, option).values()) == min(-(-late // MINUTE), total)


def tightening_is_shared_in_proportion_to_the_room_there_is(timing: Timing, day: Day) -> None:
    for option in offered(timing, day, "tighten"):
        found, rows = cuts(timing, day, option), leg(timing, day)
        wanted, total = sum(found.values()), sum(room(row) for row in rows)
        for row in rows:
            assert abs(found.get(row.slot.id, 0) * total - wanted * room(row)) < total


def a_drop_is_of_one_slot_that_may_be_dropped(timing: Timing, day: Day) -> None:
    rows = {row.slot.id: row for row in pending(timing, day)}
    for option in offered(timing, day, "drop"):
        (event,) = option.events
        assert event.kind == "skip"
        assert rows[event.slot].slot.droppable
        assert option.lost == rows[event.slot].end - rows[event.slot].start


def moving_gives_the_next_time_on_the_five_minutes(timing: Timing, day: Day) -> None:
    for option in offered(timing, day, "move"):
        (event,) = option.events
        assert (event.kind, event.slot) == ("move_anchor", option.anchor)
        assert (event.to.minute % 5, event.to.second, event.to.microsecond) == (0, 0, 0)
        assert ZERO <= event.to - option.before.start < FIVE
        assert option.after.start == event.to


def options_come_best_first(timing: Timing, day: Day) -> None:
    found = offered(timing, day)
    kinds = [option.kind for option in found]
    assert kinds[-1:] in ([], ["carry_on"])
    assert "move" not in kinds[:-2]
    late = found[-1].left if found else ZERO
    ways = [option for option in found if option.kind in {"tighten", "drop"}]
    ranks = [(option.lost > 2 * late, max(option.left, ZERO), option.lost, len(option.events)) for option in ways]
    assert ranks == sorted(ranks)


def a_drop_that_costs_much_more_than_the_lateness_ranks_below_tightening(timing: Timing, day: Day) -> None:
    """Also when nothing but the drop would keep the anchor: the day may be tightened by so little that it would not."""
    tight = replace(day, plan=with_little_room(day.plan))
    found = offered(timing, tight, "tighten", "drop")
    tightened = next((i for i, option in enumerate(found) if option.kind == "tighten"), 0)
    for option in found[:tightened]:
        late = next(row.late for row in pending(timing, tight) if row.slot.id == option.anchor)
        assert option.lost <= max(2 * late, found[tightened].lost)


def with_little_room(plan: Plan) -> Plan:
    def little(slot: Slot) -> Slot:
        floor = max(ZERO, planned(plan.slots, slot) - 2 * MINUTE) if slot.start else None
        return replace(slot, absorb="offer", floor=floor, droppable=True)

    return replace(plan, slots=tuple(little(slot) for slot in plan.slots))


def a_cheaper_option_that_keeps_the_anchor_ranks_above_a_dearer_one(timing: Timing, day: Day) -> None:
    keep = [option for option in offered(timing, day, "tighten", "drop") if option.left <= ZERO]
    assert [option.lost for option in keep] == sorted(option.lost for option in keep)


def one_undo_takes_back_any_option(timing: Timing, day: Day) -> None:
    for option in offered(timing, day):
        if option.events:
            undo = Event(option.events[-1].seq + 1, "undo", day.now, None)
            undone = timing.project(day.plan, [*day.log, *option.events, undo], day.now)
            assert undone == timing.project(day.plan, day.log, day.now)


BREAKS: list[Break] = [
    (
        only_a_running_day_with_a_late_anchor_is_offered_anything,
        "row.slot.anchored and row.late >= MINUTE",
        "row.late >= MINUTE",
    ),
    (only_a_running_day_with_a_late_anchor_is_offered_anything, "row.late >= MINUTE", "row.late > FIVE"),
    (
        options_are_events_that_the_day_allows,
        "        except Refused:\n            return None\n",
        "        except Refused:\n            pass\n",
    ),
    (options_are_events_that_the_day_allows, "seq=first + i", "seq=first"),
    (the_preview_is_the_result, "_outlook(tried, now, anchor)", "_outlook(standing, now, anchor)"),
    (what_is_left_is_measured_from_the_time_it_had, "after.start - promised", "after.start - before.start"),
    (no_option_worsens_the_day_beyond_the_five_minutes, "// FIVE) * FIVE", "// FIVE) * FIVE + 2 * FIVE"),
    (what_would_not_help_is_not_offered, "if option and option.left < anchor.late", "if option"),
    (tightening_leaves_every_floor, "- -(-row.slot.floor // MINUTE)", "- row.slot.floor // MINUTE // 2"),
    (tightening_leaves_every_floor, 'row.slot.absorb != "offer" or', ""),
    (tightening_and_dropping_touch_only_what_can_still_help, "_leg(rows[:breached])", "rows"),
    (tightening_and_dropping_touch_only_what_can_still_help, "_leg(rows[:breached])", "rows[:breached]"),
    (tightening_takes_no_more_than_is_needed_or_all_there_is, "-(-anchor.late // MINUTE)", "anchor.late // MINUTE"),
    (tightening_takes_no_more_than_is_needed_or_all_there_is, "shares[i] += 1", "shares[i] += 0"),
    (
        tightening_is_shared_in_proportion_to_the_room_there_is,
        "wanted * room // total for room in rooms",
        "wanted // len(rooms) for room in rooms",
    ),
    (a_drop_is_of_one_slot_that_may_be_dropped, "for row in leg if row.slot.droppable", "for row in leg"),
    (
        moving_gives_the_next_time_on_the_five_minutes,
        "-(-(anchor.start - FIRST) // FIVE) * FIVE",
        "(anchor.start - FIRST) // FIVE * FIVE",
    ),
    (
        options_come_best_first,
        "(*ranked, *(option for option in last if option))",
        "(*(option for option in last if option), *ranked)",
    ),
    (options_come_best_first, "ranked = sorted(useful", "ranked = list(useful); sorted(useful"),
    (a_drop_that_costs_much_more_than_the_lateness_ranks_below_tightening, "option.lost > MUCH * late", "False"),
    (
        a_cheaper_option_that_keeps_the_anchor_ranks_above_a_dearer_one,
        "option.lost, len(option.events)",
        "-option.lost",
    ),
    (one_undo_takes_back_any_option, "choice=first)", "choice=None)"),
]


@pytest.mark.parametrize("claim", claims(BREAKS), ids=name)
@given(day=late_days())
def test_on_random_days(claim: Claim, day: Day) -> None:
    claim(WHOLE, day)


@pytest.mark.parametrize(("claim", "old", "new"), BREAKS, ids=name)
def test_broken_options_are_noticed(claim: Claim, old: str, new: str) -> None:
    assert_noticed(claim, old, new, late_days())
