"""What is left to do when the day is over, and who came."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from agenda.models import Attendee, Workshop
from feedback import next_day, parking, services, speaker_queue
from feedback.models import Answer
from feedback.queue_models import SpeakerQuestion

from .room import give
from .test_asking import ask, one


def seats(workshop: Workshop, n: int, **fields: object) -> None:
    Attendee.objects.bulk_create(Attendee(workshop=workshop, **fields) for _ in range(n))


def test_a_question_to_a_speaker_is_left_until_it_is_answered_hidden_or_dealt_with(talk: Workshop) -> None:
    for text in ("Waits", "Parked", "Answered", "Hidden", "By post"):
        ask(talk, text)
    for text, status in (("Parked", "parked"), ("Answered", "answered"), ("Hidden", "hidden"), ("By post", "parked")):
        speaker_queue.put(one(text), status)
    SpeakerQuestion.objects.filter(text="By post").update(dealt_with="The port answers by post")
    assert {row.text for row in next_day.next_day(talk).unanswered} == {"Waits", "Parked"}


def test_the_report_names_only_questions_that_the_room_has_seen(talk: Workshop) -> None:
    for text in ("Seen", "Held back"):
        ask(talk, text)
    SpeakerQuestion.objects.filter(text="Held back").update(approved=False)
    SpeakerQuestion.objects.filter(text="Seen").update(approved=True)
    assert list(next_day.left_open(talk).unanswered) == ["Seen"]


def test_the_parking_lot_has_what_nobody_has_dealt_with_and_each_thing_once(talk: Workshop) -> None:
    sheet = parking.made(talk, "intros")
    services.open_to_room(sheet, now=timezone.now())
    for words in ("The car park", "The lift"):
        give(sheet, words)
    ask(talk, "Parked question")
    speaker_queue.put(one("Parked question"), "parked")
    parking.deal_with(workshop=talk, parked_id=Answer.objects.get(value="The lift").pk, how="")
    left = next_day.next_day(talk)
    assert [row.text for row in left.parked] == ["The car park"]
    assert [row.text for row in left.unanswered] == ["Parked question"]


def test_who_came_is_counted_by_role_and_council(workshop: Workshop) -> None:
    seats(workshop, 3, role="councillor", council="Exampleshire")
    seats(workshop, 1, role="officer", council=" exampleshire ", name="Bo Birch")
    seats(workshop, 2, council="Otherton", device="none", name="Ann Ash")
    seats(workshop, 1, revoked_at=timezone.now(), name="Gone Early")
    seats(workshop, 4, arrived=False, name="Never Came", council="Awayton")
    came = next_day.came(workshop)
    assert came.n == 7
    assert came.roles == [("councillor", 3), ("officer", 1), ("not said", 3)]
    assert came.councils == [("Exampleshire", 4), ("Otherton", 2), ("not said", 1)]
    assert [person.name for person in came.people] == ["Ann Ash", "Ann Ash", "Bo Birch"]
    assert came.in_short.councils == 2


def test_asks_come_from_whoever_keeps_them(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_day, "_readers", [])
    assert next_day.next_day(workshop).asks == []
    next_day.read_asks_with(lambda there: [next_day.OpenAsk(f"A mentor for {there.slug}")])
    assert [ask.text for ask in next_day.next_day(workshop).asks] == ["A mentor for newcastle"]


def test_it_is_four_queries_whatever_there_is(
    talk: Workshop, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_day, "_readers", [])
    for text in ("One", "Two", "Three"):
        ask(talk, text)
        with django_assert_num_queries(4):
            next_day.next_day(talk)
