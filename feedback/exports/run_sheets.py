"""The sheets of how the day went: what was asked and when, the running order, and what there is to know. Pure."""

from . import notes
from .sheet import ITEM, ITEM_NO, KEY, MIDDLE, OCCASION, QUESTION, WIDE, Column, Sheet, where
from .tables import AnsweredQuestion, Row
from .tidy import percent
from .whole import Item, Whole


def questions(day: Whole) -> Sheet:
    columns = (
        ITEM_NO,
        ITEM,
        OCCASION,
        KEY,
        Column("Version", "Which wording of it; a new wording has a new number"),
        QUESTION,
        Column("Hint", "What stood below it", MIDDLE),
        Column("Kind", "How it was answered"),
        Column("Kept", "unlinked (not kept with a name), facilitator (only they see the name), or named"),
    )
    rows: list[Row] = [
        [*where(day, one), one.occasion, one.key, one.version, one.text, one.life.hint, one.kind, one.mode]
        for one in day.questions
        if one.life
    ]
    return Sheet("Questions", "Every question of the day, asked or not, as it was worded last", columns, rows)


def prompts(day: Whole) -> Sheet:
    columns = (
        ITEM_NO,
        ITEM,
        OCCASION,
        KEY,
        QUESTION,
        Column("Who writes", "talk (nobody), scribe (one at each table), or phones (everybody)"),
        Column("Times asked", "How often it was opened"),
        Column("Opened", "Date and time in the room, the first time", MIDDLE),
        Column("Closed", "The last time", MIDDLE),
        Column("Planned minutes", "How long it should stay open"),
        Column("Actual minutes", "From the first opening to the last closing"),
        Column("Answers", "How many are stored"),
        Column("In this file", "How many of them can be read so far"),
        Column("Late", "Came after the close, of answers kept with a name; of others nobody knows"),
        Column("People asked", "How many could answer; empty where nobody knows"),
        Column("Answered, per cent", "How many of them did"),
    )
    rows = [[*where(day, one), one.occasion, one.key, one.text, *_life(day, one)] for one in day.asked if one.life]
    return Sheet("Prompts", "When each question was open, and how many answered", columns, rows)


def _life(day: Whole, question: AnsweredQuestion) -> Row:
    life = question.life
    assert life
    both = life.opened_at and life.closed_at and life.closed_at >= life.opened_at
    actual = round((life.closed_at - life.opened_at).total_seconds() / 60) if both else None  # type: ignore[operator]
    late = sum(answer.is_late for answer in question.answers) if question.mode != "unlinked" else None
    rate = percent(life.phones, life.asked_of)
    times = [life.hand, life.times_asked, day.on(life.opened_at), day.on(life.closed_at), life.minutes, actual]
    return [*times, life.given, len(question.answers), late, life.asked_of, rate]


def running_order(day: Whole) -> Sheet:
    columns = (
        ITEM_NO,
        ITEM,
        Column("Kind", "What sort of item it is"),
        Column("Speakers", "Who spoke, as published", MIDDLE),
        Column("Fixed", "yes where the time was given out as fixed"),
        Column("Planned start", "In the time of the room; empty where it begins when the day is started"),
        Column("Planned minutes", "How long it should take"),
        Column("Actual start", "When it began"),
        Column("Actual end", "When the next one began, or the day was closed"),
        Column("Actual minutes", "How long it took"),
        Column("Minutes late", "Of its start; below zero when it was early"),
        Column("State", "done, live, pending (still to come), or skipped"),
    )
    return Sheet("Running order", "Each item as planned and as it went", columns, [_ran(day, one) for one in day.items])


def _ran(day: Whole, item: Item) -> Row:
    planned = ["yes" if item.is_fixed else "no", day.at(item.planned_start), item.planned_minutes]
    actual = [day.at(item.start), day.at(item.end), item.minutes, item.minutes_late, item.state]
    return [item.no, item.title, item.kind, item.speakers, *planned, *actual]


def to_know(day: Whole) -> Sheet:
    columns = (
        Column("About", "What sort of thing", MIDDLE),
        KEY,
        Column("Note", "What there is to know", WIDE),
        Column("How many", "Answers it is about"),
    )
    return Sheet("Notes", "What was hidden, late or reworded, and what is not here", columns, notes.notes(day))
