"""One hub per process: the newest snapshot per workshop and audience, handed to every socket that follows it.

Each socket has one slot that holds the latest frame and nothing older, so a slow phone costs one snapshot and never
a queue. A thread of its own reads and renders, with its own database connection; sockets never wait for it. The hub
hears of changes in this process at once and reads the revisions of the workshops it serves once a second, so that a
change it did not hear of costs at most a second.
"""

import asyncio
import json
import logging
import random
import threading
import time
from collections import defaultdict

from django.db import close_old_connections, connection

from agenda import changes
from agenda.models import Workshop

from . import presence, snapshots
from .snapshots import Snapshot, Stamp

log = logging.getLogger(__name__)
Key = tuple[str, str]  # workshop id, audience

BY_LINK = {"speaker"}  # few pages, let in by a link that can be taken away at any moment
READ_EVERY = 1.0
WALL_GAP = 0.25  # desk and screen are sent at most four times a second
TICK_EVERY = 15.0


class Line:
    """One socket's place at the hub. `have` is the newest stamp its page holds."""

    def __init__(self, workshop_id: str, audience: str, who: str) -> None:
        self.key: Key = (workshop_id, audience)
        self.who = who
        self.have: Stamp = (-1, -1, -1)
        self.writing = False
        self.doubt = asyncio.Event()  # set: the socket looks at once whether it may still follow
        self._loop = asyncio.get_running_loop()
        self._frame: str | None = None
        self._filled = asyncio.Event()

    def greet(self, have: Stamp) -> None:
        """The page says what it holds: whatever was put in before it spoke is not for it."""
        self.have = have
        self._frame = None
        self._filled.clear()

    def offer(self, frame: str) -> None:
        """Put the latest frame in, whatever was there. From the socket's own event loop."""
        self._frame = frame
        self._filled.set()

    def offer_state(self, snapshot: Snapshot, frame: str) -> None:
        if snapshot.stamp > self.have:
            self.have = snapshot.stamp
            self.offer(frame)

    def offer_if_empty(self, frame: str) -> None:
        if self._frame is None:
            self.offer(frame)

    async def next(self) -> str:
        """The latest frame, as soon as there is one."""
        await self._filled.wait()
        frame, self._frame = self._frame or "", None
        self._filled.clear()
        return frame


