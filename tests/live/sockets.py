"""A page's end of the wire, as the tests hold it."""

import asyncio
import http.client
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.test import Client
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from agenda.models import Workshop
from tests.server import Server

SOON = 5.0  # seconds a frame may take on a busy machine


def cookies(client: Client) -> str:
    """What a browser would send back of what a test client was given."""
    return "; ".join(f"{name}={morsel.coded_value}" for name, morsel in client.cookies.items())


@dataclass
class Page:
    """One socket. `frames` are those it has heard."""

    socket: ClientConnection
    frames: list[dict[str, Any]]

    async def say(self, **frame: object) -> None:
        await self.send(json.dumps(frame))

    async def send(self, *frames: str | bytes) -> None:
        """As they are. The server may end the socket meanwhile."""
        with suppress(ConnectionClosed):
            for frame in frames:
                await self.socket.send(frame)

    async def hear(self, kind: str, **wanted: object) -> dict[str, Any]:
        """The next frame of this kind that says what is wanted."""
        while True:
            frame: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), SOON))
            self.frames.append(frame)
            if frame["t"] == kind and all(frame.get(name) == value for name, value in wanted.items()):
                return frame

    async def hear_state(self, words: str) -> dict[str, Any]:
        """The next state that holds these words."""
        while words not in str((frame := await self.hear("state"))["regions"]):
            continue
        return frame

    async def kinds_before_pong(self, n: int) -> list[str]:
        """The kinds of the frames that were on their way: a pong comes after all of them."""
        first = len(self.frames)
        await self.say(t="ping", n=n, w=0)
        await self.hear("pong", n=n)
        return [frame["t"] for frame in self.frames[first:-1]]

    async def close_code(self, within: float = SOON) -> int | None:
        """With what code the server ends this socket."""
        try:
            async with asyncio.timeout(within):
                while True:
                    self.frames.append(json.loads(await self.socket.recv()))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


@asynccontextmanager
async def page(
    server: Server,
    workshop: Workshop,
    audience: str,
    client: Client | None = None,
    *,
    have: str | None = "",
    headers: dict[str, str] | None = None,
) -> AsyncIterator[Page]:
    """A page that has said hello; `have=None` says nothing."""
    sent = {"Cookie": cookies(client)} if client and client.cookies else {}
    door = server.door()
    address = door.socket_url(workshop.pk, audience)
    origin: Any = door.origin
    async with connect(address, origin=origin, additional_headers={**sent, **(headers or {})}, proxy=None) as socket:
        opened = Page(socket, [])
        if have is not None:
            await opened.say(t="hello", have=have)
        yield opened


@dataclass
class Reply:
    """An answer as it came over the wire."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def fetch(
    server: Server,
    path: str,
    client: Client | None = None,
    *,
    method: str = "GET",
    body: str | bytes = "",
    within: float = SOON,
    **headers: str,
) -> Reply:
    """One request over the wire, with every header as it is given; `_` in a name stands for a hyphen."""
    door = server.door()
    connection = http.client.HTTPConnection(door.host, door.port, timeout=within)
    sent = {"Cookie": cookies(client)} if client and client.cookies else {}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, sent)
    response = connection.getresponse()
    reply = Reply(response.status, response.headers, response.read())
    connection.close()
    return reply
