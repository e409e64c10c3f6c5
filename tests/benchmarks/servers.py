"""The servers that are compared: each a process of its own on a port of its own, started as it would be for a room."""

import contextlib
import json
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from .crowd import Crowd, Wire
from .day import CSRF, ROOT, Day

UVICORN = ["--no-access-log", "--log-level", "warning", "--backlog", "4096", "--ws-per-message-deflate", "false"]
OURS = {"daphne", "uvicorn", "uvicorn-asyncio", "uvicorn-websockets"}
LOOPS = {"bare": "uvloop", "bare-asyncio": "asyncio"}


def command(name: str, port: int, day: Day) -> list[str]:
    """How a server is started. uvicorn takes uvloop where it can, so `bare` does."""
    here, where = "tests.benchmarks", ["--host", "127.0.0.1", "--port", str(port)]
    if name == "serve":
        return ["manage.py", "serve", *where]
    if name == "daphne":
        return ["-m", f"{here}.hooked", *where]
    if name.startswith("uvicorn"):
        loop = "asyncio" if name == "uvicorn-asyncio" else "uvloop"
        wire = "websockets" if name == "uvicorn-websockets" else "websockets-sansio"
        return ["-m", "uvicorn", f"{here}.hooked:application", *where, *UVICORN, "--ws", wire, "--loop", loop]
    if name == "channels":
        return ["-m", f"{here}.plain_channels", str(port), str(day.frame)]
    return ["-m", f"{here}.bare", str(port), str(day.frame), LOOPS[name]]


NAMES = ("serve", "daphne", "uvicorn", "uvicorn-asyncio", "uvicorn-websockets", "channels", "bare", "bare-asyncio")


class Server:
    """One of them. `day` is its own copy."""

    def __init__(self, name: str, day: Day) -> None:
        self.name, self.day, self.port = name, day, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it does not listen yet."""
        with (self.day.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command(self.name, self.port, self.day)],
                cwd=ROOT,
                env=self.day.environment(),
                stdout=log,
                stderr=log,
            )

    def wait(self) -> None:
        """Come back when it listens."""
        while not self.listens():
            if self.process and self.process.poll() is not None:
                raise RuntimeError(f"{self.name} did not start:\n{self.log()}")
            time.sleep(0.02)

    def log(self) -> str:
        return (self.day.folder / f"{self.name}.log").read_text("utf-8")

    def listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Come back when it has ended."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait()
        self.process = None

    def memory(self) -> float:
        """What it holds in kB: shared pages count in parts (PSS)."""
        assert self.process
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return float(next(line.split()[1] for line in text.splitlines() if line.startswith("Pss:")))

    def processor_seconds(self) -> float:
        """What it has used so far, by the clock that Linux keeps of it."""
        assert self.process
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def open_files(self) -> int:
        """How many it has open, sockets among them."""
        assert self.process
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def crowd(self, wire: Wire, phones: int) -> Crowd:
        return Crowd(wire, self.port, self.day.socket_path, self.day.phones[:phones])

    def ask(self, method: str, path: str, body: str = "", cookie: str = "") -> "Asked":
        """A request of the desk's kind, on a connection of its own that is open before it is sent."""
        return Asked(self, method, path, body, cookie)


class Asked:
    """A request that is sent by `send`, and answered while the phones are served."""

    def __init__(self, server: Server, method: str, path: str, body: str, cookie: str) -> None:
        host = f"127.0.0.1:{server.port}"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", "Connection: close"]
        lines += [f"Cookie: {cookie}", f"X-CSRFToken: {CSRF}", f"Content-Length: {len(body)}"]
        lines += ["Content-Type: application/x-www-form-urlencoded", "", body]
        self.words = "\r\n".join(lines).encode()
        self.sock = socket.create_connection(("127.0.0.1", server.port), 60)

    def send(self) -> int:
        """Returns the monotonic time in ns just before."""
        began = time.monotonic_ns()
        self.sock.sendall(self.words)
        return began

    def answer(self) -> tuple[int, str]:
        """Status and body."""
        received = b""
        while part := self.sock.recv(65536):
            received += part
        self.sock.close()
        head, _, body = received.partition(b"\r\n\r\n")
        return int(head.split()[1]), body.decode()


def publish(server: Server) -> Asked:
    return server.ask("GET", "/bench/publish")


def began(asked: Asked) -> int:
    """When the frame was ready in the server, in ns."""
    status, body = asked.answer()
    assert status == 200, body
    return int(json.loads(body[body.index("{") : body.rindex("}") + 1])["began"])


@contextlib.contextmanager
def running(names: Sequence[str], day: Day) -> Iterator[list[Server]]:
    """Each on its own copy of the day, all of them up at once."""
    servers = [Server(name, day.copy(f"{name}-{time.monotonic_ns()}")) for name in names]
    try:
        for server in servers:
            server.start()
        for server in servers:
            server.wait()
        yield servers
    finally:
        for server in servers:
            server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def raise_file_limit() -> int:
    """As many open files as this account may have; the servers inherit it."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most
