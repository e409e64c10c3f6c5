"""Named reads of questions and answers. Each says who may see what it returns."""

import uuid
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Case, Q, QuerySet, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agenda import clock, words
from agenda import queries as agenda
from agenda.models import Speaker, Workshop
from agenda.plan import Item
from agenda.seat import Seat

from . import confidentiality, counting, hands, names, photos, speaker_queue
from .counting import Totals
from .handing_in import ASKED, PRIVATE, whose
from .kinds import kinds
from .kinds.base import Counted, Tally
from .models import Answer, Count, Question
from .services import open_for
from .sheet_models import SheetPhoto

MOST_READ = 200  # answers that the desk reads of one question at once; the summary has them all
MOST_SHOWN = 100  # and that the room is shown


@dataclass(frozen=True)
class Asked:
    """A question with its numbers. The desk's; phones and screen get `count` and nothing else of it."""

    question: Question
    totals: Totals
    counted_hands: list[hands.Group] | None = None  # where they were read with those of other questions

    @property
    def can_be_counted(self) -> bool:
        """The desk may record a show of hands."""
        return hands.can_be_counted(self.question)

    @cached_property
    def hands(self) -> list[hands.Group]:
        """What was counted by a show of hands, asked only where it is shown."""
        return hands.recorded(self.question) if self.counted_hands is None else self.counted_hands

    @property
    def count(self) -> int:
        """Answers stored."""
        return self.totals.given

    @property
    def released(self) -> int:
        """Of these, the desk may read."""
        return self.totals.released

    @property
    def unshown(self) -> int:
        """Of these, the room could be shown and has not been."""
        return self.totals.unshown

    @property
    def unapproved(self) -> int:
        """Of these, the desk has to approve before the room could be shown them."""
        return self.totals.unapproved if self.question.approval else 0

    @property
    def is_read(self) -> bool:
        """Its answers are read one by one, not only counted."""
        return kinds[self.question.kind].is_read

    @property
    def is_private(self) -> bool:
        """Its answers are read by those who gave them, and by nobody else."""
        return self.question.is_private

    @property
    def has_cards(self) -> bool:
        """Whoever reads its answers reads each on a card of its own."""
        return kinds[self.question.kind].has_cards

    @cached_property
    def photos(self) -> list[SheetPhoto]:
        """Of a sheet that was written on paper, asked only where they are shown."""
        return photos.of_questions([self.question]).get(self.question.pk, []) if self.question.is_sheet else []

    @cached_property
    def tally(self) -> Tally | None:
        """What the desk may read, asked only where it is shown."""
        return released_tally(self.question) if self.totals.released else None

    @cached_property
    def cards(self) -> list["Card"]:
        """The same one by one, asked only where they are read."""
        return cards(self.question) if self.totals.released and self.is_read else []


def asked(workshop: Workshop) -> list[Asked]:
    """Every question of the day in order, with its numbers. Two queries. For desk and summary."""
    rows = list(workshop_questions(workshop).select_related("slot", "returns_in").order_by("position"))
    numbers = counting.totals(rows)
    return [Asked(row, numbers.get(row.pk, Totals())) for row in rows]


def workshop_questions(workshop: Workshop) -> QuerySet[Question]:
    return Question.objects.filter(workshop=workshop)


def released_tally(question: Question) -> Tally:
    """What the desk may read of one question."""
    return _tally(question, counting.counted(question, Count.Of.RELEASED, most=MOST_READ))


@dataclass(frozen=True)
class Card:
    """An answer on the desk, and what can be done with it."""

    answer: Answer
    words: str
    waits: bool  # for approval
    who: str = ""  # gave it, where that is kept with it

    @property
    def is_shown(self) -> bool:
        return self.answer.shown_value is not None and self.answer.shown_value == self.answer.released_value


def cards(question: Question) -> list[Card]:
    """What the desk may read of one question, answer by answer: those that wait for approval, then what was pinned,
    the others in the order of their random ids; at most `MOST_READ`. For the desk."""
    waits = Q(approved=False, hidden=False) if question.approval else Q(pk__in=[])
    rows = question.answers.filter(released_value__isnull=False).annotate(for_approval=Case(When(waits, 1), default=0))
    rows = rows.select_related("attendee") if question.is_linked else rows
    kind = kinds[question.kind]
    return [
        Card(row, kind.words(question.config, row.released_value), bool(row.for_approval), names.whose(row))
        for row in rows.order_by("-for_approval", "-pinned", "id")[:MOST_READ]
        if row.released_value is not None
    ]


def shown_tally(question: Question, *, table: str = "") -> Tally | None:
    """What the room may see of one question, or None while its answers are not shown.

    `table`: of a sheet, what that one has written alone."""
    if not question.shown:
        return None
    if table and kinds[question.kind].is_read:
        return _tally(question, counting.shown_of_table(question, table, most=MOST_SHOWN))
    return _tally(question, counting.counted(question, Count.Of.SHOWN, most=MOST_SHOWN))


