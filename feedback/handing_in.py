"""Handing in answers: one, or all that came within the same moments, by the same rules.

Many are stored in one transaction, since a commit that is safe against a power cut takes longer than all the rest. An
answer that cannot be stored never holds up the others: it is tried again alone.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DatabaseError, OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agenda import changes, clock
from agenda.models import Attendee, Workshop
from agenda.seat import Seat
from agenda.services import Refused

from . import confidentiality, erasing
from .counting import Books
from .kinds import kinds, only_for_their_author
from .kinds.base import Refused as NotAnAnswer
from .kinds.base import Value
from .models import Answer, Question, TakenBack
from .releasing import release
from .turned_back import Closed, ForCouncillors, Full, NoTable, NotNow

ASKED, PRIVATE = ~Q(status=Question.Status.DRAFT), Q(kind__in=only_for_their_author)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Handed:
    """One answer as a phone hands it in, under a key of its own. `table`: the one it is written for, if any;
    `people`: how many sit there."""

    seat: Seat
    question_id: uuid.UUID
    key: uuid.UUID
    edit: int
    raw: object
    table: str = ""
    people: int | None = None


@dataclass(frozen=True)
class Receipt:
    """What a phone is told once its answer is committed.

    `edit` is the one it sent, or a higher one where another answer of this phone stands and this one was not taken.
    """

    key: uuid.UUID
    edit: int
    late: bool


Outcome = Receipt | Refused | NotAnAnswer


@dataclass(frozen=True)
class Sound:
    """An answer that its kind takes."""

    handed: Handed
    question: Question
    value: Value


def hand_in(*, workshop: Workshop, handed: Handed) -> Receipt:
    """Store one answer, or a newer edit of it. Handing the same one in again is harmless. Raises what refuses it."""
    (outcome,) = hand_in_together(workshop_id=workshop.pk, handed=[handed])
    if isinstance(outcome, Receipt):
        return outcome
    raise outcome


def hand_in_together(*, workshop_id: str, handed: Sequence[Handed]) -> list[Outcome]:
    """Store the answers of one day in the order given: the receipt of each, or what it would have been refused with.

    An answer not kept with a name is written in a transaction that writes nothing that leads to a seat.
    """
    outcomes: dict[int, Outcome] = {}
    sound: dict[bool, dict[int, Sound]] = {True: {}, False: {}}
    try:
        questions = _put_to_the_room(workshop_id, handed)
        roles = _roles(handed, questions)
        for place, one in enumerate(handed):
            try:
                found = _check(one, questions.get(one.question_id), roles)
                sound[found.question.is_linked][place] = found
            except (Refused, NotAnAnswer) as refused:
                outcomes[place] = refused
        for part in sound.values():
            outcomes |= zip(part, _store_or_try_alone(workshop_id, list(part.values())), strict=True)
    except OperationalError:
        log.warning("The database takes no answers just now; phones keep them and send them again.", exc_info=True)
    return [outcomes.get(place) or NotNow() for place in range(len(handed))]


def _put_to_the_room(workshop_id: str, handed: Iterable[Handed]) -> dict[uuid.UUID, Question]:
    asked = Question.objects.filter(ASKED | PRIVATE, workshop_id=workshop_id)
    return asked.in_bulk({one.question_id for one in handed})


def _roles(handed: Iterable[Handed], questions: dict[uuid.UUID, Question]) -> dict[uuid.UUID, str]:
    """Seat -> what it says it is, of those who answer a question for councillors. It is looked at, and kept nowhere."""
    theirs = {question.pk for question in questions.values() if question.councillors_only}
    seats = {one.seat.attendee_id for one in handed if one.question_id in theirs}
    return dict(Attendee.objects.filter(pk__in=seats).values_list("pk", "role")) if seats else {}


def _check(handed: Handed, question: Question | None, roles: dict[uuid.UUID, str]) -> Sound:
    if question is None:
        raise Closed(_("This question is not part of the day any more. What you wrote is still here for you to copy."))
    role = roles.get(handed.seat.attendee_id, "")
    if question.councillors_only and role != Attendee.Role.COUNCILLOR:
        raise ForCouncillors(role)
    return Sound(handed, question, kinds[question.kind].validate(question.config, handed.raw))


def _store_or_try_alone(workshop_id: str, sound: list[Sound]) -> list[Outcome]:
    if not sound:
        return []
    try:
        return _store(workshop_id, sound)
    except Workshop.DoesNotExist:
        return [_no_more() for _one in sound]
    except OperationalError:
        raise
    except DatabaseError:
        if len(sound) == 1:
            log.warning("An answer could not be stored", exc_info=True)
            return [NotNow()]
        return [outcome for one in sound for outcome in _store_or_try_alone(workshop_id, [one])]


@transaction.atomic
def _store(workshop_id: str, sound: list[Sound]) -> list[Outcome]:
    """All of them, in one transaction."""
    workshop = Workshop(pk=workshop_id)
    workshop.touch(phones=False)
    questions = _put_to_the_room(workshop_id, (one.handed for one in sound))
    shelf = Shelf(sound, clock.now(workshop).astimezone(ZoneInfo(workshop.time_zone)).date())
    outcomes: list[Outcome] = []
    for one in sound:
        try:
            outcomes.append(shelf.put(one, _there(questions.get(one.question.pk), one.handed)))
        except Refused as refused:
            outcomes.append(refused)
    shelf.write()
    for question in questions.values():
        release(question, all_of_them=question.is_linked or question.is_parking_lot)
    changes.announce(workshop)
    return outcomes


def _there(question: Question | None, handed: Handed) -> Question:
    """Until nobody can tell whose answer is whose, who has answered may change it."""
    if question is None or not question.takes_changes:
        raise _no_more()
    if question.hand == Question.Hand.SCRIBE and not handed.table:
        raise NoTable
    return question


def _no_more() -> Closed:
    return Closed(_("This question takes no more answers. What you wrote is still here for you to copy."))


class Shelf:
    """What the phones of one group have said so far, read once; answers are put in one after the other."""

    def __init__(self, sound: list[Sound], today: date) -> None:
        self._today = today
        self._new: dict[uuid.UUID, Answer] = {}
        self._changed: dict[uuid.UUID, Answer] = {}
        asked = Answer.objects.filter(question__in={one.question.pk for one in sound})
        theirs = Q()
        for name in ("attendee_id", "respondent"):
            owners = {whose(one.question, one.handed.seat).get(name) for one in sound} - {None}
            theirs |= Q(**{f"{name}__in": owners})
        self._stands: dict[tuple[uuid.UUID, object], list[Answer]] = defaultdict(list)
        for row in asked.filter(theirs):
            self._stands[row.question_id, row.attendee_id or row.respondent].append(row)
        keys = Answer.objects.filter(pk__in={one.handed.key for one in sound})
        self._taken = set(keys.values_list("pk", flat=True))
        gone = TakenBack.objects.filter(pk__in={one.handed.key for one in sound})
        self._taken_back = set(gone.values_list("pk", flat=True))
        self._gone = erasing.are_gone(sound[0].question.workshop_id, (one.handed.key for one in sound))

    def put(self, one: Sound, question: Question) -> Receipt:
        """Raises Refused where the key is somebody else's, or where a new answer comes too late."""
        mine = whose(question, one.handed.seat)
        (owner,) = mine.values()
        own = self._stands[question.pk, owner]
        answer = _which(own, one, question)
        if answer is None:
            answer = self._add(one, question, mine | {"nth": _free_place(own, question)})
            own.append(answer)
        elif one.handed.edit > answer.edit:
            answer.edit, answer.value, answer.waits = one.handed.edit, one.value, one.value != answer.released_value
            if table := _table(one, question):
                answer.table, answer.people = table, one.handed.people
            self._changed[answer.pk] = answer
        # Two pages of one phone may use the same number for different words; only one of them may say "Saved".
        is_same = answer.value == one.value and _table(one, question) in {"", answer.table}
        stands = answer.edit if is_same else max(answer.edit, one.handed.edit + 1)
        return Receipt(one.handed.key, stands, is_late(question))

    def _add(self, one: Sound, question: Question, mine: dict[str, Any]) -> Answer:
        key = one.handed.key
        if key in self._taken_back:
            raise Refused(
                _("You have deleted this answer. What you wrote is still here: send it again to answer anew.")
            )
        if key in self._taken:
            raise Refused(
                _("This could not be saved from this page. Copy what you wrote, open the day in a new tab and send it.")
            )
        if key in self._gone:
            raise Closed(_("The facilitator has removed this answer. What you wrote is still here for you to copy."))
        self._taken.add(key)
        day = None if question.occasion == Question.Occasion.SURVEY else self._today
        late = question.is_linked and is_late(question)
        self._new[key] = Answer(
            id=key,
            question=question,
            edit=one.handed.edit,
            value=one.value,
            table=_table(one, question),
            people=one.handed.people if _table(one, question) else None,
            answered_on=day,
            is_late=late,
            **mine,
        )
        return self._new[key]

    def write(self) -> None:
        Answer.objects.bulk_create(self._new.values())
        for question in {answer.question.pk: answer.question for answer in self._new.values()}.values():
            books = Books(question)
            for answer in self._new.values():
                if answer.question_id == question.pk:
                    books.after(answer)
            books.write()
        changed = [answer for key, answer in self._changed.items() if key not in self._new]
        if changed:
            Answer.objects.bulk_update(changed, ["edit", "value", "waits", "table", "people"], batch_size=100)


