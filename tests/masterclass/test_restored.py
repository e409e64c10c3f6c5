"""A copy made while the day runs is put back as docs/running.md says, and every page reads anew."""

import asyncio
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from channels.db import database_sync_to_async as in_database
from django.db import connection, connections

from agenda.models import Workshop
from tests import cluster
from tests import server as servers
from tests.cast import Cast
from tests.live import day
from tests.live.sockets import page
from tests.live.test_sockets import stamp

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_in_the_file_that_is_there")]
RUNNING = (servers.ROOT / "docs" / "running.md").read_text("utf-8")


@pytest.fixture
def _in_the_file_that_is_there(transactional_db: None) -> Iterator[None]:
    """What the test leaves is emptied in the file that was put back, not in the one that was open before."""
    yield
    connection.close()


def as_written(first_words: str) -> str:
    """The line of docs/running.md that begins so."""
    [line] = re.findall(rf"^{re.escape(first_words)}.*$", RUNNING, re.MULTILINE)
    return line


def run(folder: Path, *command: str, **more: str) -> None:
    environment = {**os.environ, "DATABASE_URL": servers.database_url(), **more}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def copy(folder: Path) -> None:
    if connection.vendor == "postgresql":
        run_beside_postgres(folder, as_written("pg_dump"))
        return
    command = shlex.split(
        as_written("python3 -c").replace("data/masterclass.sqlite3", connection.settings_dict["NAME"])
    )
    run(folder, sys.executable, *command[1:])


def put_back(folder: Path) -> None:
    connections.close_all()
    if connection.vendor == "postgresql":
        run_beside_postgres(folder, as_written("pg_restore"))
    else:
        here = connection.settings_dict["NAME"]
        for left in ("-wal", "-shm"):
            Path(here + left).unlink(missing_ok=True)
        (folder / "copy.sqlite3").replace(here)
    run(
        servers.ROOT,
        sys.executable,
        *as_written("python3 run.py manage restored").replace("run.py manage", "manage.py").split()[1:],
    )


def run_beside_postgres(folder: Path, line: str) -> None:
    """With its own programs, and the address as they read it."""
    database = connection.settings_dict
    url = f"postgres:///{database['NAME']}?host={database['HOST']}&user={database['USER']}"
    path = f"{cluster.programs()}{os.pathsep}{os.environ['PATH']}"
    run(folder, "sh", "-c", line, DATABASE_URL=url, PATH=path)


async def test_a_copy_of_a_running_day_that_is_put_back_is_what_every_page_shows(cast: Cast, tmp_path: Path) -> None:
    with servers.start() as own:
        await in_database(day.begin)(cast.workshop)
        async with page(own, cast.workshop, "phone", cast.attendee) as phone:
            await phone.hear_state("Intros and Discussion")
            await asyncio.to_thread(copy, tmp_path)
            await in_database(day.begin)(cast.workshop, until="how-digital")
            later = await phone.hear_state("How digital is helping councils")
        own.stop()
        await in_database(put_back)(tmp_path)
        assert await in_database(day.live)(cast.workshop) == "intros"
        assert (await in_database(Workshop.objects.get)(pk=cast.workshop.pk)).control_rev < later["rev"]
        own.start()
        async with page(own, cast.workshop, "phone", cast.attendee, have=stamp(later)) as phone:
            assert "Intros and Discussion" in str((await phone.hear("state"))["regions"])
