"""Many requests at once, on the same epoll as the phones' sockets."""

import re
import select
import socket
import time
from collections.abc import Callable, Sequence

from .crowd import Wire

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
HEAD_ONLY = {204, 304}


class Call:
    """One request. `status` is 0 until it is answered, and stays 0 if nobody answers; `arrived` is in ns."""

    def __init__(self, wire: Wire, port: int, done: Callable[["Call"], None] | None = None) -> None:
        self.wire, self.port, self.done = wire, port, done
        self.words = self.received = self.body = b""
        self.status = self.arrived = 0
        self.over = self.connected = False
        self.sock: socket.socket | None = None

    def connect(self) -> None:
        """Begin to; whatever was to be sent goes as soon as it is there."""
        self.sock = sock = socket.socket()
        sock.setblocking(False)
        sock.connect_ex(("127.0.0.1", self.port))
        self.wire.watch(sock, self._serve, select.EPOLLOUT)

    def send(self, words: bytes) -> None:
        self.words = words
        if self.connected and self.sock:
            self.sock.send(words)

    def _serve(self, event: int) -> None:
        assert self.sock
        try:
            if event & select.EPOLLOUT:
                self.connected = True
                self.wire.poll.modify(self.sock.fileno(), select.EPOLLIN)
                if self.words:
                    self.sock.send(self.words)
            else:
                self._read()
        except OSError:
            self.end()

    def _read(self) -> None:
        assert self.sock
        part = self.sock.recv(65536)
        self.received += part
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not part:
            self.end()
        elif found and self._whole(head, body):
            self.status, self.body = int(head.split(b" ", 2)[1]), body
            self.arrived = time.monotonic_ns()
            self.end()

    def _whole(self, head: bytes, body: bytes) -> bool:
        if length := LENGTH.search(head):
            return len(body) >= int(length[1])
        return int(head.split(b" ", 2)[1]) in HEAD_ONLY or body.endswith(b"0\r\n\r\n")

    def end(self) -> None:
        """Over, answered or not."""
        if self.sock:
            self.wire.forget(self.sock)
        self.sock, over, self.over = None, self.over, True
        if self.done and not over:
            self.done(self)


def request(port: int, method: str, path: str, cookie: str, *more: str, body: bytes = b"") -> bytes:
    host = f"127.0.0.1:{port}"
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", f"Cookie: {cookie}", *more]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def all_over(wire: Wire, calls: Sequence[Call], seconds: float) -> None:
    """Serve until each is over, or for that long."""
    wire.run(lambda: all(call.over for call in calls), seconds)
    for call in calls:
        if not call.over:
            call.end()
