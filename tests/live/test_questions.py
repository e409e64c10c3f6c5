"""What the verbs about one question do to it, and what they leave alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agenda.models import Audit, Slot, Workshop
from agenda.services import Refused, Stale
from feedback.models import Answer, Question
from sessions import questions, services, staging
from tests.cast import user_with

from . import day
from .test_room import look
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


def test_what_was_prepared_to_open_with_its_item_is_asked_by_move_on(workshop: Workshop) -> None:
    Question.objects.filter(key="lunch_relevant").update(opens_with_item=True)
    day.begin(workshop, until="lunch")
    assert (day.status(workshop, "lunch_new"), day.status(workshop, "lunch_relevant")) == ("ready", "open")
    stage = day.stage(workshop)
    assert (stage.face, stage.question.key) == ("question", "lunch_relevant")
    assert list(Audit.objects.values_list("kind", "detail")) == [
        ("question opened", {"question": "lunch_relevant", "answers": 0})
    ]


@pytest.mark.parametrize(("answers", "status"), [(0, "ready"), (1, "closing")])
def test_a_move_that_is_taken_back_takes_back_what_it_asked(workshop: Workshop, answers: int, status: str) -> None:
    Question.objects.filter(key="lunch_new").update(opens_with_item=True, hand="phones")
    day.begin(workshop, until="lunch")
    for _ in range(answers):
        day.answer(day.question(workshop, "lunch_new"), "heron")
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    assert (day.status(workshop, "lunch_new"), day.stage(workshop).face) == (status, "slot")
    day.begin(workshop, until="lunch")
    assert day.status(workshop, "lunch_new") == ("open" if status == "ready" else "closing")


def minutes_left(workshop: Workshop) -> float:
    """Of the question on the stage, as the faces are told."""
    advice = look(workshop).prompt.advice
    ends = advice.left_ms if advice.left_ms is not None else advice.ends_ms - timezone.now().timestamp() * 1000
    return round(ends / 60000, 1)


@pytest.fixture
def timed(workshop: Workshop) -> Question:
    """Asked at lunch with three minutes to answer."""
    day.set_clock(workshop, "12:45")
    day.begin(workshop, until="lunch")
    Question.objects.filter(key="lunch_new").update(minutes=3)
    return day.ask(workshop, "lunch_new")


def test_its_minutes_begin_when_it_is_asked_and_two_more_can_be_given(workshop: Workshop, timed: Question) -> None:
    assert minutes_left(workshop) == 3.0
    questions.more_time(workshop=workshop, question=timed, minutes=2)
    assert minutes_left(workshop) == 5.0
    day.set_clock(workshop, "12:55")
    assert minutes_left(workshop) < 0
    assert day.status(workshop, "lunch_new") == "open"  # nothing closes by itself
    questions.more_time(workshop=workshop, question=timed, minutes=2)
    assert minutes_left(workshop) == 2.0


def test_a_question_without_minutes_has_no_time_until_it_is_given_some(workshop: Workshop) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    assert look(workshop).prompt.advice is None
    questions.more_time(workshop=workshop, question=asked, minutes=2)
    assert minutes_left(workshop) == 2.0
    questions.close(workshop=workshop, question=asked, actor=None)
    assert look(workshop).prompt.advice is None
    with pytest.raises(Refused, match="This question is closed"):
        questions.more_time(workshop=workshop, question=asked, minutes=2)


@pytest.mark.parametrize("go_on", ["release", "undo", "advance"])
def test_while_the_day_is_held_its_time_stands(workshop: Workshop, timed: Question, go_on: str) -> None:
    Question.objects.filter(key="lunch_new").update(returns_in=Slot.objects.get(workshop=workshop, key="reflections"))
    day.set_clock(workshop, "12:46")
    left = minutes_left(workshop)
    day.change(workshop, "hold")
    day.set_clock(workshop, "13:00")
    assert minutes_left(workshop) == left
    if go_on == "undo":  # as if nobody had held it
        services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
        assert minutes_left(workshop) < 0
        return
    if go_on == "advance":
        services.move_on(workshop=workshop, expect="lunch", actor=None)
        services.put_on_screen(workshop=workshop, face="slot")
        day_question = day.question(workshop, "lunch_new")
        assert (day_question.time_up_at - timed.time_up_at) > timedelta(minutes=13)
        return
    day.change(workshop, "release")
    assert minutes_left(workshop) == left
    day.set_clock(workshop, "13:01")
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    assert minutes_left(workshop) == left


def test_a_frozen_screen_keeps_the_time_it_showed(workshop: Workshop, timed: Question) -> None:
    staging.freeze(workshop=workshop, on=True)
    questions.more_time(workshop=workshop, question=timed, minutes=2)
    kept = look(workshop).on_screen.prompt.advice
    assert (kept.ends_ms, round(kept.left_ms / 60000, 1)) == (None, 3.0)
    assert minutes_left(workshop) == 5.0


def test_every_face_says_how_long_people_have_and_holds_no_more_than_its_end(
    workshop: Workshop, timed: Question
) -> None:
    for audience in ("phone", "screen", "desk"):
        sent = html(workshop, audience)
        assert f'data-ends-ms="{look(workshop).prompt.advice.ends_ms}"' in sent
        assert "Until about 12:48. You can still answer after that." in sent
    assert "+2 minutes" in html(workshop, "desk")
    assert "minutes" not in html(workshop, "phone").split("data-advice")[1].split("</p>")[0]
    day.change(workshop, "hold")
    held = html(workshop, "phone").split("data-advice")[1].split("</p>")[0]
    assert ("data-left-ms" in held, "data-ends-ms" in held) == (True, False)
