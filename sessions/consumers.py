"""Sockets: authorise, attach to the hub, detach. What travels is in docs/live.md."""

import asyncio
import contextlib
import json
import random
import time
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

from channels.consumer import AsyncConsumer, get_handler_name
from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from django.conf import settings

from agenda import access, seat

from . import pairing, snapshots, speaker_links
from .follower import NOTHING, Follower, message
from .hub import hub

HELLO_WITHIN = 5.0
LOOK_AGAIN = 60.0
LOOKS_APART = 0.5  # the day may change many times a second
FRAME_BYTES = 256
FRAMES, SECONDS = 20, 10.0  # a page sends a hello and a ping every few seconds; more is abuse
# Autobahn, under daphne, sends no other codes than 1000 and 3000-4999, so abuse is 4008 and not 1008.
NOT_VALID, NOT_ALLOWED, ABUSE, NOT_NOW = 4401, 4403, 4008, 4503


class LiveConsumer(AsyncConsumer):  # type: ignore[misc]  # Channels has no types
    """One page's socket. Subclasses say which audience it is and who may follow it."""

    audience = ""
    refusal = NOT_ALLOWED
    by_database = True  # whoever is let in by a row is looked up again each minute

    def __init__(self) -> None:
        self.follower: Follower | None = None
        self.heard: deque[float] = deque(maxlen=FRAMES)
        self.tasks: set[asyncio.Task[None]] = set()
        self.timers: dict[str, asyncio.TimerHandle] = {}
        self.in_doubt = self.looking = False

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.workshop_id: str = scope["url_route"]["kwargs"]["workshop_id"]
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()
            for task in self.tasks:
                task.cancel()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As Channels does, without its hop through a thread to look after database connections: none is used here."""
        await getattr(self, get_handler_name(message))(message)

    def find(self) -> str | None:
        """A name for whoever holds this socket if they may follow it, else None. Reads the database."""
        raise NotImplementedError

    async def who(self) -> str | None:
        found: str | None = await database_sync_to_async(self.find)()
        return found

    async def websocket_connect(self, _message: dict[str, Any]) -> None:
        if hub.size() >= settings.MOST_SOCKETS:
            await self._turn_away()
            return
        # Accepted first: a refusal before that reaches the page as a bare 403 and says nothing.
        await self.base_send({"type": "websocket.accept"})
        who = await self.who()
        if who is None:
            await self._close(self.refusal)
            return
        self.follower = Follower(self.workshop_id, self.audience, who, self.base_send, self.look_again)
        hub.attach(self.follower)
        self.look_again()  # it may have been taken away while the socket was being let in
        self._after("hello", HELLO_WITHIN, lambda: self._soon(self._close(ABUSE)))

    async def _turn_away(self) -> None:
        """There are as many as this server takes; the page reads the state now and then instead."""
        if "websocket.http.response" in self.scope.get("extensions", {}):
            later = str(random.randint(20, 90)).encode()  # noqa: S311 - spreads a crowd
            headers = [(b"retry-after", later)]
            await self.base_send({"type": "websocket.http.response.start", "status": 503, "headers": headers})
            await self.base_send({"type": "websocket.http.response.body", "body": b""})
        else:
            await self.base_send({"type": "websocket.close"})

    async def websocket_receive(self, sent: dict[str, Any]) -> None:
        if self.follower is None:
            return
        frame = self._read(sent.get("text"))
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
        if follower.have is not None and snapshot.stamp > follower.have:
            follower.offer_state(snapshot.stamp, message(snapshot.frame()))
        if self.audience == "desk":
            follower.offer_if_free(message(hub.tick_text(follower.key)))

    def _read(self, text: str | None) -> dict[str, Any] | None:
        """A frame of ours, or None: too long, too many, not JSON, not an object."""
        now = time.monotonic()
        crowded = len(self.heard) == FRAMES and now - self.heard[0] < SECONDS
        self.heard.append(now)
        if text is None or crowded or len(text.encode("utf-8", "replace")) > FRAME_BYTES:
            return None
        with contextlib.suppress(ValueError, RecursionError):
            frame = json.loads(text)
            if isinstance(frame, dict) and isinstance(frame.get("n", 0), int):
                return frame
        return None

    async def _close(self, code: int) -> None:
        self._leave()
        with contextlib.suppress(OSError, RuntimeError):  # it may be going by itself
            await self.base_send({"type": "websocket.close", "code": code})

    def look_again(self) -> None:
        """Whoever holds this socket may have been sent away. From its event loop."""
        self.in_doubt = True
        if not self.looking:
            self.looking = True
            self._soon(self._look_again())

    async def _look_again(self) -> None:
        while self.follower and self.in_doubt:
            self.in_doubt = False
            if await self.who() is None:
                await self._close(self.refusal)
            elif self.in_doubt:
                await asyncio.sleep(LOOKS_APART)
        self.looking = False
        if self.follower and self.by_database:
            self._after("look", LOOK_AGAIN, self.look_again)

    def _after(self, name: str, seconds: float, do: Callable[[], None]) -> None:
        if name in self.timers:
            self.timers[name].cancel()
        self.timers[name] = asyncio.get_running_loop().call_later(seconds, do)

    def _soon(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _leave(self) -> None:
        """Nothing more is for this socket."""
        follower, self.follower = self.follower, None
        if follower:
            hub.detach(follower)
            follower.hang_up()
        for timer in self.timers.values():
            timer.cancel()

    async def websocket_disconnect(self, _message: dict[str, Any]) -> None:
        raise StopConsumer


class PhoneConsumer(LiveConsumer):
    """A phone is let in by its seat, which the hub knows by heart: a whole hall may come in the same second."""

    audience = "phone"
    refusal = NOT_VALID
    by_database = False

    async def who(self) -> str | None:
        found = seat.read(self.scope["cookies"], self.workshop_id)
        if found and await hub.is_seated(self.workshop_id, str(found.attendee_id)):
            return str(found.attendee_id)
        return None


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
