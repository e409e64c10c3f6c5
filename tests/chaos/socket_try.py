"""One try of a page at a socket, as static/js/socket.js makes it: hello, pings, silence noticed, one end."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from .model import SILENT

GIVE_UP, QUIET, PING_EVERY = 15.0, 35.0, 25.0
ABNORMAL = 1006


class Holder(Protocol):
    """Whoever makes the try. All in its event loop."""

    scale: float

    def have(self) -> str: ...
    def is_writing(self) -> bool: ...
    def take_frame(self, frame: dict[str, Any]) -> None: ...
    def became_healthy(self) -> None: ...
    def socket_ended(self, code: int, retry_ms: int | None) -> None: ...


@lru_cache(maxsize=256)
def read_frame(text: str) -> dict[str, Any]:
    """A hall hears the same frame: it is read once. Nobody writes into it."""
    frame: dict[str, Any] = json.loads(text)
    return frame


class SocketTry:
    """Ends once, by `socket_ended` of its holder, or without a word by `drop`."""

    def __init__(self, holder: Holder, port: int, path: str, cookies: str) -> None:
        self.holder = holder
        self.healthy = False
        self.awaited, self.count = 1, 0
        self.retry_ms: int | None = None
        self.wire: ClientConnection | None = None
        self.limit: asyncio.TimerHandle | None = None
        self.pinging: asyncio.TimerHandle | None = None
        self.limit_to(GIVE_UP)
        self.task = asyncio.ensure_future(self._run(port, path, cookies))

    async def _run(self, port: int, path: str, cookies: str) -> None:
        code = ABNORMAL
        origin: Any = f"http://127.0.0.1:{port}"
        with contextlib.suppress(OSError, EOFError, WebSocketException):
            self.wire = await connect(
                f"ws://127.0.0.1:{port}{path}",
                origin=origin,
                additional_headers={"Cookie": cookies},
                proxy=None,
                compression=None,
                max_size=None,
                ping_interval=None,
                open_timeout=None,
                close_timeout=1,
            )
            await self.hello()
            self.ping()
            with contextlib.suppress(ConnectionClosed):
                while True:
                    self.hear(read_frame(str(await self.wire.recv())))
            code = self.wire.close_code or ABNORMAL
        self.end(code)

    async def hello(self) -> None:
        """What the page holds now: first of all, and whenever it has got something from elsewhere."""
        await self.send(t="hello", have=self.holder.have())

    def check(self, limit: float) -> None:
        """Ping now; without its pong within `limit` seconds this socket ends."""
        self.awaited = self.count + 1
        self.limit_to(limit)
        self.ping()

    def drop(self) -> None:
        """Close without a word: somebody else has taken over, or the page is going."""
        for timer in filter(None, [self.limit, self.pinging]):
            timer.cancel()
        if self.wire:
            self.wire.transport.abort()
        if self.task is not asyncio.current_task():
            self.task.cancel()

    def end(self, code: int) -> None:
        self.drop()
        self.holder.socket_ended(code, self.retry_ms)

    def limit_to(self, seconds: float) -> None:
        if self.limit:
            self.limit.cancel()
        self.limit = self._later(seconds, lambda: self.end(SILENT if self.healthy else ABNORMAL))

    def _later(self, seconds: float, act: Callable[[], None]) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds * self.holder.scale, act)

    def ping(self) -> None:
        self.count += 1
        if self.pinging:
            self.pinging.cancel()
        self.pinging = self._later(PING_EVERY, self.ping)
        if self.wire:
            asyncio.ensure_future(self.send(t="ping", n=self.count, w=int(self.holder.is_writing())))  # noqa: RUF006

    async def send(self, **frame: object) -> None:
        if self.wire:
            with contextlib.suppress(ConnectionClosed):
                await self.wire.send(json.dumps(frame))

    def hear(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "pong":
            self._hear_pong(frame)
        elif not self.awaited:
            self.limit_to(QUIET)
        if frame["t"] == "bye":
            self.retry_ms = int(frame.get("retry_ms") or 0)
        self.holder.take_frame(frame)

    def _hear_pong(self, frame: dict[str, Any]) -> None:
        if frame["n"] < self.awaited:
            return
        is_first, self.healthy = not self.healthy, True
        self.awaited = 0
        self.limit_to(QUIET)
        if is_first:
            self.holder.became_healthy()
