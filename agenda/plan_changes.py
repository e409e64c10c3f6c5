"""What differs between two published running orders: what was added, taken out, moved and changed, item by item."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .plan import Value, complete, ends, shown_at
from .recovery import Piece

ADDED, ADDED_AT_PRESS = "new, at %(start)s", "new, begins when the day is started"
TAKEN_OUT, TAKEN_OUT_AT_PRESS = "taken out, was at %(start)s", "taken out, began when the day is started"
MOVED, MOVED_FIRST = "moved after “%(before)s”", "moved to the start"
START = "%(was)s → %(now)s"
START_AT_PRESS, START_FROM_PRESS = "%(was)s → when the day is started", "when the day is started → %(now)s"
MINUTES = "%(was)s → %(now)s minutes"
TITLE = "was called “%(was)s”"
BYLINE = "who: “%(was)s” → “%(now)s”"
KIND = "another kind of item"
KEPT, NOT_KEPT = "its time is kept when the day runs late", "its time is no longer kept"
SHORTENED = "may be shortened otherwise"
DROPPABLE, NOT_DROPPABLE = "may be dropped", "may no longer be dropped"
DETAIL, NOTES = "another hand-out text", "other private notes"
DATE = "%(was)s → %(now)s"
ENDS, NO_END, OTHER_END = "should end by %(now)s", "no time to end by any more", "should end by %(was)s → %(now)s"


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one item, or in the day itself: then `title` is ""."""

    title: str
    pieces: tuple[Piece, ...]


def differences(older: Value, newer: Value) -> list[Difference]:
    """From the older to the newer, in the order of the newer; what was taken out comes last. Empty when nothing is."""
    older, newer = complete(older), complete(newer)
    before, after = ({slot["key"]: slot for slot in value["slots"]} for value in (older, newer))
    moved = _moved([key for key in before if key in after], [key for key in after if key in before])
    found = [Difference("", tuple(_day(older, newer)))]
    keys = list(after)
    for place, (key, slot) in enumerate(after.items()):
        pieces = list(_slot(before[key], slot, older, newer)) if key in before else [_added(slot, newer)]
        if key in moved:
            ahead = after[keys[place - 1]]["title"] if place else ""
            pieces.insert(0, Piece(MOVED, {"before": ahead}) if place else Piece(MOVED_FIRST))
        found.append(Difference(slot["title"], tuple(pieces)))
    gone = [slot for key, slot in before.items() if key not in after]
    found += [Difference(slot["title"], (_taken_out(slot, older),)) for slot in gone]
    return [difference for difference in found if difference.pieces]


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest keys that have to move to make one order of the other: all but a longest run that rises."""
    places = {key: place for place, key in enumerate(before)}
    ends: list[int] = []  # for each length, the lowest place in which a rising run of that length ends
    keys: list[str] = []
    follows: dict[str, str | None] = {}
    for key in after:
        length = bisect_left(ends, places[key])
        follows[key] = keys[length - 1] if length else None
        ends[length:] = [places[key], *ends[length + 1 :]]
        keys[length:] = [key, *keys[length + 1 :]]
    stays: set[str] = set()
    at = keys[-1] if keys else None
    while at is not None:
        stays.add(at)
        at = follows[at]
    return {*after} - stays


def _day(older: Value, newer: Value) -> Iterator[Piece]:
    if older["date"] != newer["date"]:
        yield Piece(DATE, {"was": _date(older), "now": _date(newer)})
    was, now = (_clock(ends(value), value) for value in (older, newer))
    if was != now:
        message = ENDS if not was else NO_END if not now else OTHER_END
        yield Piece(message, {"was": was, "now": now})


def _date(value: Value) -> str:
    day = date.fromisoformat(value["date"])
    return f"{day.day} {day:%B %Y}"


def _slot(was: dict[str, Any], now: dict[str, Any], older: Value, newer: Value) -> Iterator[Piece]:
    """What differs in one item that is in both."""
    yield from _start(_clock_of(was, older), _clock_of(now, newer))
    if was["minutes"] != now["minutes"] and None not in {was["minutes"], now["minutes"]}:
        yield Piece(MINUTES, {"was": was["minutes"], "now": now["minutes"]})
    if was["title"] != now["title"]:
        yield Piece(TITLE, {"was": was["title"]})
    if was["byline"] != now["byline"]:
        yield Piece(BYLINE, {"was": was["byline"], "now": now["byline"]})
    if was["fixed"] != now["fixed"]:
        yield Piece(KEPT if now["fixed"] else NOT_KEPT)
    if was["droppable"] != now["droppable"]:
        yield Piece(DROPPABLE if now["droppable"] else NOT_DROPPABLE)
    if (was["absorb"], was["floor"]) != (now["absorb"], now["floor"]):
        yield Piece(SHORTENED)
    for name, message in (("kind", KIND), ("detail", DETAIL), ("notes", NOTES)):
        if was[name] != now[name]:
            yield Piece(message)


def _start(was: str, now: str) -> Iterator[Piece]:
    if was != now:
        message = START if was and now else START_FROM_PRESS if now else START_AT_PRESS
        yield Piece(message, {"was": was, "now": now})


def _added(slot: dict[str, Any], value: Value) -> Piece:
    start = _clock_of(slot, value)
    return Piece(ADDED, {"start": start}) if start else Piece(ADDED_AT_PRESS)


def _taken_out(slot: dict[str, Any], value: Value) -> Piece:
    start = _clock_of(slot, value)
    return Piece(TAKEN_OUT, {"start": start}) if start else Piece(TAKEN_OUT_AT_PRESS)


def _clock_of(slot: dict[str, Any], value: Value) -> str:
    return _clock(datetime.fromisoformat(slot["start"]) if slot["start"] else None, value)


def _clock(moment: datetime | None, value: Value) -> str:
    """What the clocks of the day show; "" for no time."""
    return shown_at(moment, value["time_zone"]) if moment else ""
