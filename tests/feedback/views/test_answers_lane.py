"""The fast lane: the same table of cases at a real server, stored by the one that writes answers down in groups."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import pytest
from django.utils import timezone

from agenda.models import Attendee, Workshop
from feedback.models import Answer, Question
from tests.cast import phone_in
from tests.feedback.room import released, stored
from tests.server import Server

from .doors import KEY, LanePhone, phone_and_questions, through_script
from .test_answers import SAME_AT_BOTH_DOORS, Case
from .test_answers_script import NO_ANSWERS, ONLY_JSON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(workshop: Workshop, server: Server) -> LanePhone:
    joined = phone_and_questions(workshop)
    return LanePhone(**{field.name: getattr(joined, field.name) for field in fields(joined)}, server=server)


@pytest.mark.parametrize("case", SAME_AT_BOTH_DOORS, ids=lambda case: case.name)
def test_the_fast_lane_stores_and_refuses_what_the_other_doors_do(phone: LanePhone, case: Case) -> None:
    reply = through_script(phone, case.sent(phone))
    assert (reply.status, reply.said[: len(case.said)]) == (case.status, case.said)
    assert list(Answer.objects.values_list("table", flat=True)) == [case.written_for] * len(case.stored)
    assert list(Answer.objects.values_list("value", flat=True)) == case.stored


def test_json_that_is_no_answer_is_refused_with_a_sentence(phone: LanePhone) -> None:
    for name, body in ONLY_JSON.items():
        found = json.dumps({"key": KEY, "edit": 1, "question": phone.questions["text"]}).encode()
        response = phone.by_script(found[:-1] + b", " + body[1:])
        assert (response.status_code in {400, 422}, name) == (True, name)
        assert json.loads(response.content)["message"].endswith((".", "lost."))
    assert not Answer.objects.exists()


def test_a_body_that_is_no_answer_is_refused_with_a_sentence(phone: LanePhone) -> None:
    for body, status in NO_ANSWERS:
        # Longer than an answer can be, it goes to Django, who asks for a token first.
        response = phone.by_script(body, X_CSRFToken=phone.token)
        assert (response.status_code, response["X-Live"], body[:9]) == (status, "1", body[:9])
        assert json.loads(response.content)["message"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "https://127.0.0.1"},
        {"X_Live": ""},
        {"X_Live": "0"},
        {"Content_Type": "text/plain"},
        {"Cookie": ""},
        {"Cookie": "seat=1; answers=2"},
    ],
    ids=str,
)
def test_what_does_not_come_from_our_own_page_in_a_seat_is_not_taken(phone: LanePhone, headers: dict[str, str]) -> None:
    sent = {"key": KEY, "edit": 1, "question": phone.questions["text"], "value": "Words"}
    if "Cookie" in headers:
        phone.client.cookies.clear()
    response = phone.by_script(sent, **headers)
    assert response.status_code == 403
    assert not Answer.objects.exists()


def test_a_seat_that_was_taken_away_hands_in_nothing_more(phone: LanePhone) -> None:
    sent = {"key": KEY, "edit": 1, "question": phone.questions["text"], "value": "Words"}
    assert phone.by_script(sent).status_code == 200
    Attendee.objects.filter(pk=phone.seat.attendee_id).update(revoked_at=timezone.now())
    phone.workshop.touch(phones=False)
    while (response := phone.by_script({**sent, "edit": 2}, X_CSRFToken=phone.token)).status_code == 200:
        sent["edit"] = 1  # until the server's next look at the seats; what came before it was still good
    assert (response.status_code, response["X-Live"]) == (404, "1")


def test_an_old_edit_after_a_newer_one_changes_nothing(phone: LanePhone) -> None:
    sent = {"key": KEY, "question": phone.questions["text"]}
    assert json.loads(phone.by_script({**sent, "edit": 2, "value": "newer"}).content)["edit"] == 2
    late = json.loads(phone.by_script({**sent, "edit": 1, "value": "older"}).content)
    assert late == {"key": KEY, "edit": 2, "late": False}
    assert stored(Question.objects.get(pk=sent["question"])) == ["newer"]


def test_forty_answers_at_once_are_each_stored_once_and_one_that_cannot_be_spoils_none(
    phone: LanePhone, workshop: Workshop
) -> None:
    question = Question.objects.get(pk=phone.questions["text"])
    taken = str(uuid.uuid4())
    phone.by_script({"key": taken, "edit": 1, "question": str(question.pk), "value": "first"})
    phones = [replace(phone, client=phone_in(workshop).client) for _ in range(41)]
    keys = [str(uuid.uuid4()) for _ in phones[1:]]

    def send(number: int) -> int:
        key = taken if number == 0 else keys[number - 1]
        body = {"key": key, "edit": 1, "question": str(question.pk), "value": f"words {number}"}
        return phones[number].by_script(body).status_code

    with ThreadPoolExecutor(20) as threads:
        statuses = list(threads.map(send, range(41)))
    assert statuses == [409] + [200] * 40
    assert stored(question) == sorted(["first", *(f"words {number}" for number in range(1, 41))])
    assert len(released(question)) >= 39
