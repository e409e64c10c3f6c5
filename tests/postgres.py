"""A PostgreSQL of its own for one run of pytest, thrown away with it: `pytest -p tests.postgres tests/agenda`.

It takes PostgreSQL's programs on this computer, and none of its databases. Without them no test runs, and the run says
so; where REQUIRE_POSTGRES=1 that is a failure. Loaded before the settings, and after `tests.environment`.
"""

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

DEBIAN = Path("/usr/lib/postgresql")  # which keeps them off PATH
NAME = "masterclass"
# Ends when its standard input does: with whoever started it, however that ended.
CLUSTER = r"""
set -e
initdb -D "$1/data" -U masterclass -A trust -E UTF8 --locale=C --no-sync >"$1/log" 2>&1
cat >>"$1/data/postgresql.conf" <<END
unix_socket_directories = '$1'
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
END
pg_ctl -D "$1/data" -l "$1/log" -w start >>"$1/log" 2>&1
echo ready
cat >/dev/null
pg_ctl -D "$1/data" -m immediate -w stop >/dev/null || true
rm -rf "$1"
"""


class Missing(Exception):
    """Why there is no PostgreSQL to test with; a sentence for people."""


def start() -> str:
    """A new cluster that only this computer's owner reaches; returns the DATABASE_URL. Raises Missing."""
    place, folder = programs(), tempfile.mkdtemp(prefix="masterclass-postgres-")
    cluster = subprocess.Popen(
        ["sh", "-c", CLUSTER, "sh", folder],
        cwd=folder,
        env={"PATH": f"{place}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a Ctrl-C in the terminal is for the tests
        **_account(folder),
    )
    atexit.register(cluster.communicate)
    if cluster.stdout and cluster.stdout.readline() != "ready\n":
        said = Path(folder, "log").read_text().strip()
        shutil.rmtree(folder)
        raise Missing(f"PostgreSQL in {place} did not start: {said}")
    return f"postgres://{NAME}@/{folder}/{NAME}"


def control(url: str, *words: str) -> None:
    """What `pg_ctl` does to the cluster that `start` made: `"stop"`, `"start"`."""
    folder = url.removeprefix(f"postgres://{NAME}@/").rpartition("/")[0]
    command = [programs() / "pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-m", "immediate", "-w", *words]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **_account(folder))


def programs() -> Path:
    """Where initdb and pg_ctl are; of several versions that Debian keeps, the newest."""
    kept = sorted(DEBIAN.glob("*/bin"), key=lambda place: float(place.parent.name), reverse=True)
    places = os.environ.get("POSTGRES_BIN") or os.pathsep.join([os.environ["PATH"], *map(str, kept)])
    found = shutil.which("initdb", path=places)
    if not found or os.name != "posix":
        raise Missing(
            "PostgreSQL was not found. Install it (Debian and Ubuntu: sudo apt install postgresql) "
            "or set POSTGRES_BIN to the folder with its initdb."
        )
    return Path(found).parent


def _account(folder: str) -> dict[str, Any]:
    """PostgreSQL refuses to be root: then it is the account that its package made."""
    if os.geteuid() != 0:
        return {}
    try:
        shutil.chown(folder, "postgres", "postgres")
    except LookupError:
        raise Missing("PostgreSQL does not run as root, and there is no account postgres.") from None
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


try:
    os.environ["DATABASE_URL"], missing = start(), None
except Missing as reason:
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
