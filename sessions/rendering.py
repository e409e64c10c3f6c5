"""The newest snapshot per workshop and audience, rendered at most once per stamp, whoever asks and from any thread."""

import threading
import time
from collections import defaultdict
from typing import NamedTuple

from agenda.models import Workshop

from . import room, snapshots
from .follower import Key
from .snapshots import Snapshot, Stamp


class Rendered(NamedTuple):
    """A snapshot, and when it was made."""

    snapshot: Snapshot
    control_rev: int
    at: float  # time.monotonic()


class Renderings:
    """See the module."""

    def __init__(self) -> None:
        self._newest: dict[Key, Rendered] = {}
        self._rooms: dict[str, tuple[Stamp, room.Room]] = {}
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def newest(self, key: Key) -> Rendered | None:
        """What was rendered last, however long ago."""
        return self._newest.get(key)

    def current(self, workshop_id: str, audience: str) -> Snapshot:
        """The snapshot of this moment. Raises Workshop.DoesNotExist.

        From a thread that may use the database, outside any transaction: the revision is read before the content.
        """
        key = (workshop_id, audience)
        with self._locks[workshop_id]:
            workshop = Workshop.objects.get(pk=workshop_id)
            stamp = snapshots.stamp(workshop, audience)
            last = self._newest.get(key)
            if last is not None and last.snapshot.stamp == stamp:
                return last.snapshot
            snapshot = snapshots.render(workshop, audience, stamp, self._look(workshop, stamp))
            if last is not None and not _differs(last.snapshot, snapshot):
                snapshot = last.snapshot.again(stamp)
            self._newest[key] = Rendered(snapshot, workshop.control_rev, time.monotonic())
            return snapshot

    def _look(self, workshop: Workshop, stamp: Stamp) -> room.Room:
        """The room, looked at once for all audiences that are told of the same change."""
        state = (workshop.epoch, workshop.rev, stamp[2])
        kept = self._rooms.get(workshop.pk)
        if kept is None or kept[0] != state:
            kept = self._rooms[workshop.pk] = (state, room.look(workshop, real=snapshots.moment(stamp)))
        return kept[1]

    def forget(self, workshop_id: str) -> None:
        """Nobody follows this day any more: it takes no memory."""
        with self._locks[workshop_id]:
            self._rooms.pop(workshop_id, None)


def _differs(old: Snapshot, new: Snapshot) -> bool:
    """Worth sending: something on it changed, or the day was restored. A new minute alone is not."""
    restored = old.stamp[0] != new.stamp[0] or old.stamp[:2] > new.stamp[:2]
    hashes = {name: region.hash for name, region in old.regions.items()}
    return restored or any(hashes.get(name) != region.hash for name, region in new.regions.items())
