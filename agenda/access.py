"""The only doors. Each finds a workshop and says who is asking, or answers 404: to somebody outside, missing and
forbidden look the same."""

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest

from . import seat as seats
from .models import Attendee, Membership, User, Workshop

RUN = (Membership.Role.OWNER, Membership.Role.FACILITATOR)
WRITE = (*RUN, Membership.Role.SCRIBE)
READ = (*WRITE, Membership.Role.VIEWER)


@dataclass(frozen=True)
class AtDesk:
    """Somebody with an account and the right to be here."""

    workshop: Workshop
    user: User
    role: str


@dataclass(frozen=True)
class AtPhone:
    """A phone in a seat of this day."""

    workshop: Workshop
    attendee: Attendee
    seat: seats.Seat


def staff_allowed_from(address: str) -> bool:
    """On a hall's plain http, pages behind a sign-in are for the laptop itself, unless the host allows more."""
    if settings.HOSTED or settings.DESK_FROM_NETWORK:
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def member(user: object, workshop_id: str, address: str, roles: tuple[str, ...]) -> AtDesk | None:
    """The member of this day behind a sign-in, or nobody. For sockets, which cannot answer 404."""
    if not isinstance(user, User) or not user.is_active or not staff_allowed_from(address):
        return None
    found = Membership.objects.filter(workshop_id=workshop_id, user=user, role__in=roles).select_related("workshop")
    membership = found.first()
    return AtDesk(membership.workshop, user, membership.role) if membership else None


def attendee(cookies: dict[str, str], workshop_id: str) -> AtPhone | None:
    """The seat behind a phone's cookies, or nobody."""
    seat = seats.read(cookies, workshop_id)
    if seat is None:
        return None
    found = Attendee.objects.filter(pk=seat.attendee_id, workshop_id=workshop_id, revoked_at=None)
    row = found.select_related("workshop").first()
    return AtPhone(row.workshop, row, seat) if row else None


def _member_or_404(request: HttpRequest, workshop_id: str, roles: tuple[str, ...]) -> AtDesk:
    found = member(request.user, workshop_id, request.META.get("REMOTE_ADDR", ""), roles)
    if found is None:
        raise Http404
    return found


def workshop_for_desk(request: HttpRequest, workshop_id: str) -> AtDesk:
    """Owner and facilitator."""
    return _member_or_404(request, workshop_id, RUN)


def workshop_for_owner(request: HttpRequest, workshop_id: str) -> AtDesk:
    """Whoever owns the day."""
    return _member_or_404(request, workshop_id, (Membership.Role.OWNER,))


def workshop_for_plan(request: HttpRequest, workshop_id: str) -> AtDesk:
    """Owner and facilitator."""
    return _member_or_404(request, workshop_id, RUN)


def workshop_for_notes(request: HttpRequest, workshop_id: str) -> AtDesk:
    """Owner, facilitator and scribe: those who write down what the room says, and group it."""
    return _member_or_404(request, workshop_id, WRITE)


def workshop_for_summary(request: HttpRequest, workshop_id: str) -> AtDesk:
    """Everybody with a role on the day."""
    return _member_or_404(request, workshop_id, READ)


def workshop_for_export(request: HttpRequest, workshop_id: str) -> AtDesk:
    """Owner and facilitator; staff of the host with a role on the day."""
    at_desk = _member_or_404(request, workshop_id, READ)
    if at_desk.role not in RUN and not at_desk.user.is_staff:
        raise Http404
    return at_desk


def workshop_for_phone(request: HttpRequest, workshop_id: str) -> AtPhone:
    """A seat that was not taken away."""
    found = attendee(request.COOKIES, workshop_id)
    if found is None:
        raise Http404
    return found


def workshop_for_order(request: HttpRequest, workshop_id: str) -> AtDesk | AtPhone:
    """Everybody with a role on the day, and every seat in it."""
    address = request.META.get("REMOTE_ADDR", "")
    found = member(request.user, workshop_id, address, READ) or attendee(request.COOKIES, workshop_id)
    if found is None:
        raise Http404
    return found


def workshop_to_join(code: str) -> Workshop:
    """The day a typed code or a scanned token leads to. Finding it opens nothing but the page that asks to join."""
    if "\x00" in code:  # PostgreSQL would not even look for it
        raise Http404
    letters = "".join(code.split()).replace("-", "").upper()
    found = Workshop.objects.filter(join_code=letters) | Workshop.objects.filter(join_token=code)
    workshop = found.first()
    if workshop is None:
        raise Http404
    return workshop


def days_of(request: HttpRequest) -> list[AtDesk]:
    """Every day the signed-in person has a role on, newest first."""
    if not isinstance(request.user, User) or not staff_allowed_from(request.META.get("REMOTE_ADDR", "")):
        raise Http404
    rows = request.user.memberships.select_related("workshop").order_by("-workshop__date", "workshop__title")
    return [AtDesk(row.workshop, request.user, row.role) for row in rows]


def account(request: HttpRequest) -> User:
    """Whoever is signed in, wherever people may be behind a sign-in."""
    if not isinstance(request.user, User) or not staff_allowed_from(request.META.get("REMOTE_ADDR", "")):
        raise Http404
    return request.user


def days_to_start_from(request: HttpRequest) -> list[Workshop]:
    """What anybody with an account may start a new day from: the days they run, and every template there is."""
    own = [at_desk.workshop.pk for at_desk in days_of(request) if at_desk.role in RUN]
    return list(Workshop.objects.filter(Q(pk__in=own) | Q(template=True)))
