"""Introductions: what somebody says of themselves on a card. Who may see it is said where it is asked."""

import hashlib
import json
import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from . import changes, naming, queries
from .card_models import Card
from .models import Attendee, Workshop
from .services import Refused, Stale


@dataclass(frozen=True)
class Introduction:
    """What somebody says of themselves; all of it may be empty. `roles`: values of Card.Role."""

    name: str = ""
    council: str = ""
    roles: list[str] = field(default_factory=list)
    portfolio: str = ""
    experience: str = ""
    interest: str = ""
    key_point: str = ""
    is_ask: bool = False
    on_screen: bool = False

    @property
    def role_names(self) -> list[str]:
        """In words."""
        return Card(roles=self.roles, portfolio=self.portfolio).role_names

    @property
    def mark(self) -> str:
        """By which a form knows again what it was opened on."""
        return hashlib.sha256(json.dumps(vars(self), sort_keys=True).encode()).hexdigest()[:32]


class Overtaken(Stale):
    """Somebody else has saved it since the page was opened. `stands` is what they saved."""

    def __init__(self, stands: Introduction) -> None:
        super().__init__(
            _("Somebody else has saved this introduction since you opened it. What you typed is all here.")
        )
        self.stands = stands


@transaction.atomic
def introduce(*, attendee: Attendee, said: Introduction, seen: str | None = None) -> None:
    """Keep a card in place of the one before. Phones look again, for its owner may be speaking. `seen`: the mark of
    what the page showed, where several may write the same card.

    Raises Overtaken where somebody else was faster, and Refused for a seat that was given back or erased in this very
    moment: nobody would read it any more.
    """
    workshop = attendee.workshop
    workshop.touch(phones=True)
    seat = Attendee.objects.filter(pk=attendee.pk, revoked_at=None)
    if not seat.exists():
        raise Refused(_("This person is not there any more. What you wrote is still here for you to copy."))
    if seen is not None and (stands := standing(seat.get())) != said and stands.mark != seen:
        raise Overtaken(stands)
    is_renamed = seat.exclude(name=said.name).exists()
    seat.update(name=said.name, council=said.council)
    if is_renamed:
        naming.tell(attendee)
    card = {name: value for name, value in vars(said).items() if name not in {"name", "council"}}
    Card.objects.update_or_create(attendee=attendee, defaults=card)
    changes.announce(workshop)


@transaction.atomic
def take_off_screen(*, workshop: Workshop, seat: uuid.UUID) -> None:
    """The desk takes a card off every screen; its owner may choose again."""
    workshop.touch(phones=True)
    Card.objects.filter(attendee_id=seat, attendee__workshop=workshop).update(on_screen=False)
    changes.announce(workshop)


def card_of(attendee: Attendee) -> Card | None:
    """For its owner, and for those who run the day."""
    return Card.objects.filter(attendee=attendee).first()


def said_by(attendee: Attendee) -> Introduction | None:
    """What somebody has said of themselves on a card; None before they have kept one."""
    card = card_of(attendee)
    if card is None:
        return None
    own = {name: getattr(card, name) for name in Introduction.__dataclass_fields__ if hasattr(Card, name)}
    return Introduction(name=attendee.name, council=attendee.council, **own)


def standing(attendee: Attendee) -> Introduction:
    """The card, or before there is one what the seat says. For those who run the day."""
    return said_by(attendee) or Introduction(name=attendee.name, council=attendee.council)


def people(workshop: Workshop) -> list[Attendee]:
    """Whoever is here and has said a name, a council or anything on a card, by name; those without one last. One query.

    For those who run the day; the room is shown only those whose card says so.
    """
    here = queries.here(workshop).select_related("card")
    said = [person for person in here if person.name or person.council or _says_something(person)]
    return sorted(said, key=lambda person: (not person.name, person.name.casefold(), person.council.casefold()))


def _says_something(person: Attendee) -> bool:
    return hasattr(person, "card") and person.card.says_something
