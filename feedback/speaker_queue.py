"""The queue of questions to a speaker: what may be read of it and by whom, and what the desk does with a question.

The caller of every verb here has touched the workshop. What phones do is in asking.py.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from agenda.models import Workshop
from agenda.seat import Seat
from agenda.services import Refused

from .asking import phone_as_voter, phone_in_queue
from .queue_models import SpeakerQuestion, Vote
from .word_list import WordList

Status = SpeakerQuestion.Status
MOST_AT_ONCE = 3  # that screen and speaker read
MOST_LISTED = 60  # on a phone


@dataclass(frozen=True)
class Queued:
    """One question with its votes. `held`: the words of the facilitator's list in it, for the desk alone."""

    id: uuid.UUID
    slot_key: str
    text: str
    votes: int
    status: str
    approved: bool
    taken: bool
    dealt_with: str = ""
    held: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return str(self.id)

    @property
    def waits(self) -> bool:
        return self.status == Status.WAITING

    @property
    def is_seen(self) -> bool:
        """By the room."""
        return self.waits and self.approved


def queued(workshop: Workshop, words: WordList | None = None) -> list[Queued]:
    """Every question to a speaker of this day: what is being answered first, then by votes. One query. For the desk."""
    rows = SpeakerQuestion.objects.filter(workshop=workshop).select_related("slot").annotate(voted=Count("votes"))
    return [
        Queued(
            id=row.pk,
            slot_key=row.slot.key,
            text=row.text,
            votes=row.voted,
            status=row.status,
            approved=row.approved,
            taken=row.taken,
            dealt_with=row.dealt_with,
            held=tuple(words.held_by(row.text)) if words else (),
        )
        for row in rows.order_by("-taken", "-voted", "pk")
    ]


def first(rows: Iterable[Queued]) -> list[Queued]:
    """The few that screen and speaker read, of a queue in its order."""
    return [row for row in rows if row.is_seen][:MOST_AT_ONCE]


def listed(rows: Iterable[Queued]) -> list[Queued]:
    """What phones read: without votes, and in an order that no vote changes, so that none sways or slips away."""
    seen = sorted((row for row in rows if row.is_seen), key=lambda row: (not row.taken, row.id))
    return seen[:MOST_LISTED]


def mine(workshop: Workshop, seat: Seat) -> dict[str, Any]:
    """This phone's own: by item the question it has asked last, and to which questions it said "Me too". Two queries.

    Nobody else's eyes; the answer secret in its cookie is the only way to find them.
    """
    rows = list(SpeakerQuestion.objects.filter(workshop=workshop).select_related("slot"))
    own: dict[str, dict[str, Any]] = {}
    for row in _of_phone(rows, seat):
        if row.status == Status.WAITING or row.slot.key not in own:
            own[row.slot.key] = _told(row)
    voters = {phone_as_voter(seat, workshop.pk, row.pk): row.pk for row in rows}
    given = Vote.objects.filter(question__workshop=workshop, respondent__in=list(voters)) if voters else ()
    return {"own": own, "votes": sorted(str(voters[vote.respondent]) for vote in given)}


def asked_by(workshop: Workshop, seat: Seat) -> list[dict[str, Any]]:
    """Everything this phone has asked a speaker on this day, for itself. One query."""
    rows = SpeakerQuestion.objects.filter(workshop=workshop).select_related("slot").order_by("slot", "pk")
    return [_told(row) | {"slot": row.slot.key} for row in _of_phone(rows, seat)]


def _of_phone(rows: Iterable[SpeakerQuestion], seat: Seat) -> list[SpeakerQuestion]:
    phones: dict[str, str] = {}
    found = []
    for row in rows:
        key = row.slot.key
        if row.respondent == phones.setdefault(key, phone_in_queue(seat, row.workshop_id, key)):
            found.append(row)
    return found


def _told(row: SpeakerQuestion) -> dict[str, Any]:
    """What a phone is told of its own question: put away by the desk is put away, in one way or the other."""
    waits = "seen" if row.approved else "waits"
    state = {Status.WAITING: waits, Status.ANSWERED: "answered"}.get(Status(row.status), "away")
    return {"key": str(row.pk), "edit": row.edit, "value": row.text, "state": state}


def take(question: SpeakerQuestion) -> None:
    """It is answered now: on top, on the screen and at the speaker. To take it is to let the room see it."""
    _check_waits(question)
    SpeakerQuestion.objects.filter(slot=question.slot, taken=True).update(taken=False)
    _set(question, taken=True, approved=True)


def approve(question: SpeakerQuestion) -> None:
    """The room sees it."""
    _check_waits(question)
    _set(question, approved=True)


def put(question: SpeakerQuestion, status: str) -> None:
    """Answered, parked, hidden from the room, or back in the queue."""
    _set(question, status=Status(status), taken=False)


def _set(question: SpeakerQuestion, **fields: object) -> None:
    for name, value in fields.items():
        setattr(question, name, value)
    question.save(update_fields=list(fields))


def _check_waits(question: SpeakerQuestion) -> None:
    if question.status != Status.WAITING:
        raise Refused(_("This question is not in the queue any more. Put it back first."))


def by_item(rows: Sequence[Queued]) -> dict[str, list[Queued]]:
    """Slot key -> its questions, without what the desk has hidden or not let through. For everybody with a role."""
    found: dict[str, list[Queued]] = {}
    for row in rows:
        if row.status != Status.HIDDEN and (row.approved or not row.waits):
            found.setdefault(row.slot_key, []).append(row)
    return found
