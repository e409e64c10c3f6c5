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

    def offer(self, frame: Frame, alike: list[Stamp]) -> None:
        if stamp_of(frame) > self.have and self.have not in alike:
            self.have, self.waiting = stamp_of(frame), frame


@dataclass
class Process:
    """One process: it renders once a stamp, and whoever holds a stamp at which it looked the same is told nothing.

    Beside other processes that is not everybody with an older stamp: what looks the same here as long ago has looked
    different meanwhile to a page that comes from another process, and whose stamp lies between.
    """

    newest: Frame | None = None
    alike: list[Stamp] = field(default_factory=list)  # earlier stamps of what is newest
    followers: dict[int, Follower] = field(default_factory=dict)

    def current(self, rows: Rows) -> Frame:
        if self.newest is None or stamp_of(self.newest) != rows.stamp:
            before, self.newest = self.newest, rows.render()
            same = before is not None and not _differs(before, self.newest)
            self.alike = [*self.alike, stamp_of(before)] if before and same else []
        return self.newest

    def read(self, rows: Rows) -> None:
        """Once a second, or at a hint."""
        frame = self.current(rows)
        for follower in self.followers.values():
            follower.offer(frame, self.alike)

    def hello(self, page: int, have: Stamp, rows: Rows) -> None:
        self.followers[page] = Follower(have)
        frame = self.current(rows)
        self.followers[page].offer(frame, self.alike)

    def tick(self) -> Frame | None:
        if self.newest is None:
            return None
        epoch, rev, at = self.alike[0] if self.alike else stamp_of(self.newest)
        return {"t": "tick", "epoch": epoch, "rev": rev, "at": at}


def _differs(old: Frame, new: Frame) -> bool:
    restored = old["epoch"] != new["epoch"] or stamp_of(old)[:2] > stamp_of(new)[:2]
    return bool(restored or old["regions"] != new["regions"])
