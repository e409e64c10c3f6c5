"""daphne with a limit to what waits for a reader that has stopped reading.

Of itself daphne takes every frame at once and keeps what the other end does not read, however much it is. Here a frame
waits once 64 kB wait before it, as under any other server, and the hub holds one more, the newest.
"""

import asyncio
from contextlib import suppress
from typing import Any

from autobahn.exception import Disconnected
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol

LONGEST = 4096  # bytes of a frame from a page; ours are shorter than 256


class Flow:
    """Hears from a connection that it has enough for now, and that there is room again: Twisted's IPushProducer."""

    def __init__(self, connection: Any) -> None:
        self._room: asyncio.Event | None = None
        # The upgraded request still stood there, and would stop reading what the page says.
        connection.unregisterProducer()
        connection.registerProducer(self, True)

    def pauseProducing(self) -> None:
        self._room = asyncio.Event()

    def resumeProducing(self) -> None:
        room, self._room = self._room, None
        if room:
            room.set()

    def stopProducing(self) -> None:
        self.resumeProducing()

    @property
    def is_open(self) -> bool:
        return self._room is None

    async def room(self) -> None:
        """Returns when there is room."""
        while self._room:
            await self._room.wait()


class PatientServer(Server):  # type: ignore[misc]  # daphne has no types
    """See the module."""

    def __init__(self, **options: Any) -> None:
        super().__init__(websocket_max_frame_size=LONGEST, **options)
        self.flows: dict[WebSocketProtocol, Flow] = {}

    def protocol_connected(self, protocol: Any) -> None:
        super().protocol_connected(protocol)
        if isinstance(protocol, WebSocketProtocol):
            self.flows[protocol] = Flow(protocol.transport)

    def protocol_disconnected(self, protocol: Any) -> None:
        super().protocol_disconnected(protocol)
        if flow := self.flows.pop(protocol, None):
            flow.stopProducing()

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        flow = self.flows.get(protocol)
        if flow and not flow.is_open and message["type"] == "websocket.send":
            await flow.room()
        with suppress(Disconnected):  # it has begun to close; its application hears of that by itself
            await super().handle_reply(protocol, message)
