"""Verbs that write questions. Each raises `Refused` with a sentence for the person who asked.

The caller of every verb has touched the workshop. How answers come in is in handing_in.py.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from agenda import changes, clock
from agenda import queries as agenda
from agenda.models import Attendee, Workshop
from agenda.services import Refused

from . import report_keeping, theme_keeping
from .connection_models import Connection
from .counting import count_anew
from .erasing import leave_to_sweep
from .kinds import kinds
from .letter_models import Letter
from .models import Answer, Count, Keeping, Note, Question, ShowOfHands, TakenBack
from .queue_models import SpeakerQuestion
from .releasing import release
from .sheet_models import SheetPhoto
from .survey_models import PersonalLink

MOST_UNAPPROVED = 60  # seats in the room; with more, somebody reads an answer before everybody does


def keeping(workshop: Workshop) -> Keeping:
    """How long its words are kept; as is usual where nobody has said."""
    return Keeping.objects.filter(workshop=workshop).first() or Keeping(workshop=workshop)


def open_for(workshop: Workshop) -> timedelta:
    """How long after the close of the day feedback stays open, and answers can be changed."""
    return timedelta(days=keeping(workshop).open_days)


def ready(question: Question) -> None:
    """Next in line: the desk offers it first. Nobody is asked yet."""
    if question.status == Question.Status.DRAFT:
        question.status = Question.Status.READY
        question.save(update_fields=["status"])


def open_to_room(
    question: Question, *, now: datetime, counts_from: datetime | None = None, together: bool = False
) -> None:
    """Put it to the room; asked before, it is opened again and keeps its answers. Its minutes count from `now`, or
    from when the day's clock began to stand; asked together with others it has none."""
    if question.sealed_at:
        raise Refused(_("Names were taken off these answers for good, so this question cannot be opened again."))
    if question.status == Question.Status.CLOSED and question.occasion != Question.Occasion.SURVEY:
        raise Refused(_("The day is closed, so this question cannot be opened again."))
    question.status = Question.Status.OPEN
    question.opened_at = question.opened_at or now
    question.closed_at = None
    question.times_asked += 1
    question.together = together
    minutes = not together and question.minutes and timedelta(minutes=question.minutes)
    question.time_up_at = (counts_from or now) + minutes if minutes else None
    question.save(update_fields=["status", "opened_at", "closed_at", "times_asked", "together", "time_up_at"])
    if question.occasion != Question.Occasion.SURVEY or question.mode == Question.Mode.NAMED:
        settle_approval(question)  # else the start of the day does: before it, nobody is in the room
    if question.showing == Question.Showing.LIVE:
        show(question)


def settle_approval(question: Question) -> None:
    """Whether the room sees approved answers only, where nobody has said: as is usual for its mode and the room. To
    what was asked before the day belongs whoever has answered then."""
    if question.approval is None:
        seats = agenda.here(question.workshop).count()
        if question.occasion == Question.Occasion.SURVEY:
            seats = Attendee.objects.filter(workshop=question.workshop_id, revoked_at=None).count()
        is_usual = question.mode == Question.Mode.NAMED or seats > MOST_UNAPPROVED
        question.approval, question.approval_as_usual = kinds[question.kind].is_read and is_usual, True
        question.save(update_fields=["approval", "approval_as_usual"])
        if question.approval:
            question.answers.filter(approved=False).update(shown_value=None)
        count_anew(question)


def unask(question: Question, *, now: datetime) -> None:
    """It was opened too early and is ready again; where somebody has answered already, it is closed instead."""
    if question.answers.exists():
        close_to_room(question, now=now)
        return
    question.times_asked -= 1
    question.status, question.shown, question.time_up_at = Question.Status.READY, False, None
    question.opened_at = question.opened_at if question.times_asked else None
    question.together = False
    question.save(update_fields=["status", "shown", "time_up_at", "opened_at", "times_asked", "together"])


def more_time(question: Question, *, by: timedelta, now: datetime) -> None:
    """So much longer, from now on if its time was up. It never ends anything by itself."""
    if question.status != Question.Status.OPEN:
        raise Refused(_("This question is closed. Open it again to give people time."))
    question.time_up_at = max(now, question.time_up_at or now) + by
    question.save(update_fields=["time_up_at"])


