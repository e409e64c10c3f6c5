"""What a page decides, without a clock, a network or chance of its own: the rules of docs/live.md and of static/js.

The model clients live by it, and the state machine in test_model.py plays with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

Stamp = tuple[int, int, int]  # epoch, revision, at
NOTHING: Stamp = (0, 0, 0)

SILENT = 0  # the code of a socket that ended because nothing was heard in time
SEAT_LOST = 4401
NEVER_AGAIN = {SEAT_LOST, 4403, 4409, 1008, 4008}
TRY_AGAIN = {408, 425, 429}
MINUTE_MS, RESTART_MS, SILENT_MS, LONGEST_BACKOFF_MS = 60_000, 5_000, 1_000, 15_000
LONGEST_RETRY_MS = 30_000


class OutOfDate(Exception):
    """The page is of another version than what the server says: it stops and offers to be loaded anew."""


def stamp_of(frame: Mapping[str, Any]) -> Stamp:
    """The stamp of a snapshot or a tick."""
    return int(frame.get("epoch") or 0), int(frame.get("rev") or 0), int(frame.get("at") or 0)


def text_of(stamp: Stamp) -> str:
    return ".".join(str(part) for part in stamp)


@dataclass
class Page:
    """What one page shows: by region, the hash that the server gave it and its HTML."""

    stamp: Stamp = NOTHING
    regions: dict[str, tuple[str, str]] = field(default_factory=dict)
    poll_ms: int = 5000

    def apply(self, frame: Mapping[str, Any]) -> bool:
        """Lay a snapshot over the page if its stamp is higher. Says whether it was."""
        if frame.get("v") != 1:
            raise OutOfDate
        self.poll_ms = min(max(int(frame.get("poll_ms") or 5000), 1000), 60_000)
        stamp = stamp_of(frame)
        if stamp <= self.stamp:
            return False
        self.stamp = stamp
        for name, region in frame["regions"].items():
            if region["h"] != self.regions.get(name, ("", ""))[0]:
                self.regions[name] = (region["h"], region["html"])
        return True

    def is_behind(self, tick: Mapping[str, Any]) -> bool:
        return stamp_of(tick) > self.stamp


@dataclass(frozen=True)
class Reply:
    """What came of one request. Status 0: no network, or nothing whole in time. `ours`: it carried X-Live: 1."""

    status: int = 0
    ours: bool = False
    body: Any = None
    retry_ms: int = 0


def reading(reply: Reply) -> str:
    """What the read of the state says to the page: "new", "same", "stale" or "away"."""
    if reply.ours and reply.status == 204:
        return "same"
    if reply.ours and reply.status in {401, 403, 404}:
        return "stale"
    if reply.ours and reply.status == 200 and isinstance(reply.body, dict):
        return "new" if reply.body.get("v") == 1 else "stale"
    return "away"


@dataclass(frozen=True)
class Sheet:
    """An answer as it is handed in. The key was made before the first try."""

    key: str
    edit: int
    question: str
    value: Any


def verdict(sheet: Sheet, reply: Reply) -> str:
    """What becomes of an answer that was tried: "saved", "older", "refused", or "kept" for another try."""
    body = reply.body if isinstance(reply.body, dict) else {}
    if reply.ours and 200 <= reply.status < 300 and body.get("key") == sheet.key:
        return "older" if int(body.get("edit") or 0) > sheet.edit else "saved"
    if reply.ours and 400 <= reply.status < 500 and reply.status not in TRY_AGAIN:
        return "refused"
    return "kept"


class Outbox:
    """The answers that the server has not acknowledged, one a question. `storage` outlives the page."""

    def __init__(self, storage: dict[str, Sheet]) -> None:
        self.storage = storage
        self.tries = 0

    def put(self, sheet: Sheet) -> None:
        """Keep an answer; a newer one replaces an older one that has not left yet."""
        self.storage[sheet.question] = sheet

    def hear(self, sheet: Sheet, reply: Reply) -> str:
        """What came of a try. Whatever is final leaves the outbox, unless a newer edit has taken its place."""
        what = verdict(sheet, reply)
        if what != "kept":
            self.tries = 0
            if self.storage.get(sheet.question) == sheet:
                del self.storage[sheet.question]
        return what

    def wait_ms(self, chance: Random) -> float:
        """How long until the next try."""
        longest = min(LONGEST_RETRY_MS, 1000 * 2 ** min(self.tries, 5))
        self.tries += 1
        return longest * (0.5 + chance.random() * 0.5)


def next_sheet(question: str, value: Any, fresh_key: str, waiting: Sheet | None, kept: Sheet | None) -> Sheet:
    """What is handed in now, on top of what waits here and of what the server is known to keep."""
    said = waiting or kept
    edit = max(waiting.edit if waiting else 0, kept.edit if kept else 0) + 1
    return Sheet(said.key if said else fresh_key, edit, question, value)


@dataclass
class Link:
    """Live, polling or lost; waits are in milliseconds, None for none."""

    chance: Random
    failures: int = 0
    polling: bool = False
    poll_ok: bool | None = None
    socket_allowed: bool = True
    healthy: bool = False

    def heard_pong(self) -> None:
        self.failures, self.polling, self.poll_ok, self.healthy = 0, False, None, True

    def socket_ended(self, code: int, retry_ms: int | None) -> float | None:
        """How long until the next try at a socket; afterwards `must_poll` says whether the page polls meanwhile."""
        was_healthy, self.healthy = self.healthy, False
        self.socket_allowed = self.socket_allowed and code not in NEVER_AGAIN
        if not was_healthy:
            self.failures += 1
        if not self.socket_allowed:
            return None
        if code == SILENT:
            return self.random(SILENT_MS)
        if was_healthy:
            return self.random(RESTART_MS if retry_ms is None else retry_ms)
        return self.backoff()

    @property
    def must_poll(self) -> bool:
        return self.failures >= 2 or not self.socket_allowed

    def has_read(self, outcome: str, has_socket: bool) -> float | None:
        """A read is back; gives how soon to try a socket because of it, None to leave it as it is."""
        before, self.poll_ok = self.poll_ok, outcome != "away"
        if not (self.poll_ok and self.polling) or has_socket or not self.socket_allowed:
            return None
        if before is False:
            return self.random(RESTART_MS)
        return self.backoff() if before is None and self.failures >= 2 else None

    def backoff(self) -> float:
        if self.polling and self.poll_ok:
            return self.around(MINUTE_MS)
        return self.random(min(LONGEST_BACKOFF_MS, 500 * 2 ** min(self.failures, 5)))

    def random(self, ms: float) -> float:
        return self.chance.random() * ms

    def around(self, ms: float) -> float:
        return ms * (0.8 + self.chance.random() * 0.4)

    @property
    def status(self) -> str:
        if self.healthy:
            return "live"
        return "polling" if self.polling and self.poll_ok else "lost"
