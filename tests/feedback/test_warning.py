"""The desk is told before Show answers which of them hold a word of its list, and nothing is held back."""

import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda.chapters import dump_document, load_document
from agenda.models import Workshop
from agenda.services import Refused
from feedback import services, warning
from feedback.models import Answer, Question
from feedback.word_list import WordList
from sessions import questions
from tests.live import day
from tests.live.test_room import shown

from .room import CHOICE, give, new_question, opened, seat_in

KEY = "sum_insights"


def said(question: Question, *words: str) -> list[tuple[str, list[str]]]:
    """What the desk is warned of."""
    return sorted((one.text, one.held) for one in warning.warned([question], WordList(words)))


@pytest.fixture
def asked(workshop: Workshop) -> Question:
    question = opened(workshop, KEY)
    for text in ("an idiot", "More buses", "Idiots, all"):
        give(question, text)
    return question


def test_an_answer_that_the_desk_may_read_and_the_room_does_not_see_is_named(asked: Question) -> None:
    assert said(asked, "Idiot", "BUSES") == [("More buses", ["BUSES"]), ("an idiot", ["Idiot"])]
    assert said(asked) == []


def test_an_answer_that_waits_for_two_others_is_not_looked_into(workshop: Workshop) -> None:
    question = opened(workshop, KEY)
    give(question, "an idiot")
    give(question, "an idiot too")
    assert said(question, "idiot") == []
    give(question, "the third")
    assert len(said(question, "idiot")) == 2


def test_what_is_shown_or_hidden_is_named_no_more_and_what_was_changed_since_is(workshop: Workshop) -> None:
    question, seat = opened(workshop, KEY), seat_in(workshop)
    give(question, "an idiot", seat)
    for text in ("one", "two"):
        give(question, text)
    services.show(question)
    assert said(question, "idiot") == []
    give(question, "a great idiot", seat, edit=2)
    for text in ("three", "four"):
        give(question, text)
    assert said(question, "idiot") == [("a great idiot", ["idiot"])]
    Answer.objects.filter(value="a great idiot").update(hidden=True, shown_value=None)
    assert said(question, "idiot") == []


def test_what_is_only_counted_is_not_looked_into(workshop: Workshop) -> None:
    question = new_question(workshop, "vote", kind="choice", config=CHOICE)
    for _ in range(3):
        give(question, "yes")
    assert said(question, "yes") == []


def test_show_answers_shows_them_all_the_same(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    question = day.ask(workshop, "lunch_new")
    warning.settle(workshop=workshop, typed="heron")
    for text in ("a heron", "otter", "badger"):
        day.answer(question, text)
    assert "Holds a word of your list Not shown to the room yet." in shown(workshop, "desk")
    assert "Holds a word" not in shown(workshop, "phone") + shown(workshop)
    questions.show_answers(workshop=workshop, question=question, actor=None)
    assert "a heron" in shown(workshop)
    assert "Holds a word" not in shown(workshop, "desk")


def test_the_desk_looks_again_when_the_list_changes_and_no_phone_does(workshop: Workshop) -> None:
    before = day.revisions(workshop)
    assert warning.settle(workshop=workshop, typed="idiot\nfool") == 2
    assert day.revisions(workshop) == (before[0] + 1, before[1])
    assert warning.kept(workshop) == ["idiot", "fool"]
    with pytest.raises(Refused, match="Shorten it to 60"):
        warning.settle(workshop=workshop, typed="x" * 61)
    assert warning.kept(workshop) == ["idiot", "fool"]
    warning.settle(workshop=workshop, typed="")
    assert warning.kept(workshop) == []


def test_it_goes_along_in_the_document(workshop: Workshop) -> None:
    warning.settle(workshop=workshop, typed="idiot\nold fool")
    document = dump_document(workshop)
    assert document["warn_words"] == ["idiot", "old fool"]
    copy = load_document(document | {"slug": f"copy-{uuid.uuid4().hex[:6]}"})
    assert warning.kept(copy) == ["idiot", "old fool"]
    load_document({key: value for key, value in document.items() if key != "warn_words"})
    assert warning.kept(workshop) == []


@pytest.mark.parametrize("rows", [3, 6])
def test_it_is_one_query_and_none_without_a_list(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    question = opened(workshop, KEY)
    for number in range(rows):
        give(question, f"idiot {number}")
    with django_assert_num_queries(1):
        assert len(warning.warned([question], WordList(["idiot"]))) == rows
    with django_assert_num_queries(0):
        assert warning.warned([question], WordList([])) == []
