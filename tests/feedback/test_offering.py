"""Ready questions are put into a day: under their own keys, in their order, once."""

import uuid

import pytest

from agenda.chapters import dump_document, load_document
from agenda.models import Workshop
from agenda.services import Refused
from feedback import bank, offering, preparing
from feedback.models import Question

from .test_queries import drop


def add(workshop: Workshop, *keys: str, slot: str = "close", number: uuid.UUID | None = None) -> list[Question]:
    ready = [bank.on_offer()[key] for key in keys]
    return offering.add_ready(workshop=workshop, slot_key=slot, number=number or uuid.uuid4(), ready=ready)


def keys(workshop: Workshop, slot: str) -> list[str]:
    return list(Question.objects.filter(workshop=workshop, slot__key=slot).values_list("key", flat=True))


def test_what_is_ready_comes_last_in_its_item_as_the_bank_says_it(workshop: Workshop) -> None:
    before = keys(workshop, "close")
    added = add(workshop, "fb_pace", "fb_quote")
    assert keys(workshop, "close") == [*before, "fb_pace", "fb_quote"]
    for question in added:
        question.refresh_from_db()
        ready = bank.on_offer()[question.key]
        for name in ("text", "hint", "kind", "hand", "mode", "occasion", "bundle", "version", "minutes"):
            assert getattr(question, name) == getattr(ready, name), name
    document = dump_document(workshop)
    load_document(document)
    assert dump_document(workshop) == document


def test_every_one_of_them_can_be_asked_on_one_day(workshop: Workshop) -> None:
    Question.objects.all().delete()
    added = add(workshop, *bank.on_offer())
    assert [question.key for question in added] == list(bank.on_offer())
    load_document(dump_document(workshop))


def test_a_key_the_day_has_already_gets_a_number(workshop: Workshop) -> None:
    added = add(workshop, "sum_insights", "fb_pace", slot="summary")
    assert [question.key for question in added] == ["sum_insights_2", "fb_pace"]


def test_a_form_sent_twice_adds_once_even_if_the_words_have_changed(workshop: Workshop) -> None:
    number = uuid.uuid4()
    first = add(workshop, "fb_pace", number=number)
    Question.objects.filter(pk=first[0].pk).update(text="How was the pace?")
    assert add(workshop, "fb_pace", "fb_quote", number=number)[0] == first[0]
    assert keys(workshop, "close").count("fb_pace") == 1
    assert keys(workshop, "close")[-1] == "fb_quote"


def test_what_is_asked_over_lunch_comes_back_in_reflections(workshop: Workshop) -> None:
    Question.objects.all().delete()
    at_lunch = add(workshop, "lunch_new", slot="lunch")[0]
    assert at_lunch.returns_in is not None
    assert at_lunch.returns_in.key == "reflections"
    at_the_end = add(workshop, "lunch_relevant", slot="close")[0]
    assert at_the_end.returns_in is None


def test_the_parts_of_the_day_are_those_of_its_running_order(workshop: Workshop) -> None:
    question = add(workshop, "fb_sessions")[0]
    texts = [one["text"] for one in question.config["statements"]]
    assert texts[:2] == ["How digital is helping councils", "Deriving benefits from data"]


def test_an_item_that_left_the_running_order_takes_none(workshop: Workshop) -> None:
    Question.objects.filter(slot__key="culture").delete()
    drop(workshop, "culture")
    before = Question.objects.count()
    with pytest.raises(Refused, match="not in the running order any more"):
        add(workshop, "fb_pace", slot="culture")
    assert Question.objects.count() == before


def test_all_of_them_or_none(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Question.objects.count()
    monkeypatch.setattr(preparing, "MOST_QUESTIONS", before + 1)
    with pytest.raises(Refused, match="as many as it can hold"):
        add(workshop, "fb_pace", "fb_quote")
    assert Question.objects.count() == before


def test_the_usual_of_an_item_is_offered_first_and_what_is_asked_already_says_where() -> None:
    offered = offering.offered("summary", {"sum_insights": "Summary"})
    assert [one.group.name for one in offered if one.is_first] == ["closing", "own"]
    assert offered[0].group.name == "closing"
    asked = {one.ready.key: one.asked_in for group in offered for one in group.questions}
    assert asked["sum_insights"] == "Summary"
    assert asked["sum_questions"] == ""


def test_what_belongs_to_a_line_stands_behind_it() -> None:
    offered = [one for group in offering.offered("speaker", {}) for one in group.questions]
    levelled = next(one for one in offered if one.ready.key == "culture_maturity")
    (line,) = levelled.details
    assert line.startswith("Services – Forms on the website, done by hand behind it – Some services work online")
    assert " · Data and evidence – Data is in many systems" in line
