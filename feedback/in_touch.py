"""What a phone reads of its asks, of what it can help with, and of those it is in touch with.

Nobody else's eyes: the answer secret in its cookie is the only way to find any of it.
"""

import uuid
from dataclasses import dataclass

from django.db.models import Q

from agenda.models import Workshop
from agenda.seat import Seat

from . import asks
from .connecting import as_asker, phone_as_asker, phone_as_helper
from .connection_models import Connection
from .handing_in import whose
from .models import Answer


@dataclass(frozen=True)
class InTouch:
    """The other one, once both have said yes. `about` is empty where the ask is not there any more."""

    key: uuid.UUID
    about: str
    name: str
    reach: str
    is_helper: bool  # the other one is


@dataclass(frozen=True)
class Offered:
    """What this phone has offered to help with. `is_agreed`: with a contact; `is_wanted`: whoever asks has said yes."""

    key: uuid.UUID
    ask: uuid.UUID
    about: str
    is_agreed: bool
    is_wanted: bool


@dataclass(frozen=True)
class OwnAsk:
    """What this phone asks the room: the offers it has not said yes to, and those it has and the other has not yet."""

    question: uuid.UUID
    nth: int
    about: str
    offers: list[Connection]
    agreed: list[Connection]


@dataclass(frozen=True)
class Mine:
    """All of it for one phone."""

    made: list[InTouch]
    offered: list[Offered]
    asked: list[OwnAsk]

    def __bool__(self) -> bool:
        return bool(self.made or self.offered or self.asked)


def mine(workshop: Workshop, seat: Seat) -> Mine:
    """Of one phone. One query where nobody was asked what they ask of the room, at most five otherwise."""
    if not asks.questions(workshop).exists():
        return Mine([], [], [])
    helped, said_yes = _sides(workshop, seat)
    own = own_asks(workshop, seat)
    offers = list(Connection.objects.filter(answer__in=own)) if own else []
    made = [InTouch(row.pk, _heard(row), row.asker_name, row.asker_reach, False) for row in helped if row.is_made]
    made += [InTouch(row.pk, _own(row), row.helper_name, row.helper_reach, True) for row in said_yes if row.is_made]
    unmade = [(row, row.answer_id) for row in helped if not row.is_made]
    offered = [
        Offered(row.pk, asks.public_id(ask), _heard(row), bool(row.helper_reach), bool(row.asker_reach))
        for row, ask in unmade
        if ask
    ]
    return Mine(made, offered, [_asked(answer, offers, seat) for answer in own])


def told(workshop: Workshop, seat: Seat) -> tuple[list[str], list[str]]:
    """What pages call the asks that this phone can help with, and those that are its own."""
    if not asks.questions(workshop).exists():
        return [], []
    helped, _said_yes = _sides(workshop, seat)
    offered = [str(asks.public_id(row.answer_id)) for row in helped if row.answer_id]
    return sorted(offered), sorted(str(asks.public_id(row.pk)) for row in own_asks(workshop, seat))


def own_asks(workshop: Workshop, seat: Seat) -> list[Answer]:
    """Everything this phone asks of the room and can still find."""
    wanted = Q(pk__in=[])
    for question in asks.questions(workshop).filter(sealed_at=None):
        wanted |= Q(question=question, **whose(question, seat))
    rows = Answer.objects.filter(wanted).select_related("question").order_by("question__position", "nth")
    return [row for row in rows if asks.words_of(row)]


def _sides(workshop: Workshop, seat: Seat) -> tuple[list[Connection], list[Connection]]:
    """The rows in which this phone helps, and those in which it has said yes as the one who asks."""
    ids = Connection.objects.filter(workshop=workshop).values_list("pk", "helper", "asker")
    helps = [pk for pk, helper, _asker in ids if helper == phone_as_helper(seat, workshop.pk, pk)]
    asked = [pk for pk, _helper, asker in ids if asker and asker == phone_as_asker(seat, workshop.pk, pk)]
    found = Connection.objects.filter(pk__in=[*helps, *asked]).select_related("answer__question")
    rows = {row.pk: row for row in found} if helps or asked else {}
    return [rows[pk] for pk in helps], [rows[pk] for pk in asked]


def _asked(answer: Answer, rows: list[Connection], seat: Seat) -> OwnAsk:
    unmade = [row for row in rows if row.answer_id == answer.pk and not row.is_made]
    said_yes = [row for row in unmade if row.asker and row.asker == as_asker(seat, row)]
    offers = [row for row in unmade if not row.asker]
    return OwnAsk(answer.question_id, answer.nth, asks.words_of(answer), offers, said_yes)


def _heard(row: Connection) -> str:
    """The ask as whoever helps has read it."""
    return asks.shown_words(row.answer) if row.answer else ""


def _own(row: Connection) -> str:
    return asks.words_of(row.answer) if row.answer else ""
