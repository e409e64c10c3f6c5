"""A wire between pages and the server with the faults of a hall's network, each of which can be switched on and off.

The sibling for browsers, tests/browser/proxy.py, runs in threads: Playwright there owns the event loop.
"""

import asyncio
import base64
import contextlib
import hashlib
import re
import socket
import struct
from dataclasses import dataclass, field
from itertools import cycle

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455
KEY = re.compile(rb"sec-websocket-key:\s*(\S+)", re.IGNORECASE)
RESET = struct.pack("ii", 1, 0)  # linger for no time: the other side hears a reset
REFUSALS = {403: b"HTTP/1.1 403 Forbidden", 502: b"HTTP/1.1 502 Bad Gateway"}


@dataclass
class Faults:
    """What is wrong with the wire. `latency` in seconds each way; `cut_after` counts bytes to the page."""

    latency: float = 0.0
    black_hole: bool = False  # nothing gets through, and nobody is told; later it arrives late
    cut_after: int | None = None
    refuse_upgrade: int | None = None  # with this status
    silent_upgrade: bool = False  # the upgrade is answered and then nothing is


@dataclass(eq=False)
class Wire:
    """Forwards TCP from `port` to `target` as well as its `faults` let it; all on one event loop.

    With `others`, connections go to these and to `target` in turn, as they do before several processes.
    """

    target: int
    others: tuple[int, ...] = ()
    faults: Faults = field(default_factory=Faults)
    port: int = 0

    def __post_init__(self) -> None:
        self._turns = cycle([self.target, *self.others])
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._clear = asyncio.Event()
        self._clear.set()
        self._listener: asyncio.Server | None = None

    async def __aenter__(self) -> "Wire":
        self._listener = await asyncio.start_server(self._join, "127.0.0.1", self.port, backlog=1024)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *problem: object) -> None:
        if self._listener:
            self._listener.close()
        self.reset()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)  # what was broken is closed in the next round of the loop

    def suffer(self, **faults: object) -> None:
        """Have these faults and no others, for connections that are open and for those to come."""
        self.faults = Faults(**faults)  # type: ignore[arg-type]
        if self.faults.black_hole:
            self._clear.clear()
        else:
            self._clear.set()

    def mend(self) -> None:
        self.suffer()

    def reset(self) -> None:
        """Break every connection at once, as a router does that has lost its tables."""
        for writer in list(self._open):
            _break(writer)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._open.add(writer)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await self._forward(reader, writer)
        finally:
            self._open.discard(writer)
            writer.close()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.read(65536)
        await self._clear.wait()
        if first.startswith(b"GET /ws/") and (self.faults.refuse_upgrade or self.faults.silent_upgrade):
            await self._meddle(first, reader, writer)
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", next(self._turns))
        except OSError:
            _break(writer)
            return
        self._open.add(far_writer)
        try:
            await self._send(first, far_writer)
            await self._both_ways((reader, far_writer), (far_reader, writer))
        finally:
            self._open.discard(far_writer)
            far_writer.transport.abort()

    async def _both_ways(
        self,
        up: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        down: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        ways = [asyncio.ensure_future(self._pump(*up)), asyncio.ensure_future(self._pump(*down, to_page=True))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, to_page: bool = False) -> None:
        sent = 0
        while data := await reader.read(65536):
            limit = self.faults.cut_after if to_page else None
            if limit is not None and sent + len(data) > limit:
                writer.write(data[: max(0, limit - sent)])
                await writer.drain()
                _break(writer)
                return
            await self._send(data, writer)
            sent += len(data)
        await self._clear.wait()  # an end is news as well

    async def _send(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        if self.faults.latency:
            await asyncio.sleep(self.faults.latency)
        await self._clear.wait()
        writer.write(data)
        await writer.drain()

    async def _meddle(self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A proxy of the venue that has views of its own about sockets."""
        status = self.faults.refuse_upgrade
        if status:
            writer.write(REFUSALS[status] + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        found = KEY.search(first)
        accept = base64.b64encode(hashlib.sha1((found[1] if found else b"") + GUID).digest())
        writer.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        await writer.drain()
        while await reader.read(65536):
            continue


def _break(writer: asyncio.StreamWriter) -> None:
    """End a connection with a reset."""
    raw = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
