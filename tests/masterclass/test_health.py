"""What a supervisor is told: alive is the process, ready is the room."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from agenda.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_only(workshop: Workshop) -> Iterator[None]:
    """A database that can be read and not written, as on a full or broken disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = OFF")


def test_a_server_whose_database_can_be_written_is_ready() -> None:
    reply = Client().get("/healthz/ready")
    assert (reply.status_code, reply.json()) == (200, {"ready": True, "problem": ""})


def test_a_database_that_waits_for_its_migrations_is_not_ready() -> None:
    newest = MigrationLoader(connection).graph.leaf_nodes("live")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    reply = Client().get("/healthz/ready")
    assert reply.status_code == 503
    assert reply.json() == {"ready": False, "problem": "The database waits for its migrations."}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the way to a read-only database is SQLite's")
@pytest.mark.usefixtures("read_only")
def test_a_database_that_cannot_be_written_is_not_ready_while_the_server_lives() -> None:
    reply = Client().get("/healthz/ready")
    assert reply.status_code == 503
    assert reply.json() == {"ready": False, "problem": "The database cannot be written."}
    assert Client().get("/healthz/live").json() == {"alive": True}


def test_asking_changes_nothing(workshop: Workshop) -> None:
    Client().get("/healthz/ready")
    assert Workshop.objects.values_list("rev", flat=True).get() == workshop.rev
