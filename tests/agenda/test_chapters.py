"""A workshop is a document: what goes in comes out, and what was said and done stands."""

import copy
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agenda.chapters import dump_document, load_document
from agenda.document import DocumentRefused
from agenda.models import LogEntry, PlanVersion, Slot, Speaker, Workshop
from feedback.models import Answer, Question
from sessions.models import GroundRule, Stage

from .small_day import load_text


def row_counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def edited(workshop: Workshop, section: str, index: int, **changes: Any) -> dict[str, Any]:
    document = copy.deepcopy(dump_document(workshop))
    document[section][index] |= changes
    return document


def answer(workshop: Workshop, key: str) -> None:
    question = Question.objects.get(workshop=workshop, key=key)
    Answer.objects.create(id=uuid.uuid4(), question=question, respondent="one", value="Yes", released_value=None)


def press(workshop: Workshop, *expected: str | None) -> None:
    """Start the day and move on, saying which slot was live at each press."""
    for seq, expect in enumerate(expected, start=1):
        at = datetime(2020, 7, 7, 9, seq, tzinfo=UTC)
        LogEntry.objects.create(workshop=workshop, seq=seq, kind="advance", data={"expect": expect}, at=at)


@pytest.mark.django_db
def test_loading_twice_is_loading_once() -> None:
    first = load_text()
    counts, document = row_counts(), dump_document(first)
    second = load_text()
    assert second.pk == first.pk
    assert (row_counts(), dump_document(second)) == (counts, document)
    assert (second.rev, second.control_rev) == (first.rev, first.control_rev) == (1, 1)
    assert PlanVersion.objects.count() == 1


@pytest.mark.django_db
def test_a_dump_loads_into_an_empty_database_as_the_same_day() -> None:
    document = dump_document(load_text())
    Question.objects.all().delete()
    Workshop.objects.all().delete()
    assert dump_document(load_document(document)) == document


@pytest.mark.django_db
def test_a_dump_loaded_again_changes_nothing() -> None:
    workshop = load_text()
    counts = row_counts()
    load_document(dump_document(workshop))
    workshop.refresh_from_db()
    assert workshop.rev == 1
    assert row_counts() == counts


@pytest.mark.django_db
def test_defaults_are_spelt_out_by_the_kind_of_slot() -> None:
    intros, talk, lunch = dump_document(load_text())["slots"]
    assert "minutes" not in intros
    assert (talk["minutes"], talk["fixed"], talk["absorb"]) == (150, False, "never")
    assert (lunch["minutes"], lunch["fixed"], lunch["absorb"]) == (0, True, "offer")


@pytest.mark.django_db
def test_the_floor_that_is_usual_hangs_on_kind_and_length() -> None:
    workshop = load_text('start = "12:30"', 'start = "12:30"\nminutes = 45')
    floors = {slot["key"]: slot.get("floor") for slot in dump_document(workshop)["slots"]}
    assert floors == {"intros": None, "talk": None, "lunch": 35}
    load_document(edited(workshop, "slots", 2, kind="discussion", floor=None))
    assert dump_document(workshop)["slots"][2]["floor"] == 27
    load_document(edited(workshop, "slots", 2, absorb="never", floor=None))
    assert "floor" not in dump_document(workshop)["slots"][2]


@pytest.mark.django_db
def test_what_may_be_left_out_and_when_the_day_should_end_are_published() -> None:
    workshop = load_text()
    document = edited(workshop, "slots", 1, droppable=True) | {"ends": "15:30"}
    load_document(document)
    assert (dump_document(workshop)["ends"], dump_document(workshop)["slots"][1]["droppable"]) == ("15:30", True)
    assert workshop.plan_versions.latest("number").value["ends"] == "2020-07-07T14:30:00Z"
    del document["ends"]
    load_document(document)
    assert "ends" not in dump_document(workshop)


@pytest.mark.django_db
def test_an_old_value_that_says_the_same_is_no_reason_for_a_new_version() -> None:
    workshop = load_text()
    version = PlanVersion.objects.get()
    slots = [{name: held for name, held in slot.items() if name != "droppable"} for slot in version.value["slots"]]
    old = {name: held for name, held in version.value.items() if name != "ends"} | {"slots": slots}
    PlanVersion.objects.update(value=old)
    load_document({**dump_document(workshop), "title": "Another title"})
    assert Workshop.objects.get().title == "Another title"
    assert PlanVersion.objects.get().value == old


