"""Rows of the log stand for events of the day, and are said in the room's words."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from agenda import log_lines, log_words
from agenda.chapters import dump_document, load_document
from agenda.models import LogEntry, PlanVersion, Workshop
from agenda.presses import advance, record, undo
from agenda.queries import day
from agenda.timing import Event, Plan
from agenda.working_copy import working_copy

from .test_timing import WORKED, clock

NEW = replace(WORKED, version=2)
KINDS: list[dict[str, Any]] = [
    {"kind": "advance", "expect": "coffee"},
    {"kind": "advance", "expect": None},
    {"kind": "close", "expect": "coffee"},
    {"kind": "retime", "slot": "coffee", "minutes": 5, "choice": 3},
    {"kind": "extend", "slot": "coffee", "minutes": 0},
    {"kind": "move_anchor", "slot": "lunch", "to": clock("12:55")},
    {"kind": "correct", "to": datetime(2026, 11, 24, 10, 1, 2, 345, tzinfo=UTC)},
    {"kind": "reorder", "order": ("coffee", "discussion-a")},
    {"kind": "replan", "plan": NEW},
    {"kind": "hold"},
]


@pytest.mark.parametrize("fields", KINDS, ids=lambda fields: fields["kind"])
def test_what_is_kept_of_an_event_is_the_event(fields: dict[str, Any]) -> None:
    event = Event(**{"seq": 3, "at": clock("10:00"), "expect": None, **fields})
    row = LogEntry(seq=3, kind=event.kind, at=event.at, data=log_lines.data_of(event))
    plans: dict[int, Plan] = {1: WORKED, 2: NEW}
    assert log_lines.event_of(row, plans) == event


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "advance"}, "started the day"),
        ({"kind": "advance", "expect": "coffee"}, "moved on from “Coffee”"),
        ({"kind": "extend", "minutes": 1}, "gave 1 more minute"),
        ({"kind": "extend", "minutes": -5}, "took 5 minutes off"),
        ({"kind": "move_anchor", "slot": "coffee", "to": clock("12:55")}, "set “Coffee” to 12:55"),
        ({"kind": "skip", "slot": "gone"}, "skipped “gone”"),
    ],
)
def test_a_press_is_said_in_words(fields: dict[str, Any], words: str) -> None:
    event = Event(**{"seq": 3, "at": clock("10:00"), "expect": None, **fields})
    assert log_words.said(event, {"coffee": "Coffee"}, "Europe/London") == words


def retitled(workshop: Workshop, key: str, **changes: Any) -> None:
    """Publish the plan with one slot changed."""
    document = dump_document(workshop)
    slot = next(slot for slot in document["slots"] if slot["key"] == key)
    slot.update(changes)
    load_document(document)


def test_a_plan_published_while_the_day_runs_is_a_press_that_can_be_taken_back(workshop: Workshop) -> None:
    advance(workshop=workshop, expect=None, actor=None)
    retitled(workshop, "data", title="Data, and people")
    now = day(workshop)
    assert [row.kind for row in now.entries] == ["advance", "replan"]
    assert (now.progress.plan.version, now.items["data"].title) == (2, "Data, and people")
    undo(workshop=workshop, seen=2, actor=None)
    again = day(workshop)
    assert (again.progress.plan.version, again.items["data"].title) == (1, "Deriving benefits from data")
    assert dump_document(workshop)["slots"][2]["title"] == "Deriving benefits from data"


def test_the_day_is_the_same_when_read_anew_after_many_plans(workshop: Workshop) -> None:
    retitled(workshop, "data", title="Data 2")
    advance(workshop=workshop, expect=None, actor=None)
    for number in (3, 4):
        retitled(workshop, "data", title=f"Data {number}")
    assert PlanVersion.objects.filter(workshop=workshop).count() == 4
    now = day(workshop)
    assert (now.plan.version, sorted(now.versions), now.progress.plan.version) == (2, [2, 3, 4], 4)


def test_what_left_the_plan_during_the_day_comes_back_when_that_plan_is_taken_back(workshop: Workshop) -> None:
    advance(workshop=workshop, expect=None, actor=None)
    document = dump_document(workshop)
    document["slots"] = [slot for slot in document["slots"] if slot["key"] != "data"]
    document["questions"] = [
        each for each in document["questions"] if "data" not in (each["slot"], each.get("returns_in"))
    ]
    load_document(document)
    assert "data" not in day(workshop).items
    undo(workshop=workshop, seen=day(workshop).seen, actor=None)
    assert "data" in day(workshop).items
    assert "data" in {slot["key"] for slot in dump_document(workshop)["slots"]}


def test_after_another_order_a_plan_is_drafted_and_published_in_the_order_that_stands(workshop: Workshop) -> None:
    advance(workshop=workshop, expect=None, actor=None)
    order = [slot.id for slot in day(workshop).progress.coming]
    order[0], order[1] = order[1], order[0]
    event = Event(0, "reorder", clock("10:00"), None, order=tuple(order))
    record(workshop=workshop, events=[event], seen=1, actor=None)
    advance(workshop=workshop, expect="intros", actor=None)
    copy = working_copy(workshop)
    assert [row.key for row in copy.draft.rows][:3] == ["intros", "data", "how-digital"]
    assert (copy.done, copy.live) == (("intros",), "data")
