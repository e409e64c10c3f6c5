"""Drafts for tests, written down briefly."""

from typing import Any

from agenda.draft_notes import Note
from agenda.draft_times import Layout, lay_out
from agenda.drafting import Draft, Row
from agenda.plan import shown_at

ZONE = "Europe/London"


def row(key: str, minutes: str = "30", at: str = "", **more: Any) -> Row:
    """An item called as its key, capitalised."""
    return Row(key, **{"kind": "speaker", "title": key.capitalize(), "minutes": minutes, "at": at} | more)


def draft(*rows: Row, **more: Any) -> Draft:
    words = {"title": "A day", "date": "2027-02-26", "place": "", "starts": "09:30", "ends": ""}
    return Draft(**words | more, rows=rows)


def times(layout: Layout) -> list[str]:
    """ "09:30–10:00" for each line; what is not known is left out."""
    shown = [[moment and shown_at(moment, ZONE) for moment in (line.start, line.end)] for line in layout.lines]
    return ["–".join(moment or "" for moment in pair) for pair in shown]


def said(*rows: Row, **more: Any) -> list[tuple[str, str, str]]:
    """What is said about such a day: key, field, sentence."""
    return [(note.row, note.field, sentence(note)) for note in lay_out(draft(*rows, **more), ZONE).notes]


def sentence(note: Note) -> str:
    """As the page would say it, but for lengths of time."""
    return note.message % note.params
