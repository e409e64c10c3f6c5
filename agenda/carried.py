"""The agenda's part of a day that is carried: everything it keeps of the day, sign-in links and accounts aside."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from . import rows
from .card_models import Card
from .models import Attendee, Audit, LogEntry, Membership, PlanDraft, PlanVersion, Slot, Speaker, User, Workshop
from .rows import Entry, Tables

# What a newer state from elsewhere takes the place of, in words for somebody who might lose it.
REPLACED = {
    "day": _("the title and the other words of the day"),
    "slots": _("items"),
    "speakers": _("speakers"),
    "attendees": _("people in the room"),
    "cards": _("introductions"),
    "plan_draft": _("the plan somebody is working on"),
}
# What only ever grows: the file must begin with all that is here.
GROWING = {"plan_versions": _("versions of the running order"), "log": _("what was pressed at the desk")}


def pack(workshop: Workshop) -> Tables:
    """Table -> its rows. Attendees in the order of their random ids, which says nothing of who came when."""
    speakers = Speaker.objects.filter(slot__workshop=workshop).select_related("slot").order_by("slot_id", "position")
    log = LogEntry.objects.filter(workshop=workshop).select_related("actor").order_by("seq")
    members = Membership.objects.filter(workshop=workshop).select_related("user").order_by("pk")
    cards = Card.objects.filter(attendee__workshop=workshop).order_by("pk")
    drafts = PlanDraft.objects.filter(workshop=workshop).select_related("saved_by")
    return {
        "day": [rows.write(workshop)],
        "slots": [rows.write(row) for row in workshop.slots.order_by("pk")],
        "speakers": [rows.write(row, slot=row.slot.key) for row in speakers],
        "plan_versions": [rows.write(row) for row in workshop.plan_versions.order_by("number")],
        "log": [rows.write(row, actor=row.actor and row.actor.username) for row in log],
        "attendees": [rows.write(row) for row in Attendee.objects.filter(workshop=workshop).order_by("pk")],
        "cards": [rows.write(row, attendee=str(row.attendee_id)) for row in cards],
        "plan_draft": [rows.write(row, saved_by=row.saved_by and row.saved_by.username) for row in drafts],
        "memberships": [rows.write(row, user=row.user.username) for row in members],
        "audit": _audit(workshop),
    }


def _audit(workshop: Workshop) -> list[Entry]:
    written = Audit.objects.filter(workshop=workshop).select_related("user").order_by("pk")
    return [rows.write(row, user=row.user and row.user.username) for row in written]


def unpack(workshop: Workshop, tables: Tables) -> None:
    """Write it. What only grows is added to, roles that are here stay, the rest becomes as it is in the file."""
    _day(workshop, tables)
    accounts = {user.username: user for user in User.objects.filter(username__in=names(tables))}
    known = set(Slot.objects.filter(workshop=workshop).values_list("key", flat=True))
    slots = [rows.read(Slot, entry) for entry in tables.get("slots", [])]
    Slot.objects.bulk_create(Slot(workshop=workshop, **values) for values in slots if values["key"] not in known)
    _speakers(workshop, tables)
    _attendees(workshop, tables)
    _grow(PlanVersion, workshop, tables.get("plan_versions", []), "number")
    _grow(LogEntry, workshop, tables.get("log", []), "seq", actor=accounts)
    PlanDraft.objects.filter(workshop=workshop).delete()
    _grow(PlanDraft, workshop, tables.get("plan_draft", []), "", saved_by=accounts)
    _members(workshop, tables, accounts)
    new = rows.missing(tables.get("audit", []), _audit(workshop), "user")
    _grow(Audit, workshop, new, "", user=accounts)


def tidy(workshop: Workshop, tables: Tables) -> None:
    """Items the file does not have; by now no question holds on to them."""
    Slot.objects.filter(workshop=workshop).exclude(key__in=[entry["key"] for entry in tables["slots"]]).delete()


def names(tables: Tables) -> dict[str, str]:
    """User name -> role, "" for somebody who only did something: everybody the file knows by an account."""
    who = [entry.get("actor") for entry in tables.get("log", [])]
    who += [entry.get("saved_by") for entry in tables.get("plan_draft", [])]
    who += [entry.get("user") for entry in tables.get("audit", [])]
    members = {entry.get("user"): entry.get("role") for entry in tables.get("memberships", [])}
    return {name: str(members.get(name, "")) for name in [*members, *who] if isinstance(name, str)}


def _day(workshop: Workshop, tables: Tables) -> None:
    for name, value in rows.read(Workshop, tables["day"][0]).items():
        setattr(workshop, name, value)
    workshop.save(force_insert=workshop._state.adding)


def _speakers(workshop: Workshop, tables: Tables) -> None:
    slots = {slot.key: slot for slot in Slot.objects.filter(workshop=workshop)}
    Speaker.objects.filter(slot__workshop=workshop).delete()
    Speaker.objects.bulk_create(
        Speaker(slot=rows.needed(entry, "slot", slots), **rows.read(Speaker, entry, "slot"))
        for entry in tables.get("speakers", [])
    )


def _attendees(workshop: Workshop, tables: Tables) -> None:
    """In place, for phones hold their ids and other tables name them."""
    people = [Attendee(workshop=workshop, **rows.read(Attendee, entry)) for entry in tables.get("attendees", [])]
    ids = [person.pk for person in people]
    if Attendee.objects.filter(pk__in=ids).exclude(workshop=workshop).exists():
        raise rows.Unreadable(_("Somebody in it is in the room of another day here."))
    Attendee.objects.filter(workshop=workshop).exclude(pk__in=ids).delete()
    told = [field.name for field in rows.plain_fields(Attendee) if not field.primary_key]
    Attendee.objects.bulk_create(people, update_conflicts=True, unique_fields=["id"], update_fields=told)
    _cards(workshop, tables, {str(person.pk): person for person in people})


def _cards(workshop: Workshop, tables: Tables, seats: dict[str, Attendee]) -> None:
    Card.objects.filter(attendee__workshop=workshop).delete()
    Card.objects.bulk_create(
        Card(attendee=rows.needed(entry, "attendee", seats), **rows.read(Card, entry, "attendee"))
        for entry in tables.get("cards", [])
    )


def _grow(model: type[Model], workshop: Workshop, entries: list[Entry], number: str, **accounts: Any) -> None:
    """Add the rows whose number is not here yet; `accounts` says which link is a user name."""
    manager: Any = model._default_manager
    seen = set(manager.filter(workshop=workshop).values_list(number, flat=True)) if number else set()
    new = [entry for entry in entries if not number or entry.get(number) not in seen]
    people = [{link: users.get(entry.get(link)) for link, users in accounts.items()} for entry in new]
    read = [rows.read(model, entry, *accounts) for entry in new]
    manager.bulk_create(model(workshop=workshop, **values, **who) for values, who in zip(read, people, strict=True))


def _members(workshop: Workshop, tables: Tables, accounts: dict[str, User]) -> None:
    """Roles for those who have an account here and no role on the day yet."""
    here = set(Membership.objects.filter(workshop=workshop).values_list("user__username", flat=True))
    entries = [entry for entry in tables.get("memberships", []) if entry.get("user") in accounts.keys() - here]
    Membership.objects.bulk_create(
        Membership(workshop=workshop, user=accounts[entry["user"]], **rows.read(Membership, entry, "user"))
        for entry in entries
    )
