"""An agenda that is read again into a day with a draft: which of its items are there already, and what would change.

Items are known again by their titles, and else by their times. What an agenda does not say of an item – its kind, what
happens to it when the day runs late, its private notes – stays as it is. Pure: no Django.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from . import drafting, plan
from .draft_times import Layout, lay_out
from .drafting import Draft, Removed, Row
from .plan_changes import Difference, differences
from .recovery import Piece
from .slot_kinds import KINDS

ALIKE = 0.75  # of two titles, from 0 to 1
SPEAKERS, NO_SPEAKERS_BEFORE = "speakers: %(was)s → %(now)s", "speakers: %(now)s"
ASKED = "Asked in the agenda:"


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that were read, and the texts of the questions under each of them that the day does not ask yet."""

    rows: tuple[Row, ...]
    questions: Mapping[str, Sequence[str]]


def put_in(draft: Draft, found: Found, begun: int, zone: str) -> Draft:
    """The draft with what was read in it. Its first `begun` rows stay as they are; what is gone can be brought back."""
    known = match(draft, found.rows, zone, begun)
    past, keys = draft.rows[:begun], {row.key for row in draft.rows[:begun]}
    times = _times(draft, zone)
    merged = [
        _merged(_of(draft, known.get(row.key)), row, following, times, found.questions.get(row.key, ()))
        for row, following in zip(found.rows, (*found.rows[1:], None), strict=True)
        if known.get(row.key) not in keys
    ]
    stays = keys | {row.key for row in merged}
    gone = [Removed(place, row) for place, row in enumerate(draft.rows) if row.key not in stays]
    back = {row.key for row in merged}
    removed = [each for each in draft.removed if each.row.key not in back]
    return replace(draft, rows=(*past, *merged), removed=(*removed, *gone)[-drafting.MOST_REMOVED :])


def _of(draft: Draft, key: str | None) -> Row | None:
    return next((row for row in draft.rows if row.key == key), None)


def _times(draft: Draft, zone: str) -> dict[str, str]:
    """Key -> the clock time at which it starts, as far as it has one."""
    lines = lay_out(draft, zone).lines
    return {line.row.key: plan.shown_at(line.start, zone) for line in lines if line.start}


def match(draft: Draft, rows: Sequence[Row], zone: str, begun: int = 0) -> dict[str, str]:
    """Key of a row that was read -> key of the one it is in the draft: by the whole title, then by one that is much
    alike, then by the time and kind, of those that have not begun."""
    times = _times(draft, zone)
    coming = {row.key for row in draft.rows[begun:]}
    found: dict[str, str] = {}

    def take(is_same: Any) -> None:
        for row in rows:
            free = [each for each in draft.rows if each.key not in found.values()]
            same = next((each for each in free if is_same(each, row)), None) if row.key not in found else None
            if same:
                found[row.key] = same.key

    take(lambda old, new: _plain(old.title) == _plain(new.title) and times.get(old.key) == new.at)
    take(lambda old, new: _plain(old.title) == _plain(new.title))
    take(lambda old, new: _is_alike(_plain(old.title), _plain(new.title)))
    take(lambda old, new: old.key in coming and new.at and times.get(old.key) == new.at and old.kind == new.kind)
    return found


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def _is_alike(old: str, new: str) -> bool:
    short, long = sorted((old, new), key=len)
    begins = len(short) >= 8 and long.startswith(short)
    return bool(short) and (begins or SequenceMatcher(None, old, new).ratio() >= ALIKE)


def _merged(
    old: Row | None, new: Row, following: Row | None, times: Mapping[str, str], questions: Sequence[str]
) -> Row:
    minutes = new.minutes or _until(new, following)
    if old is None:
        return replace(new, notes=_with_questions(new.notes, questions))
    is_same_time = not new.at or times.get(old.key) == new.at
    return replace(
        old,
        title=new.title or old.title,
        at=old.at if is_same_time else new.at,
        minutes=minutes or old.minutes,
        byline=new.byline or old.byline,
        detail=new.detail or old.detail,
        speakers=new.speakers or old.speakers,
        notes=_with_questions(old.notes, questions),
    )


def _until(row: Row, following: Row | None) -> str:
    """The minutes until the next begins, "" where one of them has no time."""
    if following is None or not row.at or not following.at:
        return ""
    start, end = (int(at[:2]) * 60 + int(at[3:]) for at in (row.at, following.at))
    return str(end - start) if end > start else ""


def _with_questions(notes: str, questions: Sequence[str]) -> str:
    fresh = [text for text in questions if text not in notes]
    return "\n".join(filter(None, (notes, ASKED if fresh else "", *(f"- {text}" for text in fresh))))


# --- What would change


def changes(before: Draft, after: Draft, zone: str) -> list[Difference]:
    """Item by item, also of a draft that cannot be published."""
    found = differences(_value(before, zone), _value(after, zone))
    was = {row.key: row for row in before.rows}
    told = {row.title: list(_who(was[row.key], row)) for row in after.rows if row.key in was}
    merged = [Difference(each.title, (*each.pieces, *told.pop(each.title, ()))) for each in found]
    return merged + [Difference(title, tuple(pieces)) for title, pieces in told.items() if pieces]


def _who(was: Row, now: Row) -> Iterator[Piece]:
    before, after = (", ".join(person.name for person in row.speakers) for row in (was, now))
    if before != after:
        yield Piece(SPEAKERS if before else NO_SPEAKERS_BEFORE, {"was": before, "now": after})


def _value(draft: Draft, zone: str) -> plan.Value:
    """As a published order holds it, as far as its times can be read."""
    layout: Layout = lay_out(draft, zone)
    day = drafting.day_of(draft)
    return {
        "date": (day.isoformat() if day else "2001-01-01"),
        "time_zone": zone,
        "ends": None,
        "slots": [
            {
                **{name: getattr(line.row, name) for name in plan.WORDS},
                "start": line.start.isoformat() if line.start else None,
                "minutes": line.minutes,
                "fixed": line.row.fixed,
                "absorb": line.row.absorb or KINDS[line.row.kind].absorb,
                "floor": line.row.floor,
                "droppable": line.row.droppable,
            }
            for line in layout.lines
        ],
    }
