"""The published running order as a calendar file (RFC 5545). Pure: no Django, no clock.

Times are as planned, in the day's own zone, which the file brings along. Ids stay the same from version to version, so
that a calendar that has an older version replaces it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from .plan import Item, shown_at

NAMED = "masterclass"
YEAR = timedelta(days=366)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Programme:
    """What the file is about: one version of one day's running order.

    `speakers`: item key -> a line for each. `first`: what stands in place of a time before an item that begins when
    the day is started. `published_at` is UTC.
    """

    id: str
    title: str
    place: str
    date: date
    time_zone: str
    version: int
    published_at: datetime
    items: Sequence[Item]
    speakers: Mapping[str, Sequence[str]]
    first: str


def write(programme: Programme, *, each_item: bool) -> bytes:
    """The file: the day as one event, and if `each_item` one more for each item whose start is known."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{NAMED}//running order//EN")
    calendar.add("version", "2.0")
    if programme.time_zone != "UTC":
        calendar.add_component(time_zone(programme.time_zone, programme.date))
    calendar.add_component(_whole_day(programme))
    for item in programme.items if each_item else ():
        if item.start is not None:
            calendar.add_component(_one_item(programme, item, item.start))
    content: bytes = calendar.to_ical()
    return content


def _whole_day(programme: Programme) -> icalendar.Event:
    """From the first start to the last end. If the first start is not known it takes the date, so nobody comes late."""
    event = _event(programme, programme.id, programme.title, "\n".join(_running_order(programme)))
    start = programme.items[0].start
    if start is None:
        event.add("dtstart", programme.date)
        event.add("dtend", programme.date + DAY)
    else:
        _span(event, programme, start, max(_end(item.start, item) for item in programme.items if item.start))
    return event


def _one_item(programme: Programme, item: Item, start: datetime) -> icalendar.Event:
    lines = [item.byline, *programme.speakers.get(item.key, ()), item.detail]
    event = _event(programme, f"{programme.id}-{item.key}", item.title, "\n".join(filter(None, lines)))
    _span(event, programme, start, _end(start, item))
    return event


def _event(programme: Programme, name: str, summary: str, description: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{name}@{NAMED}")
    event.add("dtstamp", programme.published_at)
    event.add("last-modified", programme.published_at)
    event.add("sequence", programme.version)
    for field, text in (("summary", summary), ("location", programme.place), ("description", description)):
        if text:
            event.add(field, text)
    return event


def _span(event: icalendar.Event, programme: Programme, start: datetime, end: datetime) -> None:
    """Something that takes no time has a start only: an end must come later."""
    zone = ZoneInfo(programme.time_zone)
    event.add("dtstart", start.astimezone(zone))
    if end > start:
        shown = end.astimezone(zone)
        event.add("dtend", end if shown.fold else shown)  # a time that comes twice would be read as the first


def _end(start: datetime, item: Item) -> datetime:
    return start + timedelta(minutes=item.minutes or 0)


def _running_order(programme: Programme) -> Iterator[str]:
    for item in programme.items:
        clock = shown_at(item.start, programme.time_zone) if item.start else programme.first
        yield f"{clock}  {item.title}" + (f" ({item.byline})" if item.byline else "")


# --- The zone. The library could write one, but has the clocks go forward an hour late.


def time_zone(name: str, day: date) -> icalendar.Timezone:
    """The zone's rules for a year on either side of the day."""
    zone = ZoneInfo(name)
    middle = datetime(day.year, day.month, day.day, tzinfo=UTC)
    changes = list(_changes(zone, middle - YEAR, middle + YEAR))
    if not changes or changes[0] > middle - DAY:
        changes.insert(0, middle - YEAR)
    written = icalendar.Timezone()
    written.add("tzid", name)
    for moment in changes:
        written.add_component(_from_then_on(zone, moment))
    return written


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The first second of each new offset from UTC."""
    moment = begin
    while moment < end:
        if _offset(zone, moment) != _offset(zone, moment + DAY):
            yield _change(zone, moment, moment + DAY)
        moment += DAY


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _from_then_on(zone: ZoneInfo, moment: datetime) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """What clocks show from that moment. Its start is written as the clocks before it would show it."""
    before, after = _offset(zone, moment - SECOND), _offset(zone, moment)
    rule = icalendar.TimezoneDaylight() if after > before else icalendar.TimezoneStandard()
    rule.add("dtstart", (moment + before).replace(tzinfo=None))
    rule.add("tzoffsetfrom", before)
    rule.add("tzoffsetto", after)
    rule.add("tzname", moment.astimezone(zone).tzname() or zone.key)
    return rule
