"""Named reads of the plan and the day."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from . import left_open, log_lines, timing
from . import plan as plans
from .models import Attendee, LogEntry, Membership, PlanVersion, Speaker, Workshop
from .plan import Item


@dataclass(frozen=True)
class Day:
    """The published plans and everything that has happened. Anybody in the room may see it; notes are the desk's.

    `versions`: by number, the plan that was in force first and each that replaced it.
    """

    versions: dict[int, PlanVersion]
    entries: list[LogEntry]

    @cached_property
    def published(self) -> dict[int, timing.Plan]:
        return {number: plans.read(version.value, number) for number, version in self.versions.items()}

    @property
    def plan(self) -> timing.Plan:
        """The plan with which the day began."""
        return self.published[min(self.published)]

    @cached_property
    def log(self) -> list[timing.Event]:
        return [log_lines.event_of(row, self.published) for row in self.entries]

    @cached_property
    def standing(self) -> timing.Standing:
        """What of the log stands; copy it to try a press."""
        return timing.replay(self.plan, self.log)

    @cached_property
    def progress(self) -> timing.Progress:
        return self.standing.progress

    @property
    def value(self) -> plans.Value:
        """The plan in force, as published."""
        value: plans.Value = self.in_force.value
        return value

    @property
    def in_force(self) -> PlanVersion:
        return self.versions[self.progress.plan.version]

    @cached_property
    def items(self) -> dict[str, Item]:
        """Slot key -> what the plan in force says of it, in the order of that plan."""
        return plans.items(self.value)

    @property
    def seen(self) -> int:
        """The number of the newest press; 0 before the first."""
        return self.entries[-1].seq if self.entries else 0

    def left_at(self, now: datetime) -> datetime | None:
        """When the day was left, if nobody closed it and hours have passed."""
        return left_open.left_at(self.progress, now)

    def schedule(self, now: datetime) -> timing.Schedule:
        """How the day goes; one that nobody closed stands as it was left, and a night does not make it late."""
        return timing.project(self.plan, self.log, self.left_at(now) or now)


def day(workshop: Workshop) -> Day:
    """Two queries, whatever the number of slots. PlanVersion.DoesNotExist before anything was published."""
    entries = list(LogEntry.objects.filter(workshop=workshop).select_related("actor").order_by("seq"))
    replans = [row.data for row in entries if row.kind == "replan"]
    published = PlanVersion.objects.filter(workshop=workshop).order_by("number")
    if replans:
        numbers = {replans[0]["instead_of"], *(data["version"] for data in replans)}
        found = list(published.filter(number__in=numbers))
    else:
        found = [published.latest("number")]
    return Day({version.number: version for version in found}, entries)


def published(workshop: Workshop) -> PlanVersion | None:
    """The running order in force, if there is one. Anybody with a role or a seat may keep it, but for its notes."""
    try:
        return day(workshop).in_force
    except PlanVersion.DoesNotExist:
        return None


def speakers(workshop: Workshop) -> dict[str, list[Speaker]]:
    """Slot key -> speakers in order. One query."""
    found: dict[str, list[Speaker]] = {}
    for speaker in Speaker.objects.filter(slot__workshop=workshop).select_related("slot"):
        found.setdefault(speaker.slot.key, []).append(speaker)
    return found


def without_phone(workshop: Workshop) -> list[Attendee]:
    """The seats that the desk has added, by name. For those who run the day. One query, with whether they agreed."""
    seats = Attendee.objects.filter(workshop=workshop, device=Attendee.Device.NONE)
    return list(seats.order_by("name", "pk"))


def facilitator(workshop: Workshop) -> str:
    """Who runs the day, as people in the room are told; "the facilitator" where no account says a name."""
    run = Membership.objects.filter(workshop=workshop, role__in=[Membership.Role.OWNER, Membership.Role.FACILITATOR])
    first = run.select_related("user").order_by("pk").first()
    return (first.user.get_full_name() if first else "") or _("the facilitator")


def people_to_erase(workshop: Workshop) -> list[Attendee]:
    """Whoever said anything of themselves, also those who have left, by name. For those who run the day."""
    everybody = Attendee.objects.filter(workshop=workshop).order_by("name", "council", "pk")
    return list(everybody.exclude(name="", council="", card__isnull=True))


def here(workshop: Workshop) -> QuerySet[Attendee]:
    """The seats in the room: not those of the survey who have not arrived, nor those who have left. To count, or for
    those who run the day."""
    return Attendee.objects.filter(workshop=workshop, arrived=True, revoked_at=None)


def named_people(workshop: Workshop) -> list[Attendee]:
    """Whoever is here and said their name, by name. For those who run the day."""
    return list(here(workshop).exclude(name="").order_by("name"))
