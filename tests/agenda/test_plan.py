"""The value of a published running order."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agenda import plan, timing

WORDS = {"byline": "", "detail": "", "notes": ""}
SLOTS: list[dict[str, Any]] = [
    {
        "key": "intros",
        "kind": "intros",
        "title": "Intros",
        "start": "now",
        "fixed": False,
        "absorb": "never",
        "droppable": True,
        **WORDS,
    },
    {
        "key": "lunch",
        "kind": "lunch",
        "title": "Lunch",
        "start": "12:45",
        "minutes": 45,
        "fixed": True,
        "absorb": "offer",
        "floor": 35,
        "droppable": False,
        **WORDS,
        "notes": "Say when we start again.",
    },
]


def test_clock_times_become_utc_once_by_the_clocks_of_that_day() -> None:
    assert plan.instant(date(2020, 2, 7), "12:45", "Europe/London") == datetime(2020, 2, 7, 12, 45, tzinfo=UTC)
    assert plan.instant(date(2020, 7, 7), "12:45", "Europe/London") == datetime(2020, 7, 7, 11, 45, tzinfo=UTC)


def test_a_clock_time_that_does_not_exist_is_refused_with_a_sentence() -> None:
    with pytest.raises(plan.NoSuchTime) as refused:
        plan.instant(date(2020, 3, 29), "01:30", "Europe/London")
    assert str(refused.value) == (
        "is 01:30, which does not exist on 29 March 2020 in Europe/London: the clocks go forward."
    )


def test_a_clock_time_that_comes_twice_is_refused_with_a_sentence() -> None:
    with pytest.raises(plan.NoSuchTime) as refused:
        plan.instant(date(2020, 10, 25), "01:30", "Europe/London")
    assert str(refused.value) == "is 01:30, which comes twice on 25 October 2020 in Europe/London: the clocks go back."


def test_the_clock_change_days_are_ordinary_around_the_change() -> None:
    assert plan.instant(date(2020, 3, 29), "02:00", "Europe/London") == datetime(2020, 3, 29, 1, 0, tzinfo=UTC)
    assert plan.instant(date(2020, 10, 25), "02:00", "Europe/London") == datetime(2020, 10, 25, 2, 0, tzinfo=UTC)


def test_the_value_is_json_and_reads_back_as_a_plan() -> None:
    value = json.loads(json.dumps(plan.make_value(date(2020, 7, 7), "Europe/London", SLOTS)))
    assert plan.read(value).slots == (
        timing.Slot("intros", "intros", None, None, droppable=True),
        timing.Slot(
            "lunch",
            "lunch",
            datetime(2020, 7, 7, 11, 45, tzinfo=UTC),
            timedelta(minutes=45),
            anchored=True,
            absorb="offer",
            floor=timedelta(minutes=35),
        ),
    )


def test_the_items_say_what_the_slots_say_in_order() -> None:
    items = plan.items(plan.make_value(date(2020, 2, 7), "Europe/London", SLOTS))
    assert list(items) == ["intros", "lunch"]
    assert items["intros"].start is None
    assert items["intros"].minutes is None
    assert items["lunch"] == plan.Item(
        key="lunch",
        kind="lunch",
        title="Lunch",
        byline="",
        detail="",
        notes="Say when we start again.",
        start=datetime(2020, 2, 7, 12, 45, tzinfo=UTC),
        minutes=45,
        fixed=True,
    )


def test_document_slots_is_the_opposite_of_make_value() -> None:
    assert plan.document_slots(plan.make_value(date(2020, 7, 7), "Europe/London", SLOTS)) == SLOTS


def test_when_the_day_should_end_by_is_an_instant_of_that_day() -> None:
    value = plan.make_value(date(2020, 7, 7), "Europe/London", SLOTS, "15:30")
    assert value["ends"] == "2020-07-07T14:30:00Z"
    assert plan.read(value).day_end == plan.ends(value) == datetime(2020, 7, 7, 14, 30, tzinfo=UTC)
    assert plan.read(plan.make_value(date(2020, 7, 7), "Europe/London", SLOTS)).day_end is None


def test_a_value_written_before_there_were_such_keys_still_reads() -> None:
    value = plan.make_value(date(2020, 7, 7), "Europe/London", SLOTS[1:])
    old = {**value, "slots": [{k: v for k, v in slot.items() if k != "droppable"} for slot in value["slots"]]}
    del old["ends"]
    assert plan.complete(old) == value
    assert plan.read(old) == plan.read(value)
    assert plan.document_slots(old) == plan.document_slots(value) == SLOTS[1:]
