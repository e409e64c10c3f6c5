"""What happened in one run, as the model clients and the desk saw it. The checker reads nothing else but this, the
rows in the end, and what a page that is opened then would show."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .model import Stamp


@dataclass(frozen=True, slots=True)
class Applied:
    """A page has taken a snapshot. Every load of a page is a page of its own."""

    page: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Tried:
    """An answer left a phone, maybe not for the first time."""

    phone: str
    question: str
    key: str
    edit: int
    value: Any


@dataclass(frozen=True, slots=True)
class Told:
    """What the phone was told of it: saved, older or refused."""

    phone: str
    question: str
    key: str
    edit: int
    value: Any
    verdict: str


@dataclass(frozen=True, slots=True)
class Reread:
    """What the server says it keeps of a phone's own. `asked_at` orders it against what the phone was told."""

    phone: str
    question: str
    key: str
    edit: int
    saved: int  # the highest edit that this phone had been told is saved when it asked


@dataclass(frozen=True, slots=True)
class Heard:
    """Words of answers, names or keys in a snapshot that came to a page. `at` is the runner's own clock."""

    page: str
    audience: str
    stamp: Stamp
    at: float
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """The desk let the room see these words of a question, or none. It took hold between `began` and `ended`."""

    question: str
    rev: int
    control_rev: int
    began: float
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ended:
    """What a page showed in the end, by region, and how it was linked then."""

    page: str
    audience: str
    link: str
    stamp: Stamp
    regions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """An answer in the database. `owner` is whatever says whose it is; `most` is how many one may give to it."""

    key: str
    question: str
    owner: str
    edit: int
    value: Any
    most: int = 1


@dataclass
class History:
    """Everything, in the order in which it happened."""

    applied: list[Applied] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    reread: list[Reread] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)  # what the server still held of people who had left

    def lines(self) -> Iterator[str]:
        for name, events in vars(self).items():
            for event in events:
                yield json.dumps({"what": name, **(event if isinstance(event, dict) else _plain(event))}, default=list)

    def write(self, path: Path) -> None:
        path.write_text("".join(f"{line}\n" for line in self.lines()), "utf-8")


def _plain(event: Any) -> dict[str, Any]:
    return {"said": event} if isinstance(event, str) else asdict(event)
