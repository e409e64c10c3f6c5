"""The parking lot: what the room comes back to before the close. Notes on a sheet that every day has once somebody uses
it, and the questions to speakers that were parked or that nobody came to.

It is read at once and not in threes: what waits for two more would be forgotten. People are told beside the button.
"""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agenda import changes
from agenda.models import Workshop
from agenda.services import Stale

from . import preparing
from .kinds import kinds
from .models import PARKING_LOT, Answer, Question
from .preparing import NOTES_EACH, Settings, Wanted
from .queue_models import SpeakerQuestion


@dataclass(frozen=True)
class Parked:
    """One thing in it."""

    id: uuid.UUID
    text: str
    slot_key: str  # of the speaker who was asked, empty for a note
    dealt_with: str


def lot(workshop: Workshop) -> Question | None:
    """The sheet, once somebody has used it."""
    rows = Question.objects.filter(workshop=workshop, key=PARKING_LOT, occasion=Question.Occasion.FLIPCHART)
    return rows.select_related("slot").first()


def made(workshop: Workshop, slot_key: str) -> Question:
    """The sheet, made now if nobody has used it. It belongs to the item in which that happens. The caller has touched
    the workshop."""
    words = next(kind for kind in kinds.values() if kind.has_cards)
    settings = Settings(
        kind=words.name,
        config=words.check_config({}),
        hand=Question.Hand.PHONES,
        mode=Question.Mode.UNLINKED,
        occasion=Question.Occasion.FLIPCHART,
        most_each=NOTES_EACH,
    )
    wanted = Wanted(_("Parking lot"), _("What we come back to before the close."), settings, PARKING_LOT)
    return lot(workshop) or preparing.put(workshop, slot_key, uuid.uuid4(), wanted)


def parked(workshop: Workshop, live: str) -> list[Parked]:
    """All that is in it, and not hidden. Two queries. For desk and scribe. `live`: the item that is on."""
    notes = _notes(workshop).select_related("question")
    found = [
        Parked(
            row.pk, kinds[row.question.kind].words(row.question.config, row.released_value or ""), "", row.dealt_with
        )
        for row in notes
    ]
    asked = _asked(workshop, live).select_related("slot").order_by("slot", "pk")
    return found + [Parked(row.pk, row.text, row.slot.key, row.dealt_with) for row in asked]


def left(workshop: Workshop, live: str) -> int:
    """How many things are still in it. Two queries."""
    return _notes(workshop).filter(dealt_with="").count() + _asked(workshop, live).filter(dealt_with="").count()


@transaction.atomic
def deal_with(*, workshop: Workshop, parked_id: uuid.UUID, how: str) -> None:
    """Tick it off: by whom or how it was dealt with, or only that it was."""
    _write(workshop, parked_id, how or _("dealt with"))


@transaction.atomic
def put_back(*, workshop: Workshop, parked_id: uuid.UUID) -> None:
    """Not yet after all."""
    _write(workshop, parked_id, "")


def _write(workshop: Workshop, parked_id: uuid.UUID, how: str) -> None:
    workshop.touch(phones=False)
    done = _notes(workshop).filter(pk=parked_id).update(dealt_with=how)
    asked = SpeakerQuestion.objects.filter(workshop=workshop, pk=parked_id)
    if not (done or asked.update(dealt_with=how)):
        raise Stale(_("This is not in the parking lot any more: whoever wrote it has taken it back."))
    changes.announce(workshop)


def _notes(workshop: Workshop) -> QuerySet[Answer]:
    rows = Answer.objects.filter(question__workshop=workshop, question__key=PARKING_LOT, hidden=False)
    return rows.filter(question__occasion=Question.Occasion.FLIPCHART, released_value__isnull=False).order_by("pk")


def _asked(workshop: Workshop, live: str) -> QuerySet[SpeakerQuestion]:
    """What was put here, and what nobody came to in the items before."""
    waiting = Q(status=SpeakerQuestion.Status.WAITING) & ~Q(slot__key=live)
    parked = Q(status=SpeakerQuestion.Status.PARKED)
    return SpeakerQuestion.objects.filter(parked | waiting, workshop=workshop)
