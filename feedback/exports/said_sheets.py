"""The sheets of what the room said: in figures, form by form, answer by answer, from the flipcharts. Pure."""

from collections.abc import Iterator

from .figures import Figure, figures
from .sheet import ITEM, ITEM_NO, KEY, MIDDLE, OCCASION, QUESTION, TABLE, THEMES, WIDE, Column, Sheet, in_order, where
from .tables import AnsweredQuestion, Row, cells
from .tidy import feedback_wide, form_columns, parts, percent
from .whole import Whole


def summary(day: Whole) -> Sheet:
    columns = (
        ITEM_NO,
        ITEM,
        OCCASION,
        KEY,
        QUESTION,
        Column("Statement", "The statement that was answered, where a question has several", MIDDLE),
        Column("Answer", "What could be said, or was", MIDDLE),
        Column("How", "phones, or a show of hands that the desk has counted"),
        Column("Count", "How many said it; of points, how many it was given"),
        Column("n", "How many people answered; of a show of hands, how many hands went up"),
        Column("Per cent", "Count as a share of n; empty where n is nobody"),
        Column("Middle", "The middle answer, as a number or as a place on the scale from 1"),
    )
    rows = [
        [*where(day, one), one.occasion, one.key, one.text, *_figure(figure)]
        for one in day.asked
        for figure in figures(one)
    ]
    return Sheet("Summary", "Each question in figures: counts and per cents, always with n", columns, rows)


def _figure(figure: Figure) -> Row:
    share = _share(figure.count, figure.n)
    return [figure.statement, figure.said, figure.how, figure.count, figure.n, share, figure.middle]


def _share(count: float, n: int) -> float | None:
    """Points that were shared are no share of the people."""
    return percent(int(count), n) if count <= n else None


def feedback(day: Whole) -> Sheet:
    """The table of feedback_wide under headings that people read."""
    found, rows = feedback_wide(day)
    columns = [Column("Form", "A number for each form; it leads to nothing outside this day and these files")]
    for name, question in form_columns(day).items():
        statement = name.removeprefix(question.key).removeprefix(".")
        columns.append(Column(_heading(question, statement), f"What was chosen; {name} in csv/feedback_wide", MIDDLE))
    first, last = len(found) - len(columns) - 1, len(found) - 1
    holds = "A row a feedback form, from five forms on; what was written in words stands in Responses"
    return Sheet("Feedback", holds, tuple(columns), [row[first:last] for row in rows])


def _heading(question: AnsweredQuestion, part: str) -> str:
    many = len(parts(question)) > 1
    return f"{question.text} ({part})" if part and many else question.text


def responses(day: Whole) -> Sheet:
    columns = (
        ITEM_NO,
        ITEM,
        OCCASION,
        KEY,
        QUESTION,
        Column("Statement or table", "The statement that was answered, or the table that wrote", MIDDLE),
        Column("Answer", "In words", WIDE),
        Column("Number", "The answer as a number: a point, a place, a count"),
        THEMES,
        Column("Kept", "unlinked (not kept with a name), facilitator (only they see the name), named, show of hands"),
        Column("Late", "yes or no, where the answer is kept with a name; otherwise nobody knows"),
    )
    rows = [row for one in day.asked for row in _answers(day, one)]
    return Sheet("Responses", "A row an answer, of a scale a row a statement", columns, rows)


def _answers(day: Whole, question: AnsweredQuestion) -> Iterator[Row]:
    asked = [*where(day, question), question.occasion, question.key, question.text]
    for answer in in_order(question):
        late = ("yes" if answer.is_late else "no") if question.mode != "unlinked" else ""
        for cell in cells(question, answer):
            said = [cell.group_label or answer.table, cell.text, cell.number, "; ".join(answer.themes)]
            yield [*asked, *said, question.mode, late]
    for hands in question.hands:
        yield [*asked, hands.group_label, hands.label, hands.n, "", "show of hands", ""]


def flipcharts(day: Whole) -> Sheet:
    columns = (
        ITEM_NO,
        ITEM,
        Column("Sheet", "What it was about", MIDDLE),
        TABLE,
        Column("People", "How many sat there, if somebody has said so"),
        Column("Note", "As it was written", WIDE),
        THEMES,
        Column("From", "note, or photo: a sheet on paper as somebody has typed it out"),
        Column("Dealt with", "yes or no, of what was in the parking lot"),
    )
    sheets = [one for one in day.asked if one.occasion == "flipchart"]
    rows = [row for one in sheets for row in (*_notes_of(day, one), *_photos_of(day, one))]
    return Sheet("Flipcharts", "Every note on every sheet, the parking lot too, with its themes", columns, rows)


def _notes_of(day: Whole, sheet: AnsweredQuestion) -> Iterator[Row]:
    is_parking_lot = sheet.life is not None and sheet.life.is_parking_lot
    for answer in sorted(in_order(sheet), key=lambda one: one.table):
        dealt_with = ("yes" if answer.is_dealt_with else "no") if is_parking_lot else ""
        words = "\n".join(cell.text for cell in cells(sheet, answer))
        about = [answer.table, answer.people, words, "; ".join(answer.themes)]
        yield [*where(day, sheet), sheet.text, *about, "note", dealt_with]


def _photos_of(day: Whole, sheet: AnsweredQuestion) -> Iterator[Row]:
    for photo in day.photos:
        if photo.question_key == sheet.key:
            yield [*where(day, sheet), sheet.text, photo.table, None, photo.typed, "", "photo", ""]


def four_questions(day: Whole) -> Sheet:
    columns = (QUESTION, Column("Answer", "In words", WIDE), TABLE, THEMES)
    rows: list[Row] = [
        [one.text, cell.text, answer.table, "; ".join(answer.themes)]
        for one in day.closing
        for answer in in_order(one)
        for cell in cells(one, answer)
    ]
    return Sheet("Four questions", "What we take with us: the closing questions, with themes", columns, rows)
