"""The value of a published running order: what a PlanVersion holds as JSON. Pure: no Django, no clock.

    {"date": "2020-02-07", "time_zone": "Europe/London", "ends": "2020-02-07T15:30:00Z" or null, "slots": [
        {"key", "kind", "title", "byline", "detail", "notes", "start": "2020-02-07T11:15:00Z" or null,
         "minutes": 45 or null, "fixed", "absorb", "floor": 20 or null, "droppable"}]}

`ends` is when the day should end by. Values written before there was an `ends` and a `droppable` lack them.
Clock times are resolved to UTC once, here. Only the first slot may have no start: it begins when the day is started,
and has no minutes, because it lasts until the next slot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from . import timing

Value = dict[str, Any]
NOW = "now"
WORDS = ("key", "kind", "title", "byline", "detail", "notes")


class NoSuchTime(ValueError):
    """A clock time that the clocks of that day never show, or show twice. The message is the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a slot says. `start` is UTC; `minutes` is None for a slot that starts when the day is started."""

    key: str
    kind: str
    title: str
    byline: str
    detail: str
    notes: str
    start: datetime | None
    minutes: int | None
    fixed: bool


def instant(day: date, clock: str, time_zone: str) -> datetime:
    """The UTC instant at which clocks in that zone show "HH:MM" on that day; NoSuchTime if there is not exactly one."""
    zone = ZoneInfo(time_zone)
    shown = datetime.combine(day, time.fromisoformat(clock))
    first, second = shown.replace(tzinfo=zone, fold=0), shown.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    there_and_back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    when = f"on {day.day} {day:%B %Y} in {time_zone}"
    if there_and_back == shown:
        raise NoSuchTime(f"is {clock}, which comes twice {when}: the clocks go back.")
    raise NoSuchTime(f"is {clock}, which does not exist {when}: the clocks go forward.")


def shown_at(moment: datetime, time_zone: str) -> str:
    """What clocks in that zone show then, "HH:MM"."""
    return f"{moment.astimezone(ZoneInfo(time_zone)):%H:%M}"


def make_value(day: date, time_zone: str, slots: Sequence[dict[str, Any]], ends: str | None = None) -> Value:
    """From the slots of a document, with every key filled in and clock times as "HH:MM" or "now"."""
    return {
        "date": day.isoformat(),
        "time_zone": time_zone,
        "ends": None if ends is None else _written(instant(day, ends, time_zone)),
        "slots": [
            {
                **{word: slot[word] for word in WORDS},
                "start": None if slot["start"] == NOW else _written(instant(day, slot["start"], time_zone)),
                "minutes": slot.get("minutes"),
                "fixed": slot["fixed"],
                "absorb": slot["absorb"],
                "floor": slot.get("floor"),
                "droppable": slot.get("droppable", False),
            }
            for slot in slots
        ],
    }


def complete(value: Value) -> Value:
    """The value with every key that one written today has."""
    slots = [{**slot, "droppable": slot.get("droppable", False)} for slot in value["slots"]]
    return {**value, "ends": value.get("ends"), "slots": slots}


def ends(value: Value) -> datetime | None:
    """When the day should end by, UTC, if anybody said so."""
    return datetime.fromisoformat(value["ends"]) if value.get("ends") else None


def document_slots(value: Value) -> list[dict[str, Any]]:
    """The opposite of `make_value`: the slots as a document has them."""
    return [
        {name: held for name, held in slot.items() if held is not None}
        | {"start": NOW if slot["start"] is None else shown_at(_start(slot), value["time_zone"])}
        for slot in complete(value)["slots"]
    ]


def read(value: Value, number: int = 0) -> timing.Plan:
    """The value as a plan; `number` is its version."""
    return timing.Plan(
        tuple(
            timing.Slot(
                id=slot["key"],
                kind=slot["kind"],
                start=_start(slot) if slot["start"] else None,
                length=_length(slot["minutes"]),
                anchored=slot["fixed"],
                absorb=slot["absorb"],
                floor=_length(slot["floor"]),
                droppable=slot.get("droppable", False),
            )
            for slot in value["slots"]
        ),
        version=number,
        day_end=ends(value),
    )


def items(value: Value) -> dict[str, Item]:
    """Slot key -> what it says, in order."""
    return {
        slot["key"]: Item(
            **{word: slot[word] for word in WORDS},
            start=_start(slot) if slot["start"] else None,
            minutes=slot["minutes"],
            fixed=slot["fixed"],
        )
        for slot in value["slots"]
    }


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _start(slot: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(slot["start"])


def _length(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)