def is_late(question: Question) -> bool:
    """Its time is over for the room. What only its author reads has no such time."""
    return question.status == Question.Status.CLOSING and not question.is_private


def _which(own: list[Answer], one: Sound, question: Question) -> Answer | None:
    """The answer it is an edit of: the only one there can be, or on a sheet the note with its key."""
    if question.takes_several:
        return next((answer for answer in own if answer.pk == one.handed.key), None)
    return own[0] if own else None


def _free_place(own: list[Answer], question: Question) -> int:
    """A number that no other note of this phone has on the sheet."""
    if not question.takes_answers:
        raise _no_more()
    taken = {answer.nth for answer in own}
    free = next((nth for nth in range(1, question.most_each + 1) if nth not in taken), None)
    if free is None:
        raise Full(question.most_each)
    return free


def _table(one: Sound, question: Question) -> str:
    """The table it is written for; nobody's where everybody writes for themselves."""
    return one.handed.table if question.hand == Question.Hand.SCRIBE else ""


def whose(question: Question, seat: Seat) -> dict[str, Any]:
    """The one field that says whose answer it is: a seat where names are kept, otherwise a respondent."""
    if question.is_linked:
        return {"attendee_id": seat.attendee_id}
    bundle = confidentiality.bundle_key(question.bundle, str(question.pk), question.occasion)
    return {"respondent": confidentiality.respondent(seat.secret, question.workshop_id, bundle)}