def shown_by_name(question: Question) -> Tally | None:
    """The same with the names of who gave it, where people were told that the room may see both. For the screen alone:
    no phone is sent a name."""
    if not question.shown:
        return None
    by_name = question.mode == Question.Mode.NAMED
    return _tally(question, counting.counted(question, Count.Of.SHOWN, most=MOST_SHOWN, by_name=by_name))


def shown_words(question: Question, most: int) -> list[str]:
    """The first few answers that the room may see of one question, as they are read. For everybody in the room."""
    rows = question.answers.filter(shown_value__isnull=False) if question.shown else question.answers.none()
    values = rows.order_by("-pinned", "id").values_list("shown_value", flat=True)[:most]
    return [kinds[question.kind].words(question.config, value) for value in values if value is not None]


def _tally(question: Question, counted: Counted) -> Tally:
    return kinds[question.kind].tally(question.config, counted)


def mine(workshop: Workshop, seat: Seat, question_ids: list[uuid.UUID] | None = None) -> list[Answer]:
    """This phone's own answers. Nobody else's eyes; the answer secret in its cookie is the only way to find them."""
    questions = workshop_questions(workshop).filter(ASKED | PRIVATE)
    if question_ids is not None:
        questions = questions.filter(pk__in=question_ids)
    wanted = Q(pk__in=[])
    for question in questions:
        wanted |= Q(question=question, **whose(question, seat))
    return list(Answer.objects.filter(wanted).select_related("question").order_by("question__position", "nth"))


def answers_until(workshop: Workshop, day: agenda.Day | None = None) -> date:
    """The last day on which a phone can change and delete its answers: nothing is sealed before it is over.

    `day`: for who has read it already.
    """
    day = day or agenda.day(workshop)
    pressed = day.entries[-1].at.astimezone(ZoneInfo(workshop.time_zone)).date() if day.entries else None
    return confidentiality.last_day(workshop.date, pressed, open_for(workshop))


def until_when(workshop: Workshop, day: agenda.Day | None = None) -> str:
    """The same as people read it: "the end of 10 February"."""
    return _("the end of %(day)s") % {"day": date_format(answers_until(workshop, day), _("j F"))}


def sealed(workshop: Workshop) -> list[Question]:
    """Questions of which nobody can tell any more whose answer is whose. For everybody in the room."""
    rows = workshop_questions(workshop).filter(sealed_at__isnull=False, mode=Question.Mode.UNLINKED)
    return list(rows.order_by("position"))


def in_words(answer: Answer) -> str:
    """An answer as its author reads it."""
    return kinds[answer.question.kind].words(answer.question.config, answer.value)


@dataclass(frozen=True)
class Said:
    """What was said to one question, with what was said the time before.

    `signed`: the same answer by answer, where they are kept with names and the reader may see these.
    """

    asked: Asked
    tally: Tally
    signed: list[names.Signed]
    first: "Said | None" = None


@dataclass(frozen=True)
class Heard:
    """One item of the day and what was said in it."""

    item: Item
    start: str
    speakers: list[Speaker]
    said: list[Said]
    asked: list[speaker_queue.Queued]  # of its speaker


def heard(workshop: Workshop, day: agenda.Day | None = None, *, with_names: bool = False) -> list[Heard]:
    """The summary: every item in order, with the released answers to its questions. For everybody with a role.

    `day`: for who has read it already. `with_names`: for owner and facilitator alone; one query more.
    """
    day = day or agenda.day(workshop)
    speakers = agenda.speakers(workshop)
    said = _said(workshop, with_names=with_names)
    to_speakers = speaker_queue.by_item(speaker_queue.queued(workshop))
    return [
        Heard(
            day.items[row.slot.id],
            words.at(row.start or row.slot.start, workshop.time_zone),
            speakers.get(row.slot.id, []),
            said.get(row.slot.id, []),
            to_speakers.get(row.slot.id, []),
        )
        for row in day.schedule(clock.now(workshop)).rows
    ]


def _all_that_is_known(one: Asked, counted: Counted) -> Counted:
    """Of what only its author reads: how many there are."""
    return Counted(one.count, {}) if one.is_private else counted


def _said(workshop: Workshop, *, with_names: bool) -> dict[str, list[Said]]:
    """Slot key -> what was said in it; of a question that was asked twice, both times together."""
    put = [one for one in asked(workshop) if one.count or one.question.opened_at]
    counted = counting.counted_each([one.question for one in put], Count.Of.RELEASED)
    shows = hands.recorded_each([one.question for one in put])
    put = [replace(one, counted_hands=shows[one.question.pk]) for one in put]
    signed = names.signed([one.question for one in put]) if with_names else {}
    tallies = {
        key: Said(one, _tally(one.question, _all_that_is_known(one, counted[key])), signed.get(key, []))
        for key, one in ((one.question.pk, one) for one in put)
    }
    repeated = {one.question.again_of_id for one in put}
    said: dict[str, list[Said]] = {}
    for one in put:
        if one.question.pk not in repeated:
            first = one.question.again_of_id and tallies.get(one.question.again_of_id)
            said.setdefault(one.question.slot.key, []).append(replace(tallies[one.question.pk], first=first or None))
    return said
