"""Our daphne waits for a reader that does not read, and goes on when it does."""

import base64
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.server import ROOT, free_port

FRAMES = 64
LENGTH = 1024 * 1024
# Sends far more than a connection holds by itself; says when a frame has to wait, and when the last has gone.
SERVER = f"""
import asyncio, sys
from masterclass.listening import HallServer

async def application(scope, receive, send):
    await receive()
    await send({{"type": "websocket.accept"}})
    for number in range({FRAMES}):
        sending = asyncio.ensure_future(send({{"type": "websocket.send", "text": "x" * {LENGTH}}}))
        if not (await asyncio.wait([sending], timeout=3))[0]:
            print("waits", number, flush=True)
        await sending
    print("gone", flush=True)

ready = lambda: print("ready", flush=True)
HallServer(application=application, endpoints=["tcp:" + sys.argv[1] + ":interface=127.0.0.1"],
              ready_callable=ready).run()
"""


@pytest.fixture
def reader() -> Iterator[tuple[socket.socket, "subprocess.Popen[str]"]]:
    """A page that has been let in and does not read, and its server."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SERVER, str(port)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout
        assert server.stdout.readline() == "ready\n"
        with socket.create_connection(("127.0.0.1", port), 10) as page:
            key = base64.b64encode(os.urandom(16)).decode()
            page.sendall(
                f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            yield page, server
    finally:
        server.kill()
        server.communicate()


def test_a_frame_waits_for_a_reader_that_has_stopped_and_goes_when_it_reads_again(
    reader: tuple[socket.socket, "subprocess.Popen[str]"],
) -> None:
    page, server = reader
    assert server.stdout
    said = server.stdout.readline().split()
    assert said[0] == "waits"
    assert int(said[1]) < FRAMES / 2
    arrived = 0
    while arrived < FRAMES * LENGTH:
        arrived += len(page.recv(LENGTH))
    assert server.stdout.readline() == "gone\n"
