"""Personal links to the questions before the day: each opens one person's seat, and says whether they have replied.

Only the hash of a link is kept. What is not kept with a name stays on the phone that said it: the link finds the seat,
and no answer secret.
"""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from typing import TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes, clock
from agenda import services as agenda
from agenda.models import Attendee, User, Workshop
from agenda.seat import Seat, new_secret
from agenda.services import Refused

from .survey_models import PersonalLink

MOST_LINKS = 500
Made: TypeAlias = tuple[PersonalLink, str]


@transaction.atomic
def make_links(*, workshop: Workshop, labels: Sequence[str], actor: User | None) -> list[Made]:
    """A link for each who has none yet, with its secret part, which can be shown this once.

    Raises Refused above what a day can hold.
    """
    workshop.touch(phones=False)
    known = {
        label.casefold() for label in PersonalLink.objects.filter(workshop=workshop).values_list("label", flat=True)
    }
    new = [label for label in labels if label.casefold() not in known]
    if len(known) + len(new) > MOST_LINKS:
        raise Refused(_("A day can have %(n)s personal links. Nothing was made.") % {"n": MOST_LINKS})
    made = [(PersonalLink(workshop=workshop, label=label), secrets.token_urlsafe(32)) for label in new]
    for link, token in made:
        link.token_hash = hash_of(token)
    PersonalLink.objects.bulk_create(link for link, _token in made)
    agenda.audit(kind="personal links made", at=clock.now(workshop), workshop=workshop, user=actor, links=len(made))
    changes.announce(workshop)
    return made


@transaction.atomic
def make_anew(*, workshop: Workshop, link_id: uuid.UUID, actor: User | None) -> list[Made]:
    """Another link to the same seat, for somebody who has lost theirs; the old one opens nothing any more."""
    workshop.touch(phones=False)
    links = list(PersonalLink.objects.filter(workshop=workshop, pk=link_id))
    made = [(link, secrets.token_urlsafe(32)) for link in links]
    for link, token in made:
        PersonalLink.objects.filter(pk=link.pk).update(token_hash=hash_of(token))
        agenda.audit(kind="personal links made", at=clock.now(workshop), workshop=workshop, user=actor, links=1)
    changes.announce(workshop)
    return made


@transaction.atomic
def delete_link(*, workshop: Workshop, link_id: uuid.UUID, actor: User | None) -> None:
    """The link opens nothing any more; the seat it has opened stays. Twice is once."""
    workshop.touch(phones=False)
    gone, _each = PersonalLink.objects.filter(workshop=workshop, pk=link_id).delete()
    if gone:
        agenda.audit(kind="personal link deleted", at=clock.now(workshop), workshop=workshop, user=actor)


def links(workshop: Workshop) -> list[PersonalLink]:
    """All that are out, by name. For those who run the day."""
    return list(PersonalLink.objects.filter(workshop=workshop))


def find(token: str) -> PersonalLink | None:
    """The link with this secret part. Finding it opens nothing but the page with a button."""
    found = PersonalLink.objects.filter(token_hash=hash_of(token)).select_related("workshop", "attendee").first()
    return None if found and found.attendee and found.attendee.revoked_at else found


@transaction.atomic
def open_with(*, workshop: Workshop, token: str, held: Seat | None) -> Seat | None:
    """The seat of that person; None where the desk has just made the link anew or deleted it. A phone that has a seat
    already keeps its secret, so that it finds what it said."""
    workshop.touch(phones=False)
    link = find(token)
    if link is None:
        return None
    if link.attendee_id is None:
        name = "" if "@" in link.label else link.label
        seat = agenda.sign_up(workshop=link.workshop, name=name, secret=held.secret if held else "")
        PersonalLink.objects.filter(pk=link.pk).update(attendee=seat.attendee_id)
        return seat
    return Seat(link.attendee_id, held.secret if held else new_secret())


def is_personal(attendee: Attendee) -> bool:
    """Whether this seat was opened by a personal link: then its person is told what the organisers see."""
    return PersonalLink.objects.filter(attendee=attendee).exists()


@transaction.atomic
def mark_replied(*, attendee: Attendee) -> None:
    """Somebody with a personal link has answered; for anybody else nothing is written down. Twice is once.

    It stands in a transaction of its own, after that which has written the answers.
    """
    if PersonalLink.objects.filter(attendee=attendee, replied=False).exists():
        attendee.workshop.touch(phones=False)
        PersonalLink.objects.filter(attendee=attendee).update(replied=True)
        changes.announce(attendee.workshop)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
