"""Verbs about one question that is put to the room.

Each is one transaction: touch first, write, announce after commit.
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agenda import changes, clock, queries
from agenda import services as agenda
from agenda.models import User, Workshop
from agenda.services import Refused, Stale
from feedback import preparing, rounds, together
from feedback import services as feedback
from feedback.kinds import kinds
from feedback.models import Question
from feedback.preparing import Settings, Wanted

from . import picture
from .models import Stage
from .stage import turn_to

# How a question that nobody has prepared can be answered, and what is settled then.
QUICK = {kind.name: kind.quick for kind in kinds.values() if kind.quick}


@transaction.atomic
def ask_the_room(*, workshop: Workshop, question: Question, actor: User | None, expect: str | None = None) -> None:
    """Open a question and put it on every phone and the screen. One at a time: the one before it closes, unless it is
    a sheet or one of several that are open together. Those stay open beside it."""
    workshop.touch(phones=True)
    now = clock.now(workshop)
    question.refresh_from_db()
    if question.occasion == Question.Occasion.FEEDBACK:
        raise Refused(_("This question belongs to the feedback form. Open the form instead."))
    if question.occasion == Question.Occasion.FOLLOWUP:
        raise Refused(_("This question is asked by mail, six weeks after the day."))
    _check_live(workshop, expect)
    if together.is_open(question):
        raise Stale(_("The room is asked this already, together with others. Nothing was changed by this press."))
    put_to_the_room(workshop, question, actor=actor, now=now)
    changes.announce(workshop)


@transaction.atomic
def quick_question(*, workshop: Workshop, text: str, kind: str, question_id: uuid.UUID, actor: User | None) -> None:
    """Ask something nobody has prepared, in the item that is on. Twice under the same id is once."""
    workshop.touch(phones=True)
    live = _check_live(workshop, None)
    if Question.objects.filter(workshop=workshop, pk=question_id).exists():
        return
    settings = Settings(kind=kind, config=kinds[kind].settle(QUICK[kind].typed), hand="phones", mode="unlinked")
    wanted = Wanted(text=text, hint="", settings=settings)
    question = preparing.add(workshop=workshop, slot_key=live, question_id=question_id, wanted=wanted)
    put_to_the_room(workshop, question, actor=actor, now=clock.now(workshop))
    changes.announce(workshop)


@transaction.atomic
def ask_again(
    *, workshop: Workshop, question: Question, actor: User | None, round_id: uuid.UUID, expect: str | None = None
) -> None:
    """Put the same question to the room a second time, as a new one, so that both times can be compared."""
    workshop.touch(phones=True)
    question.refresh_from_db()
    _check_live(workshop, expect)
    again = rounds.repeat(question, round_id=round_id)
    if again.status in preparing.NOT_ASKED:
        put_to_the_room(workshop, again, actor=actor, now=clock.now(workshop))
    changes.announce(workshop)


def put_to_the_room(workshop: Workshop, question: Question, *, actor: User | None, now: datetime) -> None:
    """The same inside a press that does more. The caller has touched the workshop and announces."""
    one_at_a_time = _open(workshop).exclude(occasion=Question.Occasion.FLIPCHART).exclude(together=True)
    for other in one_at_a_time.exclude(pk=question.pk):
        feedback.close_to_room(other, now=now)
    feedback.open_to_room(question, now=now, counts_from=standing_since(workshop))
    turn_to(workshop, face=Stage.Face.QUESTION, question=question)
    _audit(workshop, actor, "question opened", question, now)


def open_with(workshop: Workshop, slot_key: str, *, actor: User | None, now: datetime) -> None:
    """Ask what was prepared to open with its item, if nobody was asked yet. The caller has touched the workshop."""
    waiting = (Question.Status.DRAFT, Question.Status.READY)
    prepared = Question.objects.filter(workshop=workshop, slot__key=slot_key, opens_with_item=True)
    question = prepared.filter(status__in=waiting).first()
    if question:
        put_to_the_room(workshop, question, actor=actor, now=now)


def take_back_openings(workshop: Workshop, *, past_or_live: set[str], now: datetime) -> None:
    """What opened with an item that is not there yet after all is ready again. The caller has touched the workshop."""
    for question in _open(workshop).filter(opens_with_item=True).exclude(slot__key__in=past_or_live):
        feedback.unask(question, now=now)


@transaction.atomic
def more_time(*, workshop: Workshop, question: Question, minutes: int) -> None:
    """Tell people that they have longer, also when their time is up."""
    workshop.touch(phones=True)
    question.refresh_from_db()
    now = standing_since(workshop) or clock.now(workshop)
    feedback.more_time(question, by=timedelta(minutes=minutes), now=now)
    changes.announce(workshop)


def standing_since(workshop: Workshop) -> datetime | None:
    """Since when the day's clock stands, if it does."""
    return queries.day(workshop).progress.held_since


