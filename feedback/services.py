"""Verbs that write questions and answers. Each raises `Refused` with a sentence for the person who asked.

The caller of every verb on a question has touched the workshop; `hand_in` does so itself.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from agenda import changes, clock
from agenda import queries as agenda
from agenda.models import Workshop
from agenda.seat import Seat
from agenda.services import Refused

from . import confidentiality
from .kinds import kinds
from .models import Answer, Question

FEEDBACK_OPEN = timedelta(days=3)


class Closed(Refused):
    """The day no longer takes answers to this question; what was written stays with the person who wrote it."""


@dataclass(frozen=True)
class Receipt:
    """What a phone is told once its answer is committed.

    `edit` is the one it sent, or a higher one where another answer of this phone stands and this one was not taken.
    """

    key: uuid.UUID
    edit: int
    late: bool


def hand_in(
    *, workshop: Workshop, seat: Seat, question_id: uuid.UUID, key: uuid.UUID, edit: int, raw: object
) -> Receipt:
    """Store one answer, or a newer edit of it. Handing the same one in again is harmless.

    An answer not kept with a name is written in a transaction that writes nothing that leads to a seat.
    """
    question = _put_to_the_room(workshop, question_id)
    value = kinds[question.kind].validate(question.config, raw)
    with transaction.atomic():
        workshop.touch(phones=False)
        question = _put_to_the_room(workshop, question_id)
        if not question.takes_answers:
            raise Closed(_("This question takes no more answers. What you wrote is still here for you to copy."))
        today = clock.now(workshop).astimezone(ZoneInfo(workshop.time_zone)).date()
        answer = _store(question, seat, key, edit, value, today)
        _release(question, all_of_them=question.is_linked)
        changes.announce(workshop)
    # Two pages of one phone may use the same number for different words; only one of them may say "Saved".
    stands = answer.edit if answer.value == value else max(answer.edit, edit + 1)
    return Receipt(key, stands, question.status == Question.Status.CLOSING)


def _put_to_the_room(workshop: Workshop, question_id: uuid.UUID) -> Question:
    question = Question.objects.filter(pk=question_id, workshop=workshop).exclude(status=Question.Status.DRAFT).first()
    if question is None:
        raise Closed(_("This question is not part of the day any more. What you wrote is still here for you to copy."))
    return question


def _store(question: Question, seat: Seat, key: uuid.UUID, edit: int, value: object, today: date) -> Answer:
    mine = whose(question, seat)
    answer = Answer.objects.filter(Q(**mine), question=question).first()
    if answer is None:
        if Answer.objects.filter(pk=key).exists():
            raise Refused(
                _("This could not be saved from this page. Copy what you wrote, open the day in a new tab and send it.")
            )
        day = None if question.occasion == Question.Occasion.SURVEY else today
        late = question.is_linked and question.status == Question.Status.CLOSING
        return Answer.objects.create(
            id=key, question=question, edit=edit, value=value, answered_on=day, is_late=late, **mine
        )
    if edit > answer.edit:
        answer.edit, answer.value = edit, value
        answer.save(update_fields=["edit", "value"])
    return answer


def whose(question: Question, seat: Seat) -> dict[str, object]:
    """The one field that says whose answer it is: a seat where names are kept, otherwise a respondent."""
    if question.is_linked:
        return {"attendee_id": seat.attendee_id}
    bundle = confidentiality.bundle_key(question.bundle, str(question.pk), question.occasion)
    return {"respondent": confidentiality.respondent(seat.secret, question.workshop_id, bundle)}


def _release(question: Question, *, all_of_them: bool) -> None:
    """Let the desk see what it may: three or more new answers at once, or all of them."""
    waiting: QuerySet[Answer] = question.answers.filter(Q(released_value__isnull=True) | ~Q(released_value=F("value")))
    if confidentiality.ready_for_release(waiting.count(), open_=not all_of_them):
        waiting.update(released_value=F("value"))


def ready(question: Question) -> None:
    """Next in line: the desk offers it first. Nobody is asked yet."""
    if question.status == Question.Status.DRAFT:
        question.status = Question.Status.READY
        question.save(update_fields=["status"])


def open_to_room(question: Question, *, now: datetime) -> None:
    """Put it to the room; asked before, it is opened again and keeps its answers."""
    if question.status == Question.Status.CLOSED:
        raise Refused(_("The day is closed, so this question cannot be opened again."))
    question.status = Question.Status.OPEN
    question.opened_at = question.opened_at or now
    question.closed_at = None
    question.times_asked += 1
    question.save(update_fields=["status", "opened_at", "closed_at", "times_asked"])


def close_to_room(question: Question, *, now: datetime) -> None:
    """Time is up. Whoever is still writing may still send; the first time all that was said is released."""
    if question.status == Question.Status.OPEN:
        question.status = Question.Status.CLOSING
        question.closed_at = now
        question.save(update_fields=["status", "closed_at"])
        # Asked again and closed again, a question must not hand its answers out one by one.
        _release(question, all_of_them=question.is_linked or question.times_asked <= 1)


def close_for_good(questions: QuerySet[Question], *, now: datetime) -> None:
    """These take no more answers, and what still waits is released."""
    for question in questions.filter(status__in=[Question.Status.OPEN, Question.Status.CLOSING]):
        close_to_room(question, now=now)
        _release(question, all_of_them=True)
        question.status = Question.Status.CLOSED
        question.save(update_fields=["status"])


def close_feedback_when_due(workshop: Workshop) -> None:
    """Feedback stays open three days after the close of the day; the first reader after that closes it for good."""
    late = Question.objects.filter(workshop=workshop, status=Question.Status.CLOSING)
    if not late.exists():
        return
    finished_at = agenda.day(workshop).progress.finished_at
    now = clock.now(workshop)
    if finished_at and now >= finished_at + FEEDBACK_OPEN:
        with transaction.atomic():
            workshop.touch(phones=True)
            close_for_good(late, now=now)
            changes.announce(workshop)


def show(question: Question) -> None:
    """Let the room see what the desk sees at this moment. Later answers wait for the next press."""
    question.shown = True
    question.save(update_fields=["shown"])
    question.answers.filter(released_value__isnull=False).update(shown_value=F("released_value"))


def hide(question: Question) -> None:
    """Take the answers off every screen at once."""
    question.shown = False
    question.save(update_fields=["shown"])
    question.answers.update(shown_value=None)


def set_hand(question: Question, hand: str) -> None:
    """Who writes: nobody (the room talks), or everybody on their phones."""
    question.hand = Question.Hand(hand)
    question.save(update_fields=["hand"])


def begin_again(workshop: Workshop) -> None:
    """Wipe what was said in a rehearsal; the questions are as if nobody had asked them."""
    Answer.objects.filter(question__workshop=workshop).delete()
    fresh = {"status": Question.Status.DRAFT, "shown": False, "opened_at": None, "closed_at": None, "times_asked": 0}
    Question.objects.filter(workshop=workshop).update(**fresh)
