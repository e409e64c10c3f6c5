"""Times as people say them: "11:15", "about 12:50", "8 minutes late"."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .timing import Row

FIVE = timedelta(minutes=5)


def at(moment: datetime | None, zone: str) -> str:
    """The clock time in the day's own zone, "" for none."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M") if moment else ""


def when(moment: datetime, now: datetime, zone: str) -> str:
    """When something happened: "11:15" if that was today, else "26 February 2027, 11:15"."""
    is_today = moment.astimezone(ZoneInfo(zone)).date() == now.astimezone(ZoneInfo(zone)).date()
    return at(moment, zone) if is_today else on(moment, zone)


def on(moment: datetime, zone: str) -> str:
    """The date and the clock time: "26 February 2027, 11:15"."""
    return date_format(moment.astimezone(ZoneInfo(zone)), _("j F Y, H:i"))


def about(moment: datetime, zone: str) -> str:
    """The clock time rounded to five minutes, said as such."""
    minutes = round(moment.timestamp() / 300) * 300
    return _("about %(time)s") % {"time": at(datetime.fromtimestamp(minutes, tz=moment.tzinfo), zone)}


def public_start(row: Row, now: datetime, zone: str) -> str:
    """When the room is told an item starts. A promise stands; a fixed time does until it is five minutes late; others
    are "about", change by five minutes at a time, and are never a time that has passed."""
    planned = row.slot.start
    if row.start is None:
        return ""
    if row.state != "pending" or (row.promised and planned):
        return at(planned if row.state == "pending" else row.start, zone)
    if planned is None:
        return about(row.start, zone)
    steps = int(row.late / FIVE)
    if row.slot.anchored and not steps:
        return at(planned, zone)
    told = planned + steps * FIVE
    return about(told if told >= now else next_five(now), zone)


def restart(row: Row) -> datetime | None:
    """When we start again: as promised, or as planned, or the next five minutes after it; a minute is let go."""
    if row.start is None or row.slot.start is None or row.promised or abs(row.late) < FIVE:
        return row.slot.start
    return next_five(row.start - timedelta(minutes=1))


def next_five(moment: datetime) -> datetime:
    """The moment itself when it is on the five minutes, or else the next that is."""
    return datetime.fromtimestamp(-(-moment.timestamp() // 300) * 300, tz=moment.tzinfo)


def minutes(span: timedelta) -> str:
    """Whole minutes, never negative: "1 minute", "12 minutes", "2 h 15 min"."""
    n = max(0, round(span.total_seconds() / 60))
    if n > 90 and n % 60 == 0:
        return _("%(hours)d h") % {"hours": n // 60}
    if n > 90:
        return _("%(hours)d h %(minutes)d min") % {"hours": n // 60, "minutes": n % 60}
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}


def each(span: timedelta) -> str:
    """How long somebody may speak, never more than is there: "70 seconds", "2½ minutes", "6 minutes"."""
    seconds = max(0, int(span.total_seconds()))
    if seconds <= 90:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    halves = seconds // 30
    if halves % 2 and halves < 10:
        return _("%(n)s½ minutes") % {"n": halves // 2}
    return minutes(timedelta(minutes=halves // 2))


def ago(span: timedelta) -> str:
    """How long since something happened: "3 seconds ago", "4 minutes ago"."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < 60:
        return ngettext("%(n)s second ago", "%(n)s seconds ago", seconds) % {"n": seconds}
    return _("%(minutes)s ago") % {"minutes": minutes(span)}


def number(n: int) -> str:
    """A small number as a word, "three"; from eleven on in digits."""
    few = _("no one two three four five six seven eight nine ten").split()
    return few[n] if n < len(few) else str(n)


def lateness(late: timedelta) -> str:
    """Ahead or behind, in plain words."""
    if late >= timedelta(minutes=1):
        return _("%(minutes)s late") % {"minutes": minutes(late)}
    if late <= -timedelta(minutes=1):
        return _("%(minutes)s ahead") % {"minutes": minutes(-late)}
    return _("On time")
