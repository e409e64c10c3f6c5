"""Who is here and who is writing, from heartbeats. Kept in memory for half a minute, never stored."""

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


def count(lines: Iterable[Heard], workshop_id: str) -> dict[str, object]:
    """How many phones are here, and how many people are writing on one."""
    seen: dict[str, bool] = {}
    limit = time.monotonic() - HERE_FOR
    with _guard:
        phones = _polls[workshop_id]
        for who, (at, _writing) in list(phones.items()):
            if at < limit:
                del phones[who]
        seen.update({who: writing for who, (_at, writing) in phones.items()})
    for line in lines:
        seen[line.who] = seen.get(line.who, False) or line.writing
    writing = sum(seen.values())
    # One or two people are never told apart: with the count of answers beside it, a number would point at somebody.
    return {"here": len(seen), "writing": min(1, writing) if writing < FEW else writing}
