"""What the verbs about one question do to it, and what they leave alone."""

import pytest

from agenda.models import Audit, Workshop
from agenda.services import Refused, Stale
from feedback.models import Answer, Question
from sessions import questions
from tests.cast import user_with

from . import day
from .test_snapshots import html


def test_nobody_is_asked_before_the_day_starts(workshop: Workshop) -> None:
    before = day.revisions(workshop)
    with pytest.raises(Refused, match="Start the day first"):
        day.ask(workshop, "pre_conf")
    assert (day.revisions(workshop), day.status(workshop, "pre_conf")) == (before, "draft")


def test_asking_another_question_closes_the_one_before(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    day.ask(workshop, "lunch_new")
    second = day.ask(workshop, "lunch_relevant")
    assert (day.status(workshop, "lunch_new"), day.status(workshop, "lunch_relevant")) == ("closing", "open")
    assert day.stage(workshop).question == second


def test_show_lets_the_room_see_what_the_desk_sees_now_and_hide_takes_it_back(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    for text in ("one", "two", "three", "unreleased"):
        day.answer(asked, text)
    questions.show_answers(workshop=workshop, question=asked, actor=None)
    shown = set(Answer.objects.exclude(shown_value=None).values_list("shown_value", flat=True))
    assert shown == {"one", "two", "three"}
    questions.hide_answers(workshop=workshop, question=asked, actor=None)
    assert not Answer.objects.exclude(shown_value=None).exists()
    assert not day.question(workshop, "lunch_new").shown


def test_who_writes_can_change_while_a_question_is_open(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    asked = day.question(workshop, "data_issues")
    questions.ask_the_room(workshop=workshop, question=asked, actor=None)
    assert not asked.takes_answers
    questions.set_hand(workshop=workshop, question=asked, hand="phones")
    assert day.answer(asked, "Two address lists").value == "Two address lists"


def test_a_press_from_an_item_that_has_passed_asks_nothing(workshop: Workshop) -> None:
    day.begin(workshop, until="data")
    question = Question.objects.get(workshop=workshop, key="digital_pleased")
    before = day.revisions(workshop)
    with pytest.raises(Stale, match="The day has moved to “Deriving benefits from data”"):
        questions.ask_the_room(workshop=workshop, question=question, actor=None, expect="how-digital")
    question.refresh_from_db()
    assert (question.status, day.revisions(workshop)) == ("ready", before)


def test_answers_to_a_question_that_was_never_asked_are_not_shown(workshop: Workshop) -> None:
    day.begin(workshop)
    question = Question.objects.get(workshop=workshop, key="sum_do_now")
    with pytest.raises(Refused, match="Ask the room first"):
        questions.show_answers(workshop=workshop, question=question, actor=None)
    question.refresh_from_db()
    assert question.shown is False


def test_presses_that_touch_words_are_written_down_with_counts_and_no_answer(workshop: Workshop) -> None:
    asha = user_with("asha")
    day.begin(workshop, until="lunch")
    asked = day.question(workshop, "lunch_new")
    questions.ask_the_room(workshop=workshop, question=asked, actor=asha)
    given = [day.answer(asked, text) for text in ("heron", "otter", "badger")]
    questions.close(workshop=workshop, question=asked, actor=asha)
    questions.show_answers(workshop=workshop, question=asked, actor=asha)
    questions.hide_answers(workshop=workshop, question=asked, actor=asha)
    rows = Audit.objects.filter(workshop=workshop, user=asha)
    assert [(row.kind, row.detail) for row in rows] == [
        ("question opened", {"question": "lunch_new", "answers": 0}),
        ("question closed", {"question": "lunch_new", "answers": 3}),
        ("answers shown", {"question": "lunch_new", "answers": 3}),
        ("answers hidden", {"question": "lunch_new", "answers": 3}),
    ]
    kept = str(list(Audit.objects.values()))
    assert [secret for one in given for secret in (one.pk, one.respondent, one.value) if str(secret) in kept] == []


def test_answers_that_are_never_shown_have_no_press_and_are_refused(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    Question.objects.filter(key="lunch_new").update(showing="never")
    asked = day.ask(workshop, "lunch_new")
    for text in ("heron", "otter", "badger"):
        day.answer(asked, text)
    assert "heron" in html(workshop, "desk")
    assert "Show answers" not in html(workshop, "desk")
    with pytest.raises(Refused, match="never shown"):
        questions.show_answers(workshop=workshop, question=asked, actor=None)
    assert "heron" not in html(workshop, "screen") + html(workshop, "phone")


def test_answers_shown_as_they_come_come_in_threes_until_they_are_hidden(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    Question.objects.filter(key="lunch_new").update(showing="live")
    asked = day.ask(workshop, "lunch_new")
    for text in ("heron", "otter"):
        day.answer(asked, text)
    assert "heron" not in html(workshop, "screen")
    day.answer(asked, "badger")
    assert "heron" in html(workshop, "screen")
    questions.hide_answers(workshop=workshop, question=asked, actor=None)
    for text in ("wren", "lark", "kite"):
        day.answer(asked, text)
    assert "kite" not in html(workshop, "screen") + html(workshop, "phone")


def test_the_desk_offers_the_two_other_hands_of_every_question(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    for hand in Question.Hand.values:
        questions.set_hand(workshop=workshop, question=asked, hand=hand)
        article = html(workshop, "desk").split(f'id="asked-{asked.pk}"')[1].split("</article>")[0]
        offered = {other for other in Question.Hand.values if f'name="hand" value="{other}"' in article}
        assert offered == set(Question.Hand.values) - {hand}
