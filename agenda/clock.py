"""The only clock. Edges ask it for the time; everything below them takes `now` as an argument.

A real day runs on real time. A rehearsal has a clock of its own, which stands still until the day is started and
may then run faster than the room.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from .models import Workshop


def now(workshop: Workshop, *, real: datetime | None = None) -> datetime:
    """The day's own time, aware UTC; `real` is the true time it is asked for (default: this moment)."""
    real = real or timezone.now()
    if not workshop.rehearsal or workshop.clock_shown is None:
        return real
    if workshop.clock_real is None:
        return workshop.clock_shown
    return workshop.clock_shown + (real - workshop.clock_real) * workshop.clock_rate


def real_time(workshop: Workshop, moment: datetime) -> datetime:
    """When a moment of the day's own time comes in true time: what a device counts down to."""
    if not workshop.rehearsal or workshop.clock_shown is None or workshop.clock_real is None:
        return moment
    return workshop.clock_real + (moment - workshop.clock_shown) / workshop.clock_rate


def shift(workshop: Workshop, *, real: datetime | None = None) -> timedelta:
    """How far the day's own time is ahead of true time."""
    real = real or timezone.now()
    return now(workshop, real=real) - real


def set_running(workshop: Workshop) -> None:
    """Let a rehearsal's clock run from here. A real day needs nothing."""
    if workshop.rehearsal and workshop.clock_real is None:
        workshop.clock_real = timezone.now()
        workshop.save(update_fields=["clock_real"])
