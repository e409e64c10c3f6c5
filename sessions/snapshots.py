"""What each audience sees, whole: a pure function of the rows at a revision, a moment and the audience."""

import hashlib
import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from math import ceil

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from agenda import clock
from agenda.models import Workshop

from . import room, turns

Stamp = tuple[int, int, int]  # epoch, revision, at

REGIONS = {
    "phone": (
        "alarm",
        "head",
        "question",
        "status",
        "answers",
        "ask",
        "now",
        "together",
        "queue",
        "sheets",
        "themes",
        "asks",
        "rules",
        "day",
    ),
    "screen": ("main", "foot"),
    "desk": (
        *(
            "alarm",
            "miniature",
            "day",
            "live",
            "introductions",
            "queue",
            "warned",
            "questions",
            "asks",
            "parked",
            "room",
        ),
        *("next", "remote"),
    ),
}
POLL_MS = {"phone": 5000, "screen": 2000, "desk": 2000, "speaker": 2000}
MOST_ALIKE = 1000  # two working days of minutes in which nothing changed
CONTROLLED = {"phone"}  # these see what the desk changes, and nothing of an answer, a vote or of somebody joining


@dataclass(frozen=True)
class Region:
    """One part of a page: its HTML and a hash of it. It holds nothing personal, random or per request."""

    html: SafeString
    hash: str


@dataclass(frozen=True)
class Snapshot:
    """Everything one audience sees. `alike` are earlier stamps at which it looked just the same, newest last.

    A page that comes from another process may hold a stamp between those: then it did not look the same to that page.
    """

    audience: str
    stamp: Stamp
    regions: dict[str, Region]
    alike: tuple[Stamp, ...] = ()

    def again(self, stamp: Stamp) -> "Snapshot":
        """The same at a later stamp."""
        return replace(self, stamp=stamp, alike=(*self.alike, self.stamp)[-MOST_ALIKE:])

    def is_news_to(self, have: Stamp) -> bool:
        """Whether a page that holds `have` would change by it."""
        return self.stamp > have and have not in self.alike

    @property
    def since(self) -> Stamp:
        """From when it has looked like this."""
        return self.alike[0] if self.alike else self.stamp

    def frame(self) -> str:
        """The snapshot as it travels, by socket and by poll alike; only the server's time is new each time."""
        head, regions = self._told
        return f'{head}, "server_ms": {server_ms()}, {regions}'

    @cached_property
    def _told(self) -> tuple[str, str]:
        """What stands before the server's time, and after it: a hall that says hello in one second gets it as it is."""
        epoch, rev, at = self.stamp
        regions = {name: {"h": part.hash, "html": part.html} for name, part in self.regions.items()}
        head = json.dumps({"t": "state", "v": 1, "epoch": epoch, "rev": rev, "at": at})
        return head[:-1], json.dumps({"poll_ms": self.poll_ms, "regions": regions}, ensure_ascii=False)[1:]

    @property
    def poll_ms(self) -> int:
        return POLL_MS[self.audience]

    @property
    def stamp_text(self) -> str:
        return ".".join(str(part) for part in self.stamp)


def server_ms() -> int:
    return time.time_ns() // 1_000_000


def stamp(workshop: Workshop, audience: str) -> Stamp:
    """The stamp a snapshot made now would carry: time counts in whole minutes of the day's own clock."""
    revision = workshop.control_rev if audience in CONTROLLED else workshop.rev
    real = timezone.now()
    # A rehearsal's clock that stands has no next minute; the true one will do.
    stands = workshop.rehearsal and workshop.clock_real is None
    minute = (real if stands else clock.now(workshop, real=real)).replace(second=0, microsecond=0)
    began = minute if stands else clock.real_time(workshop, minute)
    return workshop.epoch, revision, ceil(began.timestamp())


def read_stamp(text: str) -> Stamp | None:
    """A stamp as a client sends it, or None for anything else."""
    parts = text.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2])


def moment(stamp: Stamp) -> datetime:
    """The true time a snapshot was made for."""
    return datetime.fromtimestamp(stamp[2], UTC)


def render(workshop: Workshop, audience: str, stamp: Stamp, seen: room.Room | None = None) -> Snapshot:
    """Render every region. `stamp` was read before the content, so content is never older than it says.

    `seen` is the room at this stamp, where somebody has looked at it already.
    """
    seen = seen or room.look(workshop, real=moment(stamp))
    regions = {}
    for name, html in _parts(seen, audience).items():
        regions[name] = Region(html, hashlib.sha256(html.encode()).hexdigest()[:16])
    return Snapshot(audience, stamp, regions)


def _parts(seen: room.Room, audience: str) -> dict[str, SafeString]:
    """The HTML of every region. Speakers share one snapshot: each has the region with the key of their item."""
    if audience == "speaker":
        shared = {"workshop": seen.workshop, "clock_runs": seen.clock_runs, "shift_ms": seen.shift_ms}
        shared["alarm"] = seen.alarm
        return {
            turn.key: render_to_string("live/speaker/_turn.html", shared | {"turn": turn})
            for turn in turns.all_of(seen)
        }
    return {
        name: render_to_string(f"live/{audience}/_{name}.html", context(seen, audience)) for name in REGIONS[audience]
    }


def context(seen: room.Room, audience: str) -> dict[str, object]:
    """What a region's template is given."""
    return {"room": seen.on_screen if audience == "screen" else seen, "workshop": seen.workshop, "audience": audience}
