"""Named reads of what a day is going to ask, and how much typing that makes. For owner and facilitator."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from agenda import plan
from agenda.chapter import current_plan
from agenda.models import Workshop
from agenda.plan import Item

from . import confidentiality
from .kinds import kinds
from .models import Question
from .preparing import NOT_ASKED, mark
from .queries import asked, workshop_questions

ANOTHER_DAY = (Question.Occasion.SURVEY, Question.Occasion.FOLLOWUP)
MUCH_TYPING = 600  # seconds in a whole day


@dataclass(frozen=True)
class Prepared:
    """A question as the plan lists it under one item. `above` and `below` are its neighbours of the same item."""

    question: Question
    count: int
    comes_back: bool  # it belongs to another item, and its answers come back in this one
    elsewhere: str  # the title of the item it comes from, or of the one it comes back in
    above: uuid.UUID | None
    below: uuid.UUID | None

    @property
    def is_free(self) -> bool:
        return not self.count and self.question.status in NOT_ASKED

    @property
    def mark(self) -> str:
        return mark(self.question)

    @property
    def kind(self) -> str:
        return kinds[self.question.kind].label

    @property
    def details(self) -> list[str]:
        """Whatever was typed one on a line for its kind: the options of a choice, the statements of a scale."""
        return in_lines(self.question.kind, self.question.config)

    @property
    def promise(self) -> str:
        if self.question.is_private:
            return confidentiality.ONLY_THEIRS
        return confidentiality.in_short(self.question.mode, self.question.bundle)

    @property
    def seconds(self) -> int:
        return 0 if self.comes_back else typing_seconds(self.question)


def in_lines(kind: str, config: dict[str, object]) -> list[str]:
    """What a question's settings list, each list on one line; what begins with a dash belongs to the line above."""
    typed = kinds[kind].typed(config)
    lists = (typed[one.name] for one in kinds[kind].settings if one.widget == "lines")
    return [lines.replace("\n- ", " – ").replace("\n", " · ") for lines in lists]


@dataclass(frozen=True)
class ItemQuestions:
    """An item of the running order with all that is asked in it, and what the day asks people to type.

    `taken` has the title of its item for the key of every question of the day.
    """

    item: Item
    rows: list[Prepared]
    day: "Typing"
    taken: dict[str, str]

    @property
    def here(self) -> "Typing":
        return Typing.of(row.question for row in self.rows if not row.comes_back)


@dataclass(frozen=True)
class Typing:
    """What each person is asked to type: answers, and seconds. `scribe_seconds`: the one at each table who writes, on
    top of that."""

    answers: int
    seconds: int
    scribe_seconds: int

    @classmethod
    def of(cls, questions: Iterable[Question]) -> "Typing":
        by_hand: dict[str, list[int]] = defaultdict(list)
        for question in questions:
            if seconds := typing_seconds(question):
                by_hand[question.hand].append(seconds)
        each = by_hand[Question.Hand.PHONES]
        return cls(len(each), sum(each), sum(by_hand[Question.Hand.SCRIBE]))

    @property
    def is_much(self) -> bool:
        return self.seconds > MUCH_TYPING

    @property
    def is_much_for_a_scribe(self) -> bool:
        return not self.is_much and self.scribe_seconds > 0 and self.seconds + self.scribe_seconds > MUCH_TYPING


def item_questions(workshop: Workshop, slot_key: str) -> ItemQuestions | None:
    """What is asked in one item of the newest running order, None if it has no such item. Four queries.

    For owner and facilitator.
    """
    items = plan.items(current_plan(workshop) or {"slots": []})
    if slot_key not in items:
        return None
    put = asked(workshop)
    here = [one for one in put if slot_key in _slot_keys(one.question)]
    own = [one.question.pk for one in here if one.question.slot.key == slot_key]
    below = dict(pairwise(own))
    above = {after: before for before, after in below.items()}
    rows = [
        Prepared(
            question=one.question,
            count=one.count,
            comes_back=one.question.slot.key != slot_key,
            elsewhere=next((items[key].title for key in _slot_keys(one.question) - {slot_key} if key in items), ""),
            above=above.get(one.question.pk),
            below=below.get(one.question.pk),
        )
        for one in here
    ]
    day = Typing.of(one.question for one in put)
    taken = {one.question.key: items[one.question.slot.key].title for one in put if one.question.slot.key in items}
    return ItemQuestions(items[slot_key], rows, day, taken)


def _slot_keys(question: Question) -> set[str]:
    return {slot.key for slot in (question.slot, question.returns_in) if slot}


def typing_seconds(question: Question) -> int:
    """How long whoever writes types during its item; nothing if the room talks, or answered before the day."""
    is_asked = question.occasion not in ANOTHER_DAY and not question.is_parking_lot
    if question.hand == Question.Hand.TALK or not is_asked:
        return 0
    return kinds[question.kind].typing_seconds(question.config)


def typing_minutes(workshop: Workshop) -> dict[str, int]:
    """Slot key -> whole minutes, rounded up, that its questions ask whoever writes to type: what the item needs, be it
    one at each table or everybody. Items without questions are left out. One query. For owner and facilitator."""
    seconds: dict[str, int] = defaultdict(int)
    for question in workshop_questions(workshop).select_related("slot"):
        seconds[question.slot.key] += typing_seconds(question)
    return {key: whole_minutes(each) for key, each in seconds.items()}


def whole_minutes(seconds: int) -> int:
    """Rounded up."""
    return -(-seconds // 60)
