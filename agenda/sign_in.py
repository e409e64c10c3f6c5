"""The way in for a facilitator without a password: a link that opens once, within ten minutes."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.models import Audit, SignInLink, User
from agenda.wiping import wiping

GOOD_FOR = timedelta(minutes=10)


class LinkRefused(Exception):
    """A sign-in link that opens nothing; its text is a sentence for people."""


def make_link(*, user: User, now: datetime) -> str:
    """The secret part of a new link for `user`. Only its hash is kept, so it can be shown this once."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        SignInLink.objects.filter(expires_at__lte=now).delete()
        SignInLink.objects.create(token_hash=_hash(token), user=user, expires_at=now + GOOD_FOR)
    return token


def use_link(*, token: str, now: datetime) -> User:
    """The person `token` signs in. Two presses at once sign in one of them. Raises LinkRefused."""
    with transaction.atomic():
        # A lock: an UPDATE with the account in its WHERE lets PostgreSQL use the link twice.
        links = SignInLink.objects.select_for_update(of=("self",)).select_related("user")
        link = links.filter(token_hash=_hash(token), user__is_active=True, used_at=None, expires_at__gt=now).first()
        if link is None:
            raise LinkRefused(
                _(
                    "This sign-in link has been used already or is more than ten minutes old. "
                    "Nothing is lost. Make a new link on the computer that runs the day: python3 run.py link"
                )
            )
        link.used_at = now
        link.save(update_fields=["used_at"])
        return link.user


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


WRONG_TRIES, WITHIN = 10, timedelta(minutes=15)


def note_wrong_try(*, name: str, now: datetime) -> None:
    """Somebody gave a wrong password for `name`. Only a hash is kept: people type passwords into the wrong field."""
    with wiping(None):
        Audit.objects.filter(kind="sign-in refused", at__lte=now - WITHIN).delete()
    Audit.objects.create(kind="sign-in refused", at=now, detail={"name": _hash(name.casefold())})


def too_many_tries(*, name: str, now: datetime) -> bool:
    """Ten wrong passwords close one name for a quarter of an hour; never an address, which a hall shares."""
    tries = Audit.objects.filter(kind="sign-in refused", at__gt=now - WITHIN, detail__name=_hash(name.casefold()))
    return tries.count() >= WRONG_TRIES