@pytest.mark.django_db
def test_a_change_is_made_in_place_and_raises_both_counters() -> None:
    workshop = load_text()
    ids = set(Slot.objects.values_list("key", "id")), set(Question.objects.values_list("key", "id"))
    speakers = set(Speaker.objects.values_list("id", flat=True))
    load_text('text = "Tea or coffee?"', 'text = "Coffee or tea?"')
    workshop.refresh_from_db()
    assert (workshop.rev, workshop.control_rev) == (2, 2)
    assert (set(Slot.objects.values_list("key", "id")), set(Question.objects.values_list("key", "id"))) == ids
    assert set(Speaker.objects.values_list("id", flat=True)) == speakers
    assert Question.objects.get(key="second").text == "Coffee or tea?"
    assert PlanVersion.objects.count() == 1, "the running order has not changed"


@pytest.mark.django_db
def test_a_changed_running_order_is_a_new_version_and_keeps_the_old_one() -> None:
    load_text()
    load_text('start = "12:30"', 'start = "12:45"')
    versions = list(PlanVersion.objects.order_by("number"))
    assert [version.number for version in versions] == [1, 2]
    assert versions[0].value["slots"][2]["start"] == "2020-07-07T11:30:00Z"
    assert versions[1].value["slots"][2]["start"] == "2020-07-07T11:45:00Z"


@pytest.mark.django_db
def test_questions_can_change_places() -> None:
    workshop = load_text()
    document = dump_document(workshop)
    document["questions"].reverse()
    load_document(document)
    assert [row.key for row in Question.objects.order_by("position")] == ["second", "first"]
    assert dump_document(workshop) == document


@pytest.mark.django_db
def test_every_day_has_a_stage_and_its_ground_rules() -> None:
    workshop = load_text()
    assert Stage.objects.get().workshop == workshop
    load_document({**dump_document(workshop), "ground_rules": [{"text": "Speak"}, {"text": "Listen"}]})
    assert list(GroundRule.objects.values_list("text", flat=True)) == ["Speak", "Listen"]
    load_document({**dump_document(workshop), "ground_rules": []})
    assert not GroundRule.objects.exists()


# --- What has been said and done stands


@pytest.mark.django_db
def test_a_question_and_a_slot_without_answers_may_disappear() -> None:
    workshop = load_text()
    document = dump_document(workshop)
    del document["questions"][0], document["slots"][1]
    load_document(document)
    assert not Question.objects.filter(key="first").exists()
    assert not Slot.objects.filter(key="talk").exists()


@pytest.mark.django_db
def test_a_question_with_answers_may_not_disappear() -> None:
    workshop = load_text()
    answer(workshop, "first")
    document = dump_document(workshop)
    del document["questions"][0], document["slots"][1]
    with pytest.raises(DocumentRefused, match=r'^"questions" leaves out "first", which has answers'):
        load_document(document)
    assert Slot.objects.filter(key="talk").exists()
    assert PlanVersion.objects.count() == 1
    workshop.refresh_from_db()
    assert workshop.rev == 1, "a refused document changes nothing"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("kind", "text"), ("mode", "named"), ("bundle", "form")])
def test_an_answered_question_keeps_what_it_was_answered_under(name: str, value: str) -> None:
    workshop = load_text()
    changes: dict[str, Any] = {name: value} | ({"config": {}} if name == "kind" else {})
    document = edited(workshop, "questions", 1, **changes)
    answer(workshop, "second")
    with pytest.raises(DocumentRefused, match=f'questions\\[1\\].{name}" cannot change any more: "second" has answers'):
        load_document(document)
    Answer.objects.all().delete()
    load_document(document)
    assert getattr(Question.objects.get(key="second"), name) == value


@pytest.mark.django_db
def test_an_answered_question_may_still_be_reworded() -> None:
    workshop = load_text()
    answer(workshop, "first")
    load_document(edited(workshop, "questions", 0, text="And what do you think?"))
    assert Question.objects.get(key="first").text == "And what do you think?"


