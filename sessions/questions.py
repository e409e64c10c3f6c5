"""Verbs about one question that is put to the room.

Each is one transaction: touch first, write, announce after commit.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes, clock, queries
from agenda import services as agenda
from agenda.models import User, Workshop
from agenda.services import Refused, Stale
from feedback import services as feedback
from feedback.models import Question

from . import picture
from .models import Stage
from .stage import turn_to


@transaction.atomic
def ask_the_room(*, workshop: Workshop, question: Question, actor: User | None, expect: str | None = None) -> None:
    """Open a question and put it on every phone and the screen. One at a time: the one before it closes."""
    workshop.touch(phones=True)
    now = clock.now(workshop)
    question.refresh_from_db()
    _check_live(workshop, expect)
    for other in Question.objects.filter(workshop=workshop).filter(status=Question.Status.OPEN).exclude(pk=question.pk):
        feedback.close_to_room(other, now=now)
    feedback.open_to_room(question, now=now)
    turn_to(workshop, face=Stage.Face.QUESTION, question=question)
    _audit(workshop, actor, "question opened", question, now)
    changes.announce(workshop)


@transaction.atomic
def close(*, workshop: Workshop, question: Question, actor: User | None) -> None:
    """Close a question. Whoever is still writing may still send."""
    workshop.touch(phones=True)
    now = clock.now(workshop)
    question.refresh_from_db()
    feedback.close_to_room(question, now=now)
    _audit(workshop, actor, "question closed", question, now)
    changes.announce(workshop)


@transaction.atomic
def show_answers(*, workshop: Workshop, question: Question, actor: User | None) -> None:
    """Put what the desk sees at this moment on the screen and the phones."""
    workshop.touch(phones=True)
    question.refresh_from_db()
    if question.status in {Question.Status.DRAFT, Question.Status.READY}:
        raise Refused(_("Ask the room first. There are no answers to show yet."))
    feedback.show(question)
    turn_to(workshop, face=Stage.Face.QUESTION, question=question)
    _audit(workshop, actor, "answers shown", question, clock.now(workshop))
    changes.announce(workshop)


@transaction.atomic
def hide_answers(*, workshop: Workshop, question: Question, actor: User | None) -> None:
    """Take the answers off every screen at once."""
    workshop.touch(phones=True)
    question.refresh_from_db()
    feedback.hide(question)
    picture.without_answers(workshop, question)
    _audit(workshop, actor, "answers hidden", question, clock.now(workshop))
    changes.announce(workshop)


@transaction.atomic
def set_hand(*, workshop: Workshop, question: Question, hand: str) -> None:
    """Change who writes, at any time: the room talks, or phones answer."""
    workshop.touch(phones=True)
    question.refresh_from_db()
    feedback.set_hand(question, hand)
    changes.announce(workshop)


def _check_live(workshop: Workshop, expect: str | None) -> None:
    """The day runs, and still stands at the item that the person saw."""
    day = queries.day(workshop)
    live = day.progress.live
    if live is None:
        raise Refused(_("Start the day first. Questions are asked while the day runs."))
    if expect and expect != live:
        title = day.items[live].title
        raise Stale(_("The day has moved to “%(title)s”. Nothing was changed by this press.") % {"title": title})


def _audit(workshop: Workshop, actor: User | None, kind: str, question: Question, now: datetime) -> None:
    count = question.answers.count()
    agenda.audit(kind=kind, at=now, workshop=workshop, user=actor, question=question.key, answers=count)
