"""A show of hands: what the desk has counted in the room, kept apart from what phones say and never added to it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .kinds import kinds
from .kinds.base import Field, Option
from .models import Question, ShowOfHands

KINDS = {kind.name for kind in kinds.values() if kind.takes_hands}
MOST = 5000
SKIP = "skip"  # nobody puts a hand up for that
Counts = Mapping[tuple[str, str], int]  # (part, option key) -> hands; the part is "" where there is but one


@dataclass(frozen=True)
class Group:
    """What was counted for one statement, or for the question itself (`text` is empty then): option and hands."""

    part: str
    text: str
    said: tuple[tuple[Option, int], ...]


def can_be_counted(question: Question) -> bool:
    """People were asked, and there is something to put a hand up for."""
    return question.kind in KINDS and question.status not in {Question.Status.DRAFT, Question.Status.READY}


def options(question: Question) -> list[tuple[str, str, tuple[Option, ...]]]:
    """(part, text of the statement, what hands go up for), in the order of the question."""
    fields = kinds[question.kind].fields(question.config) if question.kind in KINDS else ()
    return [(_part(field), field.label, _without_skip(field)) for field in fields]


def _part(field: Field) -> str:
    return field.name.removeprefix("value").removeprefix(".")


def _without_skip(field: Field) -> tuple[Option, ...]:
    return tuple(option for option in field.options if not _part(field) or option.key != SKIP)


def record(question: Question, counts: Counts) -> None:
    """These and no others; an empty one takes back what was recorded. The caller has touched the workshop."""
    known = {(part, option.key) for part, _text, found in options(question) for option in found}
    ShowOfHands.objects.filter(question=question).delete()
    ShowOfHands.objects.bulk_create(
        ShowOfHands(question=question, part=part, key=key, n=n)
        for (part, key), n in counts.items()
        if (part, key) in known
    )


def counts(question: Question) -> Counts:
    """What was counted of one question, as it is stored. One query. The desk's."""
    return {(row.part, row.key): row.n for row in ShowOfHands.objects.filter(question=question)}


def recorded(question: Question) -> list[Group]:
    """What was counted of one question. At most one query. The desk's, and the room's once its answers are shown."""
    return recorded_each([question])[question.pk] if question.kind in KINDS else []


def recorded_each(questions: Sequence[Question]) -> dict[uuid.UUID, list[Group]]:
    """Question id -> the same. One query, whatever the number of questions."""
    found: dict[uuid.UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    rows = ShowOfHands.objects.filter(question__in=[one for one in questions if one.kind in KINDS])
    for row in rows:
        found[row.question_id][row.part, row.key] = row.n
    return {one.pk: list(groups(one, found[one.pk])) for one in questions}


def groups(question: Question, counts: Counts) -> Iterable[Group]:
    """In the order of the question; a statement for which nothing was counted is left out."""
    for part, text, found in options(question):
        said = tuple((option, counts[part, option.key]) for option in found if (part, option.key) in counts)
        if said:
            yield Group(part, text, said)