@pytest.mark.django_db
def test_a_started_day_still_loads_changes_to_what_is_to_come() -> None:
    workshop = load_text()
    press(workshop, None, "intros")
    document = edited(workshop, "slots", 2, start="12:45")
    load_document(document)
    assert dump_document(workshop)["slots"][2]["start"] == "12:45"


@pytest.mark.django_db
def test_a_started_day_keeps_the_slots_that_have_started() -> None:
    workshop = load_text()
    press(workshop, None, "intros")
    document = dump_document(workshop)
    document["slots"][1]["key"] = document["questions"][0]["slot"] = "another"
    with pytest.raises(DocumentRefused, match=r'^"slots" would change what has happened already'):
        load_document(document)


@pytest.mark.django_db
def test_a_rehearsal_stands_at_its_start_until_the_day_is_started() -> None:
    workshop = load_text()
    assert workshop.rehearsal
    assert workshop.clock_real is None
    assert workshop.clock_shown == datetime(2020, 7, 7, 8, 30, tzinfo=UTC)
    load_document({**dump_document(workshop), "rehearsal_starts": "09:45"})
    workshop.refresh_from_db()
    assert workshop.clock_shown == datetime(2020, 7, 7, 8, 45, tzinfo=UTC)


@pytest.mark.django_db
def test_a_clock_that_runs_is_never_set_by_a_document() -> None:
    workshop = load_text()
    moved, started = datetime(2020, 7, 7, 11, 2, 3, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
    Workshop.objects.update(clock_shown=moved, clock_real=started)
    load_text()
    load_text("A small day", "A smaller day")
    workshop.refresh_from_db()
    assert (workshop.clock_shown, workshop.clock_real, workshop.rehearsal) == (moved, started, True)
    assert (workshop.title, workshop.rev) == ("A smaller day", 2), "the clock alone was no change"


@pytest.mark.django_db
def test_a_real_day_that_has_started_does_not_become_a_rehearsal() -> None:
    workshop = load_text('rehearsal_starts = "09:30"\n')
    press(workshop, None)
    load_text()
    workshop.refresh_from_db()
    assert (workshop.rehearsal, workshop.clock_shown, workshop.rev) == (False, None, 1)


# --- Random small documents

# U+FFFD stands for what no page can show, and a draft asks for it to be typed anew.
SHOWN = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffd")
LINES = st.text(SHOWN, max_size=12)
TITLES = LINES.filter(lambda text: bool(text.strip()))
KEYS = st.sampled_from(["a", "b", "c", "d", "e_1", "f-2"])


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(KEYS, min_size=1, max_size=5, unique=True))
    minutes = sorted(draw(st.sets(st.integers(0, 1439), min_size=len(keys), max_size=len(keys))))
    starts = [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]
    starts[0] = draw(st.sampled_from(["now", starts[0]]))
    kinds = st.sampled_from(["arrival", "speaker", "discussion", "lunch", "close"])
    people = st.lists(st.fixed_dictionaries({"name": TITLES}, optional={"role": LINES}), max_size=2)
    slots = [
        {"key": key, "start": start, "kind": draw(kinds), "title": draw(TITLES), "speakers": draw(people)}
        for key, start in zip(keys, starts, strict=True)
    ]
    where = st.sampled_from(keys)
    question = st.fixed_dictionaries(
        {"key": KEYS, "slot": where, "kind": st.just("text"), "text": TITLES},
        optional={"returns_in": where, "hint": LINES, "hand": st.sampled_from(["talk", "phones"])},
    )
    return {
        "slug": "any",
        "title": draw(TITLES),
        "date": draw(st.sampled_from(["2020-02-07", "2020-07-07"])),
        "slots": slots,
        "questions": draw(st.lists(question, max_size=4, unique_by=lambda entry: str(entry["key"]))),
        "ground_rules": draw(st.lists(st.fixed_dictionaries({"text": TITLES}), max_size=3)),
    }


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=documents(), after=documents())
def test_any_document_after_any_other_comes_out_as_if_it_were_the_first(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    load_document(before)
    second = dump_document(load_document(after))
    Question.objects.all().delete()
    Workshop.objects.all().delete()
    fresh = load_document(after)
    assert dump_document(fresh) == second
    assert load_document(second).rev == 1
    assert [slot["title"] for slot in second["slots"]] == [slot["title"].strip() for slot in after["slots"]]
