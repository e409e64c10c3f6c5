"""How long each may speak, when the room goes round: on time, late, over time, and with nobody left."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agenda import pace
from agenda.timing import Event, Plan, Schedule, Slot, project

START = datetime(2020, 2, 7, 10, 30, tzinfo=UTC)
ZERO = timedelta(0)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def seconds(span: timedelta | None) -> float | None:
    return span and span.total_seconds()


def day(*, began: float = 0, held: bool = False) -> Schedule:
    """Introductions of 45 minutes from 10:30, then a talk at 11:15; asked 20 minutes after they began."""
    plan = Plan(
        (
            Slot("intros", "intros", START, timedelta(minutes=45)),
            Slot("talk", "speaker", at(45), timedelta(minutes=30)),
        )
    )
    log = [Event(1, "advance", at(began), None)]
    if held:
        log.append(Event(2, "hold", at(began + 10), None))
    return project(plan, log, at(began + 20))


def test_the_time_that_is_left_is_shared() -> None:
    """14 to speak and 16 minutes 20 seconds: 70 seconds each keeps 11:15."""
    said = pace.work_out(waiting=14, due=at(45), planned=at(45), now=at(45 - 16 - 1 / 3), began=None)
    assert (said.waiting, seconds(said.each), said.ends, said.past) == (14, 70, at(45), ZERO)
    assert said.each_on_plan is None


def test_whoever_speaks_has_the_same_share_from_when_they_began() -> None:
    calm = [pace.work_out(waiting=9, due=at(10), planned=None, now=at(minute), began=at(0)) for minute in (0, 0.5, 1)]
    assert [seconds(said.each) for said in calm] == [60, 60, 60]


def test_once_somebody_has_used_up_their_share_the_others_share_the_rest() -> None:
    said = pace.work_out(waiting=9, due=at(10), planned=None, now=at(4), began=at(0))
    assert seconds(said.each) == 40


def test_the_last_one_has_all_that_is_left_since_they_began() -> None:
    said = pace.work_out(waiting=0, due=at(10), planned=None, now=at(7), began=at(6))
    assert (seconds(said.each), said.ends) == (240, at(10))


def test_on_a_late_day_the_clock_of_the_item_counts_and_what_would_make_up_is_said_too() -> None:
    said = pace.of(day(began=8), at(28), waiting=14, began=None)
    assert said
    assert (seconds(said.each), said.ends) == (105, at(53))
    assert (seconds(said.each_on_plan), said.planned) == (70, at(45))


def test_what_cannot_be_made_up_is_not_promised() -> None:
    said = pace.of(day(began=24), at(44), waiting=14, began=None)
    assert said
    assert (seconds(said.each), said.each_on_plan, said.planned) == (105, None, None)


def test_a_clock_on_hold_takes_nothing_from_anybody() -> None:
    said = pace.of(day(held=True), at(20), waiting=14, began=None)
    assert said
    assert seconds(said.each) == 150, "35 minutes, as when the clock was held"


def test_with_too_little_time_nobody_gets_less_than_is_worth_it_and_the_delay_is_said() -> None:
    said = pace.work_out(waiting=14, due=at(45), planned=at(45), now=at(44), began=None)
    assert (said.each, said.past) == (pace.LEAST, timedelta(minutes=3, seconds=40))
    assert said.ends == at(45) + said.past
    over = pace.work_out(waiting=3, due=at(45), planned=at(45), now=at(50), began=at(49.9))
    assert (over.each, over.ends) == (pace.LEAST, at(50) + timedelta(seconds=74))
    assert over.past == timedelta(minutes=5, seconds=74)


def test_with_nobody_left_what_remains_is_said() -> None:
    early = pace.work_out(waiting=0, due=at(45), planned=at(45), now=at(39), began=None)
    assert (early.each, early.spare, early.past) == (None, timedelta(minutes=6), ZERO)
    late = pace.work_out(waiting=0, due=at(45), planned=at(45), now=at(47), began=None)
    assert (late.each, late.spare, late.past) == (None, ZERO, timedelta(minutes=2))


def test_there_is_no_pace_before_and_after_the_day() -> None:
    before = project(Plan((Slot("intros", "intros", START, timedelta(minutes=45)),)), [], at(0))
    assert pace.of(before, at(0), waiting=3, began=None) is None


def test_somebody_who_began_after_the_moment_that_is_drawn_has_all_of_their_share() -> None:
    """A page is drawn for the whole minute, a press is made within it."""
    said = pace.of(day(), at(20), waiting=4, began=at(20.5))
    assert said
    assert seconds(said.each) == 290


@given(
    waiting=st.integers(0, 200),
    left=st.integers(-3600, 7200),
    spoken=st.none() | st.integers(0, 1800),
    late=st.integers(-1800, 1800),
)
@example(waiting=0, left=-300, spoken=400, late=0)  # the last one speaks on, past the end
@example(waiting=0, left=300, spoken=400, late=600)  # and past what was planned
def test_at_the_pace_that_is_said_the_round_ends_when_it_says(
    waiting: int, left: int, spoken: int | None, late: int
) -> None:
    now = at(60)
    began = None if spoken is None else now - timedelta(seconds=spoken)
    due = now + timedelta(seconds=left)
    said = pace.work_out(waiting=waiting, due=due, planned=due - timedelta(seconds=late), now=now, began=began)
    assert said.past >= ZERO
    if said.each is None:
        assert (waiting, began) == (0, None)
        return
    assert said.each >= pace.LEAST
    rest = max(ZERO, said.each - (now - began)) if began else ZERO
    assert now + rest + waiting * said.each <= said.ends
    if said.each_on_plan is not None and said.planned:
        assert pace.LEAST <= said.each_on_plan <= said.each
        rest = max(ZERO, said.each_on_plan - (now - began)) if began else ZERO
        assert now + rest + waiting * said.each_on_plan <= said.planned
    assert said.past == ZERO or said.each == pace.LEAST


@pytest.mark.parametrize("waiting", [0, 1, 14])
def test_a_pace_is_said_in_steps_of_five_seconds(waiting: int) -> None:
    said = pace.work_out(waiting=waiting, due=at(11.19), planned=None, now=at(0), began=at(0))
    assert said.each
    assert said.each % pace.STEP == ZERO
