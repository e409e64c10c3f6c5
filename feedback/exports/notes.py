"""What whoever takes a day home should know of it: what is not in the files, and why. Pure."""

from collections.abc import Iterator, Mapping

from feedback.kinds import kinds

from .tables import FORMS_FOR_ROWS, AnsweredQuestion, Row
from .whole import Whole

CHOSEN = "What was chosen in the feedback form; the name before the dot is the question’s key"
MEANINGS: Mapping[str, str] = {
    "title": "Of the day, or of the item",
    "place": "Where it was",
    "host": "Whose day it was",
    "time_zone": "The zone of the room’s clocks; times in these files are in UTC",
    "planned_start": "In UTC; empty where it begins when the day is started",
    "planned_end": "When people were told that the day ends, in UTC; empty where nobody said",
    "actual_start": "In UTC; empty until it has begun",
    "actual_end": "In UTC; empty until it is over",
    "people_came": "Seats in the room, those without a phone too",
    "people_invited": "Personal links to the questions before the day",
    "profile": "Which of the profiles this file is: shareable has no names",
    "slot_key": "The item’s own short name",
    "slot_kind": "What sort of item it is",
    "speakers": "Who spoke, as published",
    "is_fixed": "1 if its time was given out as fixed, otherwise 0",
    "planned_minutes": "How long it should take",
    "actual_minutes": "How long it took",
    "minutes_late": "Of its start; below zero when it was early",
    "state": "done, live, pending or skipped",
    "hint": "What stood below the question",
    "kind": "How it was answered",
    "hand": "talk (nobody writes), scribe (one at each table), or phones",
    "bundle": "alone, form, or pair: with which other answers of the same phone it can be read",
    "councillors_only": "1 if only councillors were asked, otherwise 0",
    "round_of": "The key of the question that it asks again",
    "times_asked": "How often it was opened",
    "opened_at": "The first time, in UTC",
    "closed_at": "The last time, in UTC",
    "group_key": "The short name of a statement, empty where there is but one thing to answer",
    "option_no": "Where the option stands, from 1",
    "option_label": "The option as people read it",
    "people_asked": "How many could answer on a phone; empty where nobody knows",
    "people_answered": "How many phones have answered",
    "response_percent": "How many of those who were asked",
    "answers_stored": "All answers, those that cannot be read yet too",
    "answers_released": "Those that can be read, and are in these files",
}


def notes(day: Whole) -> list[Row]:
    """A row a thing to know: about what, of which question, a sentence, how many answers it is about."""
    rows: list[Row] = [["Names", "", "No name, council or contact of anybody who took part is in these files.", None]]
    rows.append(["Order", "", "Answers not kept with a name stand in random order, without a time.", None])
    rows += _about_form(day)
    for question in day.asked:
        rows += [[about, question.key, said, n] for about, said, n in _about(question)]
    if day.queue_hidden:
        said = "Questions to a speaker that the desk has hidden are not in these files."
        rows.append(["Hidden", "", said, day.queue_hidden])
    return rows


def _about_form(day: Whole) -> Iterator[Row]:
    forms = {answer.respondent for question in day.form for answer in question.answers}
    if day.form and len(forms) < FORMS_FOR_ROWS:
        yield [
            "Feedback",
            "",
            "Fewer than five forms: none is put side by side. Each answer is in Responses.",
            len(forms),
        ]
    elif day.form:
        yield ["Feedback", "", "What was written in words is not put beside the rest of its form.", None]


def _about(question: AnsweredQuestion) -> Iterator[tuple[str, str, int | None]]:
    life = question.life
    if life is None:
        return
    if waits := life.given - len(question.answers):
        yield "Not yet", "Answers come in three at a time while a question is open; these are not here yet.", waits
    if hidden := sum(answer.is_hidden for answer in question.answers):
        yield "Hidden", "The desk has hidden these from the room. They are in this file.", hidden
    if question.mode != "unlinked":
        yield "Names", "Answered with a name, which is not in this file.", len(question.answers)
        if late := sum(answer.is_late for answer in question.answers):
            yield "Late", "Sent after the question was closed.", late
    elif life.opened_at:
        yield "Late", "Nobody can tell which of these came late.", None
    if question.version > 1:
        yield "Reworded", f"This is wording {question.version} of it.", None
    if life.round_of:
        yield "Asked again", f"The second time that “{life.round_of}” was asked.", None
    if question.bundle == "pair":
        yield "Before and after", "Who answered both times is not put side by side.", None
    if not kinds[question.kind].is_read and question.hands:
        yield (
            "Hands",
            "Hands were counted too. They are not added to the answers.",
            sum(one.n for one in question.hands),
        )
