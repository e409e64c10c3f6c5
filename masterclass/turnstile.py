"""So many requests at a time, and the others wait their turn: a hall that joins in the same second is let in one after
the other.

Inside, every request has a thread of its own. A thousand at once would wait for the database all together, each for as
long as it takes, until most of them had waited too long and were turned away. Whoever waits here has no thread yet, and
a page that has gone or given up has no turn to wait for.
"""

import asyncio
import io
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.handlers.asgi import ASGIRequest

from .away import come_back

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

AT_A_TIME = 12  # below the connections of one process's pool: what serves the sockets has its own need of them
LONGEST_WAIT = 30.0  # seconds; after that it is said when to come back
MOST_HELD = 1 << 20  # bytes of what was sent; a photo's other bytes arrive in its turn


class Turnstile:
    """Wraps Django. What was sent has arrived before it waits here, so nobody slow takes a turn."""

    def __init__(self, app: App, longest_wait: float = LONGEST_WAIT) -> None:
        self.app = app
        self.longest_wait = longest_wait
        self.turns = asyncio.BoundedSemaphore(AT_A_TIME)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/healthz/"):
            await self.app(scope, receive, send)
            return
        sent = await _arrived(receive)
        is_whole = not sent[-1].get("more_body", False)
        leaving: list[asyncio.Future[Any]] = (
            [asyncio.ensure_future(receive())] if is_whole else []
        )  # nothing else is said after the whole
        try:
            if await self._has_a_turn(leaving):
                await self._go_in(scope, _again(sent, leaving, receive), send)
            elif not any(each.done() for each in leaving):
                await _turn_away(scope, send)
        finally:
            for each in leaving:
                each.cancel()

    async def _has_a_turn(self, leaving: list[asyncio.Future[Any]]) -> bool:
        """Wait for one; False for who has gone or has waited too long."""
        turn: asyncio.Future[Any] = asyncio.ensure_future(self.turns.acquire())
        has = False
        try:
            await asyncio.wait([turn, *leaving], timeout=self.longest_wait, return_when=asyncio.FIRST_COMPLETED)
            has = turn.done() and not any(each.done() for each in leaving)
        finally:
            if not has and not turn.cancel():
                self.turns.release()
        return has

    async def _go_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The turn ends with the first word of the answer: how fast that is read is the reader's affair."""
        inside = True

        def leave() -> None:
            nonlocal inside
            if inside:
                inside = False
                self.turns.release()

        async def answer(message: Message) -> None:
            leave()
            await send(message)

        try:
            await self.app(scope, receive, answer)  # ends no sooner than its thread, even if the page has gone
        finally:
            leave()


async def _arrived(receive: Receive) -> deque[Message]:
    """All that was sent, or as much of it as is held."""
    sent: deque[Message] = deque()
    held, more = 0, True
    while more and held < MOST_HELD:
        sent.append(await receive())
        held += len(sent[-1].get("body", b""))
        more = sent[-1].get("more_body", False)  # none follows who has gone
    return sent


def _again(sent: deque[Message], leaving: list[asyncio.Future[Any]], receive: Receive) -> Receive:
    """What was heard out here is heard once more inside."""

    async def receive_again() -> Message:
        if sent:
            return sent.popleft()
        return await (leaving[0] if leaving else receive())

    return receive_again


async def _turn_away(scope: Scope, send: Send) -> None:
    response = come_back(ASGIRequest(scope, io.BytesIO()))
    headers = [(name.lower().encode(), value.encode()) for name, value in response.items()]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})
