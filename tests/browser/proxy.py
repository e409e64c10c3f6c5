"""A wire between a phone and the server that can be cut: Playwright's own offline switch does not cut sockets."""

import contextlib
import socket
import threading


class Wire:
    """Forwards TCP from `port` to the server until it is cut; nothing gets through then.

    `pages_only` is a venue's proxy that lets no socket through.
    """

    def __init__(self, target: int, *, pages_only: bool = False) -> None:
        self.target = target
        self.pages_only = pages_only
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._listener: socket.socket | None = None
        self.port = 0
        self.mend()

    def mend(self) -> None:
        """Listen (again) on the same port."""
        self._listener = socket.create_server(("0.0.0.0", self.port), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def cut(self) -> None:
        """Close every connection and take no new one."""
        with self._guard:
            sockets, self._open = {*self._open, self._listener}, set()
        for each in filter(None, sockets):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                threading.Thread(target=self._join, args=[near], daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.target), 5)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        with self._guard:
            self._open |= {near, far}
        refused = b"GET /ws/" if self.pages_only else None
        threading.Thread(target=_pump, args=[near, far, refused], daemon=True).start()
        _pump(far, near, None)


def _pump(source: socket.socket, sink: socket.socket, refused: bytes | None) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            if refused and data.startswith(refused):
                break
            sink.sendall(data)
    for each in (source, sink):
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
