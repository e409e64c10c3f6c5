"""The server's side in a nutshell: rows with a revision, and processes that render, keep and hand out snapshots.

What it says is what sessions/rendering.py and sessions/follower.py do; the machine in test_model.py plays with it.
"""

from dataclasses import dataclass, field
from typing import Any

from .model import Stamp, stamp_of

Frame = dict[str, Any]


@dataclass
class Rows:
    """The database: what every region says, and the three numbers of its stamp."""

    regions: dict[str, int]
    epoch: int = 1
    rev: int = 1
    at: int = 60

    @property
    def stamp(self) -> Stamp:
        return self.epoch, self.rev, self.at

    def change(self, region: str, value: int) -> None:
        self.regions[region] = value
        self.rev += 1

    def restore(self, regions: dict[str, int], rev: int) -> None:
        """An older day is carried in: the revision may be any, and the epoch rises."""
        self.regions, self.rev, self.epoch = dict(regions), rev, self.epoch + 1

    def render(self) -> Frame:
        epoch, rev, at = self.stamp
        shown = {name: {"h": f"h{value}", "html": f"<p>{value}</p>"} for name, value in self.regions.items()}
        return {"t": "state", "v": 1, "epoch": epoch, "rev": rev, "at": at, "poll_ms": 5000, "regions": shown}


@dataclass
class Follower:
    """One socket: what its page was sent last, and the one frame that has not left yet."""

    have: Stamp
    waiting: Frame | None = None

    def offer(self, frame: Frame) -> None:
        if stamp_of(frame) > self.have:
            self.have, self.waiting = stamp_of(frame), frame


@dataclass
class Process:
    """One process: it renders once a stamp, and nobody is told of a rendering in which nothing changed.

    `alone`: it keeps the older stamp then. Beside other processes it must not: what looks the same here as long ago
    has looked different meanwhile to a page that comes from another process, and whose stamp lies between.
    """

    alone: bool = True
    seen: Stamp | None = None  # for which it has looked at the rows
    newest: Frame | None = None
    told: Frame | None = None
    followers: dict[int, Follower] = field(default_factory=dict)

    def current(self, rows: Rows) -> Frame:
        if self.newest is None or self.seen != rows.stamp:
            fresh = rows.render()
            if self.newest is None or not self.alone or _differs(self.newest, fresh):
                self.newest = fresh
            self.seen = rows.stamp
        return self.newest

    def read(self, rows: Rows) -> None:
        """Once a second, or at a hint."""
        frame = self.current(rows)
        if self.told is None or _differs(self.told, frame):
            self.told = frame
            for follower in self.followers.values():
                follower.offer(frame)

    def hello(self, page: int, have: Stamp, rows: Rows) -> None:
        self.followers[page] = Follower(have)
        self.followers[page].offer(self.current(rows))

    def tick(self) -> Frame | None:
        return {**self.newest, "t": "tick"} if self.newest else None


def _differs(old: Frame, new: Frame) -> bool:
    restored = old["epoch"] != new["epoch"] or stamp_of(old)[:2] > stamp_of(new)[:2]
    return bool(restored or old["regions"] != new["regions"])
