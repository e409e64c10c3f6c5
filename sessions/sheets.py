"""Verbs about flipchart sheets beyond those of any question: a new one, and the parking lot.

Each is one transaction: touch first, write, announce after commit.
"""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes, clock, queries
from agenda.models import User, Workshop
from agenda.services import Refused, audit
from feedback import parking, preparing
from feedback import services as feedback
from feedback.kinds import kinds
from feedback.models import Question
from feedback.preparing import NOTES_EACH, Settings, Wanted

from .models import Stage


@transaction.atomic
def new_sheet(*, workshop: Workshop, text: str, hand: str, sheet_id: uuid.UUID) -> None:
    """One more sheet, in the item that is on or else in the first. The same one twice under the same id is once, also
    where the day has moved on in between."""
    workshop.touch(phones=False)
    if Question.objects.filter(workshop=workshop, pk=sheet_id, text=text).exists():
        return
    day = queries.day(workshop)
    words = next(kind for kind in kinds.values() if kind.has_cards)
    settings = Settings(
        kind=words.name,
        config=words.check_config({}),
        hand=hand,
        mode=Question.Mode.UNLINKED,
        occasion=Question.Occasion.FLIPCHART,
        most_each=NOTES_EACH,
    )
    preparing.put(workshop, day.progress.live or next(iter(day.items)), sheet_id, Wanted(text, "", settings))
    changes.announce(workshop)


@transaction.atomic
def open_parking_lot(*, workshop: Workshop, actor: User | None = None) -> Question:
    """The parking lot, ready to be written on: made if nobody has used it today. Phones hear of it when it opens, and
    of nothing that is parked after that."""
    workshop.touch(phones=False)
    live = queries.day(workshop).progress.live
    if live is None:
        raise Refused(_("Things are parked while the day runs."))
    lot = parking.made(workshop, live)
    if lot.status != Question.Status.OPEN:
        workshop.touch(phones=True)
        now = clock.now(workshop)
        feedback.open_to_room(lot, now=now)
        audit(kind="question opened", at=now, workshop=workshop, user=actor, question=lot.key, answers=0)
    changes.announce(workshop)
    return lot


@transaction.atomic
def show_table(*, workshop: Workshop, question: Question, table: str) -> None:
    """Of the sheet that is shown, what one table has written; with an empty name, all of it."""
    workshop.touch(phones=True)
    stage = Stage.objects.get(pk=workshop.pk)
    if stage.question_id != question.pk:
        raise Refused(_("Put this sheet on the screen first."))
    Stage.objects.filter(pk=workshop.pk).update(table=table)
    changes.announce(workshop)
