"""daphne, made for a hall: a frame for everybody is put together once and sent at once, and a reader that has stopped
reading holds up its own frames only.

Of itself daphne builds each frame anew, sends it when everybody's is built, and keeps what the other end does not
read, however much it is. Here a frame waits once 64 kB wait before it, as under other servers, and the hub holds one
more, the newest.
"""

import asyncio
import struct
from types import SimpleNamespace
from typing import Any

from autobahn.exception import Disconnected
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.tcp import Connection

LONGEST = 4096  # bytes of a frame from a page; ours are shorter than 256
FORGOTTEN = SimpleNamespace(path="")  # what is left of a request once its socket is open


class Framed:
    """The frame that was put together last; a hall is told the same thing."""

    text: str | None = None
    frame = b""

    def of(self, text: str) -> bytes:
        """RFC 6455: one whole text frame, not masked."""
        if text is not self.text:
            body = text.encode()
            size = len(body)
            head = struct.pack("!BB", 0x81, size) if size < 126 else struct.pack("!BBH", 0x81, 126, size & 0xFFFF)
            self.frame = (head if size <= 0xFFFF else struct.pack("!BBQ", 0x81, 127, size)) + body
            self.text = text
        return self.frame


framed = Framed()


class Socket(WebSocketProtocol):  # type: ignore[misc]  # daphne has no types
    """One page's socket. Hears from its connection that it has enough for now (Twisted's IPushProducer)."""

    room: asyncio.Event | None = None  # to wait for, while there is none

    def serverAccept(self, subprotocol: str | None = None) -> None:
        super().serverAccept(subprotocol)
        # The upgraded request stood there still, and would stop reading what the page says.
        self.transport.unregisterProducer()
        self.transport.registerProducer(self, True)
        self.request = FORGOTTEN  # kilobytes for each phone in the hall
        self.http_headers.clear()
        self.clean_headers.clear()

    def serverSend(self, content: str | bytes, binary: bool = False) -> None:
        wire: Any = self.transport
        if binary or self.state != self.STATE_OPEN or not isinstance(wire, Connection) or wire.TLS:
            super().serverSend(content, binary)
            return
        frame = framed.of(str(content))
        if wire.connected and not wire._tempDataBuffer and wire.offset == len(wire.dataBuffer):  # nothing waits
            sent = wire.writeSomeData(frame)
            if not isinstance(sent, int) or sent < 0:
                return  # it is lost, which its reading side is about to hear
            frame = frame[sent:]
        if frame:
            wire.write(frame)  # type: ignore[no-untyped-call]

    def pauseProducing(self) -> None:
        self.room = asyncio.Event()

    def resumeProducing(self) -> None:
        room, self.room = self.room, None
        if room:
            room.set()

    def stopProducing(self) -> None:
        self.resumeProducing()

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:
        self.resumeProducing()
        super().onClose(wasClean, code, reason)


WebSocketFactory.protocol = Socket  # daphne asks nobody which one to use


class HallServer(Server):  # type: ignore[misc]
    """See the module."""

    def __init__(self, **options: Any) -> None:
        super().__init__(websocket_max_frame_size=LONGEST, **options)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        if message["type"] != "websocket.send" or not isinstance(protocol, Socket):
            await super().handle_reply(protocol, message)
            return
        while protocol.room:
            await protocol.room.wait()
        if protocol in self.connections and not self.connections[protocol].get("disconnected"):
            try:
                protocol.handle_reply(message)
            except Disconnected:
                return  # it has begun to close, and its application hears of that by itself
