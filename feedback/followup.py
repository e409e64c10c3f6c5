"""Six weeks later: four questions to those who asked for them, by a private link that opens their seat.

What they say is kept with the name, since it follows from what they said they would do; the facilitator alone reads
the name.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from agenda import changes, clock
from agenda.chapter import current_plan
from agenda.models import Workshop
from agenda.seat import Seat, new_secret

from . import bank, letters, offering, preparing, services
from .letter_models import Letter
from .models import Question
from .preparing import NOT_ASKED
from .queries import Heard
from .survey_links import hash_of

FOLLOWUP = Question.Occasion.FOLLOWUP


def questions(workshop: Workshop) -> QuerySet[Question]:
    return Question.objects.filter(workshop=workshop, occasion=FOLLOWUP)


def is_open(workshop: Workshop) -> bool:
    return any(question.takes_answers for question in questions(workshop))


def open_when_due(workshop: Workshop) -> None:
    """The first mail opens the questions: those that were prepared, or the usual four. Twice is once."""
    if not is_open(workshop):
        _open(workshop)


@transaction.atomic
def _open(workshop: Workshop) -> None:
    workshop.touch(phones=False)
    slots = (current_plan(workshop) or {"slots": []})["slots"]
    if slots and not questions(workshop).exists():
        for ready in bank.on_offer().values():
            if ready.occasion == FOLLOWUP:
                preparing.put(workshop, slots[-1]["key"], uuid.uuid4(), offering.wanted(ready))
    for question in questions(workshop).filter(status__in=NOT_ASKED):
        services.open_to_room(question, now=clock.now(workshop))
    changes.announce(workshop)


@dataclass(frozen=True)
class Told:
    """Of `n` who were asked six weeks later, `m` have said how it went. `m` counts those of the question that most of
    them answered."""

    m: int
    n: int


def told(workshop: Workshop, heard: Iterable[Heard]) -> Told | None:
    """None before anybody was asked. For everybody with a role; who they are is not in it."""
    counts = [said.asked.count for one in heard for said in one.said if said.asked.question.occasion == FOLLOWUP]
    return Told(max(counts), letters.followups_sent(workshop)) if counts else None


def find(token: str) -> Letter | None:
    """The mail with this private link. Finding it opens nothing but the page with a button."""
    found = Letter.objects.filter(token_hash=hash_of(token), attendee__revoked_at=None)
    return found.select_related("attendee__workshop").first()


def seat_of(letter: Letter, held: Seat | None) -> Seat:
    """That person's. A phone that has a seat already keeps its secret, so that it finds what it said."""
    return Seat(letter.attendee_id, held.secret if held else new_secret())
