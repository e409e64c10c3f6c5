"""Real days run on real time; a rehearsal's clock stands still until the day is started."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from agenda import clock, presses, queries
from agenda.models import Workshop

REAL = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SHOWN = datetime(2020, 2, 7, 10, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def rehearsal(rate: float = 1.0, *, running: bool = True) -> Workshop:
    """A day that is not stored: what it shows at REAL, and how fast it runs."""
    return Workshop(rehearsal=True, clock_shown=SHOWN, clock_real=REAL if running else None, clock_rate=rate)


def test_a_real_day_runs_on_real_time() -> None:
    day = Workshop(rehearsal=False, clock_shown=SHOWN, clock_real=REAL, clock_rate=30)
    assert clock.now(day, real=REAL) == clock.real_time(day, REAL) == REAL
    assert clock.shift(day, real=REAL) == timedelta(0)
    with time_machine.travel(REAL, tick=False):
        assert clock.now(day) == REAL


def test_a_rehearsal_stands_still_until_it_is_started() -> None:
    day = rehearsal(running=False)
    assert [clock.now(day, real=REAL + n * MINUTE) for n in (0, 5, 600)] == [SHOWN] * 3
    assert clock.real_time(day, SHOWN) == SHOWN


@pytest.mark.parametrize(("rate", "gone"), [(1, 10), (30, 300), (0.5, 5)])
def test_a_rehearsal_runs_at_its_rate(rate: float, gone: int) -> None:
    day = rehearsal(rate)
    assert clock.now(day, real=REAL) == SHOWN
    assert clock.now(day, real=REAL + 10 * MINUTE) == SHOWN + gone * MINUTE
    assert clock.shift(day, real=REAL + 10 * MINUTE) == SHOWN + gone * MINUTE - REAL - 10 * MINUTE


@pytest.mark.parametrize("rate", [1, 30, 0.5])
def test_real_time_is_now_the_other_way_round(rate: float) -> None:
    day = rehearsal(rate)
    for minutes in (-20, 0, 7, 300):
        moment = SHOWN + minutes * MINUTE
        assert clock.now(day, real=clock.real_time(day, moment)) == moment


@pytest.mark.django_db
def test_the_first_press_starts_the_clock_and_no_later_one(workshop: Workshop) -> None:
    shown = workshop.clock_shown
    assert shown is not None
    assert clock.now(workshop) == shown
    with time_machine.travel(REAL, tick=False) as time:
        presses.advance(workshop=workshop, expect=None, actor=None)
        time.shift(5 * MINUTE)
        presses.advance(workshop=workshop, expect="intros", actor=None)
        assert clock.now(workshop) == shown + 5 * MINUTE
    stored = Workshop.objects.get()
    assert stored.clock_real == REAL
    assert [entry.at - shown for entry in queries.day(stored).entries] == [timedelta(0), 5 * MINUTE]


@pytest.mark.django_db
def test_the_log_never_runs_backwards(workshop: Workshop) -> None:
    """The laptop's own clock may be set back by the network in the middle of a day."""
    with time_machine.travel(REAL, tick=False) as time:
        presses.advance(workshop=workshop, expect=None, actor=None)
        time.shift(9 * MINUTE)
        presses.advance(workshop=workshop, expect="intros", actor=None)
        time.shift(-6 * MINUTE)
        presses.advance(workshop=workshop, expect="how-digital", actor=None)
    times = [entry.at for entry in queries.day(workshop).entries]
    assert times == sorted(times)
    assert times[1] == times[2]
