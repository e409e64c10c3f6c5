"""Flipchart sheets as desk, scribe and paper read them: every sheet of the day, table by table."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from agenda.models import Workshop

from . import counting, photos
from .counting import Totals
from .kinds import kinds
from .models import Answer, Question
from .sheet_models import SheetPhoto


@dataclass(frozen=True)
class Note:
    """One note that may be read."""

    answer: Answer
    words: str


@dataclass(frozen=True)
class Part:
    """What one table has written, or with an empty `table` all that nobody wrote for a table."""

    table: str
    people: int | None
    notes: list[Note]


@dataclass(frozen=True)
class Sheet:
    """A sheet with what may be read of it. `totals` count also what waits."""

    question: Question
    totals: Totals
    parts: list[Part]
    photos: list[SheetPhoto]

    @property
    def is_open(self) -> bool:
        return self.question.status == Question.Status.OPEN

    @property
    def was_asked(self) -> bool:
        return self.question.opened_at is not None

    @property
    def n(self) -> int:
        """How many notes can be read."""
        return sum(len(part.notes) for part in self.parts)

    @property
    def waiting(self) -> int:
        return self.totals.given - self.totals.released

    @property
    def tables(self) -> list[str]:
        return [part.table for part in self.parts if part.table]


def sheets(workshop: Workshop) -> list[Sheet]:
    """Every sheet of the day in order, the parking lot left out. Four queries. For desk and scribe."""
    rows = Question.objects.filter(workshop=workshop, occasion=Question.Occasion.FLIPCHART).select_related("slot")
    found = [row for row in rows.order_by("position") if not row.is_parking_lot]
    totals = counting.totals(found)
    notes: dict[object, list[Note]] = defaultdict(list)
    by_id = {row.pk: row for row in found}
    read = Answer.objects.filter(question__in=found, released_value__isnull=False).order_by("-pinned", "pk")
    for answer in read:
        answer.question = by_id[answer.question_id]
        notes[answer.question_id].append(_note(answer))
    shot = photos.of_questions(found)
    return [Sheet(row, totals.get(row.pk, Totals()), list(parts(notes[row.pk])), shot.get(row.pk, [])) for row in found]


def on_paper(workshop: Workshop) -> list[Sheet]:
    """The same without what the desk has hidden, and without sheets on which nothing is left. For everybody with a
    role on the day."""
    found = (replace(sheet, parts=list(parts(_fit_to_show(sheet)))) for sheet in sheets(workshop))
    return [sheet for sheet in found if sheet.n or sheet.photos]


def _fit_to_show(sheet: Sheet) -> list[Note]:
    return [note for part in sheet.parts for note in part.notes if not note.answer.hidden]


def parts(notes: Iterable[Note]) -> Iterator[Part]:
    """Table by table, numbers in their order before names; last what is nobody's table's."""
    by_table: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        by_table[note.answer.table].append(note)
    for table in sorted(by_table, key=_rank):
        people = [note.answer.people for note in by_table[table] if note.answer.people]
        yield Part(table, max(people, default=None), by_table[table])


def _rank(table: str) -> tuple[bool, bool, int, str]:
    is_number = table.isascii() and table.isdecimal()
    return not table, not is_number, int(table) if is_number else 0, table.casefold()


def _note(answer: Answer) -> Note:
    kind = kinds[answer.question.kind]
    return Note(answer, kind.words(answer.question.config, answer.released_value or ""))
