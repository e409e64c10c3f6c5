"""Verbs that write who is here and what was done; those of the log are in `presses`. Each is one transaction and raises
`Refused` with a sentence for people."""

import uuid
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from . import changes, naming
from .card_models import Card
from .models import Attendee, Audit, LogEntry, User, Workshop
from .seat import Seat, new_secret
from .wiping import wiping


class Refused(Exception):
    """What was asked for cannot be done; the message is a sentence for the person who asked."""


class Stale(Refused):
    """Somebody else was faster; nothing was changed."""


@transaction.atomic
def join(*, workshop: Workshop, device: str = Attendee.Device.PHONE) -> Seat:
    """A new seat, and beside it a secret that is stored nowhere."""
    workshop.touch(phones=False)
    row = Attendee.objects.create(workshop=workshop, device=device)
    changes.announce(workshop)
    return Seat(row.pk, new_secret())


@transaction.atomic
def sign_up(*, workshop: Workshop, name: str = "", secret: str = "") -> Seat:
    """A seat for somebody who answers before the day: it is not counted as here until they arrive.

    `secret`: that of a phone which has answered already, so that it goes on finding what it said.
    """
    workshop.touch(phones=False)
    row = Attendee.objects.create(workshop=workshop, name=name, arrived=False)
    changes.announce(workshop)
    return Seat(row.pk, secret or new_secret())


@transaction.atomic
def arrive(*, attendee: Attendee) -> None:
    """Somebody who has answered before the day is in the room now."""
    attendee.workshop.touch(phones=False)
    Attendee.objects.filter(pk=attendee.pk).update(arrived=True)
    changes.announce(attendee.workshop)


@transaction.atomic
def add_seat(*, workshop: Workshop, name: str, council: str, role: str) -> Attendee:
    """Somebody without a phone, as the desk has it from them; all of it may be empty."""
    workshop.touch(phones=False)
    who = {"name": name, "council": council, "role": role}
    row = Attendee.objects.create(workshop=workshop, device=Attendee.Device.NONE, **who)
    changes.announce(workshop)
    return row


@transaction.atomic
def remove_seat(*, workshop: Workshop, seat: uuid.UUID) -> None:
    """A seat that the desk has added goes, with all that is known of it; any other stays. Twice is once."""
    workshop.touch(phones=False)
    Attendee.objects.filter(workshop=workshop, pk=seat, device=Attendee.Device.NONE).delete()
    changes.announce(workshop)


@transaction.atomic
def say_who(*, attendee: Attendee, name: str, council: str, role: str) -> None:
    """What somebody chooses to say about themselves; all of it may be empty."""
    attendee.workshop.touch(phones=False)
    seat = Attendee.objects.filter(pk=attendee.pk)
    is_renamed = seat.exclude(name=name).exists()
    seat.update(name=name, council=council, role=role)
    if is_renamed:
        naming.tell(attendee)
    changes.announce(attendee.workshop)


@transaction.atomic
def leave(*, attendee: Attendee) -> None:
    """Somebody gives their seat back: it counts no more, and no copy of its cookies opens the day again. Their
    introduction goes, since nobody will read it any more.

    When that was is nobody's business: what is written down is the day.
    """
    workshop = attendee.workshop
    workshop.touch(phones=Card.objects.filter(attendee=attendee, on_screen=True).exists())  # phones may show it
    day = datetime.combine(workshop.date, time.min, ZoneInfo(workshop.time_zone))
    Attendee.objects.filter(pk=attendee.pk, revoked_at=None).update(revoked_at=day)
    Card.objects.filter(attendee=attendee).delete()
    changes.announce(workshop)


@transaction.atomic
def begin_again(*, workshop: Workshop, real: datetime) -> None:
    """Wipe the log and the introductions of a rehearsal, and let its clock stand again.

    The new epoch tells every page that all is new.
    """
    if not workshop.rehearsal:
        raise Refused(_("This is a real day, so nothing of it is wiped. Copy it if you want to rehearse."))
    with wiping(workshop):
        LogEntry.objects.filter(workshop=workshop).delete()
    Card.objects.filter(attendee__workshop=workshop).delete()
    workshop.clock_real = None
    workshop.epoch = max(workshop.epoch + 1, int(real.timestamp()))
    workshop.save(update_fields=["clock_real", "epoch"])


@transaction.atomic
def restored(*, now: datetime) -> list[Workshop]:
    """A copy of the database was put in its place. A new epoch tells every page of every day to read anew."""
    workshops = list(Workshop.objects.select_for_update())
    for workshop in workshops:
        workshop.epoch = max(workshop.epoch + 1, int(now.timestamp()))
        workshop.save(update_fields=["epoch"])
        audit(kind="copy put back", at=now, workshop=workshop)
        changes.announce(workshop)
    return workshops


def audit(
    *, kind: str, at: datetime, workshop: Workshop | None = None, user: User | None = None, **detail: object
) -> None:
    """Write down who did something that touches people or their words."""
    Audit.objects.create(workshop=workshop, user=user, at=at, kind=kind, detail=detail)
