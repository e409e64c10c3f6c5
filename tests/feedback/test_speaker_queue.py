"""The queue as it is read: what is answered now on top, then by votes; to each face what it may see."""

import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda.models import Workshop
from agenda.seat import Seat, new_secret
from agenda.services import Refused
from feedback import asking, services, speaker_queue
from feedback.queue_models import SpeakerQuestion, Vote
from feedback.speaker_queue import Queued, first, listed, queued
from feedback.word_list import WordList

from .conftest import TALK
from .room import seat_in
from .test_asking import ask, crowd, one


def vote(workshop: Workshop, text: str, times: int) -> None:
    for _ in range(times):
        asking.me_too(workshop=workshop, seat=seat_in(workshop), question_id=one(text).pk, on=True)


@pytest.fixture
def queue(talk: Workshop) -> Workshop:
    for text, votes in (("one", 1), ("three", 3), ("none", 0), ("two", 2), ("four", 4)):
        ask(talk, text)
        vote(talk, text, votes)
    return talk


def order(rows: list[Queued]) -> list[str]:
    return [row.text for row in rows]


def test_screen_and_speaker_read_three_most_votes_first_and_what_is_answered_on_top(queue: Workshop) -> None:
    assert order(first(queued(queue))) == ["four", "three", "two"]
    speaker_queue.take(one("none"))
    assert order(first(queued(queue))) == ["none", "four", "three"]
    speaker_queue.take(one("two"))  # one at a time
    assert order(first(queued(queue))) == ["two", "four", "three"]
    for text, status in (("two", "answered"), ("four", "parked"), ("three", "hidden")):
        speaker_queue.put(one(text), status)
    assert order(first(queued(queue))) == ["one", "none"]
    speaker_queue.put(one("four"), "waiting")
    assert order(first(queued(queue))) == ["four", "one", "none"]


def test_phones_read_an_order_that_no_vote_changes(queue: Workshop) -> None:
    before = order(listed(queued(queue)))
    assert sorted(before) == ["four", "none", "one", "three", "two"]
    vote(queue, before[-1], 5)
    assert order(listed(queued(queue))) == before
    speaker_queue.take(one(before[2]))
    assert order(listed(queued(queue)))[0] == before[2]


def test_what_waits_for_the_desk_is_seen_by_the_desk_alone_until_it_is_let_through_or_taken(
    talk: Workshop,
) -> None:
    crowd(talk)
    for text in ("A", "B"):
        ask(talk, text)
    assert (len(queued(talk)), first(queued(talk)), listed(queued(talk))) == (2, [], [])
    speaker_queue.approve(one("A"))
    speaker_queue.take(one("B"))
    assert order(first(queued(talk))) == ["B", "A"]


@pytest.mark.parametrize("press", [speaker_queue.take, speaker_queue.approve])
def test_what_has_left_the_queue_is_not_taken(queue: Workshop, press: object) -> None:
    speaker_queue.put(one("two"), "parked")
    with pytest.raises(Refused, match="Put it back first"):
        press(one("two"))  # type: ignore[operator]


def test_a_phone_finds_its_own_and_only_its_own(talk: Workshop) -> None:
    seat, other, key = seat_in(talk), seat_in(talk), uuid.uuid4()
    ask(talk, "Mine", seat, key=key)
    ask(talk, "Theirs", other)
    asking.me_too(workshop=talk, seat=seat, question_id=one("Theirs").pk, on=True)
    mine = {"key": str(key), "edit": 1, "value": "Mine", "state": "seen"}
    assert speaker_queue.mine(talk, seat) == {"own": {TALK: mine}, "votes": [str(one("Theirs").pk)]}
    assert speaker_queue.mine(talk, seat_in(talk)) == {"own": {}, "votes": []}
    states = []
    for status in ("answered", "parked", "hidden"):
        speaker_queue.put(one("Mine"), status)
        states.append(speaker_queue.mine(talk, seat)["own"][TALK]["state"])
    assert states == ["answered", "away", "away"]  # nobody is told that the room must not see it


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_costs_the_same_for_one_and_for_three(
    talk: Workshop,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    for number in range(rows):
        ask(talk, f"{number}")
        vote(talk, f"{number}", rows)
    with django_assert_num_queries(1):
        assert len(queued(talk)) == rows
    with django_assert_num_queries(2):
        speaker_queue.mine(talk, Seat(uuid.uuid4(), new_secret()))


def test_the_desk_is_told_of_a_word_of_its_list(queue: Workshop) -> None:
    held = {row.text: row.held for row in queued(queue, WordList(["Two"]))}
    assert held == {"one": (), "two": ("Two",), "three": (), "none": (), "four": ()}


def test_what_was_hidden_is_in_no_summary(queue: Workshop) -> None:
    speaker_queue.put(one("three"), "hidden")
    speaker_queue.put(one("two"), "parked")
    assert order(speaker_queue.by_item(queued(queue))[TALK]) == ["four", "two", "one", "none"]


def test_beginning_again_wipes_questions_and_votes(queue: Workshop) -> None:
    assert Vote.objects.exists()
    services.begin_again(queue)
    assert (SpeakerQuestion.objects.count(), Vote.objects.count()) == (0, 0)
