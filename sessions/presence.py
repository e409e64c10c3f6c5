"""Who is here, who is writing and which screens are on, from heartbeats.

Kept in memory for half a minute, never stored.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

HERE_FOR = 30.0
FEW = 3


class Heard(Protocol):
    who: str
    writing: bool


_polls: dict[str, dict[str, tuple[float, bool]]] = defaultdict(dict)
_guard = threading.Lock()


def polled(workshop_id: str, who: str, writing: bool) -> None:
    """A phone that polls has asked for the state."""
    with _guard:
        _polls[workshop_id][who] = (time.monotonic(), writing)


def screen_polled(workshop_id: str, who: str) -> None:
    """A screen that polls has asked for the state."""
    polled(_screens_of(workshop_id), who, writing=False)


def _screens_of(workshop_id: str) -> str:
    return f"{workshop_id}/screen"


def screens(lines: Iterable[Heard], workshop_id: str) -> int:
    """How many browsers show the screen; two windows of one are one."""
    return len(_polling(_screens_of(workshop_id)).keys() | {line.who for line in lines})


def _polling(key: str) -> dict[str, bool]:
    """Whoever has polled lately, and whether they write."""
    limit = time.monotonic() - HERE_FOR
    with _guard:
        heard = _polls[key]
        for who, (at, _writing) in list(heard.items()):
            if at < limit:
                del heard[who]
        return {who: writing for who, (_at, writing) in heard.items()}


def count(lines: Iterable[Heard], workshop_id: str) -> dict[str, object]:
    """How many phones are here, and how many people are writing on one."""
    seen = _polling(workshop_id)
    for line in lines:
        seen[line.who] = seen.get(line.who, False) or line.writing
    writing = sum(seen.values())
    # One or two people are never told apart: with the count of answers beside it, a number would point at somebody.
    return {"here": len(seen), "writing": min(1, writing) if writing < FEW else writing}
