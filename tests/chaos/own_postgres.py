"""Taking PostgreSQL away and bringing it back: only the one that tests/postgres.py has started for this very run."""

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from django.db import connection

ANSWERS_WITHIN = 30.0


def _data() -> Path:
    return Path(connection.settings_dict["HOST"] or ".") / "data"


def is_ours() -> bool:
    """A cluster in a folder of the tests' own."""
    ours = _data().parent.name.startswith("masterclass-postgres-")
    return connection.vendor == "postgresql" and ours and (_data() / "postmaster.opts").is_file()


def connect() -> Any:
    """A connection that is not Django's."""
    import psycopg

    database = connection.settings_dict
    return psycopg.connect(host=database["HOST"], user=database["USER"], dbname=database["NAME"])


def commit_for_real() -> None:
    """The tests' cluster acknowledges before it has written; a crash would lose what was promised."""
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" SET synchronous_commit = on')
    connection.close()


def stop() -> None:
    """As a crash does: every connection ends, nothing is tidied up."""
    os.kill(int((_data() / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)


def start() -> None:
    """Start it as it was started, and come back when it answers."""
    command = shlex.split((_data() / "postmaster.opts").read_text())
    owner = _data().stat()
    account: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    _wait_until(lambda: not (_data() / "postmaster.pid").exists())
    with (_data().parent / "log").open("ab") as log:
        subprocess.Popen(
            command, cwd=_data(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **account
        )
    _wait_until(_answers)


def _answers() -> bool:
    import psycopg

    try:
        connect().close()
    except psycopg.OperationalError:
        return False
    return True


def _wait_until(is_so: Any) -> None:
    limit = time.monotonic() + ANSWERS_WITHIN
    while not is_so():
        if time.monotonic() > limit:
            raise TimeoutError("PostgreSQL did not come back")
        time.sleep(0.05)
