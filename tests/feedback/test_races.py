"""Many phones at the same moment."""

import json
import uuid
from collections.abc import Callable

import pytest

from agenda.models import Workshop
from feedback.models import Answer, Question
from tests.at_once import at_once
from tests.cast import newcastle, phone_in

from .room import opened, post_json, released, stored

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 20


@pytest.fixture
def question(transactional_db: None) -> Question:
    return opened(newcastle(), "sum_insights")


def sender(question: Question, client: object, value: str, key: str, edit: int = 1) -> Callable[[], tuple[int, dict]]:
    body = {"key": key, "edit": edit, "question": str(question.pk), "value": value}

    def send() -> tuple[int, dict[str, object]]:
        reply = post_json(client, question.workshop_id, body)
        return reply.status_code, json.loads(reply.content)

    return send


def test_twenty_phones_at_once_are_all_acknowledged_and_stored(question: Question) -> None:
    keys = [str(uuid.uuid4()) for _ in range(PHONES)]
    phones = [phone_in(question.workshop).client for _ in range(PHONES)]
    before = Workshop.objects.get().rev
    replies = at_once(*(sender(question, phone, f"from {key}", key) for phone, key in zip(phones, keys, strict=True)))
    assert replies == [(200, {"key": key, "edit": 1, "late": False}) for key in keys]
    assert stored(question) == sorted(f"from {key}" for key in keys)
    assert {str(key) for key in Answer.objects.values_list("pk", flat=True)} == set(keys)
    assert len(released(question)) == PHONES - PHONES % 3
    assert Workshop.objects.get().rev == before + PHONES


def test_twenty_copies_of_one_answer_make_one_row(question: Question) -> None:
    client, key = phone_in(question.workshop).client, str(uuid.uuid4())
    replies = at_once(*(sender(question, client, "More buses", key) for _ in range(PHONES)))
    assert replies == [(200, {"key": key, "edit": 1, "late": False})] * PHONES
    assert stored(question) == ["More buses"]


def test_one_phone_with_twenty_keys_makes_one_row(question: Question) -> None:
    client = phone_in(question.workshop).client
    replies = at_once(*(sender(question, client, "More buses", str(uuid.uuid4())) for _ in range(PHONES)))
    assert {status for status, _ in replies} == {200}
    assert stored(question) == ["More buses"]


def test_of_edits_that_race_the_highest_stands_and_only_what_stands_is_called_saved(question: Question) -> None:
    client, key = phone_in(question.workshop).client, str(uuid.uuid4())
    edits = list(range(1, 11))
    replies = at_once(*(sender(question, client, f"edit {edit}", key, edit) for edit in edits))
    assert stored(question) == ["edit 10"]
    assert Answer.objects.get().edit == 10
    for edit, (status, said) in zip(edits, replies, strict=True):
        assert (status, said["key"]) == (200, key)
        assert edit <= said["edit"] <= 10


def test_of_two_pages_that_race_with_other_words_one_is_told_it_is_not_saved(question: Question) -> None:
    client = phone_in(question.workshop).client
    replies = at_once(*(sender(question, client, words, str(uuid.uuid4())) for words in ("left", "right")))
    saved = [words for words, (_, said) in zip(("left", "right"), replies, strict=True) if said["edit"] == 1]
    assert saved == stored(question)


def test_phones_that_send_the_same_key_leave_it_to_one_of_them(question: Question) -> None:
    phones, key = [phone_in(question.workshop).client for _ in range(5)], str(uuid.uuid4())
    replies = at_once(*(sender(question, phone, f"{number}", key) for number, phone in enumerate(phones)))
    assert sorted(status for status, _ in replies) == [200, 409, 409, 409, 409]
    [winner] = [f"{number}" for number, (status, _) in enumerate(replies) if status == 200]
    assert stored(question) == [winner]
