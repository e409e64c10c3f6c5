"""One socket's place at the hub: the newest stamp its page holds, and room for one frame that has not left yet.

A frame goes straight to the server, without a task or a queue between. Only when the server will take no more, since
the reader at the other end has stopped, does the next frame wait; a newer one takes its place. So a slow phone costs
one snapshot and never a queue.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Generator
from typing import Any

from .snapshots import Snapshot, Stamp

log = logging.getLogger(__name__)
Key = tuple[str, str]  # workshop id, audience
Message = dict[str, Any]  # as the server takes it
Send = Callable[[Message], Coroutine[Any, Any, None]]

NOTHING: Stamp = (-1, -1, -1)


def message(text: str) -> Message:
    """A frame as the server takes it; made once and handed to every socket."""
    return {"type": "websocket.send", "text": text}


class Follower:
    """See the module. Everything but `key` and `who` belongs to the socket's own event loop."""

    __slots__ = ("_leaving", "_send", "_waiting", "doubt", "have", "key", "loop", "who", "writing")

    def __init__(self, workshop_id: str, audience: str, who: str, send: Send, doubt: Callable[[], None]) -> None:
        """`doubt` is called when whoever holds this socket may have been sent away: look again."""
        self.key: Key = (workshop_id, audience)
        self.who = who
        self.doubt = doubt
        self.have: Stamp | None = None  # until the page has said hello, nothing is for it
        self.writing = False
        self.loop = asyncio.get_running_loop()
        self._send = send
        self._waiting: Message | None = None
        self._leaving: asyncio.Task[None] | None = None

    def greet(self, have: Stamp) -> None:
        """The page says hello, and what it holds."""
        self.have = have

    def offer_state(self, snapshot: Snapshot, frame: Message) -> None:
        """A snapshot, and as a frame, if it is news to the page."""
        if self.have is not None and snapshot.is_news_to(self.have):
            self.have = snapshot.stamp
            self.offer(frame)

    def offer_if_free(self, frame: Message) -> None:
        """A frame that says nothing a newer one would not say as well."""
        if self.have is not None:
            self.say(frame)

    def say(self, frame: Message) -> None:
        """Now or never: a page that does not read would not read this either."""
        if self._leaving is None:
            self._start(frame)

    def offer(self, frame: Message) -> None:
        """Send it now; while the one before it has not left, keep it, and it alone."""
        if self._leaving is None:
            self._start(frame)
        else:
            self._waiting = frame

    def _start(self, frame: Message) -> None:
        """Most frames leave within the first step; then no task was needed for them."""
        sending = self._send(frame)
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except OSError:
            return  # it is going, and its consumer hears of that by itself
        except Exception:
            log.exception("A frame could not be sent")
            return
        self._leaving = self.loop.create_task(self._finish(_Begun(sending, waits_for)))

    async def _finish(self, begun: "_Begun") -> None:
        try:
            await begun
        except OSError:
            pass
        except Exception:
            log.exception("A frame could not be sent")
        self._leaving = None
        frame, self._waiting = self._waiting, None
        if frame is not None:
            self._start(frame)

    def hang_up(self) -> None:
        """The socket is gone: what has not left never will."""
        self._waiting = None
        if self._leaving is not None:
            self._leaving.cancel()


class _Begun:
    """A coroutine that has taken its first step outside a task, and what it waits for: a task takes it from there."""

    def __init__(self, coroutine: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self._coroutine = coroutine
        self._waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield self._waits_for
            yield from self._coroutine.__await__()
        finally:
            self._coroutine.close()
