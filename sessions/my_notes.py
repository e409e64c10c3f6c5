"""My notes: what a phone can still find of what it said. Nobody else's eyes."""

from collections.abc import Iterable
from dataclasses import dataclass

from agenda.models import Workshop
from agenda.queries import Day
from feedback import confidentiality, queries
from feedback.models import Answer, Question


@dataclass(frozen=True)
class Said:
    """An own answer as its author reads it. `stands`: it can be neither changed nor deleted any more."""

    answer: Answer
    words: str
    promise: str

    @property
    def stands(self) -> bool:
        return self.answer.question.sealed_at is not None


@dataclass(frozen=True)
class MyNotes:
    """`lost` are questions of which nobody can tell any more whose answer is whose."""

    said: list[Said]
    lost: list[Question]
    until: str

    @property
    def can_delete(self) -> bool:
        return any(not one.stands for one in self.said)


def of(workshop: Workshop, own: Iterable[Answer], facilitator: str, day: Day | None = None) -> MyNotes:
    """`own`: what `queries.mine` found. `day`: for who has read it already."""
    until = queries.until_when(workshop, day)
    return MyNotes(
        [Said(answer, queries.in_words(answer), promise(answer.question, facilitator, until)) for answer in own],
        queries.sealed(workshop),
        until,
    )


def promise(question: Question, facilitator: str, until: str) -> str:
    """What was said beside the button before it was answered."""
    for_table = question.hand == Question.Hand.SCRIBE
    return confidentiality.promise(question.mode, question.bundle, facilitator, until, for_table=for_table)