def keep_time(workshop: Workshop, stood_since: datetime | None, *, at: datetime) -> None:
    """After a press, or the undoing of one that was made `at`: while the day's clock stood, theirs stood too.

    `stood_since` was read before it.
    """
    stands_since = standing_since(workshop)
    if stood_since and not stands_since:
        feedback.put_off(workshop, by=at - stood_since)
    if stands_since and not stood_since:
        feedback.put_off(workshop, by=stands_since - at)


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
    """Put what the desk sees at this moment on the screen and the phones, beside what was said the first time."""
    workshop.touch(phones=True)
    question.refresh_from_db()
    if question.status in {Question.Status.DRAFT, Question.Status.READY}:
        raise Refused(_("Ask the room first. There are no answers to show yet."))
    for each in _rounds(question):
        feedback.show(each)
        _audit(workshop, actor, "answers shown", each, clock.now(workshop))
    turn_to(workshop, face=Stage.Face.QUESTION, question=question)
    changes.announce(workshop)


@transaction.atomic
def hide_answers(*, workshop: Workshop, question: Question, actor: User | None) -> None:
    """Take the answers off every screen at once."""
    workshop.touch(phones=True)
    question.refresh_from_db()
    for each in _rounds(question):
        feedback.hide(each)
        picture.without_answers(workshop, each)
        _audit(workshop, actor, "answers hidden", each, clock.now(workshop))
    changes.announce(workshop)


@transaction.atomic
def set_hand(*, workshop: Workshop, question: Question, hand: str) -> None:
    """Change who writes, at any time: the room talks, or phones answer."""
    workshop.touch(phones=True)
    question.refresh_from_db()
    feedback.set_hand(question, hand)
    changes.announce(workshop)


def _open(workshop: Workshop) -> QuerySet[Question]:
    """What is asked in the room; the feedback form stays open beside it."""
    found = Question.objects.filter(workshop=workshop, status=Question.Status.OPEN)
    return found.exclude(occasion__in=[Question.Occasion.FEEDBACK, Question.Occasion.FOLLOWUP])


def _check_live(workshop: Workshop, expect: str | None) -> str:
    """The day runs, and still stands at the item that the person saw. Gives its key."""
    day = queries.day(workshop)
    live = day.progress.live
    if live is None:
        raise Refused(_("Start the day first. Questions are asked while the day runs."))
    if expect and expect != live:
        title = day.items[live].title
        raise Stale(_("The day has moved to “%(title)s”. Nothing was changed by this press.") % {"title": title})
    return live


def _rounds(question: Question) -> list[Question]:
    """The question, and the one it repeats: they are shown side by side."""
    return [question.again_of, question] if question.again_of else [question]


def _audit(workshop: Workshop, actor: User | None, kind: str, question: Question, now: datetime) -> None:
    count = question.answers.count()
    agenda.audit(kind=kind, at=now, workshop=workshop, user=actor, question=question.key, answers=count)
