"""How long each person may speak when the room goes round. Pure: no Django, no database, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .progress import not_before
from .running_order import ZERO
from .timing import Schedule

LEAST = timedelta(seconds=20)  # less is not worth standing up for
STEP = timedelta(seconds=5)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """`each`: how long whoever speaks and whoever waits may take, None when nobody is left to speak.

    At that pace the round ends at `ends`. That is when the item's time is up, unless less than LEAST is left for each:
    then `past` says how far beyond it. `each_on_plan`: what would make up for a late day, None where nothing has to be
    made up or it cannot be. `spare`: what is left of the item when nobody is left to speak.
    """

    waiting: int
    each: timedelta | None
    ends: datetime
    past: timedelta = ZERO
    each_on_plan: timedelta | None = None
    planned: datetime | None = None
    spare: timedelta = ZERO


def of(schedule: Schedule, now: datetime, *, waiting: int, began: datetime | None) -> Pace | None:
    """The pace of the item that is on; None while nothing is.

    `waiting`: how many have not begun to speak; `began`: when the one who is speaking did, None while nobody is.
    """
    live = schedule.live
    if live is None or live.due is None:
        return None
    planned = schedule.next.slot.start if schedule.next else schedule.day_end
    return work_out(waiting=waiting, due=live.due, planned=planned, now=not_before(began, now), began=began)


def work_out(*, waiting: int, due: datetime, planned: datetime | None, now: datetime, began: datetime | None) -> Pace:
    """`due`: when the item's time is up by the clock of the room; `planned`: when the next one should begin."""
    speaking = began is not None
    if not waiting and not speaking:
        return Pace(0, None, max(due, now), past=max(ZERO, now - due), spare=max(ZERO, due - now))
    each = share(waiting, due, now, began)
    on_plan = share(waiting, planned, now, began) if planned and due - planned >= MINUTE else ZERO
    if each >= LEAST:
        fits = on_plan >= LEAST
        return Pace(waiting, each, due, each_on_plan=on_plan if fits else None, planned=planned if fits else None)
    spoken = now - began if began else ZERO
    ends = now + waiting * LEAST + (max(ZERO, LEAST - spoken) if speaking else ZERO)
    return Pace(waiting, LEAST, ends, past=max(ZERO, ends - due))


def share(waiting: int, until: datetime, now: datetime, began: datetime | None) -> timedelta:
    """What each may take until then, in whole steps. Whoever is speaking has the same share, counted from when they
    began; once that is used up, the others share what is left. Nothing, once it is later than that."""
    if until < now:
        return ZERO
    parts = []
    if began is not None:
        parts.append((until - began) / (waiting + 1))
    if waiting:
        parts.append((until - now) / waiting)
    return max(ZERO, min(parts) // STEP * STEP)
