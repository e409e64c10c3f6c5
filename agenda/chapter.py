"""The agenda's part of a workshop document: the day, its running order and who speaks."""

from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field, model_validator

from . import carried, plan, presses, queries, timing
from .chapters import Chapter, clock_runs
from .document import ClockTime, Day, DocumentRefused, Key, Line, Shape, Text, as_key, is_clock_time, unique, wrong
from .models import LogEntry, PlanVersion, Slot, Speaker, Workshop
from .services import Refused
from .slot_kinds import KINDS, usual_floor

Kind = Literal["arrival", "intros", "speaker", "discussion", "break", "lunch", "reflection", "summary", "close"]
PLAIN_FIELDS = ("title", "date", "time_zone", "place", "host", "purpose", "housekeeping", "links")


def _as_time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise wrong(_('must be the name of a time zone such as "Europe/London".')) from None
    return value


def _as_address(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(letter.isspace() for letter in value):
        raise wrong(_("must be an address that begins with https:// or http://."))
    return value


def _as_start(value: str) -> str:
    if value == plan.NOW or is_clock_time(value):
        return value
    raise wrong(_('must be a clock time such as "09:30", or "now" for the first slot.'))


Minutes = Annotated[int, Field(ge=0, le=1500)]
Title = Annotated[Line, Field(min_length=1, max_length=120)]
Short = Annotated[Line, Field(max_length=120)]
Long = Annotated[Text, Field(max_length=4000)]


class Card(Shape):
    """Something the room is told at the start."""

    title: Title
    text: Long


class Link(Shape):
    title: Title
    url: Annotated[Line, Field(max_length=500), AfterValidator(_as_address)]


class SpeakerEntry(Shape):
    name: Title
    role: Annotated[Line, Field(max_length=160)] = ""
    organisation: Short = ""


class SlotEntry(Shape):
    """An item of the running order; the defaults that hang on its kind are filled in here."""

    key: Key
    kind: Kind
    title: Title
    start: Annotated[str, AfterValidator(_as_start)]
    minutes: Minutes | None = None
    fixed: bool | None = None
    absorb: Literal["auto", "offer", "never"] | None = None
    floor: Minutes | None = None
    droppable: bool = False
    byline: Short = ""
    detail: Long = ""
    notes: Long = ""
    speakers: Annotated[list[SpeakerEntry], Field(max_length=50)] = []

    @model_validator(mode="after")
    def fill_in(self) -> Self:
        begins_now = self.start == plan.NOW
        if begins_now and (self.minutes, self.floor) != (None, None):
            given = "floor" if self.minutes is None else "minutes"
            raise wrong(_('cannot stand beside start = "now": such a slot lasts until the next one starts.'), given)
        if begins_now and self.fixed:
            raise wrong(_('cannot be true beside start = "now".'), "fixed")
        if self.fixed is None:
            self.fixed = KINDS[self.kind].fixed and not begins_now
        if self.absorb is None:
            self.absorb = KINDS[self.kind].absorb
        return self


class Part(Shape):
    """The top-level keys of the agenda."""

    slug: Annotated[str, Field(max_length=80), AfterValidator(as_key)]
    title: Title
    date: Day
    time_zone: Annotated[str, Field(max_length=40), AfterValidator(_as_time_zone)] = "Europe/London"
    place: Short = ""
    host: Short = ""
    purpose: Annotated[list[Annotated[Long, Field(min_length=1)]], Field(max_length=50)] = []
    ends: ClockTime | None = None
    rehearsal_starts: ClockTime | None = None
    housekeeping: Annotated[list[Card], Field(max_length=50)] = []
    links: Annotated[list[Link], Field(max_length=100)] = []
    slots: Annotated[list[SlotEntry], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def resolve_times(self) -> Self:
        unique(self.slots, "slots")
        starts = [self._instant(slot.start, "slots", index, "start") for index, slot in enumerate(self.slots)]
        for index in range(1, len(starts)):
            start, before = starts[index], starts[index - 1]
            if start is None:
                raise wrong(_('can be "now" for the first slot only.'), "slots", index, "start")
            if before is not None and start <= before:
                raise wrong(_("must be later than the start of the slot before."), "slots", index, "start")
            if before is not None and self.slots[index - 1].minutes is None:
                self.slots[index - 1].minutes = int((start - before).total_seconds()) // 60
        if starts[-1] is not None and self.slots[-1].minutes is None:
            self.slots[-1].minutes = 0
        for index, slot in enumerate(self.slots):
            _settle_floor(slot, index)
        self._instant(self.ends or plan.NOW, "ends")
        self._instant(self.rehearsal_starts or plan.NOW, "rehearsal_starts")
        return self

    def _instant(self, clock: str, *path: str | int) -> Any:
        """The UTC instant, or None for "now"."""
        if clock == plan.NOW:
            return None
        try:
            return plan.instant(self.date, clock, self.time_zone)
        except plan.NoSuchTime as error:
            raise wrong(str(error), *path) from None

    def written(self) -> dict[str, Any]:
        """As plain JSON values."""
        return self.model_dump(mode="json", exclude_none=True)


def _settle_floor(slot: SlotEntry, index: int) -> None:
    """What may be proposed at least: as said, or as usual for the kind. Needs the slot's length."""
    if slot.minutes is None:
        return
    if slot.floor is None and slot.absorb == "offer":
        slot.floor = usual_floor(slot.kind, slot.minutes)
    if slot.floor is not None and slot.floor > slot.minutes:
        raise wrong(_("must not be more than the minutes of the slot."), "slots", index, "floor")


def current_plan(workshop: Workshop) -> plan.Value | None:
    """The running order in force, if one was published."""
    published = queries.published(workshop)
    return published.value if published else None


def load(workshop: Workshop, part: Part) -> None:
    _save_day(workshop, part)
    _publish(workshop, part)
    for entry in part.slots:
        slot, _made = Slot.objects.get_or_create(workshop=workshop, key=entry.key)
        _save_speakers(slot, entry.speakers)


def _save_day(workshop: Workshop, part: Part) -> None:
    written = part.written()
    for name in PLAIN_FIELDS:
        setattr(workshop, name, part.date if name == "date" else written[name])
    if not clock_runs(workshop):
        starts = part.rehearsal_starts
        workshop.rehearsal = starts is not None
        workshop.clock_shown = starts and plan.instant(part.date, starts, part.time_zone)
    is_new = workshop._state.adding
    clock = ("rehearsal", "clock_shown")
    # Never the counters: touch() raises them in the database.
    workshop.save(force_insert=is_new, update_fields=None if is_new else (*PLAIN_FIELDS, *clock))


def _publish(workshop: Workshop, part: Part) -> None:
    """A new version of the running order, if it differs from the one in force; once the day has begun, a press."""
    value = plan.make_value(part.date, part.time_zone, part.written()["slots"], part.ends)
    newest = PlanVersion.objects.filter(workshop=workshop).order_by("-number").first()
    if newest is None:
        PlanVersion.objects.create(workshop=workshop, number=1, value=value)
        return
    day = queries.day(workshop)
    if plan.complete(day.value) != value:
        made = PlanVersion.objects.create(workshop=workshop, number=newest.number + 1, value=value)
        if day.entries:
            _replan(workshop, day, plan.read(made.value, made.number))


def _replan(workshop: Workshop, day: queries.Day, new: timing.Plan) -> None:
    try:
        presses.replan(workshop=workshop, day=day, plan=new)
    except Refused:
        reason = _("would change what has happened already: slots that have started keep their keys and order.")
        raise DocumentRefused(reason, ("slots",)) from None


def _save_speakers(slot: Slot, entries: list[SpeakerEntry]) -> None:
    if _speakers(slot) == [entry.model_dump() for entry in entries]:
        return
    slot.speakers.all().delete()
    Speaker.objects.bulk_create(
        Speaker(slot=slot, position=position, **entry.model_dump()) for position, entry in enumerate(entries)
    )


def _speakers(slot: Slot) -> list[dict[str, str]]:
    return [{"name": row.name, "role": row.role, "organisation": row.organisation} for row in slot.speakers.all()]


def tidy(workshop: Workshop, part: Part) -> None:
    """Slots the document no longer has. The chapters above have let go of them, or have refused to.

    Once the day has begun they stay: a press that brought another plan can be taken back.
    """
    if LogEntry.objects.filter(workshop=workshop).exists():
        return
    Slot.objects.filter(workshop=workshop).exclude(key__in=[entry.key for entry in part.slots]).delete()


def dump(workshop: Workshop) -> dict[str, Any]:
    document: dict[str, Any] = {"slug": workshop.slug}
    document |= {name: getattr(workshop, name) for name in PLAIN_FIELDS}
    document["date"] = workshop.date.isoformat()
    if workshop.rehearsal and workshop.clock_shown is not None:
        document["rehearsal_starts"] = plan.shown_at(workshop.clock_shown, workshop.time_zone)
    rows = {slot.key: slot for slot in workshop.slots.prefetch_related("speakers")}
    value = current_plan(workshop)
    if value and (ends := plan.ends(value)) is not None:
        document["ends"] = plan.shown_at(ends, workshop.time_zone)
    document["slots"] = [
        {**slot, "speakers": _speakers(rows[slot["key"]])} for slot in (plan.document_slots(value) if value else [])
    ]
    return document


chapter = Chapter(
    name="agenda",
    shape=Part,
    load=load,
    dump=dump,
    tidy=tidy,
    pack=carried.pack,
    unpack=carried.unpack,
    replaced=carried.REPLACED,
)
