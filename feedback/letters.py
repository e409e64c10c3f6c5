"""Mails that somebody asks for on *Your day*: the day itself, and one six weeks later. Nobody else can ask for them.

No page but that person's own changes with them, so no revision of the day counts them; the day's row is locked all the
same. They go by the real clock: a rehearsal's time is not that of a mail server.
"""

from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agenda.models import Attendee, Workshop
from agenda.services import Refused

from . import commitments
from .letter_models import MOST_ASKED, Letter
from .services import keeping

Purpose, State = Letter.Purpose, Letter.State
MOST_WAITING = 1000  # of one day
SIX_WEEKS = timedelta(weeks=6)
NINE = time(9)


def is_offered() -> bool:
    """Whether this server sends mail, and pages reach people in private."""
    return bool(settings.MAIL_OFFERED)


def followup_at(workshop: Workshop) -> datetime:
    """Six weeks after the day, in the morning."""
    return datetime.combine(workshop.date + SIX_WEEKS, NINE, ZoneInfo(workshop.time_zone))


def offers_day(workshop: Workshop) -> bool:
    """From the start of the day for as long as feedback is taken."""
    return is_offered() and not commitments.is_to_come(workshop) and not commitments.is_over(workshop)


def offers_followup(workshop: Workshop) -> bool:
    """Unless names and answers are deleted before."""
    deleted_on = keeping(workshop).delete_on
    return offers_day(workshop) and (deleted_on is None or deleted_on > followup_at(workshop).date())


@transaction.atomic
def ask(*, attendee: Attendee, purpose: str, address: str, now: datetime) -> Letter:
    """Send it to this address, instead of another one if it has not gone yet. Raises Refused."""
    workshop = Workshop.objects.select_for_update().get(pk=attendee.workshop_id)
    if not (offers_day(workshop) if purpose == Purpose.DAY else offers_followup(workshop)):
        raise Refused(_("No mail is sent from here just now. Save the page instead."))
    letter = Letter.objects.filter(attendee=attendee, purpose=purpose).first()
    if letter and letter.state == State.WAITS and letter.address == address:
        return letter  # pressed twice
    _check(workshop, letter)
    letter = letter or Letter(attendee=attendee, purpose=purpose, asked=0)
    letter.address, letter.state, letter.tries, letter.give_up_at = address, State.WAITS, 0, None
    letter.asked += 1
    letter.due_at = now if purpose == Purpose.DAY else followup_at(workshop)
    letter.save()
    return letter


def _check(workshop: Workshop, letter: Letter | None) -> None:
    if letter and letter.asked >= MOST_ASKED:
        raise Refused(
            _("This mail was asked for %(n)s times, which is as often as it can be. Save the page instead.")
            % {"n": letter.asked}
        )
    if Letter.objects.filter(attendee__workshop=workshop, state=State.WAITS).count() >= MOST_WAITING:
        raise Refused(_("Too many mails wait to be sent just now. Save the page instead, or try again later."))


@transaction.atomic
def stop(*, attendee: Attendee, purpose: str) -> None:
    """Not this one after all: its address is forgotten. One that has gone has gone."""
    Workshop.objects.select_for_update().get(pk=attendee.workshop_id)
    Letter.objects.filter(attendee=attendee, purpose=purpose, state=State.WAITS).update(**over(State.STOPPED))


@transaction.atomic
def forget(*, attendee: Attendee) -> None:
    """Somebody leaves: no mail goes to them any more."""
    Workshop.objects.select_for_update().get(pk=attendee.workshop_id)
    Letter.objects.filter(attendee=attendee).delete()


def over(state: str) -> dict[str, object]:
    """What is left of a mail that waits no more."""
    return {"state": state, "address": "", "due_at": None, "give_up_at": None}


def of(attendee: Attendee) -> dict[str, Letter]:
    """Purpose -> what became of it. For that person alone."""
    return {row.purpose: row for row in Letter.objects.filter(attendee=attendee)}


def addresses_kept(workshop: Workshop) -> int:
    """How many addresses wait for their mail. For those who run the day; which they are is shown to nobody."""
    return Letter.objects.filter(attendee__workshop=workshop, state=State.WAITS).count()


def followups(workshop: Workshop) -> Counter[str]:
    """State -> how many mails six weeks later. For those who run the day; whose they are is shown to nobody."""
    found = Letter.objects.filter(attendee__workshop=workshop, purpose=Purpose.FOLLOWUP)
    return Counter(found.values_list("state", flat=True))
