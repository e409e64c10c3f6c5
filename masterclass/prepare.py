"""Everything that must be true before the first phone connects. What stands in the way is said in one sentence."""

import errno
import io
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from agenda.models import Membership, User, Workshop

SAMPLE = Path(__file__).resolve().parent / "samples" / "newcastle.toml"
FACILITATOR = "facilitator"


class CannotStart(Exception):
    """A reason not to start; its text is a sentence for people."""


def get_ready() -> None:
    """Bring the database up to date, lay out the static files and the first workshop."""
    with _database_in_use():
        check_database_not_newer()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        make_first_workshop()


def check_ready() -> None:
    """Raise CannotStart unless somebody has made this database ready for this version."""
    with _database_in_use():
        check_database_not_newer()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CannotStart(_("The database waits for its migrations: run manage.py prepare first."))


@contextmanager
def _database_in_use() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise CannotStart(
            _("The database cannot be used: %(error)s") % {"error": " ".join(str(error).split())}
        ) from error


def check_port(*, host: str, port: int) -> None:
    """Raise CannotStart unless this process could listen on `port` of `host` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        if sys.platform != "win32":  # there it would let two servers share a port
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            raise CannotStart(_why_not(error, host=host, port=port)) from error


def _why_not(error: OSError, *, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        sentence = _(
            "Port %(port)d is taken: the masterclass may already be running in another window. "
            "Use that one, or choose another port with PORT=%(other)d."
        )
    elif error.errno == errno.EACCES:
        sentence = _("This account may not use port %(port)d: choose another with PORT=%(other)d.")
    else:
        sentence = _("HOST is %(host)s, which is not an address of this computer: leave HOST out or set it to 0.0.0.0.")
    return sentence % {"host": host, "port": port, "other": port + 1 if port < 65535 else 8000}


def check_database_not_newer() -> None:
    """Raise CannotStart if the database has changes this version has never heard of."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    if unknown := sorted(set(loader.applied_migrations or ()) - known):
        raise CannotStart(
            _(
                "The database was made by a newer version of this program (it knows %(change)s): "
                "nothing has been changed. Start it with that version, or set DATA_DIR to another folder."
            )
            % {"change": ".".join(unknown[-1])}
        )


@transaction.atomic
def make_first_workshop() -> None:
    """On the first start: the sample workshop, and a facilitator who owns it."""
    if not Workshop.objects.exists():
        call_command("load_workshop", str(SAMPLE), stdout=io.StringIO())
    if User.objects.exists():
        return
    facilitator = User(username=FACILITATOR)
    facilitator.set_unusable_password()
    facilitator.save()
    for workshop in Workshop.objects.filter(memberships=None):
        Membership.objects.create(workshop=workshop, user=facilitator, role=Membership.Role.OWNER)
