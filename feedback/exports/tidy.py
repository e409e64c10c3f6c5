"""The tidy tables of a day, one for each file of csv/. Pure: a whole day in, rows out. Columns are the same every day,
but for `feedback_wide`, which has one for each choice of the form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback.kinds import kinds
from feedback.kinds.base import Cell

from .tables import (
    RESPONSES_LONG,
    SCHEMA_VERSION,
    AnsweredQuestion,
    Row,
    cells,
    form_numbers,
    responses_long,
    shows_form,
)
from .whole import Whole, utc

OF_EVENT = ("event_id", "event_date", "series")
OF_QUESTION = ("occasion", "slot_no", "question_key", "question_version", "question_text")
EVENTS = (
    *OF_EVENT,
    "title",
    "place",
    "host",
    "time_zone",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "people_came",
    "people_invited",
    "profile",
    "schema_version",
)
SLOTS = (
    *OF_EVENT,
    "slot_no",
    "slot_key",
    "slot_kind",
    "title",
    "speakers",
    "is_fixed",
    "planned_start",
    "planned_minutes",
    "actual_start",
    "actual_end",
    "actual_minutes",
    "minutes_late",
    "state",
    "schema_version",
)
QUESTIONS = (
    *OF_EVENT,
    *OF_QUESTION,
    "hint",
    "kind",
    "hand",
    "mode",
    "bundle",
    "councillors_only",
    "round_of",
    "times_asked",
    "opened_at",
    "closed_at",
    "planned_minutes",
    "schema_version",
)
OPTIONS = (
    *OF_EVENT,
    "question_key",
    "question_version",
    "group_key",
    "group_label",
    "option_no",
    "option_key",
    "option_label",
    "schema_version",
)
RESPONSE_RATES = (
    *OF_EVENT,
    *OF_QUESTION,
    "people_asked",
    "people_answered",
    "response_percent",
    "answers_stored",
    "answers_released",
    "schema_version",
)
FORM = (*OF_EVENT, "respondent_ref")


@dataclass(frozen=True)
class Table:
    """One file: its name without the ending, its columns, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: list[Row]


def tidy(day: Whole) -> list[Table]:
    """Every table, in the order of the list of files."""
    form_columns, form_rows = feedback_wide(day)
    return [
        Table("events", EVENTS, [_event(day)]),
        Table("slots", SLOTS, list(_slots(day))),
        Table("questions", QUESTIONS, list(_questions(day))),
        Table("options", OPTIONS, list(_options(day))),
        Table("responses_long", RESPONSES_LONG, responses_long(day.event, day.questions, day.profile)),
        Table("feedback_wide", form_columns, form_rows),
        Table("response_rates", RESPONSE_RATES, list(_rates(day))),
    ]


def _of_event(day: Whole) -> Row:
    return [day.event.id, day.event.date.isoformat(), day.event.series]


def _of_question(question: AnsweredQuestion) -> Row:
    return [question.occasion, question.slot_no, question.key, question.version, question.text]


def _event(day: Whole) -> Row:
    planned = [item.planned_start for item in day.items if item.planned_start]
    begun = [item.start for item in day.items if item.start]
    last = max((item.end for item in day.items if item.end), default=None)
    return [
        *_of_event(day),
        day.title,
        day.place,
        day.host,
        day.time_zone,
        utc(min(planned, default=None)),
        utc(day.planned_end),
        utc(min(begun, default=None)),
        utc(last if day.is_over else None),
        day.came,
        day.invited,
        day.profile,
        SCHEMA_VERSION,
    ]


def _slots(day: Whole) -> Iterator[Row]:
    for item in day.items:
        yield [
            *_of_event(day),
            item.no,
            item.key,
            item.kind,
            item.title,
            item.speakers,
            int(item.is_fixed),
            utc(item.planned_start),
            item.planned_minutes,
            utc(item.start),
            utc(item.end),
            item.minutes,
            item.minutes_late,
            item.state,
            SCHEMA_VERSION,
        ]


def _questions(day: Whole) -> Iterator[Row]:
    for question in day.questions:
        if life := question.life:
            yield [
                *_of_event(day),
                *_of_question(question),
                life.hint,
                question.kind,
                life.hand,
                question.mode,
                question.bundle,
                int(life.councillors_only),
                life.round_of,
                life.times_asked,
                utc(life.opened_at),
                utc(life.closed_at),
                life.minutes,
                SCHEMA_VERSION,
            ]


def _options(day: Whole) -> Iterator[Row]:
    for question in day.questions:
        for field in kinds[question.kind].fields(question.config):
            part = field.name.removeprefix("value").removeprefix(".")
            for number, option in enumerate(field.options, start=1):
                what: Row = [question.key, question.version, part, field.label, number, option.key, option.label]
                yield [*_of_event(day), *what, SCHEMA_VERSION]


def _rates(day: Whole) -> Iterator[Row]:
    for question in day.asked:
        if life := question.life:
            answered = life.phones if life.hand == "phones" else None
            counted = [life.asked_of, answered, percent(answered, life.asked_of), life.given, len(question.answers)]
            yield [*_of_event(day), *_of_question(question), *counted, SCHEMA_VERSION]


def percent(part: int | None, whole: int | None) -> float | None:
    """With one decimal; None where there is nothing to divide."""
    return round(100 * part / whole, 1) if whole and part is not None else None


def feedback_wide(day: Whole) -> tuple[tuple[str, ...], list[Row]]:
    """A row a feedback form with what was chosen in it, from five forms on; what was written stands by itself."""
    columns = form_columns(day)
    numbers = form_numbers(day.event, day.questions, day.profile)
    chosen: dict[int, dict[str, str]] = {number: {} for number in sorted(numbers.values())}
    for question in columns.values():
        for answer in question.answers:
            if answer.respondent in numbers:
                for cell in cells(question, answer):
                    said = chosen[numbers[answer.respondent]]
                    name = _column(question, cell.option_key if cell.option_key in parts(question) else "")
                    said[name] = "; ".join(filter(None, [said.get(name), _chosen(cell)]))
    rows: list[Row] = [
        [*_of_event(day), number, *(said.get(name, "") for name in columns), SCHEMA_VERSION]
        for number, said in chosen.items()
    ]
    return (*FORM, *columns, "schema_version"), rows


def _chosen(cell: Cell) -> str:
    """A share of points is the number; everything else is in words."""
    is_share = cell.option_key and not cell.group_label and cell.number is not None
    return str(cell.number) if is_share else cell.text


def form_columns(day: Whole) -> dict[str, AnsweredQuestion]:
    """Column -> the question it holds: one for each, or for each of its statements."""
    found: dict[str, AnsweredQuestion] = {}
    for question in day.form:
        if shows_form(question, day.profile):
            for part in parts(question):
                found[_column(question, part)] = question
    return found


def parts(question: AnsweredQuestion) -> Sequence[str]:
    """The keys of its statements; "" where there is but one thing to answer."""
    fields = kinds[question.kind].fields(question.config)
    return [field.name.removeprefix("value").removeprefix(".") if field.label else "" for field in fields]


def _column(question: AnsweredQuestion, part: str) -> str:
    return f"{question.key}.{part}" if part else question.key
