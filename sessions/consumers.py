"""Sockets: authorise, attach to the hub, detach. What travels is in docs/live.md."""

import asyncio
import contextlib
import json
import time
from collections import deque
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from agenda import access

from . import pairing, snapshots, speaker_links
from .hub import Line, hub

HELLO_WITHIN = 5.0
LOOK_AGAIN = 60.0
LOOKS_APART = 0.5  # the day may change many times a second
FRAME_BYTES = 256
FRAMES, SECONDS = 20, 10.0  # a page sends a hello and a ping every few seconds; more is abuse
# Autobahn, under daphne, sends no other codes than 1000 and 3000-4999, so abuse is 4008 and not 1008.
NOT_VALID, NOT_ALLOWED, ABUSE = 4401, 4403, 4008


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # Channels has no types
    """One page's socket. Subclasses say which audience it is and who may follow it."""

    audience = ""
    refusal = NOT_ALLOWED

    def who(self) -> str | None:
        """A name for whoever holds this socket if they may follow it, else None. Reads the database."""
        raise NotImplementedError

    async def connect(self) -> None:
        # Accepted first: a refusal before that reaches the page as a bare 403 and says nothing.
        await self.accept()
        self.workshop_id: str = self.scope["url_route"]["kwargs"]["workshop_id"]
        self.heard: deque[float] = deque(maxlen=FRAMES)
        self.line: Line | None = None
        self.tasks: list[asyncio.Task[None]] = []
        who = await database_sync_to_async(self.who)()
        if who is None:
            await self.close(code=self.refusal)
            return
        self.line = hub.attach(self.workshop_id, self.audience, who)
        self.hello = asyncio.Event()
        self.tasks = [asyncio.create_task(self._send_frames()), asyncio.create_task(self._look_again())]

    async def disconnect(self, code: int) -> None:
        for task in self.tasks:
            task.cancel()
        if self.line:
            hub.detach(self.line)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        frame = self._read(text_data)
        if frame is None:
            await self.close(code=ABUSE)
        elif self.line is None:
            return
        elif frame.get("t") == "hello":
            self.line.greet(snapshots.read_stamp(str(frame.get("have", ""))) or (-1, -1, -1))
            snapshot = await database_sync_to_async(hub.current)(self.workshop_id, self.audience)
            self.line.offer_state(snapshot, snapshot.frame())
            self.hello.set()
            if self.audience == "desk":
                await self.send(json.dumps(hub.tick(self.line.key, snapshot)))
        elif frame.get("t") == "ping":
            self.line.writing = bool(frame.get("w"))
            await self.send(json.dumps({"t": "pong", "n": frame.get("n"), "server_ms": snapshots.server_ms()}))

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

    async def _send_frames(self) -> None:
        try:
            await asyncio.wait_for(self.hello.wait(), HELLO_WITHIN)
        except TimeoutError:
            await self.close(code=ABUSE)
            return
        while self.line:
            await self.send(await self.line.next())

    async def _look_again(self) -> None:
        while self.line:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.line.doubt.wait(), LOOK_AGAIN)
            self.line.doubt.clear()
            if await database_sync_to_async(self.who)() is None:
                await self.close(code=self.refusal)
                return
            await asyncio.sleep(LOOKS_APART)


class PhoneConsumer(LiveConsumer):
    audience = "phone"
    refusal = NOT_VALID

    def who(self) -> str | None:
        found = access.attendee(self.scope["cookies"], self.workshop_id)
        return str(found.attendee.pk) if found else None


class ScreenConsumer(LiveConsumer):
    audience = "screen"

    def who(self) -> str | None:
        paired = pairing.name_of(self.scope["cookies"], self.workshop_id)
        return paired or _member(self.scope, self.workshop_id, access.READ)


class SpeakerConsumer(LiveConsumer):
    audience = "speaker"

    def who(self) -> str | None:
        if speaker_links.held(self.scope["cookies"], self.workshop_id):
            return "speaker"
        return _member(self.scope, self.workshop_id, access.RUN)


class DeskConsumer(LiveConsumer):
    audience = "desk"

    def who(self) -> str | None:
        return _member(self.scope, self.workshop_id, access.RUN)


def _member(scope: dict[str, Any], workshop_id: str, roles: tuple[str, ...]) -> str | None:
    """Asked anew each time: the sign-in may have ended since the socket was opened."""
    user = pairing.signed_in(scope["cookies"])
    address = (scope.get("client") or ("", 0))[0]
    found = access.member(user, workshop_id, address, roles)
    return str(found.user.pk) if found else None
