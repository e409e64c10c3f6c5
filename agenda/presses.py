"""Verbs that add to the log of the day. The caller has touched the workshop, so its row is locked.

Each press has a number of its own, made before its first try: a repeat is harmless. It also carries what the person
saw, so that it never lands on a day that has changed meanwhile: Stale, and nothing is changed.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from . import clock, log_lines, queries, timing, words
from .models import LogEntry, User, Workshop
from .services import Refused, Stale
from .timing import Event


@transaction.atomic
def advance(*, workshop: Workshop, expect: str | None, actor: User | None, press: uuid.UUID | None = None) -> LogEntry:
    """End the live slot and start the next; the first press starts the day, the last one ends it.

    `expect` is the slot the person saw as live.
    """
    if workshop.template:
        raise Refused(_("This is a template, so it is not run. Start a new day from it, and run that."))
    day, (event,) = _next(workshop, [Event(0, "advance", clock.now(workshop), expect)])
    repeated = _repeated(day, event, press)
    if repeated:
        return repeated
    _check(day, [event])
    if expect is None:
        clock.set_running(workshop)
        event = replace(event, at=_not_before_the_last(day, workshop))
    return _write(workshop, [event], actor, press)


@transaction.atomic
def record(
    *, workshop: Workshop, events: Sequence[Event], seen: int | None, actor: User | None, press: uuid.UUID | None = None
) -> LogEntry:
    """Add these events together; one undo takes them back together. Their `seq`, `at` and `choice` are set here.

    `seen` is the number of the newest press the person saw; None for events that name what they saw themselves.
    Gives the first of the entries.
    """
    day, placed = _next(workshop, events)
    repeated = _repeated(day, placed[0], press)
    if repeated:
        return repeated
    if seen not in (None, day.seen):
        raise Stale(_just_changed(day))
    _check(day, placed)
    return _write(workshop, placed, actor, press)


@transaction.atomic
def undo(
    *, workshop: Workshop, seen: int, actor: User | None, press: uuid.UUID | None = None
) -> tuple[timing.Event, ...]:
    """Take the newest press back, as long as nothing has followed the one the person saw. Gives what was taken back."""
    day, (event,) = _next(workshop, [Event(0, "undo", clock.now(workshop), None)])
    if _repeated(day, event, press):
        return ()
    if seen != day.seen:
        raise Stale(_just_changed(day))
    taken = day.standing.newest
    _check(day, [event])
    _write(workshop, [event], actor, press)
    return taken


def replan(*, workshop: Workshop, day: queries.Day, plan: timing.Plan) -> LogEntry:
    """Another version is in force from now on. Raises Refused when it would change what has begun.

    `day` was read before that version was published.
    """
    (event,) = _placed(workshop, day, [Event(0, "replan", clock.now(workshop), None, plan=plan)])
    _check(day, [event])
    return _write(workshop, [event], None, None, instead_of=day.progress.plan.version)


def _next(workshop: Workshop, events: Sequence[Event]) -> tuple[queries.Day, list[Event]]:
    """The day as it stands, and the events as they would follow on it."""
    day = queries.day(workshop)
    return day, _placed(workshop, day, events)


def _placed(workshop: Workshop, day: queries.Day, events: Sequence[Event]) -> list[Event]:
    at, first = _not_before_the_last(day, workshop), day.seen + 1
    choice = first if len(events) > 1 else None
    return [replace(event, seq=first + i, at=at, choice=choice) for i, event in enumerate(events)]


def _not_before_the_last(day: queries.Day, workshop: Workshop) -> datetime:
    now = clock.now(workshop)
    return max(now, day.entries[-1].at) if day.entries else now


def _repeated(day: queries.Day, event: Event, press: uuid.UUID | None) -> LogEntry | None:
    """The entry that a first try of this press has made. Raises Stale for another press with its number."""
    row = next((row for row in day.entries if press and row.press == press), None)
    if row is None:
        return None
    first = log_lines.event_of(row, day.published)
    if replace(first, seq=0, at=event.at, choice=None) != replace(event, seq=0, choice=None):
        raise Stale(_stale_sentence(day, event.at))
    return row


def _check(day: queries.Day, events: Sequence[Event]) -> None:
    standing = day.standing.copy()
    for event in events:
        try:
            standing.press(event)
        except timing.Stale as stale:
            raise Stale(_stale_sentence(day, event.at)) from stale
        except timing.Refused as refused:
            raise Refused(_(str(refused))) from refused


def _stale_sentence(day: queries.Day, now: datetime) -> str:
    if day.progress.live is None:
        return _("The day stood somewhere else already. Nothing was changed by this press.")
    last = day.entries[-1]
    return _("Already moved to “%(title)s” by %(who)s, %(ago)s. Nothing was changed by this press.") % {
        "title": day.items[day.progress.live].title,
        "who": who(last),
        "ago": words.ago(now - last.at),
    }


def _just_changed(day: queries.Day) -> str:
    if not day.entries:
        return _("The day stood somewhere else already. Nothing was changed by this press.")
    name = who(day.entries[-1])
    said = _("%(who)s has just changed the day. Nothing was changed by this press; look at the day, then press again.")
    return said % {"who": name[:1].upper() + name[1:]}


def who(row: LogEntry) -> str:
    """Whose press it was."""
    return (row.actor.get_full_name() or row.actor.get_username()) if row.actor else _("somebody")


def _write(
    workshop: Workshop, events: Sequence[Event], actor: User | None, press: uuid.UUID | None, **more: Any
) -> LogEntry:
    rows = [
        LogEntry(
            workshop=workshop,
            seq=event.seq,
            press=(press or uuid.uuid4()) if i == 0 else uuid.uuid4(),
            kind=event.kind,
            data=log_lines.data_of(event) | more,
            at=event.at,
            actor=actor,
        )
        for i, event in enumerate(events)
    ]
    return LogEntry.objects.bulk_create(rows)[0]
