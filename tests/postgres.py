"""A PostgreSQL of its own for one run of pytest, thrown away with it: `pytest -p tests.postgres tests/agenda`.

Without PostgreSQL's programs no test runs, and the run says so; where REQUIRE_POSTGRES=1 that is a failure. Loaded
before the settings, and after `tests.environment`.
"""

import os

import pytest

from tests import cluster

try:
    os.environ["DATABASE_URL"], missing = cluster.start(), None
except cluster.Missing as reason:
    missing = str(reason)


def pytest_sessionstart() -> None:
    if missing:
        pytest.exit(f"NO TEST RAN ON POSTGRESQL: {missing}", returncode=int(os.environ.get("REQUIRE_POSTGRES") == "1"))
    from django.db import connection

    assert connection.vendor == "postgresql"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What uses no database says nothing about this one."""
    others = [item for item in items if not _uses_database(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if _uses_database(item)]


def _uses_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
