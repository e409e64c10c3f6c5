"""Between rows of the log and the events of the day that they stand for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .models import LogEntry
from .timing import Event, Plan


def event_of(row: LogEntry, plans: Mapping[int, Plan]) -> Event:
    """`plans`: version number -> the plan, for each that the log names."""
    data = row.data
    return Event(
        seq=row.seq,
        kind=row.kind,
        at=row.at,
        expect=data.get("expect"),
        slot=data.get("slot"),
        minutes=data.get("minutes"),
        to=datetime.fromisoformat(data["to"]) if "to" in data else None,
        choice=data.get("choice"),
        order=tuple(data.get("order", ())),
        plan=plans.get(data.get("version", 0)),
    )


def data_of(event: Event) -> dict[str, Any]:
    """What a row keeps of an event beside its seq, kind and time; a new plan is kept as its version number."""
    data: dict[str, Any] = {"expect": event.expect} if event.kind in {"advance", "close"} else {}
    if event.to is not None:
        data["to"] = event.to.isoformat()
    if event.order:
        data["order"] = list(event.order)
    if event.plan is not None:
        data["version"] = event.plan.version
    kept = {"slot": event.slot, "minutes": event.minutes, "choice": event.choice}
    return data | {name: value for name, value in kept.items() if value is not None}
