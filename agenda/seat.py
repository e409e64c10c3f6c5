"""What a phone holds: a seat, and an answer secret. Two values that have nothing to do with each other.

Both are signed cookies that only the server reads, verified without the database. The secret is stored nowhere
else: not in the database, not hashed, not in a session, a log, a mail or a link.
"""

import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpResponse

COOKIE_DAYS = 60


@dataclass(frozen=True)
class Seat:
    """A phone's own two values for one day."""

    attendee_id: uuid.UUID
    secret: str


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def _cookie(part: str, workshop_id: str) -> str:
    return f"{'__Host-' if settings.HOSTED else ''}{part}-{workshop_id}"


def _signer(part: str, workshop_id: str) -> Signer:
    return Signer(salt=f"{part}:{workshop_id}")


def read(cookies: dict[str, str], workshop_id: str) -> Seat | None:
    """The seat in a request's or a socket's cookies, if both values are ours and of this day."""
    try:
        seat = _signer("seat", workshop_id).unsign(cookies.get(_cookie("seat", workshop_id), ""))
        secret = _signer("answers", workshop_id).unsign(cookies.get(_cookie("answers", workshop_id), ""))
        return Seat(uuid.UUID(seat), secret)
    except (BadSignature, ValueError):
        return None


def keep(response: HttpResponse, workshop_id: str, seat: Seat) -> None:
    """Set both cookies on a response."""
    for part, value in (("seat", str(seat.attendee_id)), ("answers", seat.secret)):
        response.set_cookie(
            _cookie(part, workshop_id),
            _signer(part, workshop_id).sign(value),
            max_age=COOKIE_DAYS * 24 * 60 * 60,
            httponly=True,
            secure=settings.HOSTED,
            samesite="Lax",
        )


def forget(response: HttpResponse, workshop_id: str) -> None:
    """Take both cookies away. From then on nobody can find what was said under that secret."""
    for part in ("seat", "answers"):
        response.delete_cookie(_cookie(part, workshop_id), samesite="Lax")
