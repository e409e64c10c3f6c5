"""A form of several questions on one phone: what it holds there, and what becomes of what is sent. Survey and feedback
are such forms."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from django.utils.translation import gettext as _

from agenda.models import Workshop
from agenda.seat import Seat
from agenda.services import Refused

from . import confidentiality, counting, queries, sent, taking_back
from .forms import HandInForm, is_blank, of_question, part_from_post, raw_from_post
from .handing_in import Handed, Receipt, hand_in_together
from .kinds import kinds
from .models import Answer, Question

Posted: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """One question of a form, as one phone sees it. `value`: its own answer, or what it has just sent in vain."""

    question: Question
    own: Answer | None
    kept: str
    value: object
    error: str = ""
    key: uuid.UUID | None = None

    @property
    def before(self) -> str:
        return of_question(self.question.pk)

    @property
    def is_answered(self) -> bool:
        return not is_blank(self.value)

    @property
    def edit(self) -> int:
        return self.own.edit + 1 if self.own else 1


def asked_in(workshop: Workshop, occasion: str) -> list[Question]:
    """The questions of a form in order: those that everybody answers on their phone. For everybody with a seat."""
    rows = queries.workshop_questions(workshop).filter(occasion=occasion, hand=Question.Hand.PHONES)
    return list(rows.order_by("position"))


def parts(workshop: Workshop, seat: Seat, questions: Sequence[Question], facilitator: str) -> list[Part]:
    """The form with this phone's own answers in it. Nobody else's eyes."""
    own = {row.question_id: row for row in queries.mine(workshop, seat, [question.pk for question in questions])}
    return [_part(question, own.get(question.pk), facilitator) for question in questions]


def empty(questions: Iterable[Question], facilitator: str) -> list[Part]:
    """The form before anybody has written in it."""
    return [_part(question, None, facilitator) for question in questions]


def _part(question: Question, own: Answer | None, facilitator: str) -> Part:
    kept = confidentiality.kept(question.mode, question.bundle, facilitator)
    kept = confidentiality.OWN if question.is_private else kept
    return Part(question, own, kept, own and own.value, key=own.pk if own else uuid.uuid4())


def store_from_post(workshop: Workshop, seat: Seat, form: Sequence[Part], posted: Posted) -> list[Part]:
    """Store what was sent; gives the form again, with an error and what was typed where it was not taken.

    What is not in `posted` stays as it is. What was answered before and is empty now is taken back.
    """
    typed = {part.question.pk: part_from_post(part.question.pk, posted) for part in form}
    form = [_laid_over(part, typed[part.question.pk]) for part in form]
    changed = [part for part in form if typed[part.question.pk] and not _says_the_same(part)]
    errors: dict[uuid.UUID, str] = {}
    handed: list[Handed] = []
    for part in changed:
        if is_blank(part.value):
            errors |= _take_back(workshop, seat, part)
            continue
        named = {name: typed[part.question.pk].get(name) for name in ("key", "edit")}
        sound = HandInForm({**named, "question": part.question.pk})
        if sound.is_valid():
            handed.append(sent.handed(sound, seat, part.value))
        else:
            errors[part.question.pk] = sent.wrong(sound)
    outcomes = hand_in_together(workshop_id=workshop.pk, handed=handed) if handed else []
    errors |= {one.question_id: _error(one, outcome) for one, outcome in zip(handed, outcomes, strict=True)}
    return [replace(part, error=errors.get(part.question.pk, "")) for part in form]


def _laid_over(part: Part, typed: Mapping[str, str]) -> Part:
    question = part.question
    return replace(part, value=raw_from_post(kinds[question.kind], question.config, typed)) if typed else part


def _says_the_same(part: Part) -> bool:
    """What stands is not written again; what is empty and was is nothing."""
    return is_blank(part.value) if part.own is None else part.value == part.own.value


def _take_back(workshop: Workshop, seat: Seat, part: Part) -> dict[uuid.UUID, str]:
    if part.own is None:
        return {}
    try:
        taking_back.take_back(workshop=workshop, seat=seat, question_id=part.question.pk, key=part.own.pk)
    except Refused as refused:
        return {part.question.pk: str(refused)}
    return {}


def _error(handed: Handed, outcome: object) -> str:
    if not isinstance(outcome, Receipt):
        return str(outcome)
    if outcome.edit > handed.edit:
        return _("A newer answer of yours is already saved. Send this one again to put it in its place.")
    return ""


def replied(workshop: Workshop, occasion: str) -> int:
    """How many phones have answered: as many as have answered the question that most of them did. For the desk.

    Which they were is nowhere to be found. One query.
    """
    rows = queries.workshop_questions(workshop).filter(occasion=occasion)
    return max((total.given for total in counting.totals(rows).values()), default=0)
