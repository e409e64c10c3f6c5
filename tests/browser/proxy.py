"""A wire between a page and the server that can fail: Playwright's own offline switch does not cut sockets."""

import contextlib
import socket
import threading

UPGRADE = b"GET /ws/"
ENDED = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n%s"


def answer(status: str, body: str = "", headers: str = "") -> bytes:
    """What something between us and the server says instead of it."""
    return ENDED % (status.encode(), len(body), headers.encode(), body.encode())


class Wire:
    """Forwards TCP from `port` to the server, until something goes wrong.

    `upgrades`: "refused" gets every socket the answer `refusal`, "silent" lets it open and then brings nothing, "" is
    no fault. `portal`: what every request gets instead of the server's answer. `deaf`: what the server says is lost.
    `brought`: how many bytes the server has sent.
    """

    def __init__(self, target: int, *, pages_only: bool = False) -> None:
        self.target = target
        self.upgrades = "refused" if pages_only else ""
        self.refusal = b""
        self.portal = b""
        self.deaf = False
        self.brought = 0
        self._flows = threading.Event()
        self._flows.set()
        self._open: set[socket.socket] = set()
        self._lost: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._listener: socket.socket | None = None
        self.port = 0
        self.mend()

    def mend(self) -> None:
        """Listen (again) on the same port."""
        listener = socket.create_server(("0.0.0.0", self.port), backlog=64)
        self.port = listener.getsockname()[1]
        with self._guard:
            self._listener = listener
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()

    def cut(self) -> None:
        """Close every connection and take no new one, not even one that is being made."""
        with self._guard:
            sockets, self._open, self._listener = {*self._open, self._listener}, set(), None
        for each in filter(None, sockets):
            _shut(each)
            each.close()

    def swallow(self, *, lost: bool = False) -> None:
        """A black hole: connections stand and nothing gets through. `lost`: not even later."""
        with self._guard:
            self._lost |= self._open if lost else set()
            self._flows.clear()

    def flow(self) -> None:
        """What a black hole held back arrives, as TCP sends it again."""
        self._flows.set()

    def stand_before(self, page: bytes) -> None:
        """A captive portal takes the network over: sockets end, and whatever is asked gets its answer."""
        self.portal = page
        self._close_all()

    def stand_aside(self) -> None:
        self.portal = b""
        self._close_all()

    def _close_all(self) -> None:
        with self._guard:
            sockets, self._open = self._open, set()
        for each in sockets:
            _shut(each)

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                threading.Thread(target=self._join, args=[near, listener], daemon=True).start()

    def _join(self, near: socket.socket, listener: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.target), 5)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        with self._guard:
            is_cut = listener is not self._listener
            self._open |= set() if is_cut else {near, far}
        if is_cut:
            near.close()
            far.close()
            return
        up = threading.Thread(target=self._up, args=[near, far], daemon=True)
        up.start()
        self._down(far, near)
        up.join()
        for each in (near, far):
            each.close()

    def _up(self, near: socket.socket, far: socket.socket) -> None:
        """From the page to the server."""
        with contextlib.suppress(OSError):
            while data := near.recv(65536):
                refused = self.upgrades == "refused" and data.startswith(UPGRADE)
                if self.portal or refused:
                    near.sendall(self.portal or self.refusal)
                    break
                self._pass(near, far, data)
        _shut(near, far)

    def _down(self, far: socket.socket, near: socket.socket) -> None:
        """From the server to the page."""
        with contextlib.suppress(OSError):
            while data := far.recv(65536):
                handshake = data.startswith(b"HTTP/1.1 101")
                self.brought += len(data)
                if not self.deaf:
                    self._pass(far, near, data)
                while handshake and self.upgrades == "silent" and far.recv(65536):
                    pass
        _shut(near, far)

    def _pass(self, source: socket.socket, sink: socket.socket, data: bytes) -> None:
        self._flows.wait()
        if source not in self._lost:
            sink.sendall(data)


def _shut(*sockets: socket.socket) -> None:
    for each in sockets:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
