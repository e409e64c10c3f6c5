"""Many phones in one process: raw sockets and one epoll, so that what is measured is the server and not the client.

Each phone speaks only as much of HTTP and of WebSocket as it needs: it shakes hands, says hello, answers pings, and
notes when the last byte of a frame came. A frame's words beyond its head are counted and dropped.
"""

import json
import re
import select
import socket
import time
from collections.abc import Callable, Iterable
from functools import partial

HEAD = 256  # bytes of a frame that are kept: enough for its stamp, and for the whole of any other frame
STAMP = re.compile(rb'"epoch":\s*(\d+),\s*"rev":\s*(\d+),\s*"at":\s*(\d+)')
RETRY = re.compile(rb'"retry_ms":\s*(\d+)')
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
FROM_ONE_ADDRESS = 20_000  # sockets to one port before the next address of this computer is used
HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Cookie: {cookie}\r\n\r\n"
)
Stamp = tuple[int, int, int]
NOTHING: Stamp = (-1, -1, -1)


class Phone:
    """One socket. `arrived` is the monotonic time in ns at which the frame of `stamp` was there in full."""

    __slots__ = (
        "arrived",
        "ended",
        "head",
        "missing",
        "number",
        "on_end",
        "opcode",
        "pong",
        "reads",
        "rest",
        "retry_ms",
        "sock",
        "stamp",
        "upgraded",
    )

    def __init__(self, number: int) -> None:
        self.number = number
        self.stamp = NOTHING
        self.arrived = 0
        self.on_end: Callable[[Phone], None] | None = None
        self.reads = True
        self.begin()

    def begin(self) -> None:
        """As it is before a socket; what the page holds stays."""
        self.sock: socket.socket | None = None
        self.rest = self.head = b""
        self.missing = self.opcode = 0
        self.upgraded = self.pong = self.ended = False
        self.retry_ms: int | None = None

    @property
    def ready(self) -> bool:
        """It holds a state, and the server has answered it."""
        return self.pong and self.stamp != NOTHING and not self.ended


class Crowd:
    """The phones of one server."""

    def __init__(self, wire: "Wire", port: int, path: str, cookies: Iterable[str]) -> None:
        self.wire, self.port, self.path = wire, port, path
        self.cookies = list(cookies)
        self.phones = [Phone(number) for number in range(len(self.cookies))]
        self.wanted: Stamp = NOTHING  # a stamp above it counts as having arrived
        self.waiting: set[int] = set()

    def handshake(self, phone: Phone) -> bytes:
        return HANDSHAKE.format(path=self.path, port=self.port, cookie=self.cookies[phone.number]).encode()

    def hello(self, phone: Phone) -> bytes:
        have = "" if phone.stamp == NOTHING else "{}.{}.{}".format(*phone.stamp)
        return masked(TEXT, json.dumps({"t": "hello", "have": have}).encode()) + masked(
            TEXT, b'{"t":"ping","n":1,"w":0}'
        )

    def expect_newer(self, phones: Iterable[Phone] | None = None) -> None:
        """From here on wait for a stamp above everything that is held now."""
        self.wanted = max(phone.stamp for phone in self.phones)
        self.waiting = {phone.number for phone in (self.phones if phones is None else phones)}

    def connect_all(self, at_once: int = 256, seconds: float = 120) -> float:
        """Connect every phone and wait until each holds a state; returns the seconds that took."""
        began, coming = time.monotonic(), list(reversed(self.phones))
        going: set[Phone] = set()
        while coming or going:
            while coming and len(going) < at_once:
                phone = coming.pop()
                self.wire.connect(self, phone)
                going.add(phone)
            self.wire.turn(0.05)
            going = {phone for phone in going if not phone.ready}
            if time.monotonic() - began > seconds or any(phone.ended for phone in going):
                raise TimeoutError(f"{len(going) + len(coming)} phones could not connect to port {self.port}.")
        return time.monotonic() - began

    def close(self) -> None:
        for phone in self.phones:
            self.wire.drop(phone)


