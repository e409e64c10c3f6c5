"""Presses at the desk about one question, over HTTP, with a script and without one."""

import uuid

import pytest
from django.test import Client

from agenda.models import Workshop
from feedback.models import Answer, Question
from tests.cast import browser_of, user_with
from tests.live import day

HTMX = {"HX-Request": "true"}
TYPED = {"text": "Shall we go on?", "kind": "choice"}


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    return browser_of(user_with("facilitator", workshop, "facilitator"))


def url(workshop: Workshop, press: str) -> str:
    return f"/w/{workshop.pk}/desk/{press}"


def test_a_page_without_a_script_asks_something_at_once_and_once(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop)
    typed = TYPED | {"press": uuid.uuid4()}
    for _ in range(2):
        reply = desk.post(url(workshop, "quick/"), typed, follow=True)
        assert "Shall we go on?" in reply.text
    assert Question.objects.get(pk=typed["press"]).status == "open"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": " "}, "Write the question first."),
        ({"text": "x" * 301}, "This is 301 characters."),
        ({"kind": "dance"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_asked_stays_as_it_was_typed(
    workshop: Workshop, desk: Client, sent: dict[str, str], sentence: str
) -> None:
    day.begin(workshop)
    typed = TYPED | {"press": uuid.uuid4()} | sent
    plain = desk.post(url(workshop, "quick/"), typed)
    assert (plain.status_code, sentence in plain.text) == (422, True)
    assert f"\n{typed['text']}</textarea>" in plain.text or not typed["text"].strip()
    assert '<details class="quick" id="quick" open>' in plain.text
    scripted = desk.post(url(workshop, "quick/"), typed, headers=HTMX)
    assert "notice-refused" in scripted.text
    assert sentence in scripted.text
    assert not Question.objects.filter(pk=typed["press"]).exists()


def test_every_press_on_an_answer_works_without_a_script(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    for text in ("heron", "otter", "badger"):
        day.answer(asked, text)
    otter = Answer.objects.get(value="otter")
    for press, field, value in (
        ("hide", "hidden", True),
        ("put-back", "hidden", False),
        ("pin", "pinned", True),
        ("unpin", "pinned", False),
        ("approve", "approved", True),
    ):
        reply = desk.post(url(workshop, f"answer/{press}/"), {"answer": otter.pk})
        assert (reply.status_code, reply["Location"]) == (302, url(workshop, ""))
        otter.refresh_from_db()
        assert getattr(otter, field) is value


def test_an_answer_that_was_taken_back_meanwhile_is_said_so(workshop: Workshop, desk: Client) -> None:
    reply = desk.post(url(workshop, "answer/hide/"), {"answer": uuid.uuid4()}, headers=HTMX)
    assert "This answer is not there any more" in reply.text


def test_no_address_of_the_desk_names_an_answer(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    for text in ("heron", "otter", "badger"):
        day.answer(asked, text)
    page = desk.get(url(workshop, "")).text
    for answer in Answer.objects.all():
        assert f'value="{answer.pk}"' in page
        assert f"/{answer.pk}" not in page


def test_asked_again_with_the_number_of_its_press_it_is_one_question(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop, until="lunch")
    asked = day.ask(workshop, "lunch_new")
    press = {"press": uuid.uuid4(), "expect": "lunch"}
    for _ in range(2):
        reply = desk.post(url(workshop, f"again/{asked.pk}/"), press, headers=HTMX)
        assert "The room is asked a second time." in reply.text
    assert Question.objects.get(again_of=asked).pk == press["press"]


def test_several_are_asked_closed_and_opened_again_together_without_a_script(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop, until="lunch")
    keys = ("lunch_new", "lunch_relevant", "lunch_not_relevant")
    for press, said, status in (
        ("ask", "Close them", "open"),
        ("close", "Open all three again", "closing"),
        ("again", "Close them", "open"),
    ):
        reply = desk.post(url(workshop, f"together/{press}/"), {"expect": "lunch"}, follow=True)
        assert (said in reply.text, {day.status(workshop, key) for key in keys}) == (True, {status})
    scripted = desk.post(url(workshop, "together/ask/"), {"expect": "data"}, headers=HTMX)
    assert "notice-refused" in scripted.text
    assert "The day has moved to “Lunch”." in scripted.text
