"""Something said by mistake is removed for good, from the desk."""

import json
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client

from agenda.models import Audit, Workshop
from agenda.services import Refused
from feedback.counting import totals
from feedback.models import Answer, Count, Gone, Keeping, Question
from sessions import questions, removing, snapshots, staging
from tests.cast import browser_of, phone_in, user_with
from tests.feedback.room import post_json
from tests.live import day

HTMX = {"HX-Request": "true"}
SLIP = "Councillor Ash owes me money"


@pytest.fixture
def question(workshop: Workshop) -> Question:
    """Three have answered, and the room sees it."""
    day.begin(workshop, until="summary")
    question = day.ask(workshop, "sum_insights")
    for words in (SLIP, "two", "three"):
        day.answer(question, words)
    questions.show_answers(workshop=workshop, question=question, actor=None)
    return question


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    return browser_of(user_with("ann", workshop, "facilitator"))


def slip() -> Answer:
    return Answer.objects.get(value=SLIP)


def seen(workshop: Workshop, audience: str) -> str:
    workshop.refresh_from_db()
    regions = snapshots.render(workshop, audience, snapshots.stamp(workshop, audience)).regions
    return "".join(part.html for part in regions.values())


def press(desk: Client, workshop: Workshop, answer: Answer) -> str:
    return desk.post(f"/w/{workshop.pk}/desk/remove/{answer.pk}/", headers=HTMX).text


def test_it_leaves_every_page_and_a_frozen_screen(workshop: Workshop, question: Question, desk: Client) -> None:
    staging.freeze(workshop=workshop, on=True)
    faces = ("desk", "screen", "phone")
    assert [SLIP in seen(workshop, face) for face in faces] == [True, True, True]
    before = day.revisions(workshop)
    assert "Removed for good." in press(desk, workshop, slip())
    assert [SLIP in seen(workshop, face) for face in faces] == [False, False, False]
    assert "two" in seen(workshop, "screen")
    assert all(now > then for now, then in zip(day.revisions(workshop), before, strict=True))  # phones look again too
    assert SLIP not in desk.get(f"/w/{workshop.pk}/summary/").text


def test_its_row_and_what_it_counted_are_gone(workshop: Workshop, question: Question, desk: Client) -> None:
    press(desk, workshop, slip())
    assert not Answer.objects.filter(value=SLIP).exists()
    assert totals([question])[question.pk].given == 2
    assert Count.objects.get(question=question, of="shown", key="").n == 2
    assert Keeping.objects.get().leftovers


def test_the_phone_that_said_it_does_not_bring_it_back(workshop: Workshop, question: Question, desk: Client) -> None:
    phone, key = phone_in(workshop), str(uuid4())
    body = {"key": key, "edit": 1, "question": str(question.pk), "value": "a slip"}
    assert post_json(phone.client, workshop.pk, body).status_code == 200
    press(desk, workshop, Answer.objects.get(pk=key))
    reply = post_json(phone.client, workshop.pk, body | {"edit": 2})
    assert reply.status_code == 409
    assert "has removed this answer. What you wrote is still here" in json.loads(reply.content)["message"]
    assert not Answer.objects.filter(value="a slip").exists()


def test_the_desk_is_told_which_files_may_hold_it(workshop: Workshop, question: Question, desk: Client) -> None:
    others = list(Answer.objects.exclude(value=SLIP))
    assert "No file taken from here holds it." in press(desk, workshop, others[0])
    desk.post(f"/w/{workshop.pk}/export/answers.csv")
    desk.post(f"/w/{workshop.pk}/next-day/report.md")
    told = press(desk, workshop, slip())
    assert "Files taken before may still hold it: the file of answers, 7 February 2020, " in told
    assert ", ann." in told
    assert "the report, 7 February 2020, " in told


def test_the_audit_names_the_question_and_no_answer(workshop: Workshop, question: Question, desk: Client) -> None:
    key = slip().pk
    press(desk, workshop, slip())
    line = Audit.objects.get(kind="answer removed")
    assert (line.user and line.user.username, line.detail) == ("ann", {"question": "sum_insights", "files": 0})
    written = json.dumps(list(Audit.objects.values_list("detail", flat=True)))
    assert str(key) not in written
    assert SLIP not in written
    assert key.hex not in Gone.objects.get().mark


def test_a_second_press_and_an_answer_of_another_day_are_refused(
    workshop: Workshop, question: Question, desk: Client
) -> None:
    answer = slip()
    press(desk, workshop, answer)
    assert "is not there any more" in press(desk, workshop, answer)
    with pytest.raises(Refused, match="not there any more"):
        removing.remove_for_good(workshop=workshop, answer_id=uuid4(), actor=None)


def test_it_takes_two_presses_and_works_without_a_script(workshop: Workshop, question: Question, desk: Client) -> None:
    html = render_to_string("live/desk/_remove.html", {"workshop": workshop, "answer_id": slip().pk})
    closed, _, opened = html.partition("</summary>")
    assert "<details " in closed
    assert " open" not in closed
    address = f"/w/{workshop.pk}/desk/remove/{slip().pk}/"
    assert f'formaction="{address}"' in opened
    assert desk.post(address, follow=True).status_code == 200
    assert not Answer.objects.filter(value=SLIP).exists()
