"""When the feedback form opens: with its item, or by a press of the desk."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes, clock, queries
from agenda import services as agenda
from agenda.models import User, Workshop
from agenda.services import Refused
from feedback import feedback_form


@transaction.atomic
def open_form(*, workshop: Workshop, actor: User | None) -> None:
    """Put a link to it on every phone. What is asked in the room goes on. Twice is once."""
    workshop.touch(phones=True)
    state = queries.day(workshop).progress.state
    if state == "before":
        raise Refused(_("Start the day first. Then people can say how it was."))
    _open(workshop, actor, now=clock.now(workshop), is_late=state == "finished")
    changes.announce(workshop)


def open_with(workshop: Workshop, slot_key: str, *, actor: User | None, now: datetime) -> None:
    """The form opens with the item it stands in, without a press. The caller has touched the workshop."""
    if feedback_form.stands_in(workshop, slot_key):
        _open(workshop, actor, now=now)


def _open(workshop: Workshop, actor: User | None, *, now: datetime, is_late: bool = False) -> None:
    if n := feedback_form.open_form(workshop, now=now, is_late=is_late):
        agenda.audit(kind="feedback form opened", at=now, workshop=workshop, user=actor, questions=n)


def take_back_opening(workshop: Workshop, *, was_at: str | None, is_at: str | None, now: datetime) -> None:
    """The day is before the form's item after all. The caller has touched the workshop."""
    if was_at and was_at != is_at and feedback_form.stands_in(workshop, was_at):
        feedback_form.take_back(workshop, now=now)
