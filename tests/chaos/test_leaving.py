"""I7: whoever has left is forgotten, and a reader that never reads costs little and slows nobody."""

import asyncio
import base64
import json
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.server import Server

from .play import Plan, Run, run_of

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]
SOON = 20.0
STUCK, CHANGES = 16, 16
WORDS = "A title that is much longer than any title of a real day would ever be " * 600  # much more than a socket takes
MOST_GROWTH = 25 * 1024 * 1024  # bytes; a queue of those frames would be several times that


@pytest.fixture
async def run() -> AsyncIterator[Run]:
    plan = Plan(seed=1, kills=0, answers=0, phones=20, questions=1, scale=1.0)
    async with run_of(plan, Server()) as run:
        yield run


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON):
        while not is_so():
            await asyncio.sleep(0.02)


def never_reads(run: Run, cookies: str) -> socket.socket:
    """A phone's socket that says hello, and then takes nothing more off the wire than its system does by itself."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", run.server.port))
    host = f"127.0.0.1:{run.server.port}"
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET /ws/w/{run.room.workshop_id}/phone HTTP/1.1",
        *(f"Host: {host}", f"Origin: http://{host}", f"Cookie: {cookies}"),
        *("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}"),
    ]
    raw.sendall("\r\n".join([*lines, "", ""]).encode())
    said = b""
    while b"\r\n\r\n" not in said:  # daphne forgets what comes before it has answered
        said += raw.recv(1)
    hello = json.dumps({"t": "hello", "have": ""}).encode()
    raw.sendall(bytes([0x81, 0x80 | len(hello)]) + bytes(4) + hello)  # a text frame, masked with zeros
    return raw


def memory(run: Run) -> int:
    """Bytes the server's process holds."""
    assert run.server.process
    pages = int(Path(f"/proc/{run.server.process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def test_who_has_left_is_forgotten(run: Run) -> None:
    for page in run.pages:
        page.start()
    await until(lambda: all(page.link.status == "live" for page in run.pages))
    await run.everybody_leaves()
    assert run.history.left_behind == []


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory of another process is read in /proc")
async def test_readers_that_never_read_cost_little_and_slow_nobody(run: Run) -> None:
    for page in run.phones:
        page.start()
    await until(lambda: all(page.link.status == "live" for page in run.phones))
    with ExitStack() as stack:
        for n in range(STUCK):
            stack.enter_context(never_reads(run, run.room.phones[n]))
        before = 0
        for change in range(CHANGES):
            stamps = [page.page.stamp for page in run.phones]
            await run.desk.change_unannounced(WORDS)
            await until(lambda stamps=stamps: all(p.page.stamp > s for p, s in zip(run.phones, stamps, strict=True)))  # type: ignore[misc]
            before = before or (memory(run) if change == 3 else 0)
        grown = memory(run) - before
        assert all(page.link.status == "live" for page in run.phones)
        assert grown < MOST_GROWTH, f"{grown / 2**20:.0f} MB more"
