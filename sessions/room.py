"""The room at one moment: everything the faces need, read once and shared by all of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Count, Q

from agenda import clock, day_line, origins, queries, words
from agenda.models import Attendee, Speaker, Workshop
from agenda.timing import Row, Schedule
from feedback import queries as feedback
from feedback.queries import Asked

from . import faces, lines, picture
from .alarm import Alarm
from .asks import WithAsks
from .controls import Choice, Controls
from .introducing import WithIntroductions
from .lines import Line
from .models import Agreement, GroundRule, Stage
from .prompts import Prompts
from .queue import WithQueue
from .summary_pages import WithSummary
from .together import WithTogether


@dataclass(frozen=True)
class Room(Prompts, WithQueue, WithSummary, WithIntroductions, WithAsks, WithTogether):
    """What is on. `asked`, notes and unshown answers are the desk's; a template for the room never touches them."""

    workshop: Workshop
    now: datetime
    day: queries.Day
    schedule: Schedule
    speakers: dict[str, list[Speaker]]
    stage: Stage
    asked: list[Asked]
    rules: list[GroundRule]
    agreed: int
    seats: int
    without_phone: int
    facilitator: str
    is_left: bool = False
    is_kept: bool = False  # a picture that somebody froze: nothing in it counts on

    @property
    def state(self) -> str:
        """That of the schedule, or "left": nobody closed the day, and it is hours past its end."""
        return "left" if self.is_left else self.schedule.state

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(row) for row in self.schedule.rows]

    def _line(self, row: Row) -> Line:
        follows_break = self.schedule.next == row and self.in_break
        return lines.line(
            self.day.items[row.slot.id], row, self.now, self.workshop.time_zone, follows_break=follows_break
        )

    @cached_property
    def controls(self) -> Controls:
        """What the desk can press; no other face asks for it."""
        return Controls(self.day, self.schedule, self.now, self.workshop.time_zone)

    @cached_property
    def alarm(self) -> Alarm:
        return Alarm(self.workshop, self.stage, self.schedule)

    @cached_property
    def on_screen(self) -> "Room":
        """The room as the screen shows it, which may have been frozen a while ago."""
        return picture.kept(self)

    @property
    def frozen_since(self) -> str:
        return picture.since(self.stage, self.workshop.time_zone)

    @property
    def desk_lines(self) -> list[tuple[Line, list[Choice]]]:
        return [(line, self.controls.of(line.row)) for line in self.lines]

    def _of(self, row: Row | None) -> Line | None:
        return next((line for line in self.lines if row and line.row.slot.id == row.slot.id), None)

    @cached_property
    def live(self) -> Line | None:
        return self._of(self.schedule.live)

    @cached_property
    def next(self) -> Line | None:
        return self._of(self.schedule.next)

    @property
    def in_break(self) -> bool:
        """Lunch or a break: when it ends is a promise to the room."""
        return self.schedule.live is not None and self.schedule.live.slot.kind in {"lunch", "break"}

    @property
    def restart_ms(self) -> int | None:
        """When we start again after a break, in true time; nothing while the day's own clock stands still."""
        restart = words.restart(self.schedule.next) if self.in_break and self.schedule.next else None
        if restart is None or not self.clock_runs:
            return None
        return round(clock.real_time(self.workshop, restart).timestamp() * 1000)

    @cached_property
    def live_speakers(self) -> list[Speaker]:
        return self.speakers.get(self.live.item.key, []) if self.live else []

    @cached_property
    def next_speakers(self) -> list[Speaker]:
        return self.speakers.get(self.next.item.key, []) if self.next else []

    @cached_property
    def line(self) -> day_line.DayLine:
        titles = {key: item.title for key, item in self.day.items.items()}
        return day_line.draw(self.schedule, titles, self.now)

    @property
    def left_ms(self) -> int | None:
        """What is left of the live item's time while its clock stands."""
        live = self.schedule.live
        if live is None or live.due is None or live.held_since is None:
            return None
        return round((live.due - self.now).total_seconds() * 1000)

    @property
    def due_ms(self) -> int | None:
        """When the live item's time is up, in true time; nothing while its clock stands."""
        live = self.schedule.live
        if live is None or live.due is None or live.held_since is not None:
            return None
        return round(clock.real_time(self.workshop, live.due).timestamp() * 1000)

    @property
    def due(self) -> str:
        live = self.schedule.live
        return words.at(live.due, self.workshop.time_zone) if live else ""

    @property
    def address(self) -> str:
        """What people type into a phone, without the part that browsers add by themselves."""
        return origins.room_address().split("://", 1)[1]

    @property
    def shift_ms(self) -> int:
        """How far the day's own clock is ahead of true time: what the clock in the room adds."""
        return round(clock.shift(self.workshop).total_seconds() * 1000) if self.workshop.clock_real else 0

    @property
    def clock_runs(self) -> bool:
        """A rehearsal's clock stands still until the day is started; there is no time of day to show then."""
        return not self.workshop.rehearsal or self.workshop.clock_real is not None

    @cached_property
    def phases(self) -> list[faces.Phase]:
        return faces.phases(self)

    @property
    def phase(self) -> str:
        """What a speaker's item has come to: "talk", "questions", "discussion"; empty in any other item."""
        return next((phase.name for phase in self.phases if phase.is_now), "")

    @property
    def face(self) -> str:
        return faces.worn(self)

    @property
    def sees(self) -> str:
        """What the screen shows, in words for the desk."""
        return faces.in_words(self)

    @property
    def is_late(self) -> bool:
        return self.schedule.late >= timedelta(minutes=1)

    @property
    def lateness(self) -> str:
        return words.lateness(self.schedule.late)

    @property
    def finish(self) -> str:
        return words.at(self.schedule.finish, self.workshop.time_zone)

    @property
    def past_the_end(self) -> str:
        """How far past the time people were told the day would end, or is planned to: "8 minutes"."""
        finish, end = self.schedule.finish, self._planned_end
        return words.minutes(finish - end) if finish and end and finish - end >= timedelta(minutes=1) else ""

    @property
    def day_end(self) -> str:
        return words.at(self._planned_end, self.workshop.time_zone)

    @property
    def _planned_end(self) -> datetime | None:
        last = self.day.progress.plan.slots[-1]
        planned = last.start + (last.length or timedelta(0)) if last.start else None
        return self.schedule.day_end or planned

    @property
    def held_since(self) -> str:
        """Since when the clock stands, if it does."""
        live = self.schedule.live
        return words.at(live.held_since, self.workshop.time_zone) if live else ""

    @property
    def finished(self) -> str:
        """When the day ended, with its date on any other day."""
        finish = self.schedule.finish
        return words.when(finish, self.now, self.workshop.time_zone) if finish else ""

    @property
    def last_press(self) -> str:
        """When the newest press was made, with its date."""
        heard = self.day.progress.heard
        return words.on(heard, self.workshop.time_zone) if heard else ""

    @property
    def free(self) -> str:
        """Time in hand before the next fixed point: "6 minutes free before Lunch" is said from these two."""
        return words.minutes(self.schedule.free_before[1]) if self.schedule.free_before else ""

    @property
    def free_before(self) -> str:
        return self.day.items[self.schedule.free_before[0]].title if self.schedule.free_before else ""


def look(workshop: Workshop, *, real: datetime) -> Room:
    """Read the room as it is. The number of queries does not grow with the day."""
    day = queries.day(workshop)
    now = clock.now(workshop, real=real).replace(microsecond=0)  # a rehearsal's minute begins within a true second
    left = day.left_at(now)
    seats = queries.here(workshop)
    return Room(
        workshop=workshop,
        now=left or now,
        day=day,
        schedule=day.schedule(now),
        speakers=queries.speakers(workshop),
        stage=Stage.objects.get(pk=workshop.pk),
        asked=feedback.asked(workshop),
        rules=list(GroundRule.objects.filter(workshop=workshop)),
        agreed=Agreement.objects.filter(attendee__in=seats).count(),
        **seats.aggregate(seats=Count("pk"), without_phone=Count("pk", filter=Q(device=Attendee.Device.NONE))),
        facilitator=queries.facilitator(workshop),
        is_left=left is not None,
    )
