"""A projector's browser and what it holds: a signed cookie that names its pairing and opens nothing else."""

import secrets
import uuid
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError
from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from agenda.models import User

from . import services
from .models import PairedScreen

COOKIE = "__Host-screen" if settings.HOSTED else "screen"
_signer = Signer(salt="screen")


def of(cookies: dict[str, str]) -> PairedScreen | None:
    """The pairing a browser asked for; digits that nobody typed in for ten minutes are none."""
    try:
        name = uuid.UUID(_signer.unsign(cookies.get(COOKIE, "")))
    except (BadSignature, ValueError):
        return None
    fresh = Q(workshop__isnull=False) | Q(asked_at__gte=timezone.now() - services.PAIRING_LIFE)
    return PairedScreen.objects.filter(fresh, pk=name, revoked_at=None).first()


def may_show(cookies: dict[str, str], workshop_id: str) -> bool:
    """The desk of this day has confirmed this browser."""
    return name_of(cookies, workshop_id) is not None


def name_of(cookies: dict[str, str], workshop_id: str) -> str | None:
    """Which of the screens that the desk of this day has confirmed this browser is."""
    screen = of(cookies)
    return str(screen.pk) if screen and screen.workshop_id == workshop_id else None


def ask() -> PairedScreen:
    """A pairing with four digits that no other waiting screen shows. Raises Refused when too many wait."""
    while True:
        try:
            return services.ask_for_pairing(digits=f"{secrets.randbelow(10_000):04}")
        except IntegrityError:
            continue  # few may wait at once, so the next draw is all but certain to be free


def keep(response: HttpResponse, screen: PairedScreen) -> None:
    response.set_cookie(
        COOKIE,
        _signer.sign(str(screen.pk)),
        max_age=7 * 24 * 60 * 60,
        httponly=True,
        secure=settings.HOSTED,
        samesite="Lax",
    )


def signed_in(cookies: dict[str, str]) -> User | None:
    """Who is signed in by Django's session cookie; for sockets, which pass no middleware."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(cookies.get(settings.SESSION_COOKIE_NAME) or None)
    if BACKEND_SESSION_KEY not in store:
        return None
    user = User.objects.filter(pk=store.get(SESSION_KEY), is_active=True).first()
    if user and constant_time_compare(store.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return user
    return None
