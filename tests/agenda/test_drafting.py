"""A draft keeps what was typed, and becomes the document it came from."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from agenda import drafting
from agenda.chapters import dump_document, load_document
from agenda.draft_times import lay_out
from agenda.drafting import Draft, Person, Removed
from agenda.models import Workshop
from feedback.models import Question
from tests.cast import newcastle

from .drafts import ZONE, draft, row
from .small_day import load_text
from .test_chapters import documents


def come_and_gone(document: dict[str, Any]) -> dict[str, Any]:
    """The document after a stay in a draft."""
    layout = lay_out(drafting.from_document(document), document["time_zone"])
    assert [note for note in layout.notes if note.serious] == []
    return {key: value for key, value in document.items() if key != "ends"} | layout.document()


def test_a_draft_is_json_and_comes_back_as_it_was() -> None:
    wrong = row("talk", "minus three", "24:70", detail="x\n" * 3, speakers=(Person("Ann", "", "Leeds"), Person()))
    kept = draft(wrong, row("lunch", fixed=True, droppable=True), starts="soon", removed=(Removed(1, row("gone")),))
    assert drafting.read(json.loads(json.dumps(drafting.write(kept)))) == kept


@pytest.mark.django_db
def test_a_published_day_is_drafted_with_only_what_is_not_usual() -> None:
    day = drafting.from_document(dump_document(newcastle()))
    assert [(row.key, row.at, row.minutes) for row in day.rows] == [
        ("intros", "", ""),
        ("how-digital", "11:15", "45"),
        ("data", "", "45"),
        ("lunch", "12:45", "45"),
        ("reflections", "", "15"),
        ("culture", "", "30"),
        ("conditions", "", "60"),
        ("summary", "", "15"),
        ("close", "15:30", "0"),
    ]
    assert (day.starts, day.ends, {row.absorb + row.floor for row in day.rows}) == ("", "", {""})
    assert day.rows[1].speakers[1] == Person("Jenny Nelson", "Programme Director", "Digital Newcastle")


def test_the_start_of_the_day_belongs_to_the_day_and_not_to_its_first_item() -> None:
    day = draft(row("talk"), row("lunch"))
    document = {"time_zone": ZONE, **lay_out(day, ZONE).document()}
    assert [slot["start"] for slot in document["slots"]] == ["09:30", "10:00"]
    assert drafting.from_document({**document, "place": ""}) == day


@pytest.mark.django_db
def test_a_day_in_a_draft_is_the_same_day_afterwards() -> None:
    for workshop in (newcastle(), load_text(), load_text('[[questions]]\nkey = "first"', '[[questions]]\nkey = "one"')):
        document = dump_document(workshop)
        assert come_and_gone(document) == document
        versions = workshop.plan_versions.count()
        load_document(come_and_gone(document))
        assert workshop.plan_versions.count() == versions


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_any_day_in_a_draft_is_the_same_day_afterwards(document: dict[str, Any]) -> None:
    published = dump_document(load_document(document))
    assert come_and_gone(published) == published
    Question.objects.all().delete()
    Workshop.objects.all().delete()


@pytest.mark.django_db
def test_what_is_not_usual_is_kept() -> None:
    workshop = load_text()
    document = dump_document(workshop)
    document["slots"][1] |= {"absorb": "auto", "floor": 20, "droppable": True, "fixed": True}
    document["slots"][2] |= {"absorb": "never", "minutes": 45}
    del document["slots"][2]["floor"]
    load_document({**document, "ends": "13:30"})
    published = dump_document(workshop)
    day = drafting.from_document(published)
    assert [(each.absorb, each.floor, each.droppable, each.at) for each in day.rows[1:]] == [
        ("auto", "20", True, "10:00"),
        ("never", "", False, "12:30"),
    ]
    assert (day.ends, come_and_gone(published)) == ("13:30", published)


def test_empty_speakers_and_spaces_are_not_published() -> None:
    people = (Person(" Ann ", " Leader", ""), Person(" ", "", " "))
    slot = lay_out(draft(row("talk", title="  A talk ", speakers=people)), ZONE).document()["slots"][0]
    assert (slot["title"], slot["speakers"]) == ("A talk", [{"name": "Ann", "role": "Leader", "organisation": ""}])


# --- While the day runs


def published() -> Draft:
    return draft(row("intros"), row("talk", "45"), row("lunch", at="12:45", fixed=True), row("close"))


def test_what_has_begun_stays_in_front_with_its_times_and_may_be_reworded() -> None:
    typed = draft(
        row("close"),
        row("talk", "5", "14:00", title="A better title", notes="Mind the step", kind="break"),
        row("new"),
        date="2027-03-01",
        starts="10:00",
        removed=(Removed(0, row("intros")), Removed(2, row("lunch"))),
    )
    kept = drafting.keep_history(typed, published(), begun=2)
    assert [each.key for each in kept.rows] == ["intros", "talk", "close", "new"]
    assert kept.rows[1] == replace(published().rows[1], title="A better title", notes="Mind the step")
    assert (kept.date, kept.starts) == ("2027-02-26", "09:30")
    assert [gone.row.key for gone in kept.removed] == ["lunch"]


def test_before_the_start_everything_may_change() -> None:
    typed = draft(row("close"), date="2027-03-01")
    assert drafting.keep_history(typed, published(), begun=0) == typed


def test_what_can_be_read_is_written_as_everybody_writes_it_and_the_rest_stays() -> None:
    typed = draft(row("talk", "1h 15", "1.15 pm", floor="an hour"), row("close", "x", "24:70"), starts="930", ends="?")
    tidy = drafting.tidied(typed)
    assert [(each.at, each.minutes, each.floor) for each in tidy.rows] == [
        ("13:15", "75", "an hour"),
        ("24:70", "x", ""),
    ]
    assert (tidy.starts, tidy.ends) == ("09:30", "?")
