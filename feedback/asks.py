"""What people ask of the room, and how many can help: what may be read of it, and by whom. It knows of no contact."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from agenda.models import Workshop

from .connection_models import Connection
from .kinds import kinds
from .models import Answer, Question

CONNECTING = [name for name, kind in kinds.items() if kind.connects]
MOST_LISTED = 60  # nobody reads further


def public_id(answer_id: uuid.UUID) -> uuid.UUID:
    """What pages call an ask. Who has it has not the answer's own id, with which a phone hands it in."""
    return uuid.UUID(bytes=hashlib.sha256(b"ask" + answer_id.bytes).digest()[:16])


@dataclass(frozen=True)
class Asked:
    """An ask as the room sees it. `who` gave it, where the room may know; `helpers` is a number and never who."""

    id: uuid.UUID
    words: str
    who: str
    helpers: int

    @property
    def key(self) -> str:
        return str(self.id)


@dataclass(frozen=True)
class Board:
    """What people ask, and what others have said they can help with."""

    asks: list[Asked]
    offers: list[str]


def board(workshop: Workshop) -> Board:
    """What the room may see: what is shown of it, pinned first. Two queries. For everybody in the room."""
    rows = _answers(workshop).filter(question__shown=True, shown_value__isnull=False, hidden=False)
    rows = rows.select_related("question", "attendee").order_by("-pinned", "pk")
    offered = _offered(workshop)
    asks: list[Asked] = []
    offers: list[str] = []
    for row in rows:
        words = shown_words(row)
        if words:
            seat = row.attendee if row.question.mode == Question.Mode.NAMED else None
            asks.append(Asked(public_id(row.pk), words, seat.name if seat else "", offered[row.pk].helpers))
        else:
            offers.append(kinds[row.question.kind].offers(row.question.config, row.shown_value or ""))
    return Board(asks[:MOST_LISTED], offers[:MOST_LISTED])


@dataclass(frozen=True)
class AtDesk:
    """An ask as the desk reads it. `helpers` offered to help, `in_touch` of them have been connected. `waits`: for the
    desk's approval, before the room sees it."""

    key: str
    answer: uuid.UUID
    words: str
    helpers: int
    in_touch: int
    is_shown: bool
    is_hidden: bool
    waits: bool


def at_desk(workshop: Workshop) -> list[AtDesk]:
    """Every ask that the desk may read, in the order of random ids. Two queries. For owner and facilitator."""
    return [one for _answer, one in _at_desk(workshop)]


def open_asks(workshop: Workshop) -> list[AtDesk]:
    """Asks that nobody has been connected for, for the day after. Two queries. For owner and facilitator.

    Of asks from which names were taken off nobody can tell any more whether somebody was: they are left out.
    """
    found = [one for answer, one in _at_desk(workshop) if not answer.question.sealed_at]
    return [one for one in found if not (one.in_touch or one.is_hidden)]


def _at_desk(workshop: Workshop) -> list[tuple[Answer, AtDesk]]:
    rows = _answers(workshop).filter(released_value__isnull=False).select_related("question", "attendee")
    rows = rows.order_by("question__position", "pk")
    offered = _offered(workshop)
    read = [(row, kinds[row.question.kind].asks(row.question.config, row.released_value or "")) for row in rows]
    return [
        (
            row,
            AtDesk(
                key=str(public_id(row.pk)),
                answer=row.pk,
                words=words,
                helpers=offered[row.pk].helpers,
                in_touch=offered[row.pk].in_touch,
                is_shown=is_seen(row),
                is_hidden=row.hidden,
                waits=bool(row.question.approval and not row.approved),
            ),
        )
        for row, words in read
        if words
    ]


def by_id(workshop: Workshop) -> Mapping[uuid.UUID, Answer]:
    """Everything that is asked of the room, shown or not, by what pages call it."""
    return {public_id(row.pk): row for row in _answers(workshop) if words_of(row)}


def is_seen(answer: Answer) -> bool:
    """By the room."""
    return answer.question.shown and not answer.hidden and bool(shown_words(answer))


def words_of(answer: Answer) -> str:
    """What its author asks; for nobody else."""
    return kinds[answer.question.kind].asks(answer.question.config, answer.value)


def shown_words(answer: Answer) -> str:
    """What the room has been shown of it."""
    value = answer.shown_value
    return "" if value is None else kinds[answer.question.kind].asks(answer.question.config, value)


def questions(workshop: Workshop) -> QuerySet[Question]:
    """Those in which people ask the room for something, and that were asked."""
    asked = Question.objects.filter(workshop=workshop, kind__in=CONNECTING)
    return asked.exclude(status__in=[Question.Status.DRAFT, Question.Status.READY])


class Offered(NamedTuple):
    """How many phones can help with an ask, and how many of them are in touch with whoever asks."""

    helpers: int = 0
    in_touch: int = 0


def _offered(workshop: Workshop) -> Mapping[uuid.UUID, Offered]:
    """By the id of the answer; nothing for most. Numbers alone."""
    made = ~Q(helper_reach="") & ~Q(asker_reach="")
    rows = Connection.objects.filter(workshop=workshop, answer__isnull=False).order_by().values_list("answer")
    counted = rows.annotate(helpers=Count("pk"), in_touch=Count("pk", filter=made))
    return defaultdict(Offered, {answer: Offered(*numbers) for answer, *numbers in counted})


def _answers(workshop: Workshop) -> QuerySet[Answer]:
    rows = Answer.objects.filter(question__workshop=workshop, question__kind__in=CONNECTING)
    return rows.select_related("question")
