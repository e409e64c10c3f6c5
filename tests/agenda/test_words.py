"""How times are said: in the day's own zone, as promises that can be kept."""

from datetime import UTC, datetime, timedelta

import pytest

from agenda import words
from agenda.timing import Row, Slot

LONDON = "Europe/London"
MINUTE = timedelta(minutes=1)


def clock(text: str) -> datetime:
    """A winter's day, when London is on UTC."""
    return datetime.fromisoformat(f"2020-02-07T{text}").replace(tzinfo=UTC)


def row(planned: str, start: str, *, fixed: bool = False, state: str = "pending") -> Row:
    """An item; "" for no time."""
    slot = Slot("x", "talk", clock(planned) if planned else None, 45 * MINUTE, anchored=fixed)
    return Row(slot, state, clock(start) if start else None, None)  # type: ignore[arg-type]


def test_a_time_is_that_of_the_days_own_zone() -> None:
    summer = datetime(2020, 7, 7, 10, 15, tzinfo=UTC)
    assert words.at(summer, LONDON) == "11:15"
    assert words.at(summer, "UTC") == "10:15"
    assert words.at(None, LONDON) == ""


@pytest.mark.parametrize(
    ("time", "said"),
    [("12:48", "about 12:50"), ("12:50", "about 12:50"), ("12:52", "about 12:50"), ("23:58", "about 00:00")],
)
def test_about_is_the_nearest_five_minutes(time: str, said: str) -> None:
    assert words.about(clock(time), LONDON) == said


@pytest.mark.parametrize(
    ("planned", "start", "fixed", "state", "said"),
    [
        ("12:45", "12:45", True, "pending", "12:45"),  # a fixed time is a promise
        ("12:45", "12:49:59", True, "pending", "12:45"),  # which stands until it is five minutes late
        ("12:45", "12:50", True, "pending", "about 12:50"),
        ("12:45", "12:57", True, "pending", "about 12:55"),
        ("12:00", "12:00", False, "pending", "about 12:00"),  # other times are never more than about
        ("12:00", "12:04", False, "pending", "about 12:00"),
        ("12:00", "12:07", False, "pending", "about 12:05"),
        ("12:00", "11:53", False, "pending", "about 11:55"),
        ("", "11:08", False, "pending", "about 11:10"),
        ("", "", False, "pending", ""),
        ("12:00", "12:07", False, "live", "12:07"),  # what has started, started then
        ("12:00", "12:07", True, "done", "12:07"),
    ],
)
def test_when_the_room_is_told_an_item_starts(planned: str, start: str, fixed: bool, state: str, said: str) -> None:
    assert words.public_start(row(planned, start, fixed=fixed, state=state), clock("09:00"), LONDON) == said


@pytest.mark.parametrize(
    ("now", "fixed", "said"),
    [
        ("12:10", False, "about 12:10"),
        ("12:11", False, "about 12:15"),
        ("12:13", False, "about 12:15"),
        ("12:13", True, "about 12:15"),
    ],
)
def test_nobody_is_told_a_time_that_has_passed(now: str, fixed: bool, said: str) -> None:
    assert words.public_start(row("12:00", "12:13", fixed=fixed, state="pending"), clock(now), LONDON) == said


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("13:30", "13:30"),
        ("13:34:59", "13:30"),  # under five minutes late, lunch ends as promised
        ("13:35", "13:35"),
        ("13:36", "13:35"),  # a minute is let go
        ("13:36:01", "13:40"),
        ("13:38", "13:40"),
        ("13:41", "13:40"),
        ("13:42", "13:45"),
    ],
)
def test_when_we_start_again_is_a_round_time_that_can_be_kept(start: str, said: str) -> None:
    assert words.at(words.restart(row("13:30", start)), LONDON) == said


def test_when_we_start_again_is_as_planned_while_nothing_else_is_known() -> None:
    assert words.at(words.restart(row("13:30", "")), LONDON) == "13:30"
    assert words.at(words.restart(row("", "")), LONDON) == ""


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(0), "0 minutes"),
        (MINUTE, "1 minute"),
        (12 * MINUTE, "12 minutes"),
        (90 * MINUTE, "90 minutes"),
        (91 * MINUTE, "1 h 31 min"),
        (135 * MINUTE, "2 h 15 min"),
        (360 * MINUTE, "6 h"),
        (-5 * MINUTE, "0 minutes"),
        (timedelta(minutes=11, seconds=40), "12 minutes"),
    ],
)
def test_a_span_is_said_in_whole_minutes_and_never_below_none(span: timedelta, said: str) -> None:
    assert words.minutes(span) == said


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (timedelta(0), "On time"),
        (timedelta(seconds=59), "On time"),
        (timedelta(seconds=-59), "On time"),
        (MINUTE, "1 minute late"),
        (8 * MINUTE, "8 minutes late"),
        (-MINUTE, "1 minute ahead"),
        (-8 * MINUTE, "8 minutes ahead"),
        (100 * MINUTE, "1 h 40 min late"),
    ],
)
def test_lateness_is_said_plainly(late: timedelta, said: str) -> None:
    assert words.lateness(late) == said
