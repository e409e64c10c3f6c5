"""What is to be said about the words of a draft, line by line. Times are looked at in `draft_times`.

Messages are message ids with what goes into them; a length of time goes in as a timedelta.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import timedelta

from . import typed
from .drafting import MOST_ITEMS, Draft, Row, day_of

Param = str | int | timedelta
MOST_SPEAKERS = 50
MOST_MINUTES = 1500
NO_TEXT = "�"  # what stands for a character that no database keeps and no page can show
LONGEST = {"title": 120, "byline": 120, "detail": 4000, "notes": 4000}
LONGEST_OF_SPEAKER = {"name": 120, "role": 160, "organisation": 120}

TITLE = "Give it a title, so that people know what it is."
LONG = "This is %(length)s characters long. %(most)s is the most."
UNREADABLE = "There is a character here that is no letter, shown as �. Take it out."
NO_MINUTES = "“%(typed)s” is no number of minutes. Write it like 45, or 1 h 15."
NEGATIVE = "Nothing is shorter than no time at all. Write 0 minutes or more."
TOO_MANY_MINUTES = "This is longer than a day. %(most)s minutes is the most."
FLOOR = "It cannot be cut to %(floor)s minutes: it is only %(minutes)s minutes long."
NO_CLOCK = "“%(typed)s” is no time of day. Write it like 09:30, or leave it empty to follow on."
NO_START_OR_END = "“%(typed)s” is no time of day. Write it like 15:30, or leave it empty."
SPEAKER = "Give this speaker a name, or empty the line."
MANY_SPEAKERS = "An item has at most %(most)s speakers."
DAY_TITLE = "Give the day a title."
DATE = "Give the day a date, like 2027-02-26."
NO_ITEMS = "A day has at least one item. Add the first."
MANY_ITEMS = "A day has at most %(most)s items. This one has %(items)s: take some out."


@dataclasses.dataclass(frozen=True, slots=True)
class Note:
    """Something to say about one field of one row; `row` is "" for the day. A serious one keeps it from publication."""

    row: str
    field: str
    message: str
    params: Mapping[str, Param] = dataclasses.field(default_factory=dict)
    serious: bool = True


def look_at_words(draft: Draft) -> Iterator[Note]:
    """Everything but times that follow from other rows."""
    yield from _look_at_day(draft)
    for row in draft.rows:
        yield from _look_at_texts(row)
        yield from _look_at_numbers(row)
        yield from _look_at_speakers(row)


def _look_at_day(draft: Draft) -> Iterator[Note]:
    if not draft.title.strip():
        yield Note("", "title", DAY_TITLE)
    yield from _look_at_text("", "title", draft.title, 120)
    yield from _look_at_text("", "place", draft.place, 120)
    if day_of(draft) is None:
        yield Note("", "date", DATE)
    for name, text in (("starts", draft.starts), ("ends", draft.ends)):
        if text.strip() and typed.clock(text) is None:
            yield Note("", name, NO_START_OR_END, {"typed": _shortened(text)})
    if not draft.rows:
        yield Note("", "rows", NO_ITEMS)
    if len(draft.rows) > MOST_ITEMS:
        yield Note("", "rows", MANY_ITEMS, {"most": MOST_ITEMS, "items": len(draft.rows)})


def _look_at_texts(row: Row) -> Iterator[Note]:
    if not row.title.strip():
        yield Note(row.key, "title", TITLE)
    for name, most in LONGEST.items():
        yield from _look_at_text(row.key, name, getattr(row, name), most)


def _look_at_text(row: str, name: str, text: str, most: int) -> Iterator[Note]:
    if len(text.strip()) > most:
        yield Note(row, name, LONG, {"length": len(text.strip()), "most": most})
    if NO_TEXT in text:
        yield Note(row, name, UNREADABLE)


def _look_at_numbers(row: Row) -> Iterator[Note]:
    if row.at.strip() and typed.clock(row.at) is None:
        yield Note(row.key, "at", NO_CLOCK, {"typed": _shortened(row.at)})
    yield from _look_at_number(row.key, "minutes", row.minutes)
    yield from _look_at_number(row.key, "floor", row.floor)


def _look_at_number(row: str, name: str, text: str) -> Iterator[Note]:
    if not text.strip():
        return
    number = typed.minutes(text)
    if number is None:
        yield Note(row, name, NO_MINUTES, {"typed": _shortened(text)})
    elif number < 0:
        yield Note(row, name, NEGATIVE)
    elif number > MOST_MINUTES:
        yield Note(row, name, TOO_MANY_MINUTES, {"most": MOST_MINUTES})


def _look_at_speakers(row: Row) -> Iterator[Note]:
    if len(row.speakers) > MOST_SPEAKERS:
        yield Note(row.key, "speakers", MANY_SPEAKERS, {"most": MOST_SPEAKERS})
    for place, person in enumerate(row.speakers):
        if not person.is_blank and not person.name.strip():
            yield Note(row.key, f"speaker-{place}", SPEAKER)
        for name, most in LONGEST_OF_SPEAKER.items():
            yield from _look_at_text(row.key, f"speaker-{place}", getattr(person, name), most)


def _shortened(text: str) -> str:
    """A wrong entry as a sentence can hold it."""
    text = " ".join(text.split())
    return text if len(text) <= 20 else f"{text[:19]}…"
