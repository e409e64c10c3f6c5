"""Sending the mails that are due: each once, whoever sends at the same moment, and again with growing waits where the
mail server could not be reached. What a mail says is made here, from what is kept with the seat, and kept nowhere.
"""

import logging
import secrets
import smtplib
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from agenda.models import Workshop
from agenda.origins import room_address

from . import commitments, followup
from .letter_models import Letter
from .letters import Purpose, State, over
from .survey_links import hash_of

log = logging.getLogger(__name__)
MOST_AT_ONCE = 50  # in one minute, so that nothing else that is due has to wait for long
MINUTES = (1, 2, 5, 15, 30, 60)  # after the first try, the second, and so on; then every hour
GIVEN_UP_AFTER = timedelta(days=3)
AWAY = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)
FOR_GOOD = range(500, 600)  # how a mail server says that trying again will not help


HELD = timedelta(minutes=15)  # so long a mail is left to whoever began to send it: longer than any server is waited for


@dataclass(frozen=True)
class Sending:
    """A mail that this process alone is sending. `next_at`: when it is tried again if this try fails."""

    letter: Letter
    tries: int
    next_at: datetime
    give_up_at: datetime


def send_due(*, now: datetime, most: int | None = MOST_AT_ONCE) -> Counter[tuple[str, str]]:
    """How many of each purpose became what: ("day", "sent") -> 3. One that will be tried again is "waits".

    Where the mail server cannot be reached at all the others are left for the next time.
    """
    done: Counter[tuple[str, str]] = Counter()
    due = Letter.objects.filter(state=State.WAITS, due_at__lte=now).order_by("due_at", "pk")
    ids = list(due.values_list("pk", flat=True)[:most])
    connection = mail.get_connection()
    began = time.monotonic()
    try:
        for pk in ids:
            sending = _take(pk, now + timedelta(seconds=time.monotonic() - began))
            if sending is None:
                continue
            state, is_away = _send(sending, connection)
            _write_down(sending, state)
            done[sending.letter.purpose, state] += 1
            if is_away:
                break
    finally:
        connection.close()
    return done


def waiting(*, now: datetime) -> int:
    """How many are due and have not gone."""
    return Letter.objects.filter(state=State.WAITS, due_at__lte=now).count()


def _take(pk: uuid.UUID, now: datetime) -> Sending | None:
    """From now on nobody else sends it, until its next try is due; None if somebody else was first."""
    letter = Letter.objects.filter(pk=pk).select_related("attendee__workshop").first()
    if letter is None or letter.due_at is None or letter.due_at > now:
        return None
    next_at = now + timedelta(minutes=MINUTES[min(letter.tries, len(MINUTES) - 1)])
    give_up_at = letter.give_up_at or now + GIVEN_UP_AFTER
    same = Letter.objects.filter(pk=pk, state=State.WAITS, tries=letter.tries, due_at=letter.due_at)
    taken = same.update(tries=F("tries") + 1, due_at=now + HELD, give_up_at=Coalesce("give_up_at", give_up_at))
    return Sending(letter, letter.tries + 1, next_at, give_up_at) if taken else None


def _send(sending: Sending, connection: BaseEmailBackend) -> tuple[str, bool]:
    """What became of it, and whether the mail server could not be reached. An error is logged by its kind alone: its
    words hold the address."""
    try:
        message = _message(sending.letter)
        message.connection = connection
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _said in refused.recipients.values()]
        return (State.REFUSED if all(code in FOR_GOOD for code in codes) else _again(sending)), False
    except Exception as error:
        log.warning("A mail could not be sent: %s. It is tried again.", type(error).__name__)
        connection.close()
        return _again(sending), _is_away(error)
    return State.SENT, False


def _is_away(error: Exception) -> bool:
    """The server was not reached, or takes nothing from us; another mail would fare no better just now."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, AWAY)
    return isinstance(error, OSError)


def _again(sending: Sending) -> str:
    return State.GIVEN_UP if sending.next_at >= sending.give_up_at else State.WAITS


def _write_down(sending: Sending, state: str) -> None:
    """Unless its owner has stopped it or has asked for another address meanwhile: that stands."""
    mine = Letter.objects.filter(pk=sending.letter.pk, state=State.WAITS, tries=sending.tries)
    left: dict[str, object] = {"due_at": sending.next_at} if state == State.WAITS else over(state)
    mine.filter(address=sending.letter.address).update(**left)


def _message(letter: Letter) -> mail.EmailMessage:
    """The mail itself, to one address, as plain text."""
    workshop = letter.attendee.workshop
    title = " ".join(workshop.title.split())
    if letter.purpose == Purpose.FOLLOWUP:
        subject = _("Six weeks on: %(title)s") % {"title": title}
        text = render_to_string("feedback/mail/followup.txt", _followup(letter, workshop))
    else:
        subject = _("Your day: %(title)s") % {"title": title}
        text = render_to_string("feedback/mail/your_day.txt", _day(letter, workshop))
    headers = {"Auto-Submitted": "auto-generated"}
    return mail.EmailMessage(subject, text, to=[letter.address], headers=headers)


def _day(letter: Letter, workshop: Workshop) -> dict[str, object]:
    """What is kept with the seat. Answers not kept with the name, notes and contacts are found by the phone alone."""
    return {"workshop": workshop, "commitments": commitments.words_of(letter.attendee)}


def _followup(letter: Letter, workshop: Workshop) -> dict[str, object]:
    """A private link, made anew at each try: the one before was in no mail that has gone."""
    token = secrets.token_urlsafe(32)
    followup.open_when_due(workshop)
    Letter.objects.filter(pk=letter.pk).update(token_hash=hash_of(token))
    link = room_address() + reverse("feedback:followup_link", args=[token])
    return {"workshop": workshop, "commitments": commitments.words_of(letter.attendee), "link": link}
