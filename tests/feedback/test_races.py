"""Many phones at the same moment."""

import json
import uuid
from collections.abc import Callable

import pytest

from agenda.models import Attendee, Workshop
from agenda.services import Refused
from feedback import photos, survey_links
from feedback.models import PARKING_LOT, Answer, Question
from feedback.sheet_models import SheetPhoto
from sessions import sheets
from tests.at_once import at_once
from tests.cast import newcastle, phone_in
from tests.live import day

from .photos import real
from .room import new_question, opened, post_json, released, stored

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


def test_one_phone_that_sends_many_photos_at_once_has_no_more_of_them_than_it_may(question: Question) -> None:
    sheet = new_question(question.workshop, "sheet", occasion="flipchart", most_each=20)
    seat, twice = phone_in(question.workshop).seat, uuid.uuid4()

    def send(key: uuid.UUID) -> bool:
        given = {"question_id": sheet.pk, "data": real("PNG"), "table": "4", "seat": seat}
        try:
            photos.keep(workshop=Workshop.objects.get(pk=sheet.workshop_id), key=key, **given)
        except Refused:
            return False
        return True

    kept = at_once(*(lambda key=key: send(key) for key in [twice, twice, *(uuid.uuid4() for _ in range(8))]))
    assert SheetPhoto.objects.count() == photos.MOST_EACH
    repeats = SheetPhoto.objects.filter(pk=twice).count()
    assert sum(kept) == photos.MOST_EACH + repeats  # the same photo again is kept once, and both are told so


def test_a_personal_link_that_is_opened_twice_at_once_opens_one_seat(question: Question) -> None:
    [(_link, token)] = survey_links.make_links(workshop=question.workshop, labels=["Ann Ash"], actor=None)
    before = Attendee.objects.count()

    def follow() -> object:
        seat = survey_links.open_with(workshop=question.workshop, token=token, held=None)
        return seat and seat.attendee_id

    seats = at_once(*[follow] * 6)
    assert (len(set(seats)), Attendee.objects.count()) == (1, before + 1)


def test_desks_that_park_the_first_thing_at_once_make_one_lot(question: Question) -> None:
    day.begin(question.workshop)

    def park() -> object:
        return sheets.open_parking_lot(workshop=Workshop.objects.get(pk=question.workshop_id)).pk

    assert len(set(at_once(*[park] * 4))) == Question.objects.filter(key=PARKING_LOT).count() == 1
