"""Verbs of the room; those about one question are in questions.py.

Each is one transaction: touch first, write, announce after commit.
"""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda import changes, clock, presses, queries
from agenda import services as agenda
from agenda.models import Attendee, User, Workshop
from agenda.services import Refused
from agenda.timing import Event, Schedule
from feedback import services as feedback
from feedback import survey
from feedback.kinds import only_for_their_author
from feedback.models import Question

from . import asking_together, feedback_form, picture, questions
from .call_models import Call
from .models import Agreement, PairedScreen, Stage
from .stage import turn_to

PAIRING_LIFE = timedelta(minutes=10)
MOST_WAITING = 50
ENDS = {"close", "reopen"}
MOVES = ENDS | {"advance"}


@transaction.atomic
def move_on(*, workshop: Workshop, expect: str | None, actor: User | None, press: uuid.UUID | None = None) -> None:
    """End the live item, start the next, show it, ready its first question and ask what was prepared to open with it.
    Raises Stale for a late press."""
    workshop.touch(phones=True)
    if press and workshop.log.filter(press=press, data={"expect": expect}).exists():
        return  # a second try of a press that was heard: what was asked or shown since then stays
    stood_since = questions.standing_since(workshop)
    presses.advance(workshop=workshop, expect=expect, actor=actor, press=press)
    now = clock.now(workshop)
    questions.keep_time(workshop, stood_since, at=now)
    if expect is None:
        survey.close(workshop)
    schedule = settle(workshop)
    turn_to(workshop, face=Stage.Face.SLOT, phase=Stage.Phase.TALK)
    if schedule.live:
        _ready_first(workshop, schedule.live.slot.id)
        asking_together.begin_item(workshop, schedule.live.slot, actor=actor, now=now)
        questions.open_with(workshop, schedule.live.slot.id, actor=actor, now=now)
        feedback_form.open_with(workshop, schedule.live.slot.id, actor=actor, now=now)
    changes.announce(workshop)


@transaction.atomic
def change(
    *,
    workshop: Workshop,
    events: Sequence[Event],
    seen: int | None,
    actor: User | None,
    press: uuid.UUID | None = None,
) -> None:
    """Change the day that runs: one press, whatever it consists of, and one undo."""
    workshop.touch(phones=True)
    stood_since = questions.standing_since(workshop)
    presses.record(workshop=workshop, events=events, seen=seen, actor=actor, press=press)
    questions.keep_time(workshop, stood_since, at=clock.now(workshop))
    if ENDS & {event.kind for event in events}:
        _reopen_questions(workshop)
        turn_to(workshop, face=Stage.Face.SLOT, phase=Stage.Phase.TALK)
    settle(workshop)
    changes.announce(workshop)


@transaction.atomic
def undo(*, workshop: Workshop, seen: int, actor: User | None, press: uuid.UUID | None = None) -> tuple[Event, ...]:
    """Take the newest press back; gives what it was. Questions it closed take answers only when asked again, but for
    those that were open together: they are open again."""
    workshop.touch(phones=True)
    stood_since, stood_at = questions.standing_since(workshop), queries.day(workshop).progress.live
    taken = presses.undo(workshop=workshop, seen=seen, actor=actor, press=press)
    if taken:
        questions.keep_time(workshop, stood_since, at=taken[0].at)
    if MOVES & {event.kind for event in taken}:
        _reopen_questions(workshop)
        turn_to(workshop, face=Stage.Face.SLOT, phase=Stage.Phase.TALK)
    schedule = settle(workshop)
    if schedule.state == "before":
        survey.open_again(workshop)
    begun = {row.slot.id for row in schedule.rows if row.state in {"done", "live"}}
    questions.take_back_openings(workshop, past_or_live=begun, now=clock.now(workshop))
    if MOVES & {event.kind for event in taken}:
        asking_together.take_back(workshop, begun=begun, pressed_at=taken[0].at, now=clock.now(workshop))
    is_at = schedule.live.slot.id if schedule.live else None
    feedback_form.take_back_opening(workshop, was_at=stood_at, is_at=is_at, now=clock.now(workshop))
    changes.announce(workshop)
    return taken


