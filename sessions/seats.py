"""People who are in the room without a phone: the seats that the desk keeps for them."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from agenda import changes, queries
from agenda.models import Attendee, Workshop

from .models import Agreement


@dataclass(frozen=True)
class Kept:
    """A seat that the desk keeps, and whether the person has agreed to the ground rules."""

    person: Attendee
    agreed: bool


def kept(workshop: Workshop) -> list[Kept]:
    """All of them, by name. Two queries. For those who run the day."""
    agreed = set(Agreement.objects.filter(attendee__workshop=workshop).values_list("attendee_id", flat=True))
    return [Kept(person, person.pk in agreed) for person in queries.without_phone(workshop)]


@transaction.atomic
def set_agreed(*, workshop: Workshop, seat: uuid.UUID, on: bool) -> None:
    """Somebody without a phone has told the desk that they agree to the ground rules, or has not after all.

    Only for seats without a phone: everybody else presses for themselves. A seat that has gone stays away.
    """
    workshop.touch(phones=False)
    for person in Attendee.objects.filter(workshop=workshop, pk=seat, device=Attendee.Device.NONE):
        if on:
            Agreement.objects.get_or_create(attendee=person)
        else:
            Agreement.objects.filter(attendee=person).delete()
    changes.announce(workshop)
