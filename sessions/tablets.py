"""A shared tablet: a link made at the desk opens it, and a cookie that names it lets it take one seat after the other.

It works like a phone in all else. Handing it on takes seat and answer secret off it, so nobody finds what was said
before.
"""

import hashlib
import secrets
import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from agenda import clock
from agenda import services as agenda
from agenda.models import User, Workshop

from .models import Tablet

COOKIE_DAYS = 7


@transaction.atomic
def make_link(*, workshop: Workshop, actor: User | None) -> str:
    """The secret part of a link that opens one tablet. Only its hash is kept: it can be shown this once."""
    workshop.touch(phones=False)
    token = secrets.token_urlsafe(32)
    Tablet.objects.create(workshop=workshop, token_hash=_hash(token), made_at=timezone.now())
    agenda.audit(kind="tablet link made", at=clock.now(workshop), workshop=workshop, user=actor)
    return token


@transaction.atomic
def open_with(*, token: str) -> Tablet | None:
    """The tablet that this link makes of a browser: the first one that presses, and no other."""
    fresh = Tablet.objects.filter(token_hash=_hash(token), revoked_at=None, opened=False)
    tablet = fresh.select_related("workshop").first()
    return tablet if tablet and fresh.update(opened=True) else None


@transaction.atomic
def revoke(*, workshop: Workshop, tablet: uuid.UUID, actor: User | None) -> None:
    """This tablet is handed on no more, and its link opens nothing. Twice is once."""
    workshop.touch(phones=False)
    if Tablet.objects.filter(workshop=workshop, pk=tablet, revoked_at=None).update(revoked_at=timezone.now()):
        agenda.audit(kind="tablet revoked", at=clock.now(workshop), workshop=workshop, user=actor)


def out(workshop: Workshop) -> list[Tablet]:
    """Those that are good, oldest first. For those who run the day."""
    return list(Tablet.objects.filter(workshop=workshop, revoked_at=None))


def find(token: str) -> Tablet | None:
    """What this link would open. Finding it opens nothing but the page with a button."""
    found = Tablet.objects.filter(token_hash=_hash(token), revoked_at=None, opened=False)
    return found.select_related("workshop").first()


def keep(response: HttpResponse, tablet: Tablet) -> None:
    """Let the browser that gets this response take seats of that day, one after the other."""
    response.set_cookie(
        _cookie(tablet.workshop_id),
        _signer(tablet.workshop_id).sign(str(tablet.pk)),
        max_age=COOKIE_DAYS * 24 * 60 * 60,
        httponly=True,
        secure=settings.HOSTED,
        samesite="Lax",
    )


def of(cookies: dict[str, str], workshop_id: str) -> Tablet | None:
    """The tablet of this day that a browser is; one that was taken away is none. No query without its cookie."""
    try:
        name = uuid.UUID(_signer(workshop_id).unsign(cookies.get(_cookie(workshop_id), "")))
    except (BadSignature, ValueError):
        return None
    found = Tablet.objects.filter(pk=name, workshop_id=workshop_id, revoked_at=None)
    return found.select_related("workshop").first()


def _cookie(workshop_id: str) -> str:
    return f"{'__Host-' if settings.HOSTED else ''}tablet-{workshop_id}"


def _signer(workshop_id: str) -> Signer:
    return Signer(salt=f"tablet:{workshop_id}")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
