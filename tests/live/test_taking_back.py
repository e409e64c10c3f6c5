"""What somebody takes back is gone from every page within a frame, from a frozen screen as well."""

import pytest
from channels.db import database_sync_to_async as in_database

from agenda.models import Workshop
from agenda.seat import Seat
from feedback.models import Answer, Question
from feedback.taking_back import take_back
from sessions import questions, staging
from tests.cast import Cast
from tests.feedback.room import give, seat_in
from tests.server import Server

from . import day
from .sockets import page
from .test_picture import bytes_of

WORDS = ("heron", "otter", "badger")


def shown(workshop: Workshop) -> dict[str, Seat]:
    """Three answers on screen and phones; whose each is."""
    day.begin(workshop)
    question = day.ask(workshop, "lunch_new")
    seats = {word: seat_in(workshop) for word in WORDS}
    for word, seat in seats.items():
        give(question, word, seat)
    questions.show_answers(workshop=workshop, question=question, actor=None)
    return seats


def take(workshop: Workshop, seat: Seat) -> None:
    question = Question.objects.get(workshop=workshop, key="lunch_new")
    answer = question.answers.get(value="otter")
    take_back(workshop=workshop, seat=seat, question_id=question.pk, key=answer.pk)


@pytest.mark.django_db(transaction=True)
async def test_screen_phones_and_desk_lose_it_with_the_next_frame(cast: Cast, server: Server) -> None:
    seats = await in_database(shown)(cast.workshop)
    async with (
        page(server, cast.workshop, "phone", cast.attendee) as phone,
        page(server, cast.workshop, "screen", cast.viewer) as screen,
        page(server, cast.workshop, "desk", cast.facilitator) as desk,
    ):
        for one in (phone, screen, desk):
            await one.hear_state("otter")
        await in_database(take)(cast.workshop, seats["otter"])
        for one in (phone, screen, desk):
            after = str((await one.hear("state"))["regions"])
            assert "otter" not in after
            assert "heron" in after


@pytest.mark.django_db
def test_a_frozen_screen_loses_it_too(workshop: Workshop) -> None:
    seats = shown(workshop)
    staging.freeze(workshop=workshop, on=True)
    assert "otter" in bytes_of(workshop)
    take(workshop, seats["otter"])
    assert Answer.objects.count() == 2
    picture = bytes_of(workshop)
    assert "otter" not in picture
    assert "heron" in picture
