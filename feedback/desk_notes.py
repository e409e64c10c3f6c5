"""Notes that the desk or a scribe with an account types: of what is said aloud, or stands on paper.

They are nobody's: their respondent is random and derived from nothing. So they are read at once, and whoever typed
them changes them or takes them away. Each verb is one transaction.
"""

import uuid
from secrets import token_hex
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes, clock
from agenda.models import Workshop
from agenda.services import Refused, Stale

from . import erasing
from .counting import Books, may_be_shown
from .kinds import kinds
from .kinds.base import Value
from .models import Answer, Question


@transaction.atomic
def type_note(
    *, workshop: Workshop, question_id: uuid.UUID, key: uuid.UUID, raw: object, table: str, people: int | None
) -> None:
    """Put a note on a sheet. The same one again, by its key, is harmless. Raises what its kind refuses it with."""
    workshop.touch(phones=False)
    question = _sheet(workshop, question_id)
    value = kinds[question.kind].validate(question.config, raw)
    if Answer.objects.filter(pk=key).exists():
        return
    if erasing.are_gone(workshop.pk, [key]):
        raise Refused(_("This note was removed for good. What you wrote is still here for you to copy."))
    answer = Answer(
        id=key,
        question=question,
        respondent=token_hex(32),
        by_desk=True,
        table=table,
        people=people if table else None,
        approved=True,
        answered_on=clock.now(workshop).astimezone(ZoneInfo(workshop.time_zone)).date(),
    )
    _say(answer, value)
    answer.save(force_insert=True)
    books = Books(question)
    books.after(answer)
    books.write()
    changes.announce(workshop)


@transaction.atomic
def change_note(*, workshop: Workshop, key: uuid.UUID, edit: int, raw: object) -> None:
    """Other words for one that the desk has typed; where it is shown, the room sees them at once. `edit`: the one that
    the person saw. The same words twice are harmless; raises Stale where somebody else has found other ones."""
    workshop.touch(phones=True)
    answer = _typed(workshop, key)
    value = kinds[answer.question.kind].validate(answer.question.config, raw)
    if answer.value == value:
        return
    if answer.edit != edit:
        raise Stale(_("Somebody has changed this note meanwhile. What you wrote is still here for you to copy."))
    books = Books(answer.question)
    books.before(answer)
    was_shown = answer.shown_value is not None
    _say(answer, value)
    if was_shown:
        answer.shown_value = value
    answer.edit += 1
    answer.save(update_fields=["value", "released_value", "shown_value", "waits", "edit"])
    books.after(answer)
    books.write()
    changes.announce(workshop)


@transaction.atomic
def take_away(*, workshop: Workshop, key: uuid.UUID) -> None:
    """One that the desk has typed goes from everywhere; twice is once."""
    workshop.touch(phones=True)
    answer = Answer.objects.filter(pk=key, by_desk=True, question__workshop=workshop).select_related("question").first()
    if answer:
        books = Books(answer.question)
        books.before(answer)
        answer.delete()
        books.write()
    changes.announce(workshop)


def _say(answer: Answer, value: Value) -> None:
    """Whoever types at the desk has read it; the room sees it where answers are shown as they come."""
    question = answer.question
    answer.value, answer.released_value, answer.waits = value, value, False
    if question.shown and question.showing == Question.Showing.LIVE and may_be_shown(answer, question):
        answer.shown_value = value


def _sheet(workshop: Workshop, question_id: uuid.UUID) -> Question:
    question = Question.objects.filter(workshop=workshop, pk=question_id, occasion=Question.Occasion.FLIPCHART).first()
    if question is None:
        raise Stale(_("This sheet is not part of the day any more. What you wrote is still here for you to copy."))
    if question.sealed_at:
        raise Refused(_("Names were taken off this sheet for good, so nothing can be added to it any more."))
    return question


def _typed(workshop: Workshop, key: uuid.UUID) -> Answer:
    found = Answer.objects.filter(pk=key, by_desk=True, question__workshop=workshop, question__sealed_at=None)
    answer = found.select_related("question").first()
    if answer is None:
        raise Stale(_("This note cannot be changed here any more. What you wrote is still here for you to copy."))
    return answer
