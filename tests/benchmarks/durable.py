"""A PostgreSQL of its own that keeps what it commits, as a hosted one does; `tests.postgres` has one that is quick."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAME, ACCOUNT = "masterclass", "postgres"
# Ends when its standard input does: with whoever started it, however that ended.
CLUSTER = r"""
set -e
initdb -D "$1/data" -U masterclass -A trust -E UTF8 --locale=C --no-sync >"$1/log" 2>&1
pg_ctl -D "$1/data" -l "$1/log" -w start -o "-k '$1' -c listen_addresses='' -c fsync=on" >>"$1/log" 2>&1
createdb -h "$1" -U masterclass masterclass
echo ready
cat >/dev/null
pg_ctl -D "$1/data" -m immediate -w stop >/dev/null
rm -rf "$1"
"""


def programs() -> Path | None:
    """Where initdb is, if PostgreSQL is installed."""
    kept = [os.environ.get("POSTGRES_BIN", ""), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin")))]
    found = shutil.which("initdb", path=os.pathsep.join([*filter(None, kept), os.environ["PATH"]]))
    return Path(found).parent if found else None


@contextmanager
def running() -> Iterator[str]:
    """Its DATABASE_URL."""
    folder = tempfile.mkdtemp(prefix="masterclass-bench-postgres-")
    account: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to be root
        shutil.chown(folder, ACCOUNT, ACCOUNT)
        account = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []}
    cluster = subprocess.Popen(
        ["sh", "-c", CLUSTER, "sh", folder],
        cwd=folder,
        env={"PATH": f"{programs()}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **account,
    )
    try:
        if not cluster.stdout or cluster.stdout.readline() != "ready\n":
            raise RuntimeError(f"PostgreSQL did not start: {Path(folder, 'log').read_text()}")
        yield f"postgres://{NAME}@/{folder}/{NAME}"
    finally:
        cluster.communicate()
