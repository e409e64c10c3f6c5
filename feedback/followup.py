"""Six weeks later: four questions to those who asked for them, by a private link that opens their seat.

What they say is kept with the name, since it follows from what they said they would do; the facilitator alone reads
the name.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, QuerySet

from agenda import changes, clock
from agenda.chapter import current_plan
from agenda.models import Workshop
from agenda.seat import Seat, new_secret

from . import bank, letters, offering, preparing, services
from .letter_models import Letter
from .letters import State
from .models import Answer, Question
from .preparing import NOT_ASKED
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
    them answered. `waits`: mails that are still to go, from `due` on; `failed`: that did not arrive."""

    m: int
    n: int
    waits: int
    failed: int
    due: date


def told(workshop: Workshop) -> Told | None:
    """None where nobody asked for it. One query, or two. For everybody with a role; who they are is not in it."""
    mails = letters.followups(workshop)
    sent, waits = mails[State.SENT], mails[State.WAITS]
    failed = mails[State.REFUSED] + mails[State.GIVEN_UP]
    if not (sent or waits or failed):
        return None
    answers = Answer.objects.filter(question__workshop=workshop, question__occasion=FOLLOWUP)
    counts = answers.order_by().values("question").annotate(n=Count("pk")).values_list("n", flat=True)
    said = min(max(counts, default=0), sent)  # whoever has left takes the mail along
    return Told(said, sent, waits, failed, letters.followup_at(workshop).date())


def find(token: str) -> Letter | None:
    """The mail with this private link. Finding it opens nothing but the page with a button."""
    found = Letter.objects.filter(token_hash=hash_of(token), attendee__revoked_at=None)
    return found.select_related("attendee__workshop").first()


def seat_of(letter: Letter, held: Seat | None) -> Seat:
    """That person's. A phone that has a seat already keeps its secret, so that it finds what it said."""
    return Seat(letter.attendee_id, held.secret if held else new_secret())
