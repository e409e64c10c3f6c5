"""The morning after a day that nobody closed: what everybody reads, and how it is closed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from agenda.models import Workshop
from feedback import queries
from sessions import room, services, staging, turns
from tests.cast import Cast

from . import day
from .test_room import look, shown
from .test_turns import render, words

NIGHT = timedelta(hours=22)
Clock = time_machine.Traveller


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(datetime(2026, 11, 22, 10, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def left(workshop: Workshop, clock: Clock) -> Workshop:
    """The last item was under way when everybody went home."""
    day.begin(workshop)
    day.set_clock(workshop, "15:30")
    day.begin(workshop, until="close")
    clock.shift(NIGHT)
    return workshop


def test_the_desk_says_that_nobody_closed_the_day_and_counts_nothing(left: Workshop) -> None:
    desk = shown(left, "desk")
    assert "Nobody has closed this day" in desk
    assert "The last press was on 7 February 2020, 15:30." in desk
    assert desk.count("Close the day") == 2  # and on the remote
    for word in ("late", "Finished", "we finish", "Move on", "Skip it"):
        assert word not in desk.replace("Nothing since then counts as late", ""), word


def test_phones_screen_and_speakers_are_told_it_is_over(left: Workshop) -> None:
    phone = shown(left, "phone")
    assert "The day is over" in phone
    assert "The desk has not closed it yet." in phone
    assert "Thank you Have a safe journey home" in shown(left)
    assert "Next:" not in phone + shown(left)
    assert "Your part is over." in words(left, "conditions")


def test_a_day_left_in_a_talk_counts_nobody_up(workshop: Workshop, clock: Clock) -> None:
    day.begin(workshop)
    day.set_clock(workshop, "11:15")
    day.begin(workshop, until="how-digital")
    clock.shift(NIGHT)
    assert {turn.state for turn in turns.all_of(look(workshop))} == {"done"}
    assert "data-ends-ms" not in render(workshop).regions["how-digital"].html
    heard = queries.heard(workshop)
    assert heard[-1].start == "15:30"


def test_it_is_closed_by_one_press_and_goes_on_with_another(left: Workshop) -> None:
    day.change(left, f"close {day.live(left)}")
    assert look(left).state == "finished"
    assert "The day is closed" in shown(left, "desk")


def test_a_press_at_the_desk_lets_it_go_on(left: Workshop) -> None:
    day.change(left, "extend close 5")
    assert look(left).state == "running"


def test_a_frozen_screen_keeps_its_picture_through_the_night(workshop: Workshop, clock: Clock) -> None:
    day.begin(workshop, until="data")
    staging.freeze(workshop=workshop, on=True)
    before = room.look(workshop, real=clock_now()).on_screen.sees
    clock.shift(NIGHT)
    assert look(workshop).is_left
    assert look(workshop).on_screen.sees == before


def clock_now() -> datetime:
    return datetime.now(UTC)


def test_a_day_that_ended_yesterday_says_so_with_its_date(workshop: Workshop, clock: Clock) -> None:
    day.begin(workshop)
    day.set_clock(workshop, "15:30")
    day.begin(workshop, until="close")
    services.move_on(workshop=workshop, expect="close", actor=None)
    assert "Finished 15:30" in shown(workshop, "desk")
    clock.shift(NIGHT)
    assert "Finished 7 February 2020, 15:30" in shown(workshop, "desk")


def test_the_summary_says_where_to_close_it_to_whoever_can(cast: Cast, clock: Clock) -> None:
    day.begin(cast.workshop)
    url = f"/w/{cast.workshop.pk}/summary/"
    assert "Nobody has closed" not in cast.owner.get(url).content.decode()
    clock.shift(NIGHT)
    assert "Close the day at the desk" in cast.owner.get(url).content.decode()
    viewer = cast.viewer.get(url).content.decode()
    assert "Nobody has closed this day." in viewer
    assert "Close the day at the desk" not in viewer
