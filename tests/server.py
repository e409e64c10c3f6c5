"""Real servers in processes of their own, on the database of the test that starts them."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.db import connection

ROOT = Path(__file__).parent.parent
ESTABLISHED = "01"  # in /proc/net/tcp
PROGRAMS = {
    "serve": "manage.py serve --prepared --host 0.0.0.0 --port {port}",
    "uvicorn": "uvicorn masterclass.asgi:application --host 0.0.0.0 --port {port} --backlog 4096 --log-level error "
    "--no-access-log --ws websockets-sansio --ws-max-size 4096 --timeout-graceful-shutdown 3",
}


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

    port: int = field(default_factory=free_port)
    host: str = "127.0.0.1"
    program: str = "serve"
    environment: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    said: IO[bytes] | None = None  # a file, since a pipe that nobody reads would hold it up

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        return self.url

    def door(self) -> "Server":
        """Where the next who comes is let in."""
        return self

    def socket_url(self, workshop_id: str, audience: str) -> str:
        return f"ws://{self.host}:{self.port}/ws/w/{workshop_id}/{audience}"

    def start(self) -> None:
        """Start it and come back when it listens."""
        self._launch()
        self._wait()

    def _launch(self) -> None:
        environment = {**os.environ, "DATABASE_URL": database_url(), "PORT": str(self.port), **self.environment}
        self.said = TemporaryFile()  # noqa: SIM115 - closed when it ends
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.child", *PROGRAMS[self.program].format(port=self.port).split()],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,  # closed by our end, whatever that is: then it ends too
            stdout=subprocess.DEVNULL,
            stderr=self.said,
        )

    def _wait(self) -> None:
        assert self.process
        while not self._listens():
            try:
                self.process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(f"The server did not start:\n{self._words()}")

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def _words(self) -> str:
        assert self.said
        self.said.seek(0)
        return self.said.read().decode()

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        process, self.process = self.process, None
        if not process:
            return
        process.send_signal(how)
        try:
            process.wait(10)
        finally:
            process.kill()
            process.wait()
            for held in (process.stdin, self.said):
                if held:
                    held.close()


class Cluster(Server):
    """Several processes of one server: who comes next is let in by the next of them."""

    def __init__(self, servers: list[Server]) -> None:
        super().__init__(servers[0].port)
        self.servers = servers
        self._turns = cycle(servers)

    def door(self) -> Server:
        return next(self._turns)

    def start(self) -> None:
        for server in self.servers:
            server._launch()
        for server in self.servers:
            server._wait()

    def _end(self, how: signal.Signals) -> None:
        with ExitStack() as everything:  # each of them, whatever another one does
            for server in self.servers:
                everything.callback(server._end, how)


@contextmanager
def start(program: str = "serve", processes: int = 1, **environment: str) -> Iterator[Server]:
    """A server, or one of several processes, until the end of the block."""
    servers = [Server(program=program, environment=environment) for _ in range(processes)]
    server = servers[0] if processes == 1 else Cluster(servers)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def sockets_of(server: Server) -> int:
    """How many pages hold a connection to this server, as the system knows; 0 where that cannot be seen."""
    table = Path("/proc/net/tcp")
    rows = [line.split() for line in table.read_text().splitlines()[1:]] if table.exists() else []
    return sum(row[1].endswith(f":{server.port:04X}") and row[3] == ESTABLISHED for row in rows)
