"""Presses of the desk on one answer: where they show, who hears of them, and what is written down."""

import uuid

import pytest

from agenda import services as agenda
from agenda.models import Audit, Workshop
from agenda.services import Stale
from feedback.models import Answer, Question
from sessions import answers, questions, staging
from tests.cast import newcastle, phone_in, user_with
from tests.feedback.room import give

from . import day
from .test_snapshots import html, moves


def press(workshop: Workshop, verb: str, words: str) -> None:
    answers.press(workshop=workshop, answer_id=Answer.objects.get(value=words).pk, verb=verb, actor=None)


@pytest.fixture
def shown(workshop: Workshop) -> Question:
    """Three answers that the room sees."""
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    for text in ("heron", "otter", "badger"):
        day.answer(asked, text)
    questions.show_answers(workshop=workshop, question=asked, actor=None)
    return asked


@pytest.mark.parametrize("frozen", [False, True])
def test_a_hidden_answer_leaves_every_face_of_the_room_even_a_frozen_one(
    workshop: Workshop, shown: Question, frozen: bool
) -> None:
    staging.freeze(workshop=workshop, on=frozen)
    assert "otter" in html(workshop, "screen")
    press(workshop, "hide", "otter")
    assert "otter" not in html(workshop, "screen") + html(workshop, "phone")
    assert "heron" in html(workshop, "screen")
    press(workshop, "put-back", "otter")
    assert "otter" in html(workshop, "phone")


def test_the_desk_keeps_a_hidden_answer_for_its_own_eyes(workshop: Workshop, shown: Question) -> None:
    press(workshop, "hide", "otter")
    card = next(part for part in html(workshop, "desk").split("<li") if ">otter<" in part.replace("<br>", ""))
    assert "card-hidden" in card.split(">")[0]
    assert "data-private" in card.split(">")[0]
    assert "Put back" in card


@pytest.mark.parametrize("mode", ["facilitator", "named"])
def test_the_desk_reads_who_said_it_and_room_safe_hides_that(workshop: Workshop, mode: str) -> None:
    day.begin(workshop, until="lunch")
    Question.objects.filter(key="lunch_new").update(mode=mode)
    asked = day.ask(workshop, "lunch_new")
    for name, words in (("Ann Ash", "heron"), ("", "otter")):
        phone = phone_in(workshop)
        agenda.say_who(attendee=phone.attendee, name=name, council=name and "Exampleshire", role="")
        day.answer(asked, words, phone.seat)
    desk = html(workshop, "desk")
    for who, words in (("Ann Ash, Exampleshire", "heron"), ("No name given", "otter")):
        assert desk.count(who) == 1
        card = next(part for part in desk.split("<li") if words in part)
        assert f'<p class="card-who" dir="auto" data-private>{who}</p>' in card
    agenda.say_who(attendee=phone.attendee, name="Ben Beech", council="", role="")
    assert "Ben Beech" in html(workshop, "desk")
    assert "No name given" not in html(workshop, "desk")


def test_a_tables_note_has_the_name_of_its_table_on_every_face(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    questions.set_hand(workshop=workshop, question=asked, hand="scribe")
    give(asked, "heron", table="3")
    questions.close(workshop=workshop, question=asked, actor=None)
    questions.show_answers(workshop=workshop, question=asked, actor=None)
    for audience in ("desk", "screen", "phone"):
        assert '<span class="card-table">Table 3</span>' in html(workshop, audience)
    assert "If you were still writing, you can still send it." in html(workshop, "phone")


def test_everybody_hears_of_a_press_on_an_answer(workshop: Workshop, shown: Question) -> None:
    assert moves(workshop, lambda: press(workshop, "hide", "otter")) == ["phone", "screen", "desk"]


def test_a_pinned_answer_is_read_first_by_the_room(workshop: Workshop, shown: Question) -> None:
    last = Answer.objects.order_by("-pk").values_list("value", flat=True)[0]
    press(workshop, "pin", last)
    screen = html(workshop, "screen")
    assert min(("heron", "otter", "badger"), key=screen.index) == last


def test_an_answer_that_is_not_released_or_of_another_day_is_not_there(workshop: Workshop, shown: Question) -> None:
    waiting = day.answer(shown, "waiting-vole")
    for where, answer_id in ((workshop, waiting.pk), (workshop, uuid.uuid4())):
        with pytest.raises(Stale, match="not there any more"):
            answers.press(workshop=where, answer_id=answer_id, verb="approve", actor=None)
    heron = Answer.objects.get(value="heron")
    with pytest.raises(Stale, match="not there any more"):
        answers.press(workshop=newcastle("another-day"), answer_id=heron.pk, verb="hide", actor=None)
    heron.refresh_from_db()
    assert not heron.hidden


def test_what_waits_for_approval_is_the_desks_alone(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    Question.objects.filter(key="lunch_new").update(approval=True, showing="live")
    asked = day.ask(workshop, "lunch_new")
    for text in ("heron", "otter", "badger"):
        day.answer(asked, text)
    assert "otter" not in html(workshop, "screen") + html(workshop, "phone")
    assert "3 wait for approval" in html(workshop, "desk")
    press(workshop, "approve", "otter")
    assert "otter" in html(workshop, "screen")
    answers.approve_all(workshop=workshop, question=asked, actor=None)
    assert "heron" in html(workshop, "screen")
    assert "for approval" not in html(workshop, "desk")


def test_what_was_hidden_is_written_down_by_its_question_and_no_answer(workshop: Workshop, shown: Question) -> None:
    asha = user_with("asha")
    otter = Answer.objects.get(value="otter")
    for verb in ("hide", "put-back", "pin", "unpin", "approve"):
        answers.press(workshop=workshop, answer_id=otter.pk, verb=verb, actor=asha)
    answers.approve_all(workshop=workshop, question=shown, actor=asha)
    assert list(Audit.objects.filter(user=asha).values_list("kind", "detail")) == [
        ("an answer hidden", {"question": "lunch_new"}),
        ("an answer put back", {"question": "lunch_new"}),
        ("answers approved", {"question": "lunch_new", "answers": 2}),
    ]
