"""Named reads of the plan and the day."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from . import plan as plans
from . import timing
from .models import Attendee, LogEntry, Speaker, Workshop
from .plan import Item


@dataclass(frozen=True)
class Day:
    """The published plan and everything that has happened. Anybody in the room may see it; notes are the desk's."""

    plan: timing.Plan
    items: dict[str, Item]
    entries: list[LogEntry]

    @cached_property
    def log(self) -> list[timing.Event]:
        return [timing.Event(row.seq, row.kind, row.at, row.data.get("expect")) for row in self.entries]

    def schedule(self, now: datetime) -> timing.Schedule:
        return timing.project(self.plan, self.log, now)


def day(workshop: Workshop) -> Day:
    """Two queries, whatever the number of slots."""
    version = workshop.plan_versions.latest("number")
    entries = list(LogEntry.objects.filter(workshop=workshop).select_related("actor").order_by("seq"))
    return Day(plans.read(version.value), plans.items(version.value), entries)


def speakers(workshop: Workshop) -> dict[str, list[Speaker]]:
    """Slot key -> speakers in order. One query."""
    found: dict[str, list[Speaker]] = {}
    for speaker in Speaker.objects.filter(slot__workshop=workshop).select_related("slot"):
        found.setdefault(speaker.slot.key, []).append(speaker)
    return found


def named_people(workshop: Workshop) -> list[Attendee]:
    """Whoever said their name, by name. For those who run the day."""
    return list(Attendee.objects.filter(workshop=workshop, revoked_at=None).exclude(name="").order_by("name"))
