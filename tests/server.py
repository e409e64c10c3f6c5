"""A real daphne in a process of its own, on the database of the test that starts it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """What another process needs to use the database of these tests. That of `tests.postgres` listens in a folder."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}"


@dataclass
class Server:
    """`url` has no slash at the end; `process` may be killed and the server started again on the same port."""

    port: int
    host: str = "127.0.0.1"
    process: "subprocess.Popen[str] | None" = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        return self.url

    def socket_url(self, workshop_id: str, audience: str) -> str:
        return f"ws://{self.host}:{self.port}/ws/w/{workshop_id}/{audience}"

    def start(self) -> None:
        """Start it and come back when it listens."""
        environment = {**os.environ, "DATABASE_URL": database_url()}
        endpoint = f"tcp:port={self.port}:interface=0.0.0.0:backlog=4096"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "daphne", "-v", "0", "-e", endpoint, "masterclass.asgi:application"],
            cwd=ROOT,
            env={**environment, "PORT": str(self.port)},
            stderr=subprocess.PIPE,
            text=True,
        )
        while not self._listens():
            try:
                self.process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(f"The server did not start:\n{self.process.communicate()[1]}")

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(10)
            if self.process.stderr:
                self.process.stderr.close()
            self.process = None


@contextmanager
def start() -> Iterator[Server]:
    server = Server(free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()
