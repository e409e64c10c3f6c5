"""A day that nobody closed. Pure: `now` is an argument, every datetime is aware and in UTC."""

from datetime import datetime, timedelta

from .progress import Progress
from .timing import lay_out

LEFT_AFTER = timedelta(hours=8)


def left_at(progress: Progress, now: datetime) -> datetime | None:
    """When a day was left open: its newest press, or when the live item's time was up after that.

    None for a day that has not begun or is closed, and until both that and its planned end are hours past.
    """
    heard = progress.heard
    if progress.live is None or heard is None or now - heard < LEFT_AFTER:
        return None
    then = lay_out(progress, heard)
    due = then.live.due if then.live else None
    left = max(heard, due) if due else heard
    last = max(moment for moment in (left, then.finish, then.day_end) if moment)
    return left if now - last >= LEFT_AFTER else None
