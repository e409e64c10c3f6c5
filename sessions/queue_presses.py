"""What the desk does with the questions to a speaker. Each is one transaction: touch first, write, announce after."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes, clock, queries
from agenda import services as agenda
from agenda.models import User, Workshop
from agenda.services import Refused
from feedback import speaker_queue
from feedback.queue_models import SpeakerQuestion

from . import picture
from .models import Stage

Status = SpeakerQuestion.Status


@transaction.atomic
def put_on_screen(*, workshop: Workshop, question_id: uuid.UUID, actor: User | None) -> None:
    """This one is answered now: on top of the three that screen and speaker show."""
    workshop.touch(phones=True)
    question = _find(workshop, question_id)
    if queries.day(workshop).progress.live != question.slot.key:
        raise Refused(_("This question was for an item that is not on now. Nothing was changed."))
    speaker_queue.take(question)
    stage = Stage.objects.filter(pk=workshop.pk)
    stage.update(face=Stage.Face.SLOT, question=None, page="", blank=False)
    stage.filter(phase=Stage.Phase.TALK).update(phase=Stage.Phase.QUESTIONS)
    changes.announce(workshop)


@transaction.atomic
def let_through(*, workshop: Workshop, question_id: uuid.UUID, actor: User | None) -> None:
    """The room sees it, in a room so large that it waits for that."""
    workshop.touch(phones=True)
    speaker_queue.approve(_find(workshop, question_id))
    changes.announce(workshop)


@transaction.atomic
def mark_answered(*, workshop: Workshop, question_id: uuid.UUID, actor: User | None) -> None:
    _put(workshop, question_id, Status.ANSWERED)


@transaction.atomic
def park(*, workshop: Workshop, question_id: uuid.UUID, actor: User | None) -> None:
    """For later: it leaves the queue and stands in the parking lot."""
    _put(workshop, question_id, Status.PARKED)


@transaction.atomic
def put_back(*, workshop: Workshop, question_id: uuid.UUID, actor: User | None) -> None:
    """Into the queue again, from wherever it was put."""
    _put(workshop, question_id, Status.WAITING)


@transaction.atomic
def hide(*, workshop: Workshop, question_id: uuid.UUID, actor: User | None) -> None:
    """Off every screen at once, a frozen one too."""
    question = _put(workshop, question_id, Status.HIDDEN)
    picture.without_speaker_question(workshop, question_id)
    detail = {"item": question.slot.key}
    agenda.audit(kind="speaker's question hidden", at=clock.now(workshop), workshop=workshop, user=actor, **detail)


def _put(workshop: Workshop, question_id: uuid.UUID, status: str) -> SpeakerQuestion:
    workshop.touch(phones=True)
    question = _find(workshop, question_id)
    speaker_queue.put(question, status)
    changes.announce(workshop)
    return question


def _find(workshop: Workshop, question_id: uuid.UUID) -> SpeakerQuestion:
    found = SpeakerQuestion.objects.filter(workshop=workshop, pk=question_id).select_related("slot").first()
    if found is None:
        raise Refused(_("Whoever asked this has taken it back."))
    return found
