"""A speaker's way in: a private link without a log-in, and the cookie it leaves on a device.

It shows that speaker's own clock and moves nothing. One link an item is good at a time, until the desk takes it away.
"""

import hashlib
import secrets
import uuid
from contextlib import suppress

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from agenda import changes, clock
from agenda import services as agenda
from agenda.models import Slot, User, Workshop

from .models import SpeakerLink

COOKIE_DAYS = 60


@transaction.atomic
def make_link(*, workshop: Workshop, slot: Slot, actor: User | None) -> str:
    """The secret part of a new link for `slot`. Only its hash is kept: it can be shown this once.

    The link before it is taken away.
    """
    workshop.touch(phones=False)
    _take_away(slot)
    token = secrets.token_urlsafe(32)
    SpeakerLink.objects.create(workshop=workshop, slot=slot, token_hash=_hash(token), made_at=timezone.now())
    agenda.audit(kind="speaker link made", at=clock.now(workshop), workshop=workshop, user=actor, slot=slot.key)
    changes.announce(workshop)
    return token


@transaction.atomic
def revoke_link(*, workshop: Workshop, slot: Slot, actor: User | None) -> None:
    """The link of `slot` opens nothing any more, and what it has opened closes. Twice is once."""
    workshop.touch(phones=False)
    if _take_away(slot):
        agenda.audit(kind="speaker link revoked", at=clock.now(workshop), workshop=workshop, user=actor, slot=slot.key)
    changes.announce(workshop)


def _take_away(slot: Slot) -> int:
    return SpeakerLink.objects.filter(slot=slot, revoked_at=None).update(revoked_at=timezone.now())


def out(workshop: Workshop) -> set[str]:
    """The keys of the items that a link is good for now. For the desk, and to know whose page is open."""
    found = SpeakerLink.objects.filter(workshop=workshop, revoked_at=None)
    return set(found.values_list("slot__key", flat=True))


def find(token: str) -> SpeakerLink | None:
    """The link with this secret part, unless it was taken away. Finding it opens nothing but the page with a button."""
    found = SpeakerLink.objects.filter(token_hash=_hash(token), revoked_at=None)
    return found.select_related("workshop", "slot").first()


def keep(response: HttpResponse, link: SpeakerLink) -> None:
    """Let the browser that gets this response show that item's clock."""
    response.set_cookie(
        _cookie(link.workshop_id, link.slot.key),
        _signer(link.workshop_id).sign(str(link.pk)),
        max_age=COOKIE_DAYS * 24 * 60 * 60,
        httponly=True,
        secure=settings.HOSTED,
        samesite="Lax",
    )


def held(cookies: dict[str, str], workshop_id: str) -> list[SpeakerLink]:
    """The links of this day behind a browser's cookies, newest first; those that were taken away are none."""
    signer, names = _signer(workshop_id), []
    for name, value in cookies.items():
        if name.startswith(_cookie(workshop_id, "")):
            with suppress(BadSignature, ValueError):
                names.append(uuid.UUID(signer.unsign(value)))
    found = SpeakerLink.objects.filter(pk__in=names, workshop_id=workshop_id, revoked_at=None)
    return list(found.select_related("workshop", "slot").order_by("-made_at"))


def _cookie(workshop_id: str, slot_key: str) -> str:
    return f"{'__Host-' if settings.HOSTED else ''}speaker-{workshop_id}-{slot_key}"


def _signer(workshop_id: str) -> Signer:
    return Signer(salt=f"speaker:{workshop_id}")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
