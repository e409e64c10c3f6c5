"""Rows of the files people take home: dataclasses in, rows out. Only released answers come in here."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from feedback.kinds import kinds
from feedback.kinds.base import Cell, Value

SCHEMA_VERSION = 1
HANDS = "show of hands"  # the mode of a row that is nobody's answer
FORMS_FOR_ROWS = 5  # below this many forms nobody's answers are put side by side

RESPONSES_LONG = (
    "event_id",
    "event_date",
    "series",
    "occasion",
    "slot_no",
    "question_key",
    "question_version",
    "question_text",
    "respondent_ref",
    "group_label",
    "value_text",
    "value_number",
    "option_key",
    "is_late",
    "is_redacted",
    "mode",
    "answered_on",
    "language",
    "schema_version",
)

Row: TypeAlias = list[str | int | float | None]


@dataclass(frozen=True)
class Event:
    """The day."""

    id: str
    date: date
    series: str = ""


@dataclass(frozen=True)
class GivenAnswer:
    """One released answer. `id` gives the order; `respondent` is empty for an answer kept with a name.

    `group_label` and `language` belong to the person, as `is_late` does: they are left out of an unlinked row.
    `table` is the one it was written for, and stays with it; `people` sit there. `themes` it stands in.
    `is_quotable`: the room was shown these very words. `is_pinned`: the desk would have them read first.
    """

    id: str
    value: Value
    respondent: str = ""
    is_late: bool = False
    is_redacted: bool = False
    answered_on: date | None = None
    group_label: str = ""
    language: str = ""
    table: str = ""
    people: int | None = None
    themes: tuple[str, ...] = ()
    is_hidden: bool = False
    is_dealt_with: bool = False
    is_quotable: bool = False
    is_pinned: bool = False


@dataclass(frozen=True)
class CountedHands:
    """How many hands the desk has counted for one option; `group_label` is the statement, if there are several."""

    group_label: str
    option_key: str
    label: str
    n: int


@dataclass(frozen=True)
class Life:
    """What became of a question: when it was put first and closed last (UTC), and how many answers are stored.

    `phones`: how many have answered. `asked_of`: how many people could, None where nobody knows. `minutes`: planned.
    `round_of`: the key of the question that it asks again.
    """

    hint: str
    hand: str
    status: str
    opened_at: datetime | None
    closed_at: datetime | None
    minutes: int | None
    times_asked: int
    given: int
    phones: int
    asked_of: int | None
    round_of: str = ""
    is_parking_lot: bool = False
    councillors_only: bool = False


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question as it was put, with its released answers. `slot_no` counts the items of the day from 1.

    `life`: None for what is no question of the plan.
    """

    key: str
    version: int
    text: str
    occasion: str
    slot_no: int
    kind: str
    config: dict[str, object]
    mode: str
    bundle: str
    answers: tuple[GivenAnswer, ...] = ()
    hands: tuple[CountedHands, ...] = ()
    life: Life | None = None

    @property
    def is_form(self) -> bool:
        return self.occasion == "feedback" and self.bundle == "form" and self.mode == "unlinked"


def responses_long(
    event: Event, questions_with_answers: Sequence[AnsweredQuestion], profile: str = "shareable"
) -> list[Row]:
    """A row an answer (a row a statement for a scale), in the columns of RESPONSES_LONG.

    Then a row an option for which hands were counted: `mode` is "show of hands", `value_number` how many they were.

    `profile` is "shareable", "internal" or "chatham_house": only "internal" puts free text beside the other answers
    of its feedback form.
    """
    references = form_numbers(event, questions_with_answers, profile)
    given = [
        _row(
            event, question, answer, cell, references.get(answer.respondent) if shows_form(question, profile) else None
        )
        for question in questions_with_answers
        for answer in sorted(question.answers, key=lambda answer: answer.id)
        for cell in cells(question, answer)
    ]
    return given + [
        _hands_row(event, question, hands) for question in questions_with_answers for hands in question.hands
    ]


def form_numbers(event: Event, questions: Sequence[AnsweredQuestion], profile: str) -> dict[str, int]:
    """A number for each feedback form: the same at every export, unlike those of another day or profile."""
    forms = {answer.respondent for question in questions if question.is_form for answer in question.answers} - {""}
    if len(forms) < FORMS_FOR_ROWS:
        return {}
    salt = f"{event.id}|{profile}".encode()
    ordered = sorted(forms, key=lambda form: hmac.new(salt, form.encode(), hashlib.sha256).digest())
    return {form: number for number, form in enumerate(ordered, start=1)}


def shows_form(question: AnsweredQuestion, profile: str) -> bool:
    return question.is_form and (profile == "internal" or not kinds[question.kind].is_read)


def cells(question: AnsweredQuestion, answer: GivenAnswer) -> Iterator[Cell]:
    if answer.is_redacted:
        yield Cell("", "", "", None)
    else:
        yield from kinds[question.kind].export_cells(question.config, answer.value)


def _row(event: Event, question: AnsweredQuestion, answer: GivenAnswer, cell: Cell, reference: int | None) -> Row:
    linked = question.mode != "unlinked"
    return [
        *_asked(event, question),
        reference,
        cell.group_label or answer.table or (answer.group_label if linked else ""),
        cell.text,
        cell.number,
        cell.option_key,
        int(answer.is_late) if linked else None,
        int(answer.is_redacted),
        question.mode,
        answer.answered_on.isoformat() if answer.answered_on and question.occasion != "survey" else None,
        answer.language if linked else None,
        SCHEMA_VERSION,
    ]


def _hands_row(event: Event, question: AnsweredQuestion, hands: CountedHands) -> Row:
    """Nobody's answer: a number that the desk has counted in the room."""
    counted: Row = [None, hands.group_label, hands.label, hands.n, hands.option_key]
    return [*_asked(event, question), *counted, None, 0, HANDS, None, None, SCHEMA_VERSION]


def _asked(event: Event, question: AnsweredQuestion) -> Row:
    return [
        event.id,
        event.date.isoformat(),
        event.series,
        question.occasion,
        question.slot_no,
        question.key,
        question.version,
        question.text,
    ]
