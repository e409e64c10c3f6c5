"""The draft of a running order: what was typed, as text, also when it is wrong; and how it becomes a document.

A draft is kept as JSON, so nothing typed is ever lost; `read` and `write` are that JSON. Times and what is wrong with
them are worked out in `draft_times`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from . import plan, typed
from .slot_kinds import KINDS, usual_floor

MOST_ITEMS = 200
MOST_REMOVED = 20
WORDS = ("title", "byline", "detail", "notes", "speakers")


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker."""

    name: str = ""
    role: str = ""
    organisation: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.name + self.role + self.organisation).strip()


@dataclass(frozen=True, slots=True)
class Row:
    """An item as typed. An empty `at` follows on from the item before, the first from the start of the day.

    `fixed`: its time is protected when the day runs late. Empty `absorb` and `floor`: as usual for its kind.
    """

    key: str
    kind: str
    title: str = ""
    byline: str = ""
    at: str = ""
    fixed: bool = False
    minutes: str = ""
    absorb: str = ""
    floor: str = ""
    droppable: bool = False
    detail: str = ""
    notes: str = ""
    speakers: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A row that was taken out, and the place it had."""

    place: int
    row: Row


@dataclass(frozen=True, slots=True)
class Draft:
    """A day as typed. It should start at `starts`, or at a press if that is empty, and end by `ends`.

    `removed`: what was taken out since the last publication, newest last.
    """

    title: str
    date: str
    place: str
    starts: str
    ends: str
    rows: tuple[Row, ...]
    removed: tuple[Removed, ...] = field(default=())


def day_of(draft: Draft) -> date | None:
    """Its date, if what was typed is one."""
    try:
        found = date.fromisoformat(draft.date.strip())
    except ValueError:
        return None
    return found if 1970 <= found.year <= 2200 else None


def write(draft: Draft) -> dict[str, Any]:
    return asdict(draft)


def read(value: Mapping[str, Any]) -> Draft:
    """The draft that `write` wrote."""
    removed = tuple(Removed(entry["place"], _row(entry["row"])) for entry in value["removed"])
    words = {name: value[name] for name in ("title", "date", "place", "starts", "ends")}
    return Draft(**words, rows=tuple(map(_row, value["rows"])), removed=removed)


def _row(value: Mapping[str, Any]) -> Row:
    known = {each.name: value[each.name] for each in fields(Row)}
    return Row(**known | {"speakers": tuple(Person(**person) for person in value["speakers"])})


def from_document(document: Mapping[str, Any]) -> Draft:
    """A draft of the day as published. What is usual, and a start that follows on, is left empty."""
    zone, day = document["time_zone"], date.fromisoformat(document["date"])
    starts = document["slots"][0]["start"].removeprefix(plan.NOW) if document["slots"] else ""
    end = _instant(day, starts, zone)
    rows: list[Row] = []
    for slot in document["slots"]:
        start = _instant(day, slot["start"], zone)
        follows = slot["start"] == plan.NOW or (start is not None and start == end and not slot["fixed"])
        rows.append(_published_row(slot, "" if follows else slot["start"]))
        end = start + timedelta(minutes=slot["minutes"]) if start and "minutes" in slot else None
    words = {name: document[name] for name in ("title", "date", "place")}
    return Draft(**words, starts=starts, ends=document.get("ends", ""), rows=tuple(rows))


def _instant(day: date, start: str, zone: str) -> datetime | None:
    """None for what begins at a press, and for a time that the clocks of that day do not show once."""
    try:
        return plan.instant(day, start, zone) if start not in {"", plan.NOW} else None
    except plan.NoSuchTime:
        return None


def _published_row(slot: Mapping[str, Any], at: str) -> Row:
    minutes, floor = slot.get("minutes"), slot.get("floor")
    usual = usual_floor(slot["kind"], minutes) if slot["absorb"] == "offer" and minutes is not None else None
    return Row(
        key=slot["key"],
        kind=slot["kind"],
        title=slot["title"],
        byline=slot["byline"],
        at=at,
        fixed=slot["fixed"],
        minutes="" if minutes is None else str(minutes),
        absorb="" if slot["absorb"] == KINDS[slot["kind"]].absorb else slot["absorb"],
        floor="" if floor is None or floor == usual else str(floor),
        droppable=slot["droppable"],
        detail=slot["detail"],
        notes=slot["notes"],
        speakers=tuple(Person(**person) for person in slot["speakers"]),
    )


def to_document(draft: Draft, starts: Sequence[str], lengths: Sequence[int | None]) -> dict[str, Any]:
    """The keys of a document that a draft decides, with the starts and lengths worked out for its rows."""
    document: dict[str, Any] = {"title": draft.title.strip(), "date": draft.date.strip(), "place": draft.place.strip()}
    if ends := typed.clock(draft.ends):
        document["ends"] = ends
    slots = zip(draft.rows, starts, lengths, strict=True)
    return document | {"slots": [_slot(row, start, minutes) for row, start, minutes in slots]}


def _slot(row: Row, start: str, minutes: int | None) -> dict[str, Any]:
    slot: dict[str, Any] = {name: getattr(row, name).strip() for name in ("title", "byline", "detail", "notes")}
    slot |= {"key": row.key, "kind": row.kind, "start": start, "fixed": row.fixed, "droppable": row.droppable}
    slot |= {"absorb": row.absorb or KINDS[row.kind].absorb}
    if start != plan.NOW and minutes is not None:
        slot["minutes"] = minutes
        if (floor := floor_of(row, minutes)) is not None:
            slot["floor"] = floor
    slot["speakers"] = [
        {name: text.strip() for name, text in asdict(person).items()} for person in row.speakers if not person.is_blank
    ]
    return slot


def floor_of(row: Row, minutes: int) -> int | None:
    """As typed, or as usual for its kind if it may be shortened."""
    if row.floor.strip():
        return typed.minutes(row.floor)
    return usual_floor(row.kind, minutes) if (row.absorb or KINDS[row.kind].absorb) == "offer" else None


def keep_history(draft: Draft, published: Draft, begun: int) -> Draft:
    """The first `begun` rows as published and in front, whatever was typed; what they say in words may differ."""
    if not begun:
        return draft
    typed_rows = {row.key: row for row in draft.rows}
    past = [
        replace(row, **{word: getattr(typed_rows.get(row.key, row), word) for word in WORDS})
        for row in published.rows[:begun]
    ]
    keys = {row.key for row in past}
    rest = [row for row in draft.rows if row.key not in keys]
    removed = tuple(gone for gone in draft.removed if gone.row.key not in keys)
    return replace(draft, date=published.date, starts=published.starts, rows=(*past, *rest), removed=removed)


def with_removed(draft: Draft, removed: Sequence[Removed]) -> Draft:
    """The draft beside what has been taken out of it; a row that is there was not."""
    keys = {row.key for row in draft.rows}
    return replace(draft, removed=tuple(gone for gone in removed if gone.row.key not in keys))


def tidied(draft: Draft) -> Draft:
    """Times and lengths that can be read, in the form that everybody writes; all else as typed."""
    rows = tuple(
        replace(row, at=typed.clock(row.at) or row.at, minutes=_number(row.minutes), floor=_number(row.floor))
        for row in draft.rows
    )
    starts, ends = (typed.clock(text) or text for text in (draft.starts, draft.ends))
    return replace(draft, starts=starts, ends=ends, rows=rows)


def _number(text: str) -> str:
    found = typed.minutes(text)
    return text if found is None else str(found)
