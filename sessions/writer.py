"""The one that writes answers down: a thread with its own database connection, for phones on the fast lane.

What arrives while a group is being committed makes the next group, so a hall that answers in the same second waits
for a few commits and not for a thousand. Whoever hands in hears only after the commit.
"""

import asyncio
import logging
import threading
from collections import defaultdict, deque
from dataclasses import dataclass

from django.db import close_old_connections, connection

from feedback.handing_in import Handed, Outcome, hand_in_together
from feedback.turned_back import NotNow

log = logging.getLogger(__name__)

GROUP = 500  # answers committed at once
MOST_WAITING = 10_000
IDLE_SECONDS = 2.0


@dataclass(frozen=True)
class Waiting:
    """An answer, and who waits to hear that it is stored."""

    workshop_id: str
    handed: Handed
    loop: asyncio.AbstractEventLoop
    told: "asyncio.Future[Outcome]"


class Writer:
    """See the module."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[Waiting] = deque()
        self._more = threading.Event()
        self._thread: threading.Thread | None = None

    async def hand_in(self, workshop_id: str, handed: Handed) -> Outcome:
        """The receipt, once the answer is committed, or what refused it."""
        loop = asyncio.get_running_loop()
        waiting = Waiting(workshop_id, handed, loop, loop.create_future())
        with self._guard:
            if len(self._queue) >= MOST_WAITING:
                return NotNow()
            self._queue.append(waiting)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()
        self._more.set()
        return await waiting.told

    def _run(self) -> None:
        while group := self._take():
            by_day: dict[str, list[Waiting]] = defaultdict(list)
            for one in group:
                by_day[one.workshop_id].append(one)
            for workshop_id, part in by_day.items():
                _tell(part, _store(workshop_id, part))

    def _take(self) -> list[Waiting]:
        """The next group; nothing after a while in which nobody handed anything in, and then this thread ends."""
        self._more.wait(IDLE_SECONDS)
        with self._guard:
            self._more.clear()
            group = [self._queue.popleft() for _ in range(min(GROUP, len(self._queue)))]
            if self._queue:
                self._more.set()
            if not group:
                connection.close()
                self._thread = None
            return group


def _store(workshop_id: str, part: list[Waiting]) -> list[Outcome]:
    try:
        close_old_connections()
        return hand_in_together(workshop_id=workshop_id, handed=[one.handed for one in part])
    except Exception:
        log.exception("Answers could not be stored; phones keep them and send them again.")
        connection.close()
        return [NotNow() for _one in part]


def _tell(part: list[Waiting], outcomes: list[Outcome]) -> None:
    """Everybody of a group in one go, on each one's event loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Outcome], Outcome]]] = defaultdict(list)
    for one, outcome in zip(part, outcomes, strict=True):
        by_loop[one.loop].append((one.told, outcome))
    for loop, told in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resolve, told)


def _resolve(told: "list[tuple[asyncio.Future[Outcome], Outcome]]") -> None:
    for future, outcome in told:
        if not future.done():  # whoever waited may have gone
            future.set_result(outcome)


writer = Writer()
