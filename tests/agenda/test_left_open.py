"""A day that nobody closed, by hand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agenda.left_open import left_at
from agenda.timing import Event, Plan, fold

from .test_timing import NEWCASTLE, WORKED, clock, minutes, presses

NIGHT = timedelta(hours=24)
TO_LAST = ("10:15", "10:45", "11:25", "11:40", "12:10", "12:40", "12:45", "13:30")  # the last until 15:25


def left(plan: Plan, log: list[Event], now: datetime) -> datetime | None:
    return left_at(fold(plan, log), now)


def test_a_day_is_left_when_its_last_item_was_up_and_hours_have_passed() -> None:
    log = presses(WORKED, *TO_LAST)
    assert left(WORKED, log, clock("23:24")) is None
    assert left(WORKED, log, clock("23:25")) == clock("15:25")
    assert left(WORKED, log, clock("08:00") + NIGHT) == clock("15:25")


def test_hours_count_from_when_people_were_told_it_ends() -> None:
    log, told = presses(WORKED, *TO_LAST), replace(WORKED, day_end=clock("15:30"))
    assert left(told, log, clock("23:25")) is None
    assert left(told, log, clock("23:30")) == clock("15:25")


def test_a_day_left_at_lunch_waits_for_its_planned_end() -> None:
    log = presses(WORKED, *TO_LAST[:-1])
    assert left(WORKED, log, clock("22:00")) is None
    assert left(WORKED, log, clock("23:25")) == clock("13:30")


def test_a_press_in_the_night_lets_the_day_go_on() -> None:
    log = [*presses(WORKED, *TO_LAST), Event(8, "extend", clock("23:50"), None, "afternoon", 5)]
    assert left(WORKED, log, clock("08:00") + NIGHT - timedelta(hours=1)) is None
    assert left(WORKED, log, clock("08:00") + NIGHT) == clock("23:50")


def test_a_day_that_begins_long_after_its_date_is_not_left() -> None:
    log = [Event(0, "advance", clock("10:30") + NIGHT, None)]
    assert left(NEWCASTLE, log, clock("10:31") + NIGHT) is None


@pytest.mark.parametrize("log", [[], [*presses(WORKED, *TO_LAST), Event(8, "advance", clock("15:20"), "afternoon")]])
def test_before_its_start_and_after_its_end_no_day_is_left(log: list[Event]) -> None:
    assert left(WORKED, log, clock("12:00") + 3 * NIGHT) is None


def test_a_clock_that_was_held_is_left_when_it_was_held() -> None:
    log = [*presses(WORKED, *TO_LAST), Event(8, "hold", clock("14:00"), None)]
    assert left(WORKED, log, clock("09:00") + NIGHT) == clock("15:25")
    assert left(WORKED, log, clock("14:00") + minutes(8 * 60)) is None
