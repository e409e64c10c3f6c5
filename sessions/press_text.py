"""A press of the desk that changes the day, as the value of its button: what the person saw, and what to do.

    "17;retime discussion-a 36;retime coffee 14"      seen press 17; two events, one choice
    "-;extend talk 5"                                 names what it saw itself

Pure. Times are written as whole seconds of unix time.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from agenda.timing import Event

UNPLACED = datetime(1970, 1, 1, tzinfo=UTC)
MOST_EVENTS = 250
# What stands after each kind: a slot's key, a number of minutes, a time, or keys.
SHAPES: dict[str, tuple[str, ...]] = {
    "extend": ("slot", "minutes"),
    "retime": ("slot", "minutes"),
    "skip": ("slot",),
    "unskip": ("slot",),
    "move_anchor": ("slot", "to"),
    "correct": ("to",),
    "hold": (),
    "release": (),
    "close": ("expect",),
    "reopen": (),
}


def write(events: Sequence[Event], seen: int | None = None) -> str:
    """The value of a button."""
    return ";".join(["-" if seen is None else str(seen), *(_line(event) for event in events)])


def read(text: str) -> tuple[int | None, list[Event]]:
    """What it says: the press that was seen, and events without a place in the log. ValueError for anything else."""
    seen, *lines = text.split(";")
    if not 0 < len(lines) <= MOST_EVENTS:
        raise ValueError("A press is one event or more.")
    return (None if seen == "-" else _number(seen, 9)), [_event(line.split(" ")) for line in lines]


def event(kind: str, slot: str | None = None, minutes: int | None = None, to: datetime | None = None) -> Event:
    """An event that has no place in the log yet."""
    return Event(0, kind, UNPLACED, None, slot, minutes, to)


def _line(event: Event) -> str:
    if event.kind == "reorder":
        return " ".join(["reorder", *event.order])
    to = event.to and int(event.to.timestamp())
    values = {"slot": event.slot, "minutes": event.minutes, "expect": event.expect, "to": to}
    return " ".join([event.kind, *(str(values[name]) for name in SHAPES[event.kind])])


def _event(words: list[str]) -> Event:
    kind, *rest = words
    if kind == "reorder" and rest:
        return Event(0, kind, UNPLACED, None, order=tuple(rest))
    if kind not in SHAPES or len(rest) != len(SHAPES[kind]):
        raise ValueError("That is not an event.")
    given = dict(zip(SHAPES[kind], rest, strict=True))
    minutes = _number(given["minutes"], 4) if "minutes" in given else None
    to = datetime.fromtimestamp(_number(given["to"], 11), UTC) if "to" in given else None
    return Event(0, kind, UNPLACED, given.get("expect"), given.get("slot"), minutes, to)


def _number(text: str, digits: int) -> int:
    if not text.isascii() or not text.lstrip("-").isdigit() or len(text) > digits:
        raise ValueError("That is not a number.")
    return int(text)
