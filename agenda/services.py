"""Verbs that write the plan and the day. Each is one transaction and raises `Refused` with a sentence for people."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from . import changes, clock, queries, timing
from .models import Attendee, Audit, LogEntry, User, Workshop
from .seat import Seat, new_secret


class Refused(Exception):
    """What was asked for cannot be done; the message is a sentence for the person who asked."""


class Stale(Refused):
    """Somebody else was faster; nothing was changed."""


@transaction.atomic
def advance(*, workshop: Workshop, expect: str | None, actor: User | None, press: uuid.UUID | None = None) -> LogEntry:
    """End the live slot and start the next; the first press starts the day, the last one ends it.

    `expect` is the slot the person saw as live. The caller has touched the workshop, so its row is locked.
    """
    press = press or uuid.uuid4()
    repeated = LogEntry.objects.filter(workshop=workshop, press=press).first()
    if repeated and repeated.data == {"expect": expect}:
        return repeated
    day = queries.day(workshop)
    if repeated:
        raise Stale(_stale_sentence(day, timing.fold(day.plan, day.log).live))
    try:
        timing.check_advance(day.plan, day.log, expect)
    except timing.Stale as stale:
        raise Stale(_stale_sentence(day, stale.live)) from stale
    if expect is None:
        clock.set_running(workshop)
    return _write(workshop=workshop, kind="advance", data={"expect": expect}, actor=actor, press=press)


@transaction.atomic
def undo(*, workshop: Workshop, expect: str | None, actor: User | None) -> LogEntry:
    """Take the last Move on back. `expect` is the newest slot the person saw: live, or last if the day has ended."""
    day = queries.day(workshop)
    state = timing.fold(day.plan, day.log)
    if state.live != expect or state.state == "before":
        raise Stale(_stale_sentence(day, state.live))
    return _write(workshop=workshop, kind="undo", data={}, actor=actor, press=uuid.uuid4())


def _stale_sentence(day: queries.Day, live: str | None) -> str:
    last = day.entries[-1] if day.entries else None
    who = (last.actor.get_full_name() or last.actor.get_username()) if last and last.actor else _("somebody")
    if live is None:
        return _("The day stood somewhere else already. Nothing was changed by this press.")
    title = day.items[live].title
    return _("Already moved to “%(title)s” by %(who)s. Nothing was changed by this press.") % {
        "title": title,
        "who": who,
    }


def _write(
    *, workshop: Workshop, kind: str, data: dict[str, str | None], actor: User | None, press: uuid.UUID
) -> LogEntry:
    last = LogEntry.objects.filter(workshop=workshop).order_by("-seq").first()
    at = clock.now(workshop)
    return LogEntry.objects.create(
        workshop=workshop,
        seq=last.seq + 1 if last else 1,
        press=press,
        kind=kind,
        data=data,
        at=max(at, last.at) if last else at,
        actor=actor,
    )


@transaction.atomic
def join(*, workshop: Workshop) -> Seat:
    """A new seat, and beside it a secret that is stored nowhere."""
    workshop.touch(phones=False)
    row = Attendee.objects.create(workshop=workshop)
    changes.announce(workshop)
    return Seat(row.pk, new_secret())


@transaction.atomic
def say_who(*, attendee: Attendee, name: str, council: str, role: str) -> None:
    """What somebody chooses to say about themselves; all of it may be empty."""
    attendee.workshop.touch(phones=False)
    Attendee.objects.filter(pk=attendee.pk).update(name=name, council=council, role=role)
    changes.announce(attendee.workshop)


@transaction.atomic
def begin_again(*, workshop: Workshop, real: datetime) -> None:
    """Wipe a rehearsal's log and let its clock stand again. The new epoch tells every page that all is new."""
    if not workshop.rehearsal:
        raise Refused(_("This is a real day, so nothing of it is wiped. Copy it if you want to rehearse."))
    LogEntry.objects.filter(workshop=workshop).delete()
    workshop.clock_real = None
    workshop.epoch = max(workshop.epoch + 1, int(real.timestamp()))
    workshop.save(update_fields=["clock_real", "epoch"])


def audit(
    *, kind: str, at: datetime, workshop: Workshop | None = None, user: User | None = None, **detail: object
) -> None:
    """Write down who did something that touches people or their words."""
    Audit.objects.create(workshop=workshop, user=user, at=at, kind=kind, detail=detail)