class Hub:
    """See the module. Safe to ask from any thread."""

    def __init__(self) -> None:
        self._lines: dict[Key, set[Line]] = defaultdict(set)
        self._latest: dict[Key, Snapshot] = {}
        self._rendered: dict[Key, tuple[Stamp, int, float]] = {}
        self._published: dict[Key, Snapshot] = {}
        self._doubted: dict[Key, int] = {}
        self._counted: dict[str, dict[str, object]] = {}
        self._locks: dict[Key, threading.Lock] = defaultdict(threading.Lock)
        self._hint = threading.Event()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        changes.listen(lambda _workshop_id: self._hint.set())

    def attach(self, workshop_id: str, audience: str, who: str) -> Line:
        """A place for one socket. From its event loop; give it back with `detach`."""
        line = Line(workshop_id, audience, who)
        if audience in BY_LINK:
            line.doubt.set()  # the link may have been taken away while the socket was being let in
        with self._guard:
            self._lines[line.key].add(line)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
                self._thread.start()
        return line

    def detach(self, line: Line) -> None:
        with self._guard:
            lines = self._lines.get(line.key, set())
            lines.discard(line)
            if not lines:
                self._lines.pop(line.key, None)
            if not self._lines:
                self._hint.set()

    def lines(self, workshop_id: str, audience: str) -> list[Line]:
        with self._guard:
            return list(self._lines.get((workshop_id, audience), ()))

    def _keys(self) -> list[Key]:
        with self._guard:
            return list(self._lines)

    def current(self, workshop_id: str, audience: str) -> Snapshot:
        """The snapshot of this moment, rendered at most once per stamp. Raises Workshop.DoesNotExist.

        From a thread that may use the database, outside any transaction: the revision is read before the content.
        """
        key = (workshop_id, audience)
        with self._locks[key]:
            workshop = Workshop.objects.get(pk=workshop_id)
            stamp = snapshots.stamp(workshop, audience)
            latest, rendered = self._latest.get(key), self._rendered.get(key)
            if latest is None or rendered is None or rendered[0] != stamp:
                fresh = snapshots.render(workshop, audience, stamp)
                if latest is None or _differs(latest, fresh):
                    latest = self._latest[key] = fresh
                # Last: who reads this without the lock must find the snapshot it speaks of.
                self._rendered[key] = (stamp, workshop.control_rev, time.monotonic())
            return latest

    def say_bye(self) -> None:
        """Tell every page that this server is going, and when to come back. From the event loop."""
        with self._guard:
            everybody = [line for lines in self._lines.values() for line in lines]
        for line in everybody:
            line.offer(json.dumps({"t": "bye", "retry_ms": random.randint(500, 5000)}))  # noqa: S311 - spreads a crowd

    def _run(self) -> None:
        next_tick, next_count = time.monotonic() + TICK_EVERY, 0.0
        wait = 0.0
        while self._is_needed():
            self._hint.wait(timeout=wait or READ_EVERY)
            self._hint.clear()
            try:
                close_old_connections()
                wait = self._round()
                if time.monotonic() >= next_count:
                    self._tell_desks()
                    next_count = time.monotonic() + READ_EVERY
                if time.monotonic() >= next_tick:
                    self._tick(self._keys())
                    next_tick = time.monotonic() + TICK_EVERY
            except Exception:
                log.exception("The hub could not read the day; it tries again in a second.")
                connection.close()
                wait = 0.0
        connection.close()

    def _is_needed(self) -> bool:
        """False once nobody follows anything: the thread ends, and the next socket starts another."""
        with self._guard:
            if not self._lines:
                self._thread = None
            return self._thread is not None

    def _round(self) -> float:
        """Look at every served workshop once; returns how soon a held-back wall is due, 0 for none."""
        served = self._keys()
        due = 0.0
        revisions = Workshop.objects.in_bulk({workshop_id for workshop_id, _ in served})
        for key in served:
            if workshop := revisions.get(key[0]):
                self._doubt(key, workshop)
                due = max(due, self._serve(key, workshop))
        return due

    def _doubt(self, key: Key, workshop: Workshop) -> None:
        """Any change of the day may have taken a link away: let those who follow by one look again."""
        if key[1] in BY_LINK and self._doubted.get(key) != workshop.rev:
            for line in self.lines(*key):
                line._loop.call_soon_threadsafe(line.doubt.set)
            self._doubted[key] = workshop.rev

    def _serve(self, key: Key, workshop: Workshop) -> float:
        """Send what is new to one audience; returns the seconds it is held back. A broken day stops no other day."""
        hold = self._hold(key, workshop)
        if hold:
            return hold
        try:
            # Somebody who asked may have rendered it already; the sockets have not been told of it by that.
            self._publish(key, self._latest[key] if hold is None else self.current(*key))
        except Exception:
            log.exception("The hub could not show a day; it tries again in a second.")
        return 0.0

    def _hold(self, key: Key, workshop: Workshop) -> float | None:
        """None: nothing new. 0: render now. More: the seconds a wall still waits, unless the desk changed something."""
        stamp = snapshots.stamp(workshop, key[1])
        rendered = self._rendered.get(key)
        if rendered is None:
            return 0
        if rendered[0] == stamp:
            return None
        if key[1] == "phone" or rendered[1] != workshop.control_rev:
            return 0
        return max(0.0, rendered[2] + WALL_GAP - time.monotonic())

    def _publish(self, key: Key, snapshot: Snapshot) -> None:
        if self._published.get(key) is snapshot:
            return
        frame = snapshot.frame()
        for line in self.lines(*key):
            line._loop.call_soon_threadsafe(line.offer_state, snapshot, frame)
        self._published[key] = snapshot

    def _tell_desks(self) -> None:
        """A desk hears within a second that somebody came, left, or began to write, and that a screen is on or lost."""
        desks = [key for key in self._keys() if key[1] == "desk"]
        counts = {key[0]: self._count(key[0]) for key in desks}
        self._tick([key for key in desks if self._counted.get(key[0]) != counts[key[0]]])
        self._counted = counts

    def _tick(self, keys: list[Key]) -> None:
        for key in keys:
            latest = self._latest.get(key)
            if latest is None:
                continue
            frame = json.dumps(self.tick(key, latest))
            for line in self.lines(*key):
                line._loop.call_soon_threadsafe(line.offer_if_empty, frame)

    def tick(self, key: Key, latest: Snapshot) -> dict[str, object]:
        """The stamp, so that a page can see it is behind; to the desk also who is here, in numbers."""
        epoch, rev, at = latest.stamp
        frame: dict[str, object] = {
            "t": "tick",
            "epoch": epoch,
            "rev": rev,
            "at": at,
            "server_ms": snapshots.server_ms(),
        }
        if key[1] == "desk":
            frame |= self._count(key[0])
        return frame

    def _count(self, workshop_id: str) -> dict[str, object]:
        screens = presence.screens(self.lines(workshop_id, "screen"), workshop_id)
        return {**presence.count(self.lines(workshop_id, "phone"), workshop_id), "screens": screens}


def _differs(old: Snapshot, new: Snapshot) -> bool:
    """Worth sending: something on it changed, or the day was restored. A new minute alone is not."""
    restored = old.stamp[0] != new.stamp[0] or old.stamp[:2] > new.stamp[:2]
    hashes = {name: region.hash for name, region in old.regions.items()}
    return restored or any(hashes.get(name) != region.hash for name, region in new.regions.items())


hub = Hub()