class Wire:
    """One epoll for the phones of every server, so that pings are answered while another server is measured."""

    def __init__(self) -> None:
        self.poll = select.epoll()
        self.known: dict[int, Callable[[int], None]] = {}  # by file number: what to do when something is there
        self.space = memoryview(bytearray(1 << 18))
        self.heard: Callable[[Crowd, Phone], None] | None = None

    def connect(self, crowd: Crowd, phone: Phone, buffer: int = 0) -> None:
        """Begin to connect; `buffer` makes the receive buffer that small."""
        phone.begin()
        phone.sock = sock = socket.socket()
        sock.setblocking(False)
        if buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        sock.bind((f"127.0.0.{2 + phone.number // FROM_ONE_ADDRESS}", 0)) if phone.number >= FROM_ONE_ADDRESS else None
        sock.connect_ex(("127.0.0.1", crowd.port))
        self.watch(sock, partial(self._serve, crowd, phone), select.EPOLLOUT)

    def watch(self, sock: socket.socket, do: Callable[[int], None], events: int) -> None:
        self.known[sock.fileno()] = do
        self.poll.register(sock.fileno(), events)

    def forget(self, sock: socket.socket) -> None:
        """Close it."""
        del self.known[sock.fileno()]
        sock.close()

    def stop_reading(self, phone: Phone) -> None:
        """It stays connected and never reads again."""
        if phone.sock:
            self.poll.unregister(phone.sock.fileno())
        phone.reads = False

    def drop(self, phone: Phone) -> None:
        """Close without a word."""
        if phone.sock:
            self.forget(phone.sock)
        phone.sock, phone.ended = None, True

    def end(self, phone: Phone) -> None:
        """The server ended it, or it never came about."""
        self.drop(phone)
        if phone.on_end:
            phone.on_end(phone)

    def run(self, done: Callable[[], bool], seconds: float) -> bool:
        """Serve the phones until `done`; False if that took too long."""
        limit = time.monotonic() + seconds
        while not done():
            if time.monotonic() > limit:
                return False
            self.turn(0.05)
        return True

    def rest(self, seconds: float) -> None:
        self.run(lambda: False, seconds)

    def turn(self, seconds: float) -> None:
        for number, event in self.poll.poll(seconds):
            if do := self.known.get(number):
                do(event)

    def _serve(self, crowd: Crowd, phone: Phone, event: int) -> None:
        try:
            if event & select.EPOLLOUT:
                self._shake_hands(crowd, phone)
            else:
                self._read(crowd, phone)
        except OSError:
            self.end(phone)

    def _shake_hands(self, crowd: Crowd, phone: Phone) -> None:
        assert phone.sock
        phone.sock.send(crowd.handshake(phone))
        self.poll.modify(phone.sock.fileno(), select.EPOLLIN)

    def _read(self, crowd: Crowd, phone: Phone) -> None:
        assert phone.sock
        length = phone.sock.recv_into(self.space)
        now = time.monotonic_ns()
        if not length:
            self.end(phone)
        elif phone.upgraded:
            self._feed(crowd, phone, self.space[:length], now)
        else:
            self._upgrade(crowd, phone, phone.rest + bytes(self.space[:length]), now)

    def _upgrade(self, crowd: Crowd, phone: Phone, data: bytes, now: int) -> None:
        head, end, rest = data.partition(b"\r\n\r\n")
        phone.rest = b"" if end else data
        if not end:
            return
        if not head.startswith(b"HTTP/1.1 101"):
            self.end(phone)
            return
        phone.upgraded = True
        assert phone.sock
        phone.sock.send(crowd.hello(phone))
        self._feed(crowd, phone, memoryview(rest), now)

    def _feed(self, crowd: Crowd, phone: Phone, data: memoryview, now: int) -> None:
        while data:
            if phone.missing:
                taken = min(len(data), phone.missing)
                phone.missing -= taken
                data = data[taken:]
            else:
                if phone.rest:
                    data, phone.rest = memoryview(phone.rest + bytes(data)), b""
                begun = begin_frame(data)
                if begun is None:
                    phone.rest = bytes(data)
                    return
                phone.opcode, phone.head, phone.missing, data = begun
            if not phone.missing:
                self._hear(crowd, phone, now)
                if phone.ended:
                    return

    def _hear(self, crowd: Crowd, phone: Phone, now: int) -> None:
        if phone.opcode == PING:
            assert phone.sock
            phone.sock.send(masked(PONG, phone.head))
        elif phone.opcode == CLOSE:
            self.end(phone)
        elif b'"state"' in phone.head[:20]:
            found = STAMP.search(phone.head)
            assert found, "A state without a stamp in its head"
            stamp = (int(found[1]), int(found[2]), int(found[3]))
            if stamp > phone.stamp:
                phone.stamp, phone.arrived = stamp, now
            if stamp > crowd.wanted:
                crowd.waiting.discard(phone.number)
        elif b'"pong"' in phone.head[:20]:
            phone.pong = True
        elif bye := RETRY.search(phone.head):
            phone.retry_ms = int(bye[1])
        if self.heard:
            self.heard(crowd, phone)


def begin_frame(data: memoryview) -> tuple[int, bytes, int, memoryview] | None:
    """Opcode, head, how many bytes are still to come, and what follows; None before enough of it is there."""
    if len(data) < 2:
        return None
    size, begin = data[1] & 127, 2
    if size >= 126:
        begin = 4 if size == 126 else 10
        if len(data) < begin:
            return None
        size = int.from_bytes(data[2:begin], "big")
    kept = min(size, HEAD)
    if len(data) < begin + kept:
        return None
    return data[0] & 15, bytes(data[begin : begin + kept]), size - kept, data[begin + kept :]


def masked(opcode: int, words: bytes) -> bytes:
    """A short frame to the server. The mask is four zeros, which is one and changes nothing."""
    assert len(words) < 126
    return bytes([0x80 | opcode, 0x80 | len(words), 0, 0, 0, 0]) + words
