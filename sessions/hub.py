"""One hub per process: who follows what, and the newest snapshot handed to every one of them.

Frames go out on the sockets' own event loop and nothing on their way to a phone touches the database or another
thread. What to hand out is found by the reader (sessions/reader.py), which has a thread of its own.
"""

import asyncio
import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress

from agenda import changes

from . import neighbours, presence, snapshots
from .follower import Follower, Key, message
from .presence import Counts
from .reader import Reader
from .rendering import Renderings
from .snapshots import Snapshot

AT_ONCE = 500  # sockets served before something else has its turn on the event loop
WANTED_FOR = 30.0  # seconds after a poll for which its state is kept ready
LOOK_WITHIN = 5.0  # seconds the reader may take to look at a day for the first time


class Look:
    """Somebody on an event loop waits until the reader has looked at a day."""

    def __init__(self, workshop_id: str) -> None:
        self.workshop_id = workshop_id
        self.seats: frozenset[str] = frozenset()
        self._loop = asyncio.get_running_loop()
        self._done = asyncio.Event()

    async def taken(self) -> frozenset[str]:
        """The seats that are good; none if it takes too long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._done.wait(), LOOK_WITHIN)
        return self.seats

    def answer(self, seats: frozenset[str]) -> None:
        """From any thread."""
        self.seats = seats
        _on(self._loop, self._done.set)


class Hub:
    """See the module. Safe to ask from any thread, but for what says otherwise."""

    def __init__(self) -> None:
        self.renderings = Renderings()
        self._guard = threading.Lock()
        self._followers: dict[Key, set[Follower]] = defaultdict(set)
        self._wanted: dict[Key, float] = {}
        self._newest: dict[Key, Snapshot] = {}
        self._seats: dict[str, frozenset[str]] = {}
        self._looks: list[Look] = []
        self._reader: Reader | None = None
        changes.listen(lambda _workshop_id: self.hint())

    def attach(self, follower: Follower) -> None:
        """A place for one socket. Give it back with `detach`."""
        with self._guard:
            self._followers[follower.key].add(follower)
            self._start_reader()

    def detach(self, follower: Follower) -> None:
        with self._guard:
            followers = self._followers.get(follower.key, set())
            followers.discard(follower)
            if not followers:
                self._followers.pop(follower.key, None)
                self._hint_reader()

    def followers(self, workshop_id: str, audience: str) -> list[Follower]:
        with self._guard:
            return list(self._followers.get((workshop_id, audience), ()))

    def size(self) -> int:
        """How many sockets there are, of all days."""
        with self._guard:
            return sum(len(followers) for followers in self._followers.values())

    def current(self, workshop_id: str, audience: str) -> Snapshot:
        """The snapshot of this moment, for a page. Raises Workshop.DoesNotExist. See `Renderings.current`."""
        return self.renderings.current(workshop_id, audience)

    async def newest(self, key: Key, *, polled: bool = False) -> Snapshot | None:
        """What followers of `key` were told last, at most a second old; None if that cannot be had now.

        A poll keeps the state ready for the next one.
        """
        with self._guard:
            if polled:
                self._wanted[key] = time.monotonic() + WANTED_FOR
            snapshot = self._newest.get(key)
        if snapshot is None:
            await self._look(key[0])
            snapshot = self._newest.get(key)
        return snapshot

    async def is_seated(self, workshop_id: str, attendee_id: str) -> bool:
        """Whether this seat is one of the day's, from memory. A seat nobody has seen yet is looked up."""
        if attendee_id in self.seats(workshop_id):
            return True
        return attendee_id in await self._look(workshop_id)

    async def _look(self, workshop_id: str) -> frozenset[str]:
        look = Look(workshop_id)
        with self._guard:
            self._looks.append(look)
            self._start_reader()
        self.hint()
        return await look.taken()

    def publish(self, snapshot: Snapshot, workshop_id: str) -> None:
        """Hand a snapshot to everybody who follows it and to whom it is news."""
        key = (workshop_id, snapshot.audience)
        with self._guard:
            self._newest[key] = snapshot
        frame = message(snapshot.frame())
        self.hand_out(key, lambda follower: follower.offer_state(snapshot, frame))

    def bring(self, workshop_id: str, snapshot: Snapshot) -> None:
        """Publish it, unless that was done."""
        if self._newest.get((workshop_id, snapshot.audience)) is not snapshot:
            self.publish(snapshot, workshop_id)

    def tick(self, key: Key) -> None:
        """Tell followers what is newest, so that a page can see it is behind; the desk also who is here."""
        if text := self.tick_text(key):
            frame = message(text)
            self.hand_out(key, lambda follower: follower.offer_if_free(frame))

    def tick_text(self, key: Key) -> str:
        """The frame, or "" while there is nothing to be behind of."""
        newest = self._newest.get(key)
        if newest is None:
            return ""
        epoch, rev, at = newest.since  # a page that was not sent what looks the same is not behind
        told: dict[str, object] = {"t": "tick", "epoch": epoch, "rev": rev, "at": at}
        told["server_ms"] = snapshots.server_ms()
        return json.dumps(told | presence.told(self.count_all(key[0])) if key[1] == "desk" else told)

    def count(self, workshop_id: str) -> Counts:
        """Who is here, by this process's sockets and polls."""
        phones, screens = self.followers(workshop_id, "phone"), self.followers(workshop_id, "screen")
        return presence.count(phones, screens, workshop_id)

    def count_all(self, workshop_id: str) -> Counts:
        """Who is here, at this process and at the others."""
        return self.count(workshop_id).plus(neighbours.others(workshop_id))

    def hand_out(self, key: Key, give: Callable[[Follower], None]) -> None:
        """Call `give` for each follower of `key`, on the followers' event loops."""
        by_loop: dict[asyncio.AbstractEventLoop, list[Follower]] = defaultdict(list)
        for follower in self.followers(*key):
            by_loop[follower.loop].append(follower)
        for loop, followers in by_loop.items():
            _on(loop, lambda loop=loop, followers=followers: _give(loop, followers, give))  # type: ignore[misc]

    def say_bye(self) -> None:
        """Tell every page that this server is going, and when to come back."""
        for key in self.served():
            self.hand_out(key, lambda follower: follower.offer(message(_bye())))

    def hint(self) -> None:
        """Something may have changed: the reader looks now and not in a second."""
        with self._guard:
            self._hint_reader()

    def _hint_reader(self) -> None:
        if self._reader:
            self._reader.hint.set()

    def _start_reader(self) -> None:
        if self._reader is None:
            self._reader = Reader(self)
            self._reader.start()

    # What the reader asks for, and tells.

    def served(self) -> set[Key]:
        """What somebody follows, or has asked for lately."""
        with self._guard:
            return self._served()

    def _served(self) -> set[Key]:
        now = time.monotonic()
        self._wanted = {key: until for key, until in self._wanted.items() if until > now}
        return self._followers.keys() | self._wanted.keys()

    def take_looks(self) -> list[Look]:
        """Those that wait; `answer` each."""
        with self._guard:
            looks, self._looks = self._looks, []
            return looks

    def seats(self, workshop_id: str) -> frozenset[str]:
        return self._seats.get(workshop_id, frozenset())

    def seat(self, workshop_id: str, seats: frozenset[str]) -> None:
        """These seats are good, and no others: whoever holds another one looks again."""
        before = self.seats(workshop_id)
        self._seats[workshop_id] = seats
        if before - seats:
            self.hand_out((workshop_id, "phone"), lambda follower: None if follower.who in seats else follower.doubt())

    def tidy(self) -> bool:
        """Forget what nobody follows any more. False if nobody follows anything: the reader may end."""
        with self._guard:
            served = self._served()
            days = {workshop_id for workshop_id, _ in served} | {look.workshop_id for look in self._looks}
            self._newest = {key: one for key, one in self._newest.items() if key in served}
            gone = [workshop_id for workshop_id in self._seats if workshop_id not in days]
            for workshop_id in gone:
                del self._seats[workshop_id]
                self.renderings.forget(workshop_id)
            if not days:
                self._reader = None
            return bool(days)


def _bye() -> str:
    return json.dumps({"t": "bye", "retry_ms": random.randint(500, 5000)})  # noqa: S311 - spreads a crowd


def _give(loop: asyncio.AbstractEventLoop, followers: list[Follower], give: Callable[[Follower], None]) -> None:
    for follower in followers[:AT_ONCE]:
        give(follower)
    if len(followers) > AT_ONCE:
        loop.call_soon(_give, loop, followers[AT_ONCE:], give)


def _on(loop: asyncio.AbstractEventLoop, do: Callable[[], object]) -> None:
    """On that event loop, unless it has ended: then nobody is left to hear."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(do)


hub = Hub()
