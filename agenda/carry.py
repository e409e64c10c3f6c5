"""A whole day leaves for another computer in one file, and comes back. docs/running.md says how and why.

Both ends write down each journey with fingerprints of what they then held, so that a file that comes back can be told
from one that would undo what has happened here meanwhile.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from . import carried, changes, clock, queries
from .carry_file import CarryFile, new
from .chapters import dump_document, registered
from .models import Audit, Membership, User, Workshop
from .new_days import free_slug
from .rows import Entry, Tables, Unreadable, as_text, missing
from .services import Refused, audit
from .working_copy import working_copy

OUT, IN = "day carried out", "day carried in"
COUNTERS = ("epoch", "rev", "control_rev")
OF_A_PLACE = (*COUNTERS, "slug", "saved_by")  # what is each computer's own affair, its accounts among them


class NotCarried(Refused):
    """Nothing was changed. The message is a sentence for whoever carries."""


@dataclass(frozen=True)
class Arrived:
    """A day that was carried in. `strangers`: user name -> role or "", of those who have no account here."""

    workshop: Workshop
    strangers: dict[str, str]
    renamed: bool
    has_owner: bool


@transaction.atomic
def carry_out(*, workshop: Workshop, now: datetime) -> CarryFile:
    """The whole day as it is at this moment; whoever writes to it meanwhile waits."""
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    file = new(_pack(workshop), now)
    _note(OUT, workshop, file, file.chapters, now)
    return file


@transaction.atomic
def carry_in(*, file: CarryFile, now: datetime, owner: User | None = None) -> Arrived:
    """Make the day here what it is in the file. Raises NotCarried and changes nothing if that would lose something."""
    try:
        with transaction.atomic():
            workshop = _write(file, now)
            packed = _pack(workshop)
            _check_all_is_known(file, packed)
    except Unreadable as unreadable:
        sentence = _("This file cannot be carried in. %(why)s Nothing was changed.")
        raise NotCarried(sentence % {"why": unreadable}) from unreadable
    except (IntegrityError, DataError, LookupError, TypeError, ValueError, AttributeError, ObjectDoesNotExist) as error:
        raise NotCarried(_("What this file holds does not fit together. Nothing was changed.")) from error
    if owner:
        Membership.objects.update_or_create(workshop=workshop, user=owner, defaults={"role": Membership.Role.OWNER})
    _note(IN, workshop, file, packed, now)
    changes.announce(workshop)
    return _arrived(workshop, file)


def _arrived(workshop: Workshop, file: CarryFile) -> Arrived:
    agenda = file.chapters["agenda"]
    known = carried.names(agenda)
    here = set(User.objects.filter(username__in=known).values_list("username", flat=True))
    owners = Membership.objects.filter(workshop=workshop, role=Membership.Role.OWNER, user__is_active=True)
    return Arrived(
        workshop,
        strangers={name: role for name, role in known.items() if name not in here},
        renamed=workshop.slug != agenda["day"][0]["slug"],
        has_owner=owners.exists(),
    )


def _write(file: CarryFile, now: datetime) -> Workshop:
    wanted = file.chapters["agenda"]["day"][0]
    if not re.fullmatch("[a-z0-9]{1,12}", str(wanted.get("id"))):
        raise Unreadable(_("It does not say which day it is."))
    here = Workshop.objects.select_for_update().filter(pk=wanted["id"]).first()
    others = Workshop.objects.exclude(pk=wanted["id"])
    if others.filter(Q(join_code=wanted["join_code"]) | Q(join_token=wanted["join_token"])).exists():
        raise Unreadable(_("Its join code belongs to another day here."))
    if here:
        _check_nothing_is_lost(here, file)
    workshop = here or Workshop(pk=wanted["id"])
    before = [getattr(workshop, name) for name in COUNTERS]
    _unpack(workshop, file, here.slug if here else free_slug(str(wanted["slug"])))
    _count_on(workshop, before, now)
    _look_at(workshop)
    return workshop


def _unpack(workshop: Workshop, file: CarryFile, slug: str) -> None:
    agenda = file.chapters["agenda"]
    day = {**agenda, "day": [{**agenda["day"][0], "slug": slug}]}
    for chapter in registered():
        chapter.unpack(workshop, {**file.chapters, "agenda": day}.get(chapter.name, {}))
    carried.tidy(workshop, agenda)
    for chapter in registered():
        chapter.unpacked(workshop)


def _check_all_is_known(file: CarryFile, packed: dict[str, Tables]) -> None:
    """Raise Unreadable for a table that nobody here has taken in."""
    here, there = (
        {f"{name}.{table}" for name, tables in chapters.items() for table in tables}
        for chapters in (packed, file.chapters)
    )
    if unknown := sorted(there - here):
        raise Unreadable(_("It holds “%(name)s”, which this version does not know.") % {"name": unknown[0]})


def _count_on(workshop: Workshop, before: list[int], now: datetime) -> None:
    """A new epoch, so that every page reads anew; and revisions that never go back."""
    epoch, rev, control_rev = before
    workshop.epoch = max(epoch + 1, workshop.epoch + 1, int(now.timestamp()))
    workshop.rev, workshop.control_rev = max(rev, workshop.rev), max(control_rev, workshop.control_rev)
    workshop.save(update_fields=COUNTERS)


def _look_at(workshop: Workshop) -> None:
    """What every page does with a day; raises what a day that does not fit together would raise there."""
    dump_document(workshop)
    if workshop.plan_versions.exists():
        queries.day(workshop).schedule(clock.now(workshop))
    working_copy(workshop)


# --- What would be lost


def _check_nothing_is_lost(here: Workshop, file: CarryFile) -> None:
    """Raise NotCarried unless all that is here is in the file, or stood here already when that day set out."""
    if lost := _lost(here, file):
        sentence = _(
            "“%(title)s” is here already, and this file does not have everything that happened here. "
            "What would be lost: %(lost)s. Nothing was changed."
        )
        raise NotCarried(sentence % {"title": here.title, "lost": ", ".join(lost)})


def _lost(here: Workshop, file: CarryFile) -> list[str]:
    packed, agenda = _pack(here), file.chapters["agenda"]
    lost = []
    for table, words in carried.GROWING.items():
        held = packed["agenda"][table]
        if missing(held, agenda.get(table, [])[: len(held)], "actor"):
            lost.append(str(words))
    prints = _last_common(here, file)
    for chapter in registered():
        for table, words in chapter.replaced.items():
            held, there = packed[chapter.name][table], file.chapters.get(chapter.name, {}).get(table, [])
            stood = prints.get(f"{chapter.name}.{table}")
            stands = stood == _print(held, stood["fields"]) if stood else not missing(held, there, *OF_A_PLACE)
            lost += [] if stands else [str(words)]
    return lost


def _last_common(here: Workshop, file: CarryFile) -> dict[str, Any]:
    """The fingerprints written down here at the newest journey that the file knows of, where the two went apart."""
    known = {file.leg} | {str(_detail(row).get("leg")) for row in file.chapters["agenda"].get("audit", [])}
    written = Audit.objects.filter(workshop=here, kind__in=[OUT, IN]).order_by("-pk").values_list("detail", flat=True)
    return next((detail["prints"] for detail in written if detail["leg"] in known), {})


def _detail(row: Entry) -> dict[str, Any]:
    detail = row.get("detail")
    return detail if isinstance(detail, dict) else {}


def _note(kind: str, workshop: Workshop, file: CarryFile, chapters: dict[str, Tables], now: datetime) -> None:
    """Write the journey down with a fingerprint of each table, from which nothing can be read."""
    prints = {
        f"{chapter.name}.{table}": _print(chapters[chapter.name][table])
        for chapter in registered()
        for table in chapter.replaced
    }
    audit(kind=kind, at=now, workshop=workshop, leg=file.leg, prints=prints)


def _print(rows: list[Entry], fields: Iterable[str] | None = None) -> dict[str, Any]:
    """Of these fields only, for a newer program may keep more than the one that wrote down what stood."""
    if fields is None:
        fields = {name for row in rows for name in row} - {*OF_A_PLACE}
    bare = [{name: row[name] for name in fields if name in row} for row in rows]
    return {"fields": sorted(fields), "sum": hashlib.sha256(as_text(bare).encode()).hexdigest()}


def _pack(workshop: Workshop) -> dict[str, Tables]:
    return {chapter.name: chapter.pack(workshop) for chapter in registered()}
