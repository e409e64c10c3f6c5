"""The process that reads one file. Its limits are for good, so each test starts one."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from agenda.reading import ROOT

HELD = "import sys; sys.path.append(sys.argv[1]); from agenda.importers import apart; apart.hold_back()"


def held(program: str, *words: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-I", "-c", f"{HELD}\n{program}", str(ROOT), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.fixture
def door() -> Iterator[tuple[int, list[object]]]:
    """A port, and who has come to it."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=lambda: came.append(listening.accept()), daemon=True).start()
        yield listening.getsockname()[1], came


def test_it_reaches_no_network(door: tuple[int, list[object]]) -> None:
    port, came = door
    ran = held("import urllib.request as u; u.urlopen(f'http://127.0.0.1:{sys.argv[2]}/')", port)
    assert ran.returncode == 1
    assert "No file is read by way of the network" in ran.stderr
    assert came == []


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.system('echo it ran')",
        "import subprocess as s; s.run(['echo', 'it ran'])",
        "import os; os.fork()",
    ],
)
def test_it_starts_no_program(program: str) -> None:
    ran = held(f"{program}\nprint('it ran')")
    assert ran.returncode == 1
    assert "it ran" not in ran.stdout


def test_it_may_use_so_much_memory() -> None:
    assert "MemoryError" in held("b'a' * (2 << 30)").stderr


def test_it_knows_nothing_of_the_project() -> None:
    ran = held("from agenda.importers import opening, slides, document, workbook; print('django' in sys.modules)")
    assert ran.stdout == "False\n"
