"""Sockets: authorise, attach to the hub, detach. What travels is in docs/live.md."""

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings

from agenda import access, seat

from . import pairing, snapshots, speaker_links
from .follower import NOTHING, Follower, Send, message
from .hub import hub

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]

HELLO_WITHIN = 5.0
LOOK_AGAIN = 60.0
LOOKS_APART = 0.5  # the day may change many times a second
FRAME_BYTES = 256
FRAMES, SECONDS = 20, 10.0  # a page sends a hello and a ping every few seconds; more is abuse
# Autobahn, under daphne, sends no other codes than 1000 and 3000-4999, so abuse is 4008 and not 1008.
NOT_VALID, NOT_ALLOWED, ABUSE, NOT_NOW = 4401, 4403, 4008, 4503


class LiveConsumer:
    """One page's socket, an ASGI application of its own. Subclasses say which audience it is and who may follow it.

    Not one of Channels' consumers: those keep three tasks for each socket, and go through a thread for each frame.
    """

    __slots__ = ("count", "follower", "in_doubt", "looked", "scope", "send", "since", "tasks", "timers", "workshop_id")
    audience = ""
    refusal = NOT_ALLOWED
    by_database = True  # whoever is let in by a row is looked up again each minute

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.send = scope, send
        self.workshop_id: str = scope["url_route"]["kwargs"]["workshop_id"]
        self.follower: Follower | None = None
        self.tasks: set[asyncio.Task[None]] = set()
        self.timers: dict[str, asyncio.TimerHandle] = {}
        self.in_doubt, self.looked = False, 0.0
        self.since, self.count = 0.0, 0  # the window in which frames are counted

    @classmethod
    async def serve(cls, scope: Scope, receive: Receive, send: Send) -> None:
        """The application."""
        page = cls(scope, send)
        try:
            while (event := await receive())["type"] != "websocket.disconnect":
                if event["type"] == "websocket.connect":
                    await page.let_in()
                else:
                    await page.hear(event.get("text"))
        finally:
            page.leave()
            for task in page.tasks:
                task.cancel()

    def find(self) -> str | None:
        """A name for whoever holds this socket if they may follow it, else None. Reads the database."""
        raise NotImplementedError

    async def who(self) -> str | None:
        found: str | None = await database_sync_to_async(self.find)()
        return found

    async def let_in(self) -> None:
        if hub.size() >= settings.MOST_SOCKETS:
            await self._turn_away()
            return
        # Accepted first: a refusal before that reaches the page as a bare 403 and says nothing.
        await self.send({"type": "websocket.accept"})
        who = await self.who()
        if who is None:
            await self._close(self.refusal)
            return
        self.follower = Follower(self.workshop_id, self.audience, who, self.send, self.look_again)
        hub.attach(self.follower)
        self.look_again()  # it may have been taken away while the socket was being let in
        self._after("hello", HELLO_WITHIN, lambda: self._soon(self._close(ABUSE)))

    async def _turn_away(self) -> None:
        """There are as many as this server takes; the page reads the state now and then instead."""
        if "websocket.http.response" in self.scope.get("extensions", {}):
            later = str(random.randint(20, 90)).encode()  # noqa: S311 - spreads a crowd
            headers = [(b"retry-after", later)]
            await self.send({"type": "websocket.http.response.start", "status": 503, "headers": headers})
            await self.send({"type": "websocket.http.response.body", "body": b""})
        else:
            await self.send({"type": "websocket.close"})

    async def hear(self, text: str | None) -> None:
        if self.follower is None:
            return
        frame = self._read(text)
        if frame is None:
            await self._close(ABUSE)
        elif frame.get("t") == "hello":
            await self._greet(self.follower, str(frame.get("have", "")))
        elif frame.get("t") == "ping":
            self.follower.writing = bool(frame.get("w"))
            pong = {"t": "pong", "n": frame.get("n"), "server_ms": snapshots.server_ms()}
            self.follower.say(message(json.dumps(pong)))

    async def _greet(self, follower: Follower, have: str) -> None:
        if silence := self.timers.pop("hello", None):
            silence.cancel()
        follower.greet(snapshots.read_stamp(have) or NOTHING)
        snapshot = await hub.newest(follower.key)
        if snapshot is None:
            await self._close(NOT_NOW)
            return
        if follower.have is not None and snapshot.is_news_to(follower.have):
            follower.offer_state(snapshot, message(snapshot.frame()))
        if self.audience == "desk":
            follower.offer_if_free(message(hub.tick_text(follower.key)))

    def _read(self, text: str | None) -> dict[str, Any] | None:
        """A frame of ours, or None: too long, too many, not JSON, not an object."""
        now = time.monotonic()
        if now - self.since >= SECONDS:
            self.since, self.count = now, 0
        self.count += 1
        if text is None or self.count > FRAMES or len(text.encode("utf-8", "replace")) > FRAME_BYTES:
            return None
        with contextlib.suppress(ValueError, RecursionError):
            frame = json.loads(text)
            if isinstance(frame, dict) and isinstance(frame.get("n", 0), int):
                return frame
        return None

    async def _close(self, code: int) -> None:
        self.leave()
        with contextlib.suppress(OSError, RuntimeError):  # it may be going by itself
            await self.send({"type": "websocket.close", "code": code})

    def look_again(self) -> None:
        """Whoever holds this socket may have been sent away. From its event loop."""
        too_soon = self.looked + LOOKS_APART - time.monotonic() if self.by_database else 0.0
        if too_soon > 0:
            self._after("look", too_soon, self.look_again)
        elif not self.in_doubt:
            self.in_doubt = True
            self._soon(self._look_again())

    async def _look_again(self) -> None:
        self.in_doubt = False  # whatever happens from here on is looked at in its turn
        self.looked = time.monotonic()
        if self.follower and await self.who() is None:
            await self._close(self.refusal)
        elif self.follower and self.by_database:
            self._after("look", LOOK_AGAIN, self.look_again)

    def _after(self, name: str, seconds: float, do: Callable[[], None]) -> None:
        if name in self.timers:
            self.timers[name].cancel()
        self.timers[name] = asyncio.get_running_loop().call_later(seconds, do)

    def _soon(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def leave(self) -> None:
        """Nothing more is for this socket."""
        follower, self.follower = self.follower, None
        if follower:
            hub.detach(follower)
            follower.hang_up()
        for timer in self.timers.values():
            timer.cancel()


class PhoneConsumer(LiveConsumer):
    """A phone is let in by its seat, which the hub knows by heart: a whole hall may come in the same second."""

    __slots__ = ("seat",)
    audience = "phone"
    refusal = NOT_VALID
    by_database = False

    def __init__(self, scope: Scope, send: Send) -> None:
        super().__init__(scope, send)
        found = seat.read(scope["cookies"], self.workshop_id)
        self.seat = str(found.attendee_id) if found else ""

    async def who(self) -> str | None:
        return self.seat if self.seat and await hub.is_seated(self.workshop_id, self.seat) else None


class ScreenConsumer(LiveConsumer):
    audience = "screen"

    def find(self) -> str | None:
        paired = pairing.name_of(self.scope["cookies"], self.workshop_id)
        return paired or _member(self.scope, self.workshop_id, access.READ)


class SpeakerConsumer(LiveConsumer):
    audience = "speaker"

    def find(self) -> str | None:
        if speaker_links.held(self.scope["cookies"], self.workshop_id):
            return "speaker"
        return _member(self.scope, self.workshop_id, access.RUN)


class DeskConsumer(LiveConsumer):
    audience = "desk"

    def find(self) -> str | None:
        return _member(self.scope, self.workshop_id, access.RUN)


def _member(scope: dict[str, Any], workshop_id: str, roles: tuple[str, ...]) -> str | None:
    """Asked anew each time: the sign-in may have ended since the socket was opened."""
    user = pairing.signed_in(scope["cookies"])
    address = (scope.get("client") or ("", 0))[0]
    found = access.member(user, workshop_id, address, roles)
    return str(found.user.pk) if found else None