def put_off(workshop: Workshop, *, by: timedelta) -> None:
    """The day's clock stood: nobody who is writing loses time by it."""
    timed = Question.objects.filter(workshop=workshop, status=Question.Status.OPEN, time_up_at__isnull=False)
    timed.update(time_up_at=F("time_up_at") + by)


def close_to_room(question: Question, *, now: datetime) -> None:
    """Time is up. Whoever is still writing may still send; the first time all that was said is released."""
    if question.status == Question.Status.OPEN:
        question.status = Question.Status.CLOSING
        question.closed_at = now
        question.save(update_fields=["status", "closed_at"])
        # Asked again and closed again, a question must not hand its answers out one by one.
        release(question, all_of_them=question.is_linked or question.times_asked <= 1)


def close_for_good(questions: QuerySet[Question], *, now: datetime) -> None:
    """These take no more answers, and what still waits is released."""
    for question in questions.filter(status__in=[Question.Status.OPEN, Question.Status.CLOSING]):
        close_to_room(question, now=now)
        release(question, all_of_them=True)
        question.status = Question.Status.CLOSED
        question.save(update_fields=["status"])


def close_feedback_when_due(workshop: Workshop) -> None:
    """Feedback stays open some days after the close of the day; the first reader after that closes it for good."""
    late = Question.objects.filter(workshop=workshop, status=Question.Status.CLOSING)
    if not late.exists():
        return
    finished_at = agenda.day(workshop).progress.finished_at
    now = clock.now(workshop)
    if finished_at and now >= finished_at + open_for(workshop):
        with transaction.atomic():
            workshop.touch(phones=True)
            close_for_good(late, now=now)
            changes.announce(workshop)


def show(question: Question) -> None:
    """Let the room see what the desk sees at this moment. Later answers wait for the next press, or come by
    themselves where answers are shown live."""
    if question.showing == Question.Showing.NEVER:
        raise Refused(_("This question was prepared so that its answers are never shown. The summary has them."))
    question.shown = True
    question.save(update_fields=["shown"])
    fit = question.answers.filter(released_value__isnull=False, hidden=False)
    if question.approval:
        fit = fit.filter(approved=True)
    fit.update(shown_value=F("released_value"))
    count_anew(question)


def hide(question: Question) -> None:
    """Take the answers off every screen at once."""
    question.shown = False
    question.save(update_fields=["shown"])
    question.answers.update(shown_value=None)
    count_anew(question)


def pause_live(question: Question) -> None:
    """Answers wait for a press until `resume_live`, instead of being shown as they come."""
    question.showing = Question.Showing.PRESS
    question.save(update_fields=["showing"])


def resume_live(question: Question) -> None:
    """They are shown as they come again, with those that came meanwhile, unless the desk has hidden them all."""
    question.showing = Question.Showing.LIVE
    question.save(update_fields=["showing"])
    if question.shown:
        show(question)


def set_hand(question: Question, hand: str) -> None:
    """Who writes: nobody (the room talks), or everybody on their phones."""
    question.hand = Question.Hand(hand)
    question.save(update_fields=["hand"])


def begin_again(workshop: Workshop) -> None:
    """Wipe what was said in a rehearsal; the questions are as if nobody had asked them."""
    theme_keeping.forget(workshop)
    Connection.objects.filter(workshop=workshop).delete()
    report_keeping.forget(workshop)
    Answer.objects.filter(question__workshop=workshop).delete()
    Count.objects.filter(question__workshop=workshop).delete()
    Note.objects.filter(workshop=workshop).delete()
    TakenBack.objects.filter(workshop=workshop).delete()
    ShowOfHands.objects.filter(question__workshop=workshop).delete()
    SpeakerQuestion.objects.filter(workshop=workshop).delete()
    PersonalLink.objects.filter(workshop=workshop).update(replied=False)
    Letter.objects.filter(attendee__workshop=workshop).delete()
    SheetPhoto.objects.filter(question__workshop=workshop).delete()
    fresh = {"status": Question.Status.DRAFT, "shown": False, "opened_at": None, "closed_at": None, "times_asked": 0}
    fresh |= {"time_up_at": None, "sealed_at": None, "together": False}
    questions = Question.objects.filter(workshop=workshop)
    questions.update(**fresh)
    questions.filter(approval_as_usual=True).update(approval=None, approval_as_usual=False)
    leave_to_sweep(workshop)
