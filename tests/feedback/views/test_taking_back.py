"""A phone takes an answer back: by script, and by the same form without one."""

import json
import re
import uuid

import pytest
from django.http import HttpResponse
from django.utils import timezone

from agenda.models import Workshop
from feedback.models import Question
from tests.feedback.room import give, stored

from .doors import KEY, RELOAD, Phone, phone_and_questions, through_form, through_script


@pytest.fixture
def phone(workshop: Workshop) -> Phone:
    return phone_and_questions(workshop)


def post(phone: Phone, where: str, data: dict[str, str], *, script: bool) -> HttpResponse:
    headers = {"X-Live": "1", "X-CSRFToken": phone.token} if script else {"Accept": "text/html"}
    fields = data if script else data | {"csrfmiddlewaretoken": phone.token}
    return phone.client.post(f"/w/{phone.workshop.pk}/answers/{where}", fields, headers=headers)  # type: ignore[return-value]


def words(phone: Phone) -> list[str]:
    return stored(Question.objects.get(pk=phone.questions["text"]))


def form_of(phone: Phone, question: str) -> dict[str, str]:
    """What the form under that answer in My notes holds."""
    page = phone.client.get(f"/w/{phone.workshop.pk}/mine/list/").content.decode()
    found = re.search(rf'data-take-back="{question}">(.*?)</form>', page, re.DOTALL)
    assert found
    return dict(re.findall(r'name="(question|key)" value="([^"]+)"', found[1]))


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_is_taken_back_with_the_form_in_my_notes(phone: Phone, script: bool) -> None:
    question = Question.objects.get(pk=phone.questions["text"])
    give(question, "mine", phone.seat)
    give(question, "another's")
    data = form_of(phone, str(question.pk))
    for _ in range(2):  # twice is once
        response = post(phone, "take-back/", data, script=script)
        if script:
            assert (response.status_code, response["X-Live"]) == (200, "1")
        else:
            assert (response.status_code, response["Location"]) == (302, f"/w/{phone.workshop.pk}/#mine")
        assert words(phone) == ["another's"]


@pytest.mark.parametrize("through", [through_script, through_form])
def test_a_page_that_still_holds_the_old_id_is_told_and_keeps_what_is_written(phone: Phone, through) -> None:  # type: ignore[no-untyped-def]
    sent = {"key": KEY, "edit": 1, "question": phone.questions["text"], "value": "mine"}
    assert through(phone, sent).status == 200
    post(phone, "take-back/", {"question": sent["question"], "key": KEY}, script=True)
    reply = through(phone, sent | {"edit": 2, "value": "mine, from an older page"})
    assert reply.status == 409
    assert reply.said.startswith("You have deleted this answer. What you wrote is still here")
    assert words(phone) == []
    if reply.html:
        fresh = re.search(r'name="key" value="([^"]+)"', reply.html)
        assert fresh
        assert "mine, from an older page" in reply.html
        assert through(phone, sent | {"key": fresh[1]}).status == 200


@pytest.mark.parametrize("script", [True, False])
def test_too_late_is_said_in_a_sentence(phone: Phone, script: bool) -> None:
    question = Question.objects.get(pk=phone.questions["text"])
    give(question, "mine", phone.seat)
    Question.objects.filter(pk=question.pk).update(status="closed", sealed_at=timezone.now())
    response = post(phone, "take-back/", {"question": str(question.pk), "key": KEY}, script=script)
    assert response.status_code == 409
    assert "nobody can tell any more which one is yours" in response.content.decode()
    assert words(phone) == ["mine"]


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("wrong", [{"key": "x"}, {"question": "1 or 1=1"}, {"key": str(uuid.uuid1())}, {"key": ""}])
def test_a_form_that_names_nothing_is_refused(phone: Phone, wrong: dict[str, str], script: bool) -> None:
    data = {"question": phone.questions["text"], "key": KEY} | wrong
    response = post(phone, "take-back/", data, script=script)
    assert response.status_code == 422
    assert RELOAD in response.content.decode()


@pytest.mark.parametrize("script", [True, False])
def test_everything_a_phone_has_said_is_deleted_with_one_form(phone: Phone, script: bool) -> None:
    for name, raw in (("text", "mine"), ("choice", "yes"), ("scale", {"s": "low", "t": "skip"})):
        question = Question.objects.get(pk=phone.questions[name])
        give(question, raw, phone.seat)
        give(question, raw)
    page = phone.client.get(f"/w/{phone.workshop.pk}/").content.decode()
    assert "stays with them: nobody can reach it from here" in page
    response = post(phone, "take-back/all/", {}, script=script)
    assert response.status_code == (200 if script else 302)
    assert json.loads(phone.client.get(f"/w/{phone.workshop.pk}/mine/").content)["answers"] == {}
    assert [Question.objects.get(pk=phone.questions[name]).answers.count() for name in ("text", "choice", "scale")] == [
        1,
        1,
        1,
    ]
    assert "Delete all my answers" not in phone.client.get(f"/w/{phone.workshop.pk}/").content.decode()


def test_a_form_from_elsewhere_takes_nothing_back(phone: Phone) -> None:
    give(Question.objects.get(pk=phone.questions["text"]), "mine", phone.seat)
    response = phone.client.post(f"/w/{phone.workshop.pk}/answers/take-back/all/")
    assert response.status_code == 403
    assert words(phone) == ["mine"]
