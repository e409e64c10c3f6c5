"""A PostgreSQL of one's own, thrown away in the end. It takes PostgreSQL's programs on this computer, and none of its
databases."""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

DEBIAN = Path("/usr/lib/postgresql")  # which keeps them off PATH
NAME = "masterclass"
QUICK = ("--no-sync", "fsync = off\nsynchronous_commit = off\nfull_page_writes = off")
DURABLE = ("", "")  # keeps what it commits, as a hosted one does
# Ends when its standard input does: with whoever started it, however that ended.
CLUSTER = r"""
set -e
initdb -D "$1/data" -U masterclass -A trust -E UTF8 --locale=C $2 >"$1/log" 2>&1
cat >>"$1/data/postgresql.conf" <<END
unix_socket_directories = '$1'
listen_addresses = ''
$3
END
pg_ctl -D "$1/data" -l "$1/log" -w start >>"$1/log" 2>&1
echo ready
cat >/dev/null
pg_ctl -D "$1/data" -m immediate -w stop >/dev/null || true
rm -rf "$1"
"""


class Missing(Exception):
    """Why there is no PostgreSQL; a sentence for people."""


@contextmanager
def running(kept: tuple[str, str] = QUICK) -> Iterator[str]:
    """A new cluster that only this computer's owner reaches; gives the DATABASE_URL. Raises Missing."""
    place, folder = programs(), tempfile.mkdtemp(prefix="masterclass-postgres-")
    cluster = subprocess.Popen(
        ["sh", "-c", CLUSTER, "sh", folder, *kept],
        cwd=folder,
        env={"PATH": f"{place}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a Ctrl-C in the terminal is for the tests
        **_account(folder),
    )
    try:
        if cluster.stdout and cluster.stdout.readline() != "ready\n":
            said = Path(folder, "log").read_text().strip()
            shutil.rmtree(folder)
            raise Missing(f"PostgreSQL in {place} did not start: {said}")
        yield f"postgres://{NAME}@/{folder}/{NAME}"
    finally:
        cluster.communicate()


def start() -> str:
    """The same, until this process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(running())


def existing(url: str) -> str:
    """The same cluster with the database that is there from the start; the one that `url` names, the tests make."""
    return url.rpartition("/")[0] + "/postgres"


def control(url: str, *words: str) -> None:
    """What `pg_ctl` does to the cluster: `"stop"`, `"start"`."""
    folder = url.removeprefix(f"postgres://{NAME}@/").rpartition("/")[0]
    command = [programs() / "pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-m", "immediate", "-w", *words]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **_account(folder))


def programs() -> Path:
    """Where initdb and pg_ctl are; of several versions that Debian keeps, the newest. Raises Missing."""
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
