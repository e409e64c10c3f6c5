"""The counts of a question: kept by addition as answers come, change and go, and counted anew after a press on all of
them. Whoever changes an answer does it between `Books.before` and `Books.after`, or counts anew.

The caller of every verb has touched the workshop, so nobody else writes to the same counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet

from .kinds import kinds
from .kinds.base import Counted, Kind, Mark, Value
from .models import Answer, Count, Question

TOTAL: Mark = ("", "")
MOST_MARKS = 1000  # of the most frequent are read
Of = Count.Of


class Totals(NamedTuple):
    """How many answers to one question are stored; of these the desk may read; the room could be shown and has not
    been; wait for approval."""

    given: int = 0
    released: int = 0
    unshown: int = 0
    unapproved: int = 0


class Books:
    """What the answers of one question say, as it changes: each answer is taken out before, and put in after."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._kind: Kind = kinds[question.kind]
        self._changes: Counter[tuple[str, Mark]] = Counter()

    def before(self, answer: Answer) -> None:
        self._changes.subtract(self._of(answer))

    def after(self, answer: Answer) -> None:
        self._changes.update(self._of(answer))

    def _of(self, answer: Answer) -> dict[tuple[str, Mark], int]:
        """Everything one answer counts for."""
        found: dict[tuple[str, Mark], int] = {(Of.GIVEN, TOTAL): 1}
        for of, value in ((Of.RELEASED, answer.released_value), (Of.SHOWN, answer.shown_value)):
            if value is not None:
                found[of, TOTAL] = 1
                for mark, n in self._kind.marks(self._question.config, value).items():
                    found[of, mark] = n
        if may_be_shown(answer, self._question):
            found[Of.UNSHOWN, TOTAL] = int(answer.shown_value != answer.released_value)
        elif answer.released_value is not None and not answer.hidden:
            found[Of.UNAPPROVED, TOTAL] = 1
        return found

    def write(self) -> None:
        """Add what has changed to what stands."""
        changes = {place: by for place, by in self._changes.items() if by}
        self._changes.clear()
        if not changes:
            return
        rows = Count.objects.filter(question=self._question)
        new = []
        for (of, (part, key)), by in changes.items():
            if not rows.filter(of=of, part=part, key=key).update(n=F("n") + by):
                new.append(Count(question=self._question, of=of, part=part, key=key, n=by))
        Count.objects.bulk_create(new, batch_size=500)
        if min(changes.values()) < 0:
            rows.filter(n=0).delete()  # a word that nobody says any more is not kept


def may_be_shown(answer: Answer, question: Question) -> bool:
    """The desk may read it, has not hidden it, and has approved it where that is asked for."""
    is_approved = answer.approved or not question.approval
    return answer.released_value is not None and not answer.hidden and is_approved


def count_anew(question: Question) -> None:
    """Count all the answers to a question from the first."""
    Count.objects.filter(question=question).delete()
    books = Books(question)
    for answer in question.answers.iterator(chunk_size=1000):
        books.after(answer)
    rows = (Count(question=question, of=of, part=part, key=key, n=n) for of, part, key, n in _lines(books))
    Count.objects.bulk_create(rows, batch_size=500)


def _lines(books: Books) -> Iterator[tuple[str, str, str, int]]:
    return ((of, part, key, n) for (of, (part, key)), n in books._changes.items() if n)


def totals(questions: Iterable[Question]) -> Mapping[UUID, Totals]:
    """Question id -> its totals, for those that have an answer. One query."""
    found: dict[UUID, dict[str, int]] = {}
    rows = Count.objects.filter(question__in=list(questions), part="", key="").exclude(of=Of.SHOWN)
    for question_id, of, n in rows.values_list("question_id", "of", "n"):
        found.setdefault(question_id, {})[of] = n
    return {question_id: Totals(**each) for question_id, each in found.items()}


def counted(question: Question, of: str, *, most: int | None = None, by_name: bool = False) -> Counted:
    """What was released, or shown, of the answers to one question; of those that are read, at most so many.

    `by_name`: with the name of who gave each, for whoever may see it. Two queries at most; what they cost does not
    grow with the number of answers.
    """
    rows = Count.objects.filter(question=question, of=of).order_by("-n", "part", "key")
    marks = {(part, key): n for part, key, n in rows.values_list("part", "key", "n")[:MOST_MARKS]}
    n = marks.pop(TOTAL, 0)
    if not n or not kinds[question.kind].is_read:
        return Counted(n, marks)
    fields = [_name(of), "table", *(["attendee__name"] if by_name else [])]
    return Counted(n, marks, *_apart(_values([question], of).values_list(*fields)[:most]))


def shown_of_table(question: Question, table: str, *, most: int) -> Counted:
    """What one table has written on a sheet and the room may see. Two queries."""
    rows = _values([question], Count.Of.SHOWN).filter(table=table)
    return Counted(rows.count(), {}, *_apart(rows.values_list(_name(Count.Of.SHOWN), "table")[:most]))


def counted_each(questions: Sequence[Question], of: str) -> dict[UUID, Counted]:
    """Question id -> the same, whole. Two queries, whatever the number of questions."""
    marks: dict[UUID, dict[Mark, int]] = defaultdict(dict)
    for question_id, part, key, n in Count.objects.filter(question__in=questions, of=of).values_list(
        "question_id", "part", "key", "n"
    ):
        marks[question_id][part, key] = n
    values = defaultdict(list)
    read = [question for question in questions if kinds[question.kind].is_read]
    for question_id, value, table in _values(read, of).values_list("question_id", _name(of), "table"):
        values[question_id].append((value, table))
    return {one.pk: Counted(marks[one.pk].pop(TOTAL, 0), marks[one.pk], *_apart(values[one.pk])) for one in questions}


def _apart(rows: Iterable[tuple[Value, str] | tuple[Value, str, str]]) -> tuple[list[Value], list[str], list[str]]:
    """The values; the tables they were written for, if any was; the names of who gave them, if any was read."""
    rows = list(rows)
    tables = [row[1] for row in rows]
    names = [row[2] or "" for row in rows if len(row) == 3]  # what the desk has typed is nobody's
    return [row[0] for row in rows], tables if any(tables) else [], names if any(names) else []


def _values(questions: Sequence[Question], of: str) -> QuerySet[Answer]:
    """What was pinned first, the others in the order of their random ids."""
    rows = Answer.objects.filter(question__in=questions, **{f"{_name(of)}__isnull": False})
    return rows.order_by("question", "-pinned", "id")


def _name(of: str) -> str:
    return "released_value" if of == Of.RELEASED else "shown_value"
