"""The file of answers, and a look at it before it is taken: reads what may leave, and hands it to the pure tables."""

import hashlib
from dataclasses import dataclass

from agenda import queries as agenda
from agenda.models import Workshop
from feedback import hands, speaker_queue
from feedback.kinds import kinds
from feedback.models import Question

from . import tables
from .columns import MEANINGS
from .csvfile import CellValue, in_file, write_csv

NOT_IN_PLAN = 0  # slot_no counts from 1
SEEN_BEFORE = 50  # rows, from the first


@dataclass(frozen=True)
class File:
    """A file to take home: its name, its bytes, how many rows of data, and their SHA-256."""

    name: str
    content: bytes
    rows: int
    sha256: str


@dataclass(frozen=True)
class Preview:
    """What a file would hold now: its name, each column with what it means, its first rows, how many rows in all.

    Cells are as the file has them; `is_guarded` says that one of these begins with an apostrophe that nobody wrote.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    first: tuple[tuple[str, ...], ...]
    rows: int
    is_guarded: bool


def as_csv(workshop: Workshop) -> File:
    """Every released answer, one row each."""
    rows = _rows(workshop)
    content = write_csv(tables.RESPONSES_LONG, rows)
    return File(_name(workshop), content, len(rows), hashlib.sha256(content).hexdigest())


def preview(workshop: Workshop) -> Preview:
    """The same rows in the same order, as far as somebody looks before taking them."""
    rows = _rows(workshop)
    first = rows[:SEEN_BEFORE]
    cells = tuple(tuple(_read(value) for value in row) for row in first)
    is_guarded = any(_is_guarded(value) for row in first for value in row)
    columns = tuple((column, str(MEANINGS[column])) for column in tables.RESPONSES_LONG)
    return Preview(_name(workshop), columns, cells, len(rows), is_guarded)


def _read(value: CellValue) -> str:
    found = in_file(value)
    return "" if found is None else str(found)


def _is_guarded(value: CellValue) -> bool:
    return isinstance(value, str) and _read(value).startswith("'") and not value.startswith("'")


def _name(workshop: Workshop) -> str:
    return f"{workshop.date:%Y-%m-%d}_{workshop.slug}_answers.csv"


def _rows(workshop: Workshop) -> list[tables.Row]:
    return tables.responses_long(tables.Event(id=workshop.slug, date=workshop.date), _questions(workshop))


def _questions(workshop: Workshop) -> list[tables.AnsweredQuestion]:
    order = {key: number for number, key in enumerate(agenda.day(workshop).items, start=1)}
    found = (
        Question.objects.filter(workshop=workshop).select_related("slot").prefetch_related("answers", "shows_of_hands")
    )
    # A later running order may have dropped the item that was asked in; what was said in it still leaves with the rest.
    asked = [_answered(question, order.get(question.slot.key, NOT_IN_PLAN)) for question in found]
    return asked + _asked_speakers(workshop, order)


def _asked_speakers(workshop: Workshop, order: dict[str, int]) -> list[tables.AnsweredQuestion]:
    """What the room asked the speakers, as one question for each item; without what the desk has hidden."""
    by_item: dict[str, list[tables.GivenAnswer]] = {}
    words = next(kind for kind in kinds.values() if kind.is_read)
    for row in speaker_queue.queued(workshop):
        if row.status != speaker_queue.Status.HIDDEN:
            by_item.setdefault(row.slot_key, []).append(tables.GivenAnswer(id=row.key, value=row.text))
    return [
        tables.AnsweredQuestion(
            key=f"queue:{key}",
            version=1,
            text="Questions to the speaker",
            occasion="queue",
            slot_no=order.get(key, NOT_IN_PLAN),
            kind=words.name,
            config=words.check_config({}),
            mode="unlinked",
            bundle="alone",
            answers=tuple(given),
        )
        for key, given in sorted(by_item.items(), key=lambda one: order.get(one[0], NOT_IN_PLAN))
    ]


def _answered(question: Question, slot_no: int) -> tables.AnsweredQuestion:
    answers = tuple(
        tables.GivenAnswer(
            id=str(answer.pk),
            value=answer.released_value,
            respondent=answer.respondent or "",
            is_late=answer.is_late,
            answered_on=answer.answered_on,
            table=answer.table,
        )
        for answer in question.answers.all()
        if answer.released_value is not None
    )
    return tables.AnsweredQuestion(
        key=question.key,
        version=question.version,
        text=question.text,
        occasion=question.occasion,
        slot_no=slot_no,
        kind=question.kind,
        config=question.config,
        mode=question.mode,
        bundle=question.bundle,
        answers=answers,
        hands=_counted(question),
    )


def _counted(question: Question) -> tuple[tables.CountedHands, ...]:
    counts = {(row.part, row.key): row.n for row in question.shows_of_hands.all()}
    return tuple(
        tables.CountedHands(group.text, option.key, option.label, n)
        for group in hands.groups(question, counts)
        for option, n in group.said
    )
