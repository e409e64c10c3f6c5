"""Writing the database's files anew. What was taken out of a table is still in the database's files for a while: in
pages that are free, in the log of the latest writes. For good means gone from there too.
"""

from contextlib import suppress

from django.apps import apps
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper

from agenda import changes
from agenda.models import Workshop

from .models import Keeping
from .sealing import a_day_runs

PATIENCE_MS = 1000
LOOKS = 20
# Who may still see rows as they were.
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
"""
OURS = ("agenda", "feedback", "live")


def sweep_when_due() -> None:
    """Where something was taken out and nobody runs a day. What was not done for certain is tried again later."""
    days = list(Workshop.objects.filter(pk__in=Keeping.objects.filter(leftovers=True).values("pk")))
    if not days or connection.in_atomic_block or a_day_runs():
        return
    if sweep():
        for workshop in days:
            _swept(workshop)


@transaction.atomic
def _swept(workshop: Workshop) -> None:
    seen = workshop.rev
    workshop.touch(phones=False)
    if workshop.rev > seen + 1:
        return  # something more may have been taken out since
    Keeping.objects.filter(workshop=workshop).update(leftovers=False)
    changes.announce(workshop)


def sweep() -> bool:
    """Write them anew, outside every transaction; whether it is certain that nothing is left. It waits for nobody."""
    try:
        return _sweep_sqlite() if connection.vendor == "sqlite" else _sweep_postgres()
    except OperationalError:
        return False


def _sweep_sqlite() -> bool:
    """The file without its free pages, and its log emptied; somebody who reads just now may hold up the last."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_ = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
    return not is_busy


def _sweep_postgres() -> bool:
    """Rows that somebody's transaction might still ask for would stay where they are: then it is for another time."""
    tables = [model._meta.db_table for app in OURS for model in apps.get_app_config(app).get_models()]
    with connection.cursor() as cursor:
        if not _is_alone(cursor):
            return False
        cursor.execute(f"SET lock_timeout = {PATIENCE_MS}")
        try:
            cursor.execute(f"VACUUM (FULL) {', '.join(map(connection.ops.quote_name, tables))}")
        finally:
            cursor.execute("RESET lock_timeout")
        _checkpoint(cursor)
    return True


def _is_alone(cursor: CursorWrapper) -> bool:
    """Nobody is in the middle of a look; most looks are over in a moment."""
    for _try in range(LOOKS):
        cursor.execute(OTHERS)
        if cursor.fetchone() == (0,):
            return True
        cursor.execute("SELECT pg_sleep(0.05)")
    return False


def _checkpoint(cursor: CursorWrapper) -> None:
    """The old files go with the next checkpoint. It comes by itself within minutes where we may not ask for it."""
    with suppress(ProgrammingError):
        cursor.execute("CHECKPOINT")
