"""What the plan page works on: the draft, and the day as it stands under it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agenda import publishing
from agenda.chapters import dump_document, load_document
from agenda.draft_presses import Press
from agenda.drafting import Draft
from agenda.models import PlanDraft, PlanVersion, Workshop
from agenda.presses import advance, record, undo
from agenda.publishing import Did, Sent
from agenda.queries import day
from agenda.timing import Event
from agenda.working_copy import keys_ever_used, working_copy

from .small_day import load_text

ORDER = ["intros", "how-digital", "data", "lunch", "reflections", "culture", "conditions", "summary", "close"]


TALK = {"kind": "speaker", "title": "A talk", "minutes": 1}


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2020-02-07T{clock}").replace(tzinfo=UTC)


def begin(workshop: Workshop, *expected: str | None) -> None:
    for expect in expected:
        advance(workshop=workshop, expect=expect, actor=None)


def press_at_desk(workshop: Workshop, kind: str, **fields: Any) -> None:
    event = Event(0, kind, at("10:00"), None, **fields)
    record(workshop=workshop, events=[event], seen=day(workshop).seen, actor=None)


def put_in_order(workshop: Workshop, *keys: str) -> None:
    """The desk takes these first of all that is to come."""
    coming = [slot.id for slot in day(workshop).progress.coming]
    press_at_desk(workshop, "reorder", order=(*keys, *(key for key in coming if key not in keys)))


def publish(workshop: Workshop, draft: Draft | None = None) -> Did:
    copy = working_copy(workshop)
    sent = Sent(draft or copy.draft, copy.edit, copy.version, Press("publish"))
    return publishing.press(workshop=workshop, sent=sent, actor=None)


def times(draft: Draft) -> list[tuple[str, str, str]]:
    return [(row.key, row.at, row.minutes) for row in draft.rows]


def test_before_anything_is_typed_it_is_the_published_day(workshop: Workshop) -> None:
    copy = working_copy(workshop)
    assert [row.key for row in copy.draft.rows] == ORDER
    assert (copy.edit, copy.version, copy.newest, copy.begun, copy.is_changed) == (0, 1, 1, 0, False)
    assert not PlanDraft.objects.exists()


def test_after_another_order_the_page_has_it_with_the_times_that_follow(workshop: Workshop) -> None:
    begin(workshop, None)
    put_in_order(workshop, "data", "how-digital")
    begin(workshop, "intros")
    copy = working_copy(workshop)
    assert (copy.done, copy.live, copy.changed_at_desk) == (("intros",), "data", "order")
    assert times(copy.draft)[:4] == [
        ("intros", "", ""),
        ("data", "11:15", "45"),
        ("how-digital", "", "45"),
        ("lunch", "12:45", "45"),
    ]
    assert not copy.is_changed


def test_another_order_is_published_as_it_stands(workshop: Workshop) -> None:
    begin(workshop, None)
    put_in_order(workshop, "data", "how-digital")
    begin(workshop, "intros")
    assert publish(workshop) == Did("publish")
    slots = [(slot["key"], slot["start"]) for slot in dump_document(workshop)["slots"][1:4]]
    assert slots == [("data", "11:15"), ("how-digital", "12:00"), ("lunch", "12:45")]
    assert day(workshop).progress.live == "data"
    assert working_copy(workshop).changed_at_desk == ""


def test_an_order_whose_planned_times_crossed_can_still_be_published(workshop: Workshop) -> None:
    """A long item taken before lunch would by plan begin after it; both are history."""
    begin(workshop, None, "intros")
    put_in_order(workshop, "conditions", "data", "culture", "lunch")
    begin(workshop, "how-digital", "conditions", "data", "culture")
    copy = working_copy(workshop)
    assert copy.live == "lunch"
    shown = [(row.key, row.at) for row in copy.draft.rows[2:6]]
    assert shown == [("conditions", ""), ("data", ""), ("culture", ""), ("lunch", "14:15")]
    assert publish(workshop).what == "publish"


def test_times_that_the_desk_has_set_are_said_and_stay_if_only_words_change(workshop: Workshop) -> None:
    begin(workshop, None)
    assert working_copy(workshop).changed_at_desk == ""
    press_at_desk(workshop, "move_anchor", slot="lunch", to=at("13:00"))
    copy = working_copy(workshop)
    assert (copy.changed_at_desk, copy.draft.rows[3].at) == ("times", "12:45")
    undo(workshop=workshop, seen=day(workshop).seen, actor=None)
    assert working_copy(workshop).changed_at_desk == ""


def test_a_plan_that_is_taken_back_at_the_desk_is_no_longer_the_one_that_counts(workshop: Workshop) -> None:
    begin(workshop, None)
    document = dump_document(workshop)
    put_in_order(workshop, "data", "how-digital")
    publish(workshop)
    assert working_copy(workshop).newest == 2
    undo(workshop=workshop, seen=day(workshop).seen, actor=None)
    assert (working_copy(workshop).newest, dump_document(workshop)) == (1, document)


def test_a_new_item_never_gets_the_key_of_one_that_was_ever_published(workshop: Workshop) -> None:
    sent = Sent(working_copy(workshop).draft, 0, 1, Press("remove", "data"))
    publishing.press(workshop=workshop, sent=sent, actor=None)
    publish(workshop)
    assert "data" not in {row.key for row in working_copy(workshop).draft.rows}
    assert keys_ever_used(workshop) == {*ORDER}


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_slots(django_assert_num_queries: Any) -> None:
    small = load_text()
    with django_assert_num_queries(8):
        assert len(working_copy(small).draft.rows) == 3
    document = dump_document(small)
    document["slots"] = [*document["slots"], *({"key": f"x-{n}", **TALK, "start": f"13:{n:02}"} for n in range(30))]
    load_document(document)
    with django_assert_num_queries(8):
        assert len(working_copy(small).draft.rows) == 33


def test_saving_from_one_edit_twice_is_saved_once(workshop: Workshop) -> None:
    sent = Sent(working_copy(workshop).draft, 0, 1, Press("save"))
    publishing.press(workshop=workshop, sent=sent, actor=None)
    with pytest.raises(publishing.Overtaken) as overtaken:
        publishing.press(workshop=workshop, sent=sent, actor=None)
    assert overtaken.value.edit == PlanDraft.objects.get().edit == 1
    assert PlanVersion.objects.count() == 1
