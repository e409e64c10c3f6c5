"""What phones do about an ask: "I can help", each side's yes with a contact, taking that back, and removing it.

Each verb is one transaction, which writes nothing that leads to a seat. Nobody but the two phones ever reads a contact:
no desk, no screen, no summary, no file. Whoever has the answer secret reads it in in_touch.py.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes
from agenda.models import Workshop
from agenda.seat import Seat
from agenda.services import Refused

from . import asks, erasing
from .confidentiality import respondent
from .connection_models import Connection
from .handing_in import whose
from .models import Answer
from .turned_back import Closed


@dataclass(frozen=True)
class Contact:
    """How somebody wants to be reached, typed for the one they are put in touch with and used for nothing else."""

    name: str
    reach: str


def as_offerer(seat: Seat, answer: Answer) -> str:
    """Who a phone is among those that can help with one ask: somebody else at another."""
    return respondent(seat.secret, answer.question.workshop_id, f"offers:{answer.pk}")


def as_helper(seat: Seat, connection: Connection) -> str:
    """Who it is in one row, wherever the ask has gone."""
    return phone_as_helper(seat, connection.workshop_id, connection.pk)


def as_asker(seat: Seat, connection: Connection) -> str:
    return phone_as_asker(seat, connection.workshop_id, connection.pk)


def phone_as_helper(seat: Seat, workshop_id: str, key: uuid.UUID) -> str:
    """The same by the id of the row."""
    return respondent(seat.secret, workshop_id, f"helps:{key}")


def phone_as_asker(seat: Seat, workshop_id: str, key: uuid.UUID) -> str:
    return respondent(seat.secret, workshop_id, f"asks:{key}")


def is_own(answer: Answer, seat: Seat) -> bool:
    """This phone, or this seat where names are kept, asks it."""
    return all(getattr(answer, name) == value for name, value in whose(answer.question, seat).items())


@transaction.atomic
def can_help(*, workshop: Workshop, seat: Seat, ask: uuid.UUID, on: bool) -> None:
    """A phone can help with an ask that the room sees, or takes that back; twice is once. No phone hears of it."""
    workshop.touch(phones=False)
    answer = asks.by_id(workshop).get(ask)
    own = offer_of(answer, seat) if answer else None
    if own and not on:
        _check_unmade(own)
        _delete(workshop, [own])
    if on and own is None:
        _offer(_on_board(answer, seat), seat)
    changes.announce(workshop)


def _on_board(answer: Answer | None, seat: Seat) -> Answer:
    if answer is None or not asks.is_seen(answer) or answer.question.sealed_at:
        raise Closed(_("This is not on the board any more."))
    if is_own(answer, seat):
        raise Refused(_("You ask this yourself. Whoever can help says so on their own phone."))
    return answer


def _offer(answer: Answer, seat: Seat) -> None:
    new = Connection(workshop_id=answer.question.workshop_id, answer=answer, offer=as_offerer(seat, answer))
    new.helper = as_helper(seat, new)
    new.save(force_insert=True)


@transaction.atomic
def agree_as_helper(*, workshop: Workshop, seat: Seat, ask: uuid.UUID, contact: Contact) -> bool:
    """Whoever offered help says how they can be reached. Whether both have said yes now."""
    workshop.touch(phones=False)
    answer = asks.by_id(workshop).get(ask)
    own = offer_of(answer, seat) if answer else None
    if own is None:
        raise Closed(_("This offer is not there any more. Nothing was passed on."))
    own.helper_name, own.helper_reach = contact.name, contact.reach
    own.save(update_fields=["helper_name", "helper_reach"])
    changes.announce(workshop)
    return own.is_made


@transaction.atomic
def agree_as_asker(
    *, workshop: Workshop, seat: Seat, question_id: uuid.UUID, nth: int, offers: Iterable[uuid.UUID], contact: Contact
) -> int:
    """Whoever asks wants to be put in touch with those `offers` that they were told of, and no later one. How many of
    them had said yes already."""
    workshop.touch(phones=False)
    answer = own_ask(workshop, seat, question_id, nth)
    rows = list(Connection.objects.filter(answer=answer, pk__in=list(offers))) if answer else []
    rows = [row for row in rows if row.asker in {"", as_asker(seat, row)}]
    if not rows:
        raise Closed(
            _("Whoever offered has taken it back, or you have said yes on another phone. Nothing was passed on.")
        )
    for row in rows:
        row.asker, row.asker_name, row.asker_reach = as_asker(seat, row), contact.name, contact.reach
    Connection.objects.bulk_update(rows, ["asker", "asker_name", "asker_reach"])
    changes.announce(workshop)
    return sum(row.is_made for row in rows)


@transaction.atomic
def take_back(*, workshop: Workshop, seat: Seat, keys: Iterable[uuid.UUID]) -> None:
    """This side's yes, until both have said it: the offer goes, or the asker's contact. Twice is once."""
    workshop.touch(phones=False)
    rows = list(Connection.objects.filter(workshop=workshop, pk__in=list(keys)))
    _check_unmade(*[row for row in rows if is_side(row, seat)])
    _take_back(workshop, seat, rows)
    changes.announce(workshop)


@transaction.atomic
def remove(*, workshop: Workshop, seat: Seat, keys: Iterable[uuid.UUID]) -> None:
    """Both contacts go for good, for both of them, whichever of the two asks for it. Twice is once."""
    workshop.touch(phones=False)
    rows = Connection.objects.filter(workshop=workshop, pk__in=list(keys))
    _delete(workshop, [row for row in rows if row.is_made and is_side(row, seat)])
    changes.announce(workshop)


@transaction.atomic
def take_offers_back(*, workshop: Workshop, seat: Seat) -> None:
    """Whatever of this phone is not finished goes: it leaves, or deletes all that it said."""
    workshop.touch(phones=False)
    _take_back(workshop, seat, [row for row in Connection.objects.filter(workshop=workshop) if not row.is_made])
    changes.announce(workshop)


def _take_back(workshop: Workshop, seat: Seat, rows: Sequence[Connection]) -> None:
    _delete(workshop, [row for row in rows if row.helper == as_helper(seat, row)])
    agreed = [row for row in rows if row.asker and row.asker == as_asker(seat, row)]
    if agreed:
        empty = dict.fromkeys(("asker", "asker_name", "asker_reach"), "")
        Connection.objects.filter(pk__in=[row.pk for row in agreed]).update(**empty)
        erasing.leave_to_sweep(workshop)


def is_side(row: Connection, seat: Seat) -> bool:
    """This phone is one of the two."""
    return as_helper(seat, row) == row.helper or as_asker(seat, row) == row.asker


def offer_of(answer: Answer, seat: Seat) -> Connection | None:
    """What this phone has offered to one ask."""
    return Connection.objects.filter(answer=answer, offer=as_offerer(seat, answer)).first()


def own_ask(workshop: Workshop, seat: Seat, question_id: uuid.UUID, nth: int) -> Answer | None:
    """What this phone asks the room in one question."""
    rows = Answer.objects.filter(question__workshop=workshop, question=question_id, nth=nth).select_related("question")
    return next((row for row in rows if not row.question.sealed_at and is_own(row, seat)), None)


def _check_unmade(*rows: Connection) -> None:
    if any(row.is_made for row in rows):
        raise Refused(
            _("You are in touch already: both of you have said yes. You can remove it for good, for both of you.")
        )


def _delete(workshop: Workshop, rows: Sequence[Connection]) -> None:
    """With a mark where a contact stood in it, so that no copy from before brings it back."""
    Connection.objects.filter(pk__in=[row.pk for row in rows]).delete()
    held = [row.pk for row in rows if row.helper_reach or row.asker_reach]
    if held:
        erasing.remember_contacts(workshop, held)
