"""A run on PostgreSQL says when there was none, and leaves nothing behind."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from .server import ROOT


def run_pytest(programs: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """The start of a run with PostgreSQL's programs from this folder."""
    environment = {**os.environ, "POSTGRES_BIN": str(programs), "REQUIRE_POSTGRES": "", **more}
    command = [sys.executable, "-m", "pytest", "-p", "tests.postgres", "-p", "no:cacheprovider", "tests/agenda"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("required", "code"), [("0", 0), ("1", 1)])
def test_a_computer_without_postgresql_is_told_that_nothing_ran(tmp_path: Path, required: str, code: int) -> None:
    result = run_pytest(tmp_path, REQUIRE_POSTGRES=required)
    assert "NO TEST RAN ON POSTGRESQL: PostgreSQL was not found. Install it" in result.stdout
    assert (result.returncode, "passed" in result.stdout) == (code, False)


def test_a_postgresql_that_does_not_start_says_why() -> None:
    with tempfile.TemporaryDirectory() as folder:  # not tmp_path: another account may have to run what is in it
        os.chmod(folder, 0o755)
        initdb = Path(folder, "initdb")
        initdb.write_text("#!/bin/sh\necho no room on this disk\nexit 1\n")
        initdb.chmod(0o755)
        result = run_pytest(Path(folder), REQUIRE_POSTGRES="1")
    assert f"NO TEST RAN ON POSTGRESQL: PostgreSQL in {folder} did not start: no room on this disk" in result.stdout
    assert result.returncode == 1


@pytest.mark.postgres
def test_the_cluster_ends_with_whoever_started_it_even_if_killed() -> None:
    killed = "import os, tests.postgres as p; print(os.environ['DATABASE_URL'], flush=True); os.kill(os.getpid(), 9)"
    starter = subprocess.run([sys.executable, "-c", killed], cwd=ROOT, capture_output=True, text=True, check=False)
    # The cluster holds the other end of stderr, so by now it has ended.
    assert starter.returncode == -9
    folder = Path(starter.stdout.strip().removeprefix("postgres://masterclass@/").removesuffix("/masterclass"))
    assert folder.name.startswith("masterclass-postgres-")
    assert not folder.exists()
