"""The line of the day: marks by planned time that never move, and a filled part that does."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agenda.day_line import GAP, LENGTH, DayLine, draw
from agenda.timing import Event, Plan, Slot, project

MINUTE = timedelta(minutes=1)
START = datetime(2020, 2, 7, 11, 0, tzinfo=UTC)
PLAN = Plan(
    (
        Slot("intros", "intros", None, None),
        Slot("talk", "speaker", START + 15 * MINUTE, 45 * MINUTE),
        Slot("lunch", "lunch", START + 60 * MINUTE, 45 * MINUTE, anchored=True),
        Slot("close", "close", START + 180 * MINUTE, 15 * MINUTE),
    )
)
TITLES = {slot.id: slot.id.title() for slot in PLAN.slots}


def line(*presses: int, now: int) -> DayLine:
    """The day with Move on pressed at these minutes after START, at `now` minutes."""
    seen = [None, *(slot.id for slot in PLAN.slots)]
    log = [Event(n, "advance", START + at * MINUTE, seen[n]) for n, at in enumerate(presses)]
    moment = START + now * MINUTE
    return draw(project(PLAN, log, moment), TITLES, moment)


def test_each_item_has_a_mark_in_order() -> None:
    marks = line(0, 20, now=30).marks
    assert [(mark.title, mark.state, mark.fixed) for mark in marks] == [
        ("Intros", "done", False),
        ("Talk", "live", False),
        ("Lunch", "pending", True),
        ("Close", "pending", False),
    ]


def test_the_marks_stand_still_while_the_day_moves() -> None:
    places = {
        tuple(mark.x for mark in day.marks) for day in (line(now=0), line(0, 20, now=90), line(0, 1, 2, 3, 4, now=5))
    }
    assert len(places) == 1
    (xs,) = places
    assert (xs[0], xs[-1]) == (0, LENGTH)
    assert xs[3] - xs[2] > 2 * (xs[2] - xs[1])  # two hours against three quarters of one


def test_the_line_fills_from_empty_to_full() -> None:
    assert line(now=-600).filled == 0
    assert line(0, now=0).filled == 0
    assert line(0, 15, 60, 180, 195, now=195).filled == LENGTH


def test_the_live_item_fills_up_to_the_next_mark_and_waits_there() -> None:
    marks = line(0, 20, now=20).marks
    talk, lunch = marks[1].x, marks[2].x
    filled = [line(0, 20, now=now).filled for now in (20, 42, 65, 80)]
    assert (filled[0], filled[2], filled[3]) == (talk, lunch, lunch)
    assert abs(filled[1] - (talk + lunch) / 2) < (lunch - talk) / 20


def test_the_last_item_fills_up_to_the_end() -> None:
    assert line(0, 15, 60, 180, now=188).filled == LENGTH


def test_a_day_of_one_item_is_drawn() -> None:
    for slot in (Slot("only", "talk", None, None), Slot("only", "talk", START, 45 * MINUTE)):
        day = Plan((slot,))
        drawn = draw(project(day, [Event(0, "advance", START, None)], START), {"only": "Only"}, START)
        assert [mark.x for mark in drawn.marks] == [0]
        assert 0 <= drawn.filled <= LENGTH


@given(st.lists(st.integers(1, 600), min_size=2, max_size=20), st.booleans())
def test_marks_never_touch_and_never_leave_the_line(lengths: list[int], open_start: bool) -> None:
    slots, at = [], START
    for n, minutes in enumerate(lengths):
        slots.append(Slot(str(n), "talk", None if open_start and n == 0 else at, minutes * MINUTE))
        at += minutes * MINUTE
    drawn = draw(project(Plan(tuple(slots)), [], START), {slot.id: slot.id for slot in slots}, START)
    xs = [mark.x for mark in drawn.marks]
    assert xs[0] >= 0
    assert xs[-1] <= LENGTH
    assert all(right - left >= GAP - 1 for left, right in pairwise(xs))
