"""A room in which somebody asks for something, and phones that can help."""

import uuid
from typing import Any

from django.db.models import F

from agenda.models import Workshop
from agenda.seat import Seat
from feedback import asks, connecting, in_touch, services
from feedback.connecting import Contact
from feedback.connection_models import Connection
from feedback.models import Answer, Question

from .room import give, new_question, seat_in

ANN, BEN = Contact("Ann Ash", "ann@council.example"), Contact("Ben Birch", "0191 498 0000")
WORDS = "Who maps drains?"


def ask(workshop: Workshop, seat: Seat, words: str = WORDS, **fields: Any) -> Answer:
    """What somebody asks, with two others that the room sees beside it."""
    fields = {"kind": "ask", "config": {"offers": False}, "mode": "unlinked", "approval": False} | fields
    question = new_question(workshop, f"asks_{uuid.uuid4().hex[:8]}", **fields)
    receipt = give(question, words, seat)
    for other in ("Who shares a data officer?", "Who has a digital board?"):
        give(question, other)
    services.show(question)
    return Answer.objects.select_related("question").get(pk=receipt.key)


def can_help(answer: Answer, seat: Seat, *, on: bool = True) -> Connection | None:
    """A phone presses "I can help", or takes that back."""
    workshop = Workshop.objects.get(pk=answer.question.workshop_id)
    connecting.can_help(workshop=workshop, seat=seat, ask=asks.public_id(answer.pk), on=on)
    return connecting.offer_of(answer, seat)


def offered(answer: Answer, seat: Seat | None = None) -> tuple[Seat, Connection]:
    """Somebody who can help, and the row of it."""
    seat = seat or seat_in(answer.question.workshop)
    row = can_help(answer, seat)
    assert row
    return seat, row


def helper_agrees(answer: Answer, seat: Seat, contact: Contact = BEN) -> bool:
    workshop = Workshop.objects.get(pk=answer.question.workshop_id)
    return connecting.agree_as_helper(workshop=workshop, seat=seat, ask=asks.public_id(answer.pk), contact=contact)


def asker_agrees(answer: Answer, seat: Seat, *offers: uuid.UUID, contact: Contact = ANN) -> int:
    """To those named, or to all there are."""
    workshop = Workshop.objects.get(pk=answer.question.workshop_id)
    named = offers or tuple(Connection.objects.filter(answer=answer).values_list("pk", flat=True))
    which = {"question_id": answer.question_id, "nth": answer.nth, "offers": named}
    return connecting.agree_as_asker(workshop=workshop, seat=seat, contact=contact, **which)  # type: ignore[arg-type]


def connected(workshop: Workshop, asker: Seat, **fields: Any) -> tuple[Answer, Seat, Connection]:
    """Two who have both said yes."""
    answer = ask(workshop, asker, **fields)
    helper, row = offered(answer)
    helper_agrees(answer, helper)
    asker_agrees(answer, asker)
    row.refresh_from_db()
    return answer, helper, row


def contacts(workshop: Workshop, seat: Seat) -> list[tuple[str, str]]:
    """Whom a phone is in touch with."""
    return [(one.name, one.reach) for one in in_touch.mine(workshop, seat).made]


def everything_of_connections() -> str:
    """All that is stored of them."""
    return repr(list(Connection.objects.values()))


def reopen(question: Question) -> None:
    """As if it was shown a second time."""
    Question.objects.filter(pk=question.pk).update(shown=True)
    question.answers.update(shown_value=F("released_value"))