def settle(workshop: Workshop) -> Schedule:
    """What follows from where the day stands: questions of what is over, or was passed over, close, at the end for
    good."""
    now = clock.now(workshop)
    day = queries.day(workshop)
    schedule = day.schedule(now)
    past = {slot.id for slot in day.progress.begun} - {day.progress.live}
    every = _questions(workshop).exclude(occasion=Question.Occasion.FOLLOWUP)
    asked = every if schedule.state == "finished" else _running_order(workshop)
    for question in asked.filter(status=Question.Status.OPEN).select_related("slot", "returns_in"):
        if (question.returns_in or question.slot).key in past and not question.is_parking_lot:
            feedback.close_to_room(question, now=now)
    if schedule.state == "finished":
        over = _running_order(workshop).exclude(kind__in=only_for_their_author)  # that closes with the feedback form
        feedback.close_for_good(over, now=now)
    return schedule


def _reopen_questions(workshop: Workshop) -> None:
    """What was asked before the day stays closed: that the day has started is still so."""
    closed = _running_order(workshop).filter(status=Question.Status.CLOSED, sealed_at=None)
    closed.exclude(occasion=Question.Occasion.SURVEY).update(status=Question.Status.CLOSING)


@transaction.atomic
def begin_again(*, workshop: Workshop, actor: User | None) -> None:
    """Wipe a rehearsal and stand before its start again. Whoever has joined stays in the room."""
    workshop.touch(phones=True)
    picture.resume_live(workshop, Stage.objects.get(pk=workshop.pk).frozen)
    agenda.begin_again(workshop=workshop, real=timezone.now())
    feedback.begin_again(workshop)
    Agreement.objects.filter(attendee__workshop=workshop).delete()
    Call.objects.filter(workshop=workshop).delete()
    turn_to(workshop, face=Stage.Face.JOIN, phase=Stage.Phase.TALK, frozen=None, out_since=None, back_at=None)
    agenda.audit(kind="rehearsal wiped", at=clock.now(workshop), workshop=workshop, user=actor)
    changes.announce(workshop)


@transaction.atomic
def put_on_screen(*, workshop: Workshop, face: str) -> None:
    """Choose what the room looks at: the item, the ground rules, housekeeping, or how to join."""
    workshop.touch(phones=True)
    stage = Stage.objects.get(pk=workshop.pk)
    turn_to(workshop, face=Stage.Face(face), question=stage.question if face == Stage.Face.QUESTION else None)
    changes.announce(workshop)


@transaction.atomic
def blank(*, workshop: Workshop, on: bool) -> None:
    """Empty the screen at once, or bring it back."""
    workshop.touch(phones=False)
    Stage.objects.filter(pk=workshop.pk).update(blank=on)
    changes.announce(workshop)


@transaction.atomic
def agree(*, attendee: Attendee) -> None:
    """Somebody agrees to the ground rules; twice is once."""
    attendee.workshop.touch(phones=False)
    Agreement.objects.get_or_create(attendee=attendee)
    changes.announce(attendee.workshop)


@transaction.atomic
def ask_for_pairing(*, digits: str) -> PairedScreen:
    """A projector's browser asks to show a room."""
    now = timezone.now()
    waiting = PairedScreen.objects.filter(workshop=None)
    waiting.filter(asked_at__lt=now - PAIRING_LIFE).delete()
    if waiting.count() >= MOST_WAITING:  # or a flood would take all digits, and a slip of the desk's would find one
        raise Refused(_("Too many screens wait to be connected. Try again in ten minutes."))
    return PairedScreen.objects.create(digits=digits, asked_at=now)


@transaction.atomic
def pair_screen(*, workshop: Workshop, digits: str, actor: User | None) -> None:
    """Let the browser that shows these four digits show this room."""
    if len(digits) != 4:
        raise Refused(_("Type the four digits that the screen shows. Open /screen/ on it to see them."))
    waiting = PairedScreen.objects.filter(digits=digits, workshop=None, asked_at__gte=timezone.now() - PAIRING_LIFE)
    if not waiting.update(workshop=workshop):
        raise Refused(
            _("No screen shows %(digits)s just now. Look at the screen and type its four digits.") % {"digits": digits}
        )
    workshop.touch(phones=False)
    agenda.audit(kind="screen paired", at=clock.now(workshop), workshop=workshop, user=actor)
    changes.announce(workshop)


def _questions(workshop: Workshop) -> QuerySet[Question]:
    return Question.objects.filter(workshop=workshop)


def _running_order(workshop: Workshop) -> QuerySet[Question]:
    return _questions(workshop).exclude(occasion__in=[Question.Occasion.FEEDBACK, Question.Occasion.FOLLOWUP])


def _ready_first(workshop: Workshop, slot_key: str) -> None:
    first = _running_order(workshop).filter(slot__key=slot_key, status=Question.Status.DRAFT).first()
    if first:
        feedback.ready(first)
