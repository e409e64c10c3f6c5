"""How long the words of a day are kept: verbs that settle it, that erase a person, and that delete all in time. Each is
one transaction."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda import changes, clock
from agenda.models import Attendee, User, Workshop
from agenda.services import Refused, audit

from . import erasing, report_keeping, theme_keeping
from .connection_models import Connection
from .models import Answer, Count, Keeping, Note, TakenBack
from .queue_models import SpeakerQuestion
from .sealing import a_day_runs
from .sheet_models import SheetPhoto
from .survey_models import PersonalLink


@transaction.atomic
def settle(*, workshop: Workshop, open_days: int, delete_on: date | None, actor: User | None) -> None:
    """How many days answers can be changed after the day, and when all of it is deleted."""
    workshop.touch(phones=True)
    wanted = {"open_days": open_days, "delete_on": delete_on}
    Keeping.objects.update_or_create(workshop=workshop, defaults=wanted)
    told = wanted | {"delete_on": delete_on.isoformat() if delete_on else ""}
    audit(kind="keeping settled", at=clock.now(workshop), workshop=workshop, user=actor, **told)
    changes.announce(workshop)


@transaction.atomic
def erase_person(*, workshop: Workshop, attendee_id: uuid.UUID, actor: User | None) -> int:
    """A seat with its name and all that was said with it. How many answers that were."""
    workshop.touch(phones=True)
    attendee = Attendee.objects.filter(pk=attendee_id, workshop=workshop).select_related("workshop").first()
    if attendee is None:
        raise Refused(_("This person is not there any more. Nothing was changed by this press."))
    answers = erasing.erase(attendee)
    audit(kind="person erased", at=clock.now(workshop), workshop=workshop, user=actor, answers=answers)
    changes.announce(workshop)
    return answers


def delete_when_due() -> int:
    """Names and answers of every day whose date has come: how many days. While anybody runs a day, nothing."""
    dated = Keeping.objects.exclude(delete_on=None).select_related("workshop")
    due = [row.workshop for row in dated if _is_due(row)]
    if not due or a_day_runs():
        return 0
    for workshop in due:
        delete_all(workshop=workshop)
    return len(due)


def _is_due(keeping: Keeping) -> bool:
    """On its date, by the clock of the room; and there is something to delete. A day put off past it is left alone."""
    workshop, on = keeping.workshop, keeping.delete_on
    if on is None or not workshop.date < on <= clock.now(workshop).date():
        return False
    answers = Answer.objects.filter(question__workshop=workshop)
    people = [rows._default_manager.filter(workshop=workshop) for rows in (Attendee, PersonalLink, Connection)]
    photos = SheetPhoto.objects.filter(question__workshop=workshop)
    return any(rows.exists() for rows in (answers, photos, *people))


@transaction.atomic
def delete_all(*, workshop: Workshop) -> None:
    """Who was there and what they said. The running order stays, and the questions that were asked."""
    workshop.touch(phones=True)
    Count.objects.filter(question__workshop=workshop).delete()
    for rows in (Note, SpeakerQuestion, TakenBack, PersonalLink, Connection):
        rows._default_manager.filter(workshop=workshop).delete()
    SheetPhoto.objects.filter(question__workshop=workshop).delete()
    theme_keeping.forget(workshop)
    report_keeping.forget(workshop)
    answers, _each = Answer.objects.filter(question__workshop=workshop).delete()
    seats = Attendee.objects.filter(workshop=workshop)
    people = seats.count()
    seats.delete()
    erasing.leave_to_sweep(workshop)
    audit(kind="names and answers deleted", at=timezone.now(), workshop=workshop, people=people, answers=answers)
    changes.announce(workshop)
