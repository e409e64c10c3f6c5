"""A page without a browser: phone, screen or desk, as static/js/{live,connection,state}.js make it."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from random import Random
from time import monotonic
from typing import Any

from .asking import Asking
from .history import Applied, Ended, Heard, History
from .model import Link, OutOfDate, Page, Reply, reading, text_of
from .socket_try import SocketTry

DEGRADE, CHECK, TICK_SPREAD = 4.0, 3.0, 1.0
READ_WITHIN = 8.0
# What no region for phones and screen may hold unless the desk shows it: see room.py for the words.
TOKEN = re.compile(r"\b(?:said|name)-[0-9a-f]+|\b[0-9a-f]{64}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


@lru_cache(maxsize=512)
def tokens_in(html: str) -> frozenset[str]:
    return frozenset(TOKEN.findall(html))


def digest(html: str) -> str:
    return blake2b(html.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Place:
    """Where a page comes in, and as whom. `public`: ids that any page may hold."""

    workshop_id: str
    audience: str
    port: int
    cookies: str
    public: frozenset[str] = frozenset()


class Client:
    """One page that keeps in touch. Start and leave it on one event loop; `scale` shortens its waits."""

    def __init__(self, name: str, place: Place, history: History, chance: Random, scale: float) -> None:
        self.owner, self.place, self.history, self.chance, self.scale = name, place, history, chance, scale
        self.asking = Asking(place.port, place.cookies)
        self.loads = 0
        self._fresh()

    def _fresh(self) -> None:
        self.loads += 1
        self.name = f"{self.owner}/{self.loads}"
        self.page, self.link = Page(), Link(self.chance)
        self.socket: SocketTry | None = None
        self.timers: dict[str, asyncio.TimerHandle] = {}
        self.read: asyncio.Task[None] | None = None
        self.paused = self.stopped = False

    # What a person does.

    def start(self) -> None:
        self.connect()

    def leave(self) -> None:
        self.pause()
        self.stopped = True
        self.asking.close()

    def load_anew(self) -> None:
        """The page forgets everything but what is in storage."""
        self.leave()
        self._fresh()
        self.start()

    def pause(self) -> None:
        """The phone sleeps: its socket may be gone, and nothing is polled."""
        self.paused = True
        for name in list(self.timers):
            self.cancel(name)
        if self.read:
            self.read.cancel()
        self.read = None
        self._drop_socket()

    def wake(self) -> None:
        """Somebody looks at it again: read at once, and see whether the socket lives."""
        if self.stopped:
            return
        self.paused = False
        if self.link.polling:
            self.poll()
        else:
            self.fetch()
        if self.socket:
            self.socket.check(CHECK)
        else:
            self.connect()

    # The socket.

    def connect(self) -> None:
        if self.paused or self.stopped or not self.link.socket_allowed:
            return
        self.cancel("retry")
        self._drop_socket()
        path = f"/ws/w/{self.place.workshop_id}/{self.place.audience}"
        self.socket = SocketTry(self, self.place.port, path, self.place.cookies)
        self._degrade_soon()

    def _drop_socket(self) -> None:
        if self.socket:
            self.socket.drop()
        self.socket = None
        self.link.healthy = False

    def have(self) -> str:
        return text_of(self.page.stamp)

    def is_writing(self) -> bool:
        return False

    def became_healthy(self) -> None:
        self.link.heard_pong()
        for name in ("degrade", "poll", "retry"):
            self.cancel(name)

    def socket_ended(self, code: int, retry_ms: int | None) -> None:
        self.socket = None
        wait = self.link.socket_ended(code, retry_ms)
        if self.link.must_poll:
            self.start_polling()
        else:
            self._degrade_soon()
        self._retry_in(wait)

    def _retry_in(self, wait_ms: float | None) -> None:
        if wait_ms is not None and not self.paused and not self.stopped:
            self.after("retry", wait_ms / 1000, self.connect)

    def _degrade_soon(self) -> None:
        if not (self.paused or self.link.polling or "degrade" in self.timers):
            self.after("degrade", DEGRADE, self.start_polling)

    # Polling.

    def start_polling(self) -> None:
        if not (self.paused or self.stopped or self.link.polling):
            self.link.polling, self.link.poll_ok = True, None
            self.poll()

    def poll(self) -> None:
        self.cancel("poll")
        self.fetch(and_again=True)

    def fetch(self, and_again: bool = False) -> None:
        """Read the state at once."""
        if self.read:
            self.read.cancel()
        self.read = asyncio.ensure_future(self._fetch(and_again))

    async def _fetch(self, and_again: bool) -> None:
        reply = await self.read_state(self.have())
        self.read = None
        self._take(reply)
        if and_again and self.link.polling and not self.paused and not self.stopped:
            wait = max(self.link.around(self.page.poll_ms) * self.scale, reply.retry_ms)
            self.after("poll", wait / 1000 / self.scale, self.poll)

    async def read_state(self, have: str) -> Reply:
        path = f"/w/{self.place.workshop_id}/state/{self.place.audience}?have={have}&w={int(self.is_writing())}"
        return await self.asking.ask(path, limit=READ_WITHIN * self.scale)

    def _take(self, reply: Reply) -> None:
        outcome = reading(reply)
        if outcome == "stale":
            self.stopped = True
            self.pause()
            return
        if outcome == "new":
            self.take_snapshot(reply.body)
            if self.socket and self.socket.wire:
                asyncio.ensure_future(self.socket.hello())  # noqa: RUF006
        self._retry_in(self.link.has_read(outcome, self.socket is not None))

    # What comes in.

    def take_frame(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "state":
            self.take_snapshot(frame)
        if frame["t"] == "tick" and self.page.is_behind(frame):
            self.after("behind", self.chance.random() * TICK_SPREAD, lambda: self._catch_up(frame))

    def _catch_up(self, tick: dict[str, Any]) -> None:
        if self.page.is_behind(tick) and not self.read and not self.paused and not self.stopped:
            self.fetch()

    def take_snapshot(self, frame: dict[str, Any]) -> None:
        self._note_words(frame)
        try:
            if not self.page.apply(frame):
                return
        except OutOfDate:
            self.stopped = True
            self.pause()
            return
        self.history.applied.append(Applied(self.name, self.page.stamp))
        self.has_news()

    def _note_words(self, frame: dict[str, Any]) -> None:
        """Whatever travels counts, whether the page shows it or not."""
        if self.place.audience == "desk":
            return
        found = frozenset().union(*(tokens_in(region["html"]) for region in frame["regions"].values()))
        found -= self.place.public
        if found:
            stamp = (frame["epoch"], frame["rev"], frame["at"])
            self.history.heard.append(Heard(self.name, self.place.audience, stamp, monotonic(), found))

    def has_news(self) -> None:
        """The page has changed."""

    def ended(self) -> Ended:
        regions = {name: digest(html) for name, (_hash, html) in self.page.regions.items()}
        link = "stopped" if self.stopped else self.link.status
        return Ended(self.name, self.place.audience, link, self.page.stamp, regions)

    # Timers, in the page's own seconds.

    def after(self, name: str, seconds: float, act: Callable[[], None]) -> None:
        self.cancel(name)

        def go() -> None:
            self.timers.pop(name, None)
            act()

        self.timers[name] = asyncio.get_running_loop().call_later(seconds * self.scale, go)

    def cancel(self, name: str) -> None:
        if timer := self.timers.pop(name, None):
            timer.cancel()
