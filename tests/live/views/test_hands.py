"""The desk counts hands, and everybody reads them apart from what phones say."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from agenda.models import Workshop
from feedback.models import Question, ShowOfHands
from sessions import questions, services
from tests.cast import EVERYBODY, Cast, browser_of, user_with
from tests.feedback.room import CHOICE, new_question
from tests.live import day
from tests.live.test_room import shown

SAID = "By show of hands: Yes 12, No 5"


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    return browser_of(user_with("facilitator", workshop, "facilitator"))


@pytest.fixture
def question(workshop: Workshop) -> Question:
    day.begin(workshop)
    new_question(workshop, "by_hands", slot="intros", kind="choice", config=CHOICE, status="draft")
    return day.ask(workshop, "by_hands")


def address(question: Question) -> str:
    return f"/w/{question.workshop_id}/desk/hands/{question.pk}/"


def count(desk: Client, question: Question, yes: str, no: str) -> int:
    return desk.post(address(question), {"hands..yes": yes, "hands..no": no}).status_code


def test_the_page_is_for_those_who_run_the_day_and_for_questions_with_options(cast: Cast) -> None:
    day.begin(cast.workshop)
    asked = new_question(cast.workshop, "by_hands", kind="choice", config=CHOICE)
    seen = {name: cast.by_name(name).get(address(asked)).status_code for name in EVERYBODY}
    assert {name for name, status in seen.items() if status == 200} == {"owner", "facilitator"}
    assert set(seen.values()) == {200, 404}
    assert cast.owner.get(address(day.ask(cast.workshop, "sum_insights"))).status_code == 404


def test_hands_are_the_desks_until_the_answers_are_shown(workshop: Workshop, desk: Client, question: Question) -> None:
    assert "Hands for" in desk.get(address(question)).text
    reply = desk.post(address(question), {"hands..yes": "12", "hands..no": " 5 "})
    assert reply.headers["Location"] == f"/w/{workshop.pk}/desk/#asked-{question.pk}"
    assert SAID in shown(workshop, "desk")
    assert "By show of hands" not in shown(workshop) + shown(workshop, "phone")
    questions.show_answers(workshop=workshop, question=question, actor=None)
    for audience in ("screen", "phone"):
        words = shown(workshop, audience)
        assert SAID in words
        assert "No answers to read yet." not in words
    questions.hide_answers(workshop=workshop, question=question, actor=None)
    assert "By show of hands" not in shown(workshop) + shown(workshop, "phone")
    page = desk.get(f"/w/{workshop.pk}/summary/").text
    assert SAID in " ".join(strip_tags(page).split())


def test_a_new_count_is_on_every_phone_at_once(workshop: Workshop, desk: Client, question: Question) -> None:
    questions.show_answers(workshop=workshop, question=question, actor=None)
    before = day.revisions(workshop)
    assert count(desk, question, "12", "5") == 302
    assert day.revisions(workshop) == (before[0] + 1, before[1] + 1)
    assert count(desk, question, "", "") == 302
    assert not ShowOfHands.objects.exists()


@pytest.mark.parametrize("wrong", ["-1", "5001", "a dozen", "1.5", "\x00"])
def test_what_is_no_number_of_hands_is_said_and_changes_nothing(desk: Client, question: Question, wrong: str) -> None:
    count(desk, question, "12", "5")
    reply = desk.post(address(question), {"hands..yes": "3", "hands..no": wrong})
    assert reply.status_code == 422
    assert "Write a whole number up to 5,000, or nothing." in reply.text
    assert 'value="3"' in reply.text
    assert list(ShowOfHands.objects.values_list("key", "n")) == [("yes", 12), ("no", 5)]


def test_nobody_counts_before_the_room_is_asked(workshop: Workshop, desk: Client, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(status="ready")
    reply = desk.post(address(question), {"hands..yes": "3"})
    assert (reply.status_code, "Ask the room first. Then count the hands." in reply.text) == (422, True)
    assert not ShowOfHands.objects.exists()


def test_a_rehearsal_that_begins_again_has_counted_nothing(
    workshop: Workshop, desk: Client, question: Question
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(rehearsal=True)
    count(desk, question, "12", "5")
    services.begin_again(workshop=Workshop.objects.get(pk=workshop.pk), actor=None)
    assert not ShowOfHands.objects.exists()
