"""The people every access test knows, and the room they are in."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.test import Client

from agenda import services
from agenda.chapters import load_document
from agenda.document import read_toml
from agenda.models import Attendee, Membership, User, Workshop
from agenda.seat import Seat, keep

SAMPLE = Path(__file__).parent.parent / "masterclass" / "samples" / "newcastle.toml"


def newcastle(slug: str = "newcastle") -> Workshop:
    """The sample day, not started."""
    document = read_toml(SAMPLE.read_text("utf-8"), SAMPLE.name)
    return load_document({**document, "slug": slug})


@dataclass
class Phone:
    """An attendee's browser and the seat it holds."""

    client: Client
    attendee: Attendee
    seat: Seat


def phone_in(workshop: Workshop) -> Phone:
    """Somebody joins."""
    from django.http import HttpResponse

    seat = services.join(workshop=workshop)
    response = HttpResponse()
    keep(response, workshop.pk, seat)
    client = Client()
    client.cookies = response.cookies
    return Phone(client, Attendee.objects.get(pk=seat.attendee_id), seat)


@cache
def _hashed(password: str) -> str:
    """Argon2 is slow on purpose; once per password and process is enough."""
    return make_password(password)


def user_with(name: str, workshop: Workshop | None = None, role: str = "", *, is_staff: bool = False) -> User:
    """Somebody with an account, and a role on the day if one is given."""
    user = User.objects.create(username=name, password=_hashed(f"{name}-long-password"), is_staff=is_staff)
    if workshop:
        Membership.objects.create(workshop=workshop, user=user, role=role)
    return user


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@dataclass
class Cast:
    """Everybody. `outsider` has an account and no role here; `stranger` has nothing."""

    workshop: Workshop
    other_workshop: Workshop
    owner: Client
    facilitator: Client
    staff: Client
    scribe: Client
    viewer: Client
    attendee: Client
    other_attendee: Client
    outsider: Client
    stranger: Client

    def by_name(self, name: str) -> Client:
        return getattr(self, name)


EVERYBODY = ("owner", "facilitator", "staff", "scribe", "viewer", "attendee", "other_attendee", "outsider", "stranger")


def assemble() -> Cast:
    here, there = newcastle(), newcastle("another-day")
    return Cast(
        workshop=here,
        other_workshop=there,
        owner=browser_of(user_with("owner", here, "owner")),
        facilitator=browser_of(user_with("facilitator", here, "facilitator")),
        staff=browser_of(user_with("staff", here, "viewer", is_staff=True)),
        scribe=browser_of(user_with("scribe", here, "scribe")),
        viewer=browser_of(user_with("viewer", here, "viewer")),
        attendee=phone_in(here).client,
        other_attendee=phone_in(there).client,
        outsider=browser_of(user_with("outsider", there, "owner")),
        stranger=Client(),
    )
