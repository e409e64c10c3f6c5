"""My notes: what a phone can still find of what it said, and what it wrote to itself. Nobody else's eyes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agenda import queries as agenda
from agenda.models import Workshop
from agenda.seat import Seat
from feedback import confidentiality, queries
from feedback.models import Answer, Note, Question
from feedback.notes import own_notes


@dataclass(frozen=True)
class Said:
    """An own answer as its author reads it. `stands`: it can be neither changed nor deleted any more."""

    answer: Answer
    words: str
    promise: str

    @property
    def stands(self) -> bool:
        return self.answer.question.sealed_at is not None

    @property
    def mark(self) -> str:
        """An id for a page: which note of the sheet says nothing of others, unlike the answer's own id."""
        asked = self.answer.question
        return f"{asked.pk}-{self.answer.nth}" if asked.takes_several else str(asked.pk)


@dataclass(frozen=True)
class OnItem:
    """An item of the day by its key, and what this phone wrote to itself on it. Without a key it is not there now."""

    key: str
    title: str
    note: Note | None


@dataclass(frozen=True)
class MyNotes:
    """`lost` are questions of which nobody can tell any more whose answer is whose."""

    said: list[Said]
    lost: list[Question]
    items: list[OnItem]

    @property
    def can_delete(self) -> bool:
        return any(not one.stands for one in self.said)

    @property
    def written(self) -> list[OnItem]:
        return [one for one in self.items if one.note]

    @property
    def unwritten(self) -> list[OnItem]:
        return [one for one in self.items if not one.note]


def of(
    workshop: Workshop, seat: Seat, own: Iterable[Answer], facilitator: str, day: agenda.Day | None = None
) -> MyNotes:
    """`own`: what `queries.mine` found. `day`: for who has read it already."""
    day = day or agenda.day(workshop)
    until = queries.until_when(workshop, day)
    said = [Said(answer, queries.in_words(answer), promise(answer.question, facilitator, until)) for answer in own]
    return MyNotes(said, queries.sealed(workshop), _items(day, own_notes(workshop, seat)))


def on_sheet(workshop: Workshop, own: Iterable[Answer], facilitator: str, question: Question | None) -> list[Said]:
    """Those of `own` that stand on this sheet."""
    if question is None or not question.takes_several:
        return []
    until = queries.until_when(workshop)
    own = (answer for answer in own if answer.question_id == question.pk)
    return [Said(answer, queries.in_words(answer), promise(question, facilitator, until)) for answer in own]


def promise(question: Question, facilitator: str, until: str) -> str:
    """What was said beside the button before it was answered."""
    if question.is_private:
        return confidentiality.promise_of_own()
    for_table = question.hand == Question.Hand.SCRIBE
    at_once = question.is_parking_lot
    return confidentiality.promise(
        question.mode, question.bundle, facilitator, until, for_table=for_table, at_once=at_once
    )


def newer_note() -> str:
    return _("A newer note of yours is kept on this item. Send this one again to put it in its place.")


def title_of(day: agenda.Day, slot_key: str) -> str:
    return day.items[slot_key].title if slot_key in day.items else _("An item that is no longer part of the day")


def _items(day: agenda.Day, notes: list[Note]) -> list[OnItem]:
    """The items in order, and after them notes on what is no longer in the running order."""
    by_key = {note.slot.key: note for note in notes if note.slot}
    items = [OnItem(key, item.title, by_key.pop(key, None)) for key, item in day.items.items()]
    gone = [*by_key.values(), *(note for note in notes if note.slot is None)]
    return items + [OnItem(note.slot.key if note.slot else "", title_of(day, ""), note) for note in gone]
