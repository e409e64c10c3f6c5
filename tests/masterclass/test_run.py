"""run.py as a person meets it: a process, its output, its exit code. It finds the .venv that runs these tests."""

import ast
import hashlib
import http.client
import os
import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import settings as settings_of_random_days

ROOT = Path(settings.BASE_DIR)
LAUNCHER = ROOT / "run.py"
OURS = {"PORT", "HOST", "DATA_DIR", "DATABASE_URL", "PUBLIC_URL", "SECRET_KEY", "DEBUG", "DESK_FROM_NETWORK"}
START_SECONDS = 90  # an empty database on a busy machine


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def environment(**ours: object) -> dict[str, str]:
    theirs = {name: value for name, value in os.environ.items() if name not in OURS}
    return theirs | {name: str(value) for name, value in ours.items()}


def run(*arguments: str, launcher: Path = LAUNCHER, **ours: object) -> subprocess.CompletedProcess[str]:
    """run.py from start to end."""
    command = [sys.executable, str(launcher), *arguments]
    return subprocess.run(command, env=environment(**ours), capture_output=True, text=True, timeout=START_SECONDS)


class Running:
    """A run.py that serves."""

    def __init__(self, data: Path) -> None:
        self.port, self.data, self.said = free_port(), data, ""
        self.connections: list[http.client.HTTPConnection] = []
        self.process = subprocess.Popen(
            [sys.executable, str(LAUNCHER)],
            env=environment(PORT=self.port, DATA_DIR=data),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            self.listen(until="join code ")
        except BaseException:
            self.clear_away()
            raise

    def listen(self, *, until: str = "") -> None:
        """Read what it prints up to the line with `until`, or to the end of everything that could print there."""
        assert self.process.stdout
        deadline = time.monotonic() + START_SECONDS
        while not until or not re.search(rf"{until}.*\n", self.said):
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"nothing more came after: {self.said}"
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                assert not until, f"it ended: {self.said} {self.errors()}"
                return
            self.said += piece.decode()

    def errors(self) -> str:
        assert self.process.stderr
        return self.process.stderr.read().decode()

    def get(self, path: str) -> int:
        """The status it answers with; the connection stays open until `clear_away`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.connections.append(connection)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=4)  # three seconds for the server and one for a busy machine

    def clear_away(self) -> None:
        for connection in self.connections:
            connection.close()
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("data"))
    yield running
    running.clear_away()


@pytest.fixture
def start() -> Iterator[Callable[[Path], Running]]:
    with ExitStack() as stack:

        def begin(data: Path) -> Running:
            running = Running(data)
            stack.callback(running.clear_away)
            return running

        yield begin


@pytest.fixture
def bare_copy(tmp_path: Path) -> Path:
    """The launcher and the locks in a folder without .venv."""
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return Path(shutil.copy(LAUNCHER, tmp_path))


def refusal(result: subprocess.CompletedProcess[str]) -> str:
    """The one sentence said on stderr, of a run that ended with 1."""
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr


def test_it_says_where_desk_screen_and_phones_come_in(server: Running) -> None:
    assert re.search(rf"http://localhost:{server.port}/in/[\w-]{{43}}\n", server.said)
    assert f"http://localhost:{server.port}/screen/" in server.said
    assert re.search(r"join code [A-Z]{6}\n", server.said)
    assert (server.data / "secret_key").stat().st_mode & 0o077 == 0


def test_it_is_ready_when_it_says_so(server: Running) -> None:
    assert server.get("/healthz/ready") == 200


def test_link_prints_a_fresh_link_while_it_serves(server: Running) -> None:
    result = run("link", PORT=server.port, DATA_DIR=server.data)
    assert re.fullmatch(rf"http://localhost:{server.port}/in/[\w-]{{43}}\n", result.stdout), result.stderr
    assert result.stdout.strip() not in server.said


def test_a_second_one_on_the_same_port_says_so(server: Running, tmp_path: Path) -> None:
    sentence = refusal(run(PORT=server.port, DATA_DIR=tmp_path))
    assert f"Port {server.port} is taken" in sentence
    assert not (tmp_path / "masterclass.sqlite3").exists()


def test_ctrl_c_ends_it_quietly_and_a_second_start_keeps_the_data(
    start: Callable[[Path], Running], tmp_path: Path
) -> None:
    first = start(tmp_path)
    assert first.stop(signal.SIGINT) == 0
    assert first.errors() == ""
    with sqlite3.connect(tmp_path / "masterclass.sqlite3") as database:
        database.execute("UPDATE agenda_workshop SET join_code = 'KEPTIT'")
    database.close()
    second = start(tmp_path)
    assert "join code KEPTIT" in second.said
    assert second.get("/healthz/live") == 200


def test_sigterm_ends_it_within_three_seconds_with_people_connected(
    start: Callable[[Path], Running], tmp_path: Path
) -> None:
    running = start(tmp_path)
    running.get("/healthz/live")
    with socket.create_connection(("127.0.0.1", running.port)) as silent:
        silent.sendall(b"POST /unfinished HTTP/1.1\r\n")
        assert running.stop(signal.SIGTERM) == 0
    assert running.errors() == ""


def test_killing_it_leaves_no_server_behind(start: Callable[[Path], Running], tmp_path: Path) -> None:
    running = start(tmp_path)
    running.process.kill()
    running.listen()  # to the end: the server held the other end of this pipe
    socket.create_server(("127.0.0.1", running.port)).close()


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_a_port_that_is_none_is_named(port: str, tmp_path: Path) -> None:
    assert f"PORT is '{port}'" in refusal(run(PORT=port, DATA_DIR=tmp_path))


def test_a_data_folder_it_cannot_write_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for folder in [tmp_path / "file", tmp_path / "file" / "below", Path("/proc/masterclass")]:
        assert f"The data folder {folder} cannot be written to" in refusal(run(DATA_DIR=folder))


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    assert "PUBLIC_URL is 'ftp://x'" in refusal(run(PORT=free_port(), DATA_DIR=tmp_path, PUBLIC_URL="ftp://x"))


def test_a_database_from_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    run("manage", "migrate", "agenda", "-v0", DATA_DIR=tmp_path)
    with sqlite3.connect(tmp_path / "masterclass.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('agenda', '0999_tomorrow', '2030-01-01')"
        )
        tables = "SELECT count(*) FROM sqlite_master"
        before = database.execute(tables).fetchone()
    sentence = refusal(run(PORT=free_port(), DATA_DIR=tmp_path))
    assert "newer version of this program (it knows agenda.0999_tomorrow)" in sentence
    assert database.execute(tables).fetchone() == before
    database.close()


def test_an_unknown_command_is_answered_with_the_known_ones() -> None:
    result = run("dance")
    assert result.returncode == 1
    assert result.stderr.startswith("There is no command 'dance'.")
    assert result.stderr.partition("There are:\n")[2] == run("help").stdout


def test_an_old_python_is_told_so_in_a_sentence() -> None:
    pretend = (
        f"import sys, runpy; sys.version_info = (3, 6, 15); runpy.run_path({str(LAUNCHER)!r}, run_name='__main__')"
    )
    result = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True)
    assert "needs Python 3.11 or newer; this is Python 3.6" in refusal(result)


def test_an_old_python_can_read_the_launcher_and_has_all_it_imports() -> None:
    tree = ast.parse(LAUNCHER.read_text("utf-8"), feature_version=(3, 6))
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imports |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imports} <= sys.stdlib_module_names
    assert "__future__" not in imports  # 3.6 does not know annotations there


def test_a_python_without_venv_is_told_what_to_install(bare_copy: Path) -> None:
    pretend = (
        f"import sys, runpy; sys.modules['ensurepip'] = None; runpy.run_path({str(bare_copy)!r}, run_name='__main__')"
    )
    result = subprocess.run([sys.executable, "-c", pretend], env=environment(), capture_output=True, text=True)
    lines = result.stderr.splitlines()
    assert result.returncode == 1
    assert "sudo apt install python3-venv" in lines[-1]
    assert not any("Traceback" in line for line in lines)


def test_a_first_start_without_the_internet_says_so(bare_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = "http://127.0.0.1:9/simple"
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", nowhere)
    monkeypatch.setenv("UV_DEFAULT_INDEX", nowhere)
    result = run(launcher=bare_copy)
    assert result.returncode == 1
    assert "connect this computer to the internet and start again" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr
    assert not list((bare_copy.parent / ".venv").glob("installed-*"))


@pytest.fixture
def stand_in(bare_copy: Path) -> Path:
    """A launcher whose Python only says what it was asked to do, and fails at `FAILING`."""
    python = bare_copy.parent / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "did $*"\ncase "$*" in *"${FAILING:-nothing}"*) exit 3;; esac\n')
    python.chmod(0o755)
    locked = (bare_copy.parent / "requirements" / "test.txt").read_bytes()
    (bare_copy.parent / ".venv" / "installed-test").write_text(hashlib.sha256(locked).hexdigest())
    return bare_copy


def test_test_runs_everything_in_order_and_stops_at_the_first_failure(stand_in: Path) -> None:
    everything = [
        "did -m ruff format --check .",
        "did -m ruff check .",
        "did -m djlint templates --lint",
        "did -m mypy",
        "did manage.py makemigrations --check --dry-run",
        "did -m pytest -n 2 -m not browser and not postgres and not long -x",
        "did -m pytest -n 2 --dist worksteal -m browser tests/browser -x",
        "did -m pytest --server uvicorn tests/live/test_sockets.py tests/live/views/test_state.py "
        "tests/masterclass/test_front_door.py -x",
        "did -m pytest -p tests.postgres --processes 2 tests/test_postgres.py tests/agenda "
        "tests/live/test_services.py tests/live/test_two_desks.py tests/live/test_processes.py "
        "tests/live/test_neighbours.py tests/live/test_sockets.py tests/live/views/test_state.py "
        "tests/feedback/test_races.py tests/feedback/test_bytes_gone.py tests/masterclass/test_away.py "
        "tests/masterclass/test_restored.py "
        "--ignore tests/agenda/test_access.py --ignore tests/agenda/views --ignore tests/agenda/test_drafting.py "
        "--ignore tests/agenda/test_chapters.py --ignore tests/agenda/importers --ignore tests/agenda/test_reading.py "
        "--ignore-glob=*_properties.py -x",
        "did -m pytest -n 2 --dist worksteal tests/chaos -x",
    ]
    passed = run("test", "-x", launcher=stand_in)
    assert passed.returncode == 0
    assert [line for line in passed.stdout.splitlines() if line.startswith("did")] == everything
    assert passed.stdout.splitlines()[-1] == everything[-1]
    failed = run("test", "-x", launcher=stand_in, FAILING="mypy")
    assert failed.returncode == 3
    assert failed.stdout.splitlines()[-1] == everything[3]


def test_bench_passes_on_what_to_measure(stand_in: Path) -> None:
    assert run("bench", "running_order", launcher=stand_in).stdout == "did -m tests.benchmarks running_order\n"


@pytest.mark.parametrize("name", ["chaos", "mutants"])
def test_what_takes_long_passes_its_words_on(stand_in: Path, name: str) -> None:
    assert run(name, "--seed", "7", launcher=stand_in).stdout == f"did -m tests.{name} --seed 7\n"


def test_a_long_test_ends_with_a_storm_on_each_database(stand_in: Path) -> None:
    steps = [line for line in run("test", "--long", launcher=stand_in).stdout.splitlines() if line.startswith("did")]
    assert steps[-2:] == ["did -m tests.chaos --seed 1", "did -m tests.chaos --seed 1 --database postgres"]
    assert "did -m tests.chaos --seed 1" not in run("test", launcher=stand_in).stdout


def test_a_long_test_asks_for_the_profile_with_more_random_days(stand_in: Path) -> None:
    steps = [line for line in run("test", "--long", launcher=stand_in).stdout.splitlines() if "pytest" in line]
    assert all("--long" not in step for step in steps)
    assert all(step.endswith("--hypothesis-profile=long") for step in steps)
    long, usual = settings_of_random_days.get_profile("long"), settings_of_random_days.get_profile("usual")
    assert (usual.max_examples, long.max_examples) == (200, 2000)
