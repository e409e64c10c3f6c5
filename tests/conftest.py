"""What every test may ask for: the sample day, the cast, and a real server on the test's own database."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from agenda.models import Audit, LogEntry, Workshop
from agenda.wiping import wiping

from . import cast as people
from .server import PROGRAMS, Server, start


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--server", choices=list(PROGRAMS), default="serve", help="the program that serves the live tests")
    parser.addoption("--processes", type=int, default=1, help="how many of it; several take PostgreSQL")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip("NOT TESTED: it takes PostgreSQL, pytest -p tests.postgres"))


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _wiped(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where transactions are real, Django empties the tables afterwards; from the log and the audit that is refused."""
    marker = request.node.get_closest_marker("django_db")
    real = bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    if real:
        request.getfixturevalue("transactional_db")  # so that this ends before it
    yield
    for workshop in [None, *Workshop.objects.all()] if real else []:
        with wiping(workshop):
            LogEntry.objects.filter(workshop=workshop).delete()
            Audit.objects.filter(workshop=workshop).delete()


@pytest.fixture
def workshop(db: None) -> people.Workshop:
    """The Newcastle day, before its start."""
    return people.newcastle()


@pytest.fixture
def cast(db: None) -> people.Cast:
    return people.assemble()


@pytest.fixture(scope="session")
def server(django_db_setup: None, pytestconfig: pytest.Config) -> Iterator[Server]:
    """One server for the whole run, on the database the tests write to. Needs `transactional_db` beside it."""
    with start(pytestconfig.getoption("--server"), pytestconfig.getoption("--processes")) as running:
        yield running
