"""How many are here, write and show the screen in the other processes that serve the same days.

Numbers only, and only in memory: each process tells its own, the others hold them for a moment and add them up.
Nobody waits for anybody, and a number that is lost comes again within seconds.
"""

import threading
import time
from collections import defaultdict
from contextlib import suppress
from functools import reduce

from django.db import DatabaseError, InterfaceError

from agenda import processes

from .presence import Counts

TELL_AT_MOST_EVERY, TELL_AGAIN_AFTER = 1.0, 5.0
HELD_FOR = 15.0


_told: dict[str, tuple[float, Counts]] = {}
_heard: dict[str, dict[str, tuple[float, Counts]]] = defaultdict(dict)
_guard = threading.Lock()


def tell(workshop_id: str, counts: Counts) -> None:
    """Say what is counted here; may be called at any time, and says it only when it is due. Outside transactions."""
    now = time.monotonic()
    at, before = _told.get(workshop_id, (now - TELL_AT_MOST_EVERY, Counts()))
    due = TELL_AT_MOST_EVERY if counts != before else TELL_AGAIN_AFTER if any(counts) else float("inf")
    if now - at >= due:
        _say(workshop_id, counts)


def leave() -> None:
    """Nobody follows anything here any more: say so at once, or the others would count who was here for a while."""
    for workshop_id, (_, counts) in list(_told.items()):
        if any(counts):
            _say(workshop_id, Counts())


def _say(workshop_id: str, counts: Counts) -> None:
    with suppress(DatabaseError, InterfaceError):  # whoever calls has other ways to see that the database is away
        processes.say("present", f"{workshop_id} {counts.here} {counts.writing} {counts.screens}")
        _told[workshop_id] = (time.monotonic(), counts)


def others(workshop_id: str) -> Counts:
    """What all other processes have counted, added up."""
    limit = time.monotonic() - HELD_FOR
    with _guard:
        heard = _heard.get(workshop_id, {})
        for name in [name for name, (at, _) in heard.items() if at < limit]:
            del heard[name]
        held = [counts for _, counts in heard.values()]
    return reduce(Counts.plus, held, Counts())


def _hear(process: str, text: str) -> None:
    workshop_id, here, writing, screens = text.split()
    counts = Counts(int(here), int(writing), int(screens))
    with _guard:
        _heard[workshop_id][process] = (time.monotonic(), counts)


processes.hear("present", _hear)
