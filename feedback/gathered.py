"""The answers that can be grouped: read once, and kept in memory until anything of the day changes but its themes.

Whoever groups presses again and again while the room does something else, and the answers are the same each time. What
is kept is of one day at a time, by its revision: any other change to the day lets it go, an erased answer among them.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.text import Truncator

from agenda import changes
from agenda.models import Workshop

from .alike import Likeness
from .kinds import kinds
from .models import Answer, Question

Occasion = Question.Occasion
OCCASIONS = (Occasion.SURVEY, Occasion.LIVE, Occasion.FLIPCHART)


class Said(NamedTuple):
    """An answer that can be grouped. `themes`: the names of those it stands in. `like`: answers in nearly its words."""

    id: uuid.UUID
    question: Question
    words: str
    table: str
    themes: Sequence[str] = ()
    like: Sequence[uuid.UUID] = ()

    @property
    def key(self) -> str:
        return str(self.id)

    @property
    def beginning(self) -> str:
        return _cut(self.words, 110)

    @property
    def asked(self) -> str:
        return _cut(self.question.text, 60)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else Truncator(text).chars(most)


@dataclass(frozen=True)
class Gathered:
    """All of them, in the order of the questions, and in theirs of the random ids. Nobody's are in a theme here."""

    said: Sequence[Said]

    @cached_property
    def likeness(self) -> Likeness[uuid.UUID]:
        return Likeness({one.id: one.words for one in self.said})


class When(NamedTuple):
    """A day as it was at one moment."""

    workshop: str
    epoch: int
    rev: int


class Kept(NamedTuple):
    when: When
    gathered: Gathered


_kept: Kept | None = None


def gathered(workshop: Workshop) -> Gathered:
    """The answers of a day as it is, or newer. Two queries, none if they are kept."""
    kept = _kept
    if kept and kept.when == _when(workshop):
        return kept.gathered
    fresh = read(workshop)
    _keep(_when(workshop), fresh)
    return fresh


def read(workshop: Workshop) -> Gathered:
    """The same from the database: released, in words, of survey, live question or flipchart. Two queries."""
    rows = Question.objects.filter(workshop=workshop, occasion__in=OCCASIONS)
    questions = {row.pk: row for row in rows.select_related("slot") if kinds[row.kind].is_read}
    answers = Answer.objects.filter(question__in=list(questions), released_value__isnull=False)
    found = answers.order_by("question__position", "pk").values_list("pk", "question_id", "released_value", "table")
    said = []
    for id, question_id, value, at_table in found:
        question = questions[question_id]
        assert value is not None  # the database has been asked for no other
        said.append(Said(id, question, kinds[question.kind].words(question.config, value), at_table))
    return Gathered(said)


@contextmanager
def same_afterwards(workshop: Workshop) -> Iterator[None]:
    """Around a press that touches the day once and changes no answer: what is kept holds for its new revision, too."""
    kept, before = _kept, _when(workshop)
    yield
    if kept and kept.when == before and _when(workshop) == before._replace(rev=before.rev + 1):
        _keep(_when(workshop), kept.gathered)


def _when(workshop: Workshop) -> When:
    return When(workshop.pk, workshop.epoch, workshop.rev)


def _keep(when: When, answers: Gathered) -> None:
    global _kept
    _kept = Kept(when, answers)


def _let_go(workshop_id: str) -> None:
    global _kept
    if _kept and _kept.when.workshop == workshop_id:
        _kept = None


changes.listen(_let_go)
