"""What each speaker sees of the day: their own time and what comes next, never how late the day is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from agenda import words
from feedback.speaker_queue import Queued

from . import speaker_links
from .lines import Line
from .room import Room

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Turn:
    """One item as its speaker sees it. `state`: a row's, or `held`, or `gone` from the running order.

    `before`, `then`: the items around it that will take place. `is_next`: nothing else comes first. `left`: in words,
    while the clock stands; the page counts it otherwise, down to `ends_ms` and then up. `asked`: the next questions.
    """

    key: str
    state: str
    line: Line | None = None
    before: Line | None = None
    then: Line | None = None
    is_next: bool = False
    ends_ms: int | None = None
    until: str = ""
    left: str = ""
    asked: Sequence[Queued] = ()
    asked_is_long: bool = False


def speaking(seen: Room) -> list[Line]:
    """The items that somebody speaks in, in order."""
    return [line for line in seen.lines if line.item.kind == "speaker" or line.item.key in seen.speakers]


def all_of(seen: Room) -> list[Turn]:
    """A turn for each item that has a speaker, and for each that had one when its link was made."""
    lines = {line.item.key: line for line in seen.lines}
    keys = [line.item.key for line in speaking(seen)]
    keys += sorted(speaker_links.out(seen.workshop) - set(keys))
    return [_turn(seen, lines[key]) if key in lines else Turn(key, "gone") for key in keys]


def _turn(seen: Room, line: Line) -> Turn:
    around = [each for each in seen.lines if each is line or each.row.state != "skipped"]
    place = around.index(line)
    is_live = line.row.state == "live" and not seen.is_left
    return Turn(
        key=line.item.key,
        state=_state(seen, line),
        line=line,
        before=around[place - 1] if place else None,
        then=around[place + 1] if place + 1 < len(around) else None,
        is_next=seen.schedule.next == line.row and seen.state == "running",
        ends_ms=seen.due_ms if is_live else None,
        until=seen.due if is_live else "",
        left=_left(seen, line) if line.row.held_since else "",
        asked=seen.queue.shown if is_live and seen.queue.is_open else (),
        asked_is_long=is_live and seen.queue.is_long,
    )


def _state(seen: Room, line: Line) -> str:
    if seen.is_left and line.row.state in {"live", "pending"}:
        return "done"
    return "held" if line.row.held_since else line.row.state


def _left(seen: Room, line: Line) -> str:
    """What is left on a clock that stands, "" for less than a minute."""
    moment = max(seen.now, *(event.at for event in seen.day.log))
    left = line.row.due - moment if line.row.due else timedelta(0)
    return words.minutes(left) if left >= MINUTE else ""
