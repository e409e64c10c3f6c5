"""What a late day may be offered, on days we can check by hand."""

from dataclasses import replace

import pytest

from agenda.recovery import options
from agenda.timing import Event, Plan, Slot, project

from .test_timing import GAPPED, WORKED, clock, minutes, presses

DROPPABLE = Plan(tuple(replace(slot, droppable=slot.id == "discussion-b") for slot in WORKED.slots))
LATE = presses(WORKED, "10:16")


def test_the_worked_example_of_twelve_minutes_over() -> None:
    found = options(DROPPABLE, LATE, clock("10:58"))
    assert [option.kind for option in found] == ["tighten", "drop", "move", "carry_on"]
    tighten, drop, move, carry_on = found
    assert [(event.slot, event.minutes) for event in tighten.events] == [
        ("discussion-a", 36),
        ("coffee", 14),
        ("discussion-b", 27),
    ]
    assert (tighten.before.start, tighten.before.finish) == (clock("12:53"), clock("15:33"))
    assert (tighten.after.start, tighten.after.finish) == (clock("12:45"), clock("15:25"))
    assert [(event.kind, event.slot) for event in drop.events] == [("skip", "discussion-b")]
    assert (drop.after.start, drop.left) == (clock("12:45"), minutes(0))
    assert [(event.kind, event.to) for event in move.events] == [("move_anchor", clock("12:55"))]
    assert (move.after.start, move.after.finish, move.left) == (clock("12:55"), clock("15:35"), minutes(10))
    assert (carry_on.events, carry_on.after, carry_on.left) == ((), carry_on.before, minutes(8))
    assert tighten.title[0].message % tighten.title[0].params == "discussion-a 40 → 36 min"


def test_what_cannot_be_recovered_is_said() -> None:
    tighten = next(option for option in options(WORKED, LATE, clock("11:30")) if option.kind == "tighten")
    assert [event.minutes for event in tighten.events] == [24, 10, 18]
    assert tighten.left == minutes(7)


def test_one_undo_takes_a_whole_option_back() -> None:
    now = clock("10:58")
    tighten = options(WORKED, LATE, now)[0]
    undone = [*LATE, *tighten.events, Event(99, "undo", now, None)]
    assert project(WORKED, undone, now) == project(WORKED, LATE, now)


def test_an_hour_is_not_given_up_before_minutes_that_nearly_do() -> None:
    plan = Plan(
        (
            Slot("talk", "speaker", clock("10:00"), minutes(30)),
            Slot("panel", "discussion", clock("10:30"), minutes(60), absorb="offer", floor=minutes(54), droppable=True),
            Slot("film", "film", clock("11:30"), minutes(15), droppable=True),
            Slot("lunch", "lunch", clock("11:45"), minutes(45), anchored=True),
        )
    )
    found = options(plan, presses(plan, "10:08"), clock("10:10"))
    assert [(option.kind, [event.slot for event in option.events], option.left, option.lost) for option in found] == [
        ("drop", ["film"], minutes(0), minutes(15)),
        ("tighten", ["panel"], minutes(2), minutes(6)),
        ("drop", ["panel"], minutes(0), minutes(60)),
        ("move", ["lunch"], minutes(10), minutes(0)),
        ("carry_on", [], minutes(8), minutes(0)),
    ]


@pytest.mark.parametrize("log", [[], presses(WORKED, "10:15"), presses(WORKED, "10:15", "10:20")])
def test_a_day_that_is_not_late_is_offered_nothing(log: list[Event]) -> None:
    assert options(WORKED, log, clock("10:21")) == ()


def test_a_day_without_room_can_be_moved_or_carried_on() -> None:
    found = options(GAPPED, presses(GAPPED, "10:35"), clock("10:36"))
    assert [option.kind for option in found] == ["move", "carry_on"]
    assert found[0].events[0].to == clock("11:35")
