"""Whom somebody has met: two people who have both said yes get each other's contact, and nobody else does."""

from dataclasses import dataclass

from agenda.models import Attendee


@dataclass(frozen=True)
class Connection:
    """Somebody who said yes, as the other one reads it: what brought them together, and the contact they gave."""

    name: str
    council: str
    about: str
    contact: str


def connections(attendee: Attendee) -> list[Connection]:
    """Everybody who has said yes to this person, and to whom they have said yes. For that person alone."""
    return []
