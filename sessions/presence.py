"""Who is here, who is writing and which screens are on, from heartbeats.

Kept in memory for half a minute, never stored.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, Protocol

HERE_FOR = 30.0
FEW = 3


class Counts(NamedTuple):
    """As they are; whoever shows them uses `told`."""

    here: int = 0
    writing: int = 0
    screens: int = 0

    def plus(self, others: "Counts") -> "Counts":
        return Counts(*map(sum, zip(self, others, strict=True)))


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


def _polling(key: str) -> dict[str, bool]:
    """Whoever has polled lately, and whether they write."""
    limit = time.monotonic() - HERE_FOR
    with _guard:
        heard = _polls[key]
        for who, (at, _writing) in list(heard.items()):
            if at < limit:
                del heard[who]
        return {who: writing for who, (_at, writing) in heard.items()}


def count(phones: Iterable[Heard], screens: Iterable[Heard], workshop_id: str) -> Counts:
    """People, not sockets: a phone that listens with two pages, or listens and polls, is here once."""
    seen = _polling(workshop_id)
    for phone in phones:
        seen[phone.who] = seen.get(phone.who, False) or phone.writing
    shown = _polling(_screens_of(workshop_id)).keys() | {screen.who for screen in screens}
    return Counts(len(seen), sum(seen.values()), len(shown))


def told(counts: Counts) -> dict[str, object]:
    """For the desk. One or two people who write are never told apart: with the count of answers beside it, a number
    would point at somebody."""
    writing = min(1, counts.writing) if counts.writing < FEW else counts.writing
    return counts._asdict() | {"writing": writing}
