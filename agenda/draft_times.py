"""The times of a draft as they follow from what was typed, and everything that is to be said about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from . import plan, typed
from .draft_notes import FLOOR, MOST_MINUTES, Note, Param, look_at_words
from .drafting import Draft, Row, day_of, to_document

EARLY = "08:00"  # before it, "1.15" is more likely to be meant for the afternoon
HALF_A_DAY = timedelta(hours=12)
ANY_DAY = date(2001, 1, 1)  # for times of a draft whose date cannot be read: no clock changes on it

NOT_THAT_DAY = "The clocks change that day, and no clock shows %(time)s. Give it another time."
TWICE = "The clocks change that day, and every clock shows %(time)s twice. Give it another time."
SAME_TIME = "Starts at the same time as “%(before)s”. Give one of them another time."
OUT_OF_ORDER = (
    "Starts at %(time)s, before “%(before)s” above it (%(then)s). "
    "Move it up, change its time, or shorten what is above it."
)
AFTERNOON = "%(time)s is before “%(before)s” above it (%(then)s). For the afternoon, write %(later)s."
MIDNIGHT = "Would start after midnight. A day ends on the date it began: make something shorter, or take it out."
NO_TIME_BEFORE = "Give this a time, or say above when the day starts: until then nothing can follow on."
OTHER_START = "The day starts at %(starts)s, and its first item at %(time)s."
HOW_LONG = "Say how many minutes it takes: what follows depends on it."
NO_TIME_TO_KEEP = "There is no time to keep yet. Give it one, or untick “Keep this time”."
OVERLAP = "Starts %(span)s before “%(before)s” ends."
HOLE = "%(span)s free before this."
PAST_END = "Ends %(span)s after %(time)s, when the day should end."
PAST_CLOSE = "Stands after “%(close)s”."
MINUTES_UNUSED = "Its minutes do not count: it begins when the day is started, and lasts until the next item."
TYPING = "Asks each person for %(typing)s of typing, and is %(length)s long."


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the times worked out for it, in UTC; None where they cannot be. The first may start at a press."""

    row: Row
    start: datetime | None
    end: datetime | None
    minutes: int | None
    at_press: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A draft worked out: a line for each row, and the notes in the order of the page."""

    draft: Draft
    zone: str
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]

    @property
    def start(self) -> datetime | None:
        return next((line.start for line in self.lines if line.start), None)

    @property
    def finish(self) -> datetime | None:
        return max((line.end for line in self.lines if line.end), default=None)

    @property
    def is_sound(self) -> bool:
        """Nothing stands between it and publication."""
        return not any(note.serious for note in self.notes)

    def document(self) -> dict[str, Any]:
        """What it says in a workshop document; only for one that is sound."""
        starts = [plan.NOW if line.start is None else plan.shown_at(line.start, self.zone) for line in self.lines]
        return to_document(self.draft, starts, [line.minutes for line in self.lines])


def lay_out(draft: Draft, zone: str, asked: Mapping[str, timedelta] | None = None) -> Layout:
    """Work out every time of the draft. `asked`: row key -> how long each person would be typing."""
    day = day_of(draft) or ANY_DAY
    anchors = [_instant(Note(row.key, "at", ""), row.at, day, zone) for row in draft.rows]
    opening = _instant(Note("", "starts", ""), draft.starts, day, zone)
    lines = _lines(draft, _known(opening), [_known(found) for found in anchors])
    notes = [*look_at_words(draft), *(found for found in (opening, *anchors) if isinstance(found, Note))]
    notes += [*_look_at_unknowns(lines), *_look_at_order(lines, zone), *_look_at_lengths(lines, asked or {})]
    notes += [*_look_at_days(lines, day, zone), *_look_at_edges(draft, lines, day, zone)]
    order = {row.key: place for place, row in enumerate(draft.rows)}
    notes.sort(key=lambda note: (order.get(note.row, -1), not note.serious))
    return Layout(draft, zone, tuple(lines), tuple(notes))


def _instant(about: Note, text: str, day: date, zone: str) -> datetime | Note | None:
    """The instant of a clock time that was typed; a note about it if that day has no such instant."""
    shown = typed.clock(text)
    if shown is None:
        return None
    try:
        return plan.instant(day, shown, zone)
    except plan.NoSuchTime as error:
        return replace(about, message=TWICE if "twice" in str(error) else NOT_THAT_DAY, params={"time": shown})


def _known(found: datetime | Note | None) -> datetime | None:
    return found if isinstance(found, datetime) else None


def _lines(draft: Draft, opening: datetime | None, anchors: Sequence[datetime | None]) -> list[Line]:
    lines = []
    end = opening
    for place, row in enumerate(draft.rows):
        follows = not row.at.strip()
        begins = anchors[place] or end  # what follows a time that cannot be read follows on as if it had none
        until = anchors[place + 1] if place + 1 < len(anchors) else begins
        at_press = place == 0 and follows and not draft.starts.strip()
        minutes = None if at_press else _length(row, begins, until)
        end = None if begins is None or minutes is None else begins + timedelta(minutes=minutes)
        lines.append(Line(row, begins if follows or anchors[place] else None, end, minutes, at_press))
    return lines


def _length(row: Row, begins: datetime | None, until: datetime | None) -> int | None:
    """As typed; or until the next starts, if nothing was."""
    if row.minutes.strip():
        number = typed.minutes(row.minutes)
        return number if number is not None and 0 <= number <= MOST_MINUTES else None
    if begins is None or until is None or until < begins:
        return None
    return int((until - begins).total_seconds()) // 60


def _look_at_unknowns(lines: Sequence[Line]) -> Iterator[Note]:
    if lines and lines[0].at_press:
        if lines[0].row.fixed:
            yield Note(lines[0].row.key, "fixed", NO_TIME_TO_KEEP)
        if lines[0].row.minutes.strip() and len(lines) > 1 and lines[1].start:
            yield Note(lines[0].row.key, "minutes", MINUTES_UNUSED, serious=False)
    for before, line in pairwise(lines):
        if line.start is None and not line.row.at.strip():
            if before.at_press:
                yield Note(line.row.key, "at", NO_TIME_BEFORE)
            elif before.start and not before.row.minutes.strip():
                yield Note(before.row.key, "minutes", HOW_LONG)


def _look_at_order(lines: Sequence[Line], zone: str) -> Iterator[Note]:
    """Each start against the nearest known one above it; how they touch only if nothing stands in between."""
    known = [(place, line) for place, line in enumerate(lines) if line.start]
    for (above, before), (place, line) in pairwise(known):
        assert before.start is not None
        assert line.start is not None
        if line.start <= before.start:
            yield _out_of_order(before, line, zone)
        elif above == place - 1 and before.end and before.end != line.start:
            yield _touching(before, line)
    closed = next((line for line in lines if line.row.kind == "close"), None)
    if closed and closed is not lines[-1]:
        after = lines[lines.index(closed) + 1].row
        yield Note(after.key, "title", PAST_CLOSE, {"close": _name(closed)}, serious=False)


def _out_of_order(before: Line, line: Line, zone: str) -> Note:
    assert before.start is not None
    assert line.start is not None
    params = {
        "before": _name(before),
        "time": plan.shown_at(line.start, zone),
        "then": plan.shown_at(before.start, zone),
        "later": plan.shown_at(line.start + HALF_A_DAY, zone),
    }
    if line.start == before.start:
        return Note(line.row.key, "at", SAME_TIME, params)
    helps = params["time"] < EARLY and line.row.at.strip() and line.start + HALF_A_DAY > before.start
    return Note(line.row.key, "at", AFTERNOON if helps else OUT_OF_ORDER, params)


def _touching(before: Line, line: Line) -> Note:
    assert before.end is not None
    assert line.start is not None
    free = line.start - before.end
    if free > timedelta(0):
        return Note(line.row.key, "at", HOLE, {"span": free}, serious=False)
    return Note(line.row.key, "at", OVERLAP, {"span": -free, "before": _name(before)}, serious=False)


def _look_at_lengths(lines: Sequence[Line], asked: Mapping[str, timedelta]) -> Iterator[Note]:
    for line in lines:
        key, floor, typing = line.row.key, typed.minutes(line.row.floor), asked.get(line.row.key)
        if line.minutes is None:
            continue
        if floor is not None and line.minutes < floor <= MOST_MINUTES:
            yield Note(key, "floor", FLOOR, {"floor": floor, "minutes": line.minutes})
        length = timedelta(minutes=line.minutes)
        if typing and typing > length > timedelta(0):  # what takes no time is a mark in the day, such as its close
            yield Note(key, "minutes", TYPING, {"typing": typing, "length": length}, serious=False)


def _look_at_days(lines: Sequence[Line], day: date, zone: str) -> Iterator[Note]:
    """Starts that a clock time on that date cannot say."""
    for line in lines:
        if line.start is None:
            continue
        if line.start.astimezone(ZoneInfo(zone)).date() != day:
            yield Note(line.row.key, "at", MIDNIGHT)
            return
        found = _instant(Note(line.row.key, "at", ""), plan.shown_at(line.start, zone), day, zone)
        if isinstance(found, Note):
            yield found


def _look_at_edges(draft: Draft, lines: Sequence[Line], day: date, zone: str) -> Iterator[Note]:
    """The first and the last line against when the day should start and end."""
    first, starts = lines[0] if lines else None, typed.clock(draft.starts)
    if first and first.start and starts and (time := plan.shown_at(first.start, zone)) != starts:
        yield Note(first.row.key, "at", OTHER_START, {"starts": starts, "time": time}, serious=False)
    ends = _instant(Note("", "ends", ""), draft.ends, day, zone)
    if isinstance(ends, Note):
        yield ends
    elif ends:
        late = next((line for line in lines if line.end and line.end > ends), None)
        if late and late.end:
            params: dict[str, Param] = {"span": late.end - ends, "time": plan.shown_at(ends, zone)}
            yield Note(late.row.key, "minutes", PAST_END, params, serious=False)


def _name(line: Line) -> str:
    return line.row.title.strip() or "…"
