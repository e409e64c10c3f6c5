"""How a day begins its life: blank, from a template, or as a copy of another. Never with people or their answers."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import changes, plan
from .chapters import dump_document, load_document
from .document import DocumentRefused
from .models import LogEntry, Membership, User, Workshop
from .services import Refused, audit

_NOTHING_YET = gettext_lazy("The running order of “%(title)s” is not published yet, so there is nothing to start from.")
SAME_PRESS = timedelta(seconds=10)
MOST_AT_ONCE = 20


class NotMade(Refused):
    """No day was made. The message is a sentence; `field` is what it is about: "title", "date", "place" or none."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


def start(
    *, user: User, title: str, date: date, place: str, start_from: Workshop | None, rehearsal: bool, now: datetime
) -> Workshop:
    """A new day that `user` owns, blank or as `start_from` is. A second press of the same button is the same day."""
    document = dump_document(start_from) if start_from else blank_document()
    if start_from and not document["slots"]:
        raise NotMade(_NOTHING_YET % {"title": start_from.title}, "start_from")
    document |= {"title": title, "date": date.isoformat(), "place": place}
    begins = document.pop("rehearsal_starts", None) or _first_clock_time(document)
    if rehearsal:
        document["rehearsal_starts"] = begins
    return _try(lambda: _make_once(user, document, start_from, now), document)


def make_unpublished(*, user: User, document: dict[str, Any], now: datetime, reading: str) -> Workshop:
    """A new day that `user` owns and of whose running order nothing is published; whoever asks writes its draft.

    The times in the document say in which order its items stand, and no more.
    """
    return _try(lambda: _make_unpublished(user, document, now, reading), document)


@transaction.atomic
def _make_unpublished(user: User, document: dict[str, Any], now: datetime, reading: str) -> Workshop:
    workshop = _make(user, document)
    workshop.plan_versions.all().delete()
    audit(kind="day made", at=now, workshop=workshop, user=user, start_from=None, reading=reading)
    return workshop


def _try(make: Callable[[], Workshop], document: dict[str, Any]) -> Workshop:
    for _attempt in range(MOST_AT_ONCE):
        try:
            return make()
        except DocumentRefused as refused:
            if refused.path != ("slug",):
                raise _not_made(document, refused) from refused
        except IntegrityError:  # somebody else took the name between our looking and our writing
            continue
    raise NotMade(_("Many people make a day of this title and date at this moment. Press once more."))


@transaction.atomic
def _make_once(user: User, document: dict[str, Any], start_from: Workshop | None, now: datetime) -> Workshop:
    User.objects.select_for_update().get(pk=user.pk)  # two presses of one person, one after the other
    if made := _made_just_now(user, document["title"], document["date"], now):
        return made
    workshop = _make(user, document)
    audit(kind="day made", at=now, workshop=workshop, user=user, start_from=start_from and start_from.pk)
    return workshop


def _make(user: User, document: dict[str, Any]) -> Workshop:
    title, day = document["title"], document["date"]
    slug = free_slug(f"{slugify(title)[:60].strip('-_') or 'day'}-{day}")
    workshop = load_document({**document, "slug": slug}, new=True)
    Membership.objects.create(workshop=workshop, user=user, role=Membership.Role.OWNER)
    return workshop


def _made_just_now(user: User, title: str, day: str, now: datetime) -> Workshop | None:
    own = user.memberships.filter(role=Membership.Role.OWNER, workshop__created_at__gt=now - SAME_PRESS)
    same = own.filter(workshop__title=title, workshop__date=day).select_related("workshop").first()
    return same.workshop if same else None


def free_slug(wanted: str) -> str:
    """As wanted, with a number behind it where another day has that name."""
    taken = set(Workshop.objects.filter(slug__startswith=wanted[:74]).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted[:74]}-{number}"
    return slug


def _first_clock_time(document: dict[str, Any]) -> str:
    """Where a rehearsal's clock stands when nothing else says so."""
    return next((slot["start"] for slot in document["slots"] if slot["start"] != plan.NOW), "09:30")


def _not_made(document: dict[str, Any], refused: DocumentRefused) -> NotMade:
    """The document's sentence, naming what the person typed rather than a key."""
    path = refused.path
    named = {"title": _("The title"), "date": _("The date"), "place": _("The place")}
    if path and path[0] in named:
        return NotMade(f"{named[str(path[0])]} {refused.reason}", str(path[0]))
    times = {"rehearsal_starts": _("The start of the rehearsal"), "ends": _("The end of the day")}
    if path[:1] == ("slots",) and len(path) > 1:
        title = document["slots"][path[1]]["title"]
        times["slots"] = _("The start of “%(item)s”") % {"item": title}
    if path and path[0] in times:
        # The times were good on the day it starts from, so it is the new date that does not have them.
        sentence = _("%(what)s %(reason)s Choose another date.")
        return NotMade(sentence % {"what": times[str(path[0])], "reason": refused.reason}, "date")
    return NotMade(str(refused))


@transaction.atomic
def set_template(*, workshop: Workshop, on: bool, user: User, now: datetime) -> None:
    """Let everybody with an account start days from this one, or no longer. A day that has begun stays a day."""
    workshop.touch(phones=False)
    if on and LogEntry.objects.filter(workshop=workshop).exists():
        raise Refused(
            _("“%(title)s” has begun, so it cannot be a template. Copy it, and make the copy one.")
            % {"title": workshop.title}
        )
    workshop.template = on
    workshop.save(update_fields=["template"])
    audit(kind="template", at=now, workshop=workshop, user=user, on=on)
    changes.announce(workshop)


def blank_document() -> dict[str, Any]:
    """A small running order to begin with, for somebody who has never made one; without slug, title and date."""
    slots: list[tuple[str, str, str, str, int]] = [
        ("arrival", "arrival", _("Arrival"), "09:30", 30),
        ("welcome", "intros", _("Welcome and introductions"), "10:00", 45),
        ("speaker-1", "speaker", _("First speaker"), "10:45", 45),
        ("discussion", "discussion", _("Discussion"), "11:30", 60),
        ("lunch", "lunch", _("Lunch"), "12:30", 60),
        ("summary", "summary", _("What we take home"), "13:30", 30),
        ("close", "close", _("Close"), "14:00", 15),
    ]
    names = ("key", "kind", "title", "start", "minutes")
    return {"slots": [dict(zip(names, slot, strict=True)) for slot in slots]}
