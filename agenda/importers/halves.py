"""From clocks as written to minutes of a day: morning or afternoon, this day or the next, read from the day's order."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .clocks import Clock, Span

NOON = 12 * 60
HALF = 12 * 60
LATE = 15 * 60
EARLY = 6 * 60  # no day that people plan begins before
EVENING, NIGHT = 18 * 60, 8 * 60  # a party may end in the morning
JUMP = 210  # minutes: a later start than this, read as evening, is more likely to be the next morning


@dataclass(frozen=True, slots=True)
class Timed:
    """A time as written, with what helps to read it: its title, the number of its day, its label in asks."""

    span: Span | None
    title: str = ""
    day: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: minutes after midnight of its day. `doubts` is what a person should be asked about it."""

    start: int | None = None
    end: int | None = None
    day: int = 1
    doubts: frozenset[str] = field(default_factory=frozenset)


def is_evening_word(text: str) -> bool:
    return any(word in text.casefold() for word in ("evening", "dinner", "reception", "drinks", "supper", "social"))


def is_morning_word(text: str) -> bool:
    return any(word in text.casefold() for word in ("breakfast", "morning", "lunch", "a.m", "arrival"))


def settled(times: Sequence[Timed], answers: Mapping[str, str]) -> list[Reading]:
    """The readings of a whole source, in its order. `answers` are those of a person to the asks, by their keys."""
    shift = 0
    by_day: dict[int, list[int]] = {}
    for place, timed in enumerate(times):
        by_day.setdefault(timed.day, []).append(place)
    done: dict[int, Reading] = {}
    for places in by_day.values():
        part, shift = _one_day([times[place] for place in places], answers, shift)
        done |= dict(zip(places, part, strict=True))
    return [done[place] for place in range(len(times))]


def _one_day(times: Sequence[Timed], answers: Mapping[str, str], shift: int) -> tuple[list[Reading], int]:
    """The readings under one heading; `shift` is how many days began before it without a heading."""
    whole_clock = _shows_24_hours(times)
    before: Reading | None = None
    read: list[Reading] = []
    for place, timed in enumerate(times):
        if timed.span is None:
            read.append(Reading(day=timed.day + shift))
            continue
        reading, begins = _next(times, place, before, whole_clock, answers)
        reading, begins = _as_said(timed, reading, begins, answers)
        shift += begins
        before = replace(reading, day=timed.day + shift)
        read.append(before)
    return read, shift


def _as_said(timed: Timed, reading: Reading, begins: int, answers: Mapping[str, str]) -> tuple[Reading, int]:
    """The same after a person's answer. The doubt stays, so that it can be answered otherwise."""
    span = timed.span
    assert span is not None
    if "marker" in reading.doubts and answers.get(f"marker-{timed.label}") == "as-written":
        start = span.start.readings()[0]
        return replace(reading, start=start, end=_end_after(span.end, start)), begins
    if "day" in reading.doubts and answers.get(f"day-{timed.label}") == "same":
        return reading, 0
    return reading, begins


def _shows_24_hours(times: Sequence[Timed]) -> bool:
    both = [clock for timed in times if timed.span for clock in (timed.span.start, timed.span.end) if clock]
    clocks = [clock for clock in both if clock.shape != "only"]  # of "7:00-15" it may be the minutes
    if any(clock.hour > 12 for clock in clocks):
        return True
    return any(clock.shape == "bare" and clock.has_zero for clock in clocks)


def _next(
    times: Sequence[Timed], place: int, before: Reading | None, whole_clock: bool, answers: Mapping[str, str]
) -> tuple[Reading, int]:
    span = times[place].span
    assert span is not None
    if before is None or before.start is None:
        return _opening(times, place, whole_clock, answers), 0
    readings = _of_range(span, whole_clock)
    later = [at for at in readings if at >= before.start]
    if later and not _is_next_morning(times, place, min(later), before, readings):
        return _with_end(span, min(later), before), 0
    if later and not span.start.half and readings[0] < before.start:
        return _with_end(span, readings[0], None, "day"), 1
    if later:
        return _with_end(span, min(later), before), 0
    return _going_back(times, place, before, readings, whole_clock)


def _going_back(
    times: Sequence[Timed], place: int, before: Reading, readings: Sequence[int], whole_clock: bool
) -> tuple[Reading, int]:
    """A start before the one above it: a wrong marker, the afternoon of a 24-hour clock, a new day, or beside it."""
    span = times[place].span
    assert span is not None
    assert before.start is not None
    other = [
        at for at in span.start.readings() + tuple(at + HALF for at in readings if at < NOON) if at >= before.start
    ]
    end = _plain_end(span)
    is_next_day = before.start >= LATE and EARLY <= readings[0] < NOON
    if (
        span.start.half == "a"
        and not is_next_day
        and other
        and (end is None or other[0] < end or end < other[0] - HALF)
    ):
        return _with_end(span, other[0], before, "marker"), 0
    is_marked = span.start.half or (span.end is not None and span.end.half and len(readings) == 1)
    if not is_marked and not span.start.has_zero and other and span.start.hour < 8:
        return _with_end(span, other[0], before), 0
    if (before.start >= LATE and readings[0] < NOON) or (place + 1 == len(times) and before.start - readings[0] > HALF):
        return _with_end(span, readings[0], None, "day"), 1
    if is_evening_word(times[place - 1].title) and readings[0] < NOON:
        return _with_end(span, readings[0], None, "day"), 1
    return _with_end(span, readings[0], None, "order"), 0


def _is_next_morning(times: Sequence[Timed], place: int, at: int, before: Reading, readings: Sequence[int]) -> bool:
    """Whether 9.00 after half past four is the next day rather than nine in the evening."""
    span = times[place].span
    assert span is not None
    assert before.start is not None
    if span.start.half or len(readings) < 2 or at == readings[0] or not 7 * 60 <= readings[0] < NOON:
        return False
    if "breakfast" in times[place].title.casefold():
        return True
    until = before.end or before.start
    if is_evening_word(times[place].title) or at - until < JUMP:
        return False
    after = [timed.span.start.readings() for timed in times[place + 1 : place + 4] if timed.span]
    return not after or any(min(found) >= readings[0] for found in after)


def _opening(times: Sequence[Timed], place: int, whole_clock: bool, answers: Mapping[str, str]) -> Reading:
    """The first time of a day; a morning unless it is one to seven, and then it depends."""
    span = times[place].span
    assert span is not None
    readings = _of_range(span, whole_clock)
    if len(readings) == 1:
        return _flipped_opening(times, place, readings[0]) or _with_end(span, readings[0], None)
    hour = span.start.hour
    if hour == 12:
        return _with_end(span, NOON + span.start.minute, None)
    evening, morning = readings[1], readings[0]
    is_short = _length_of(times) <= 5 * 60
    words = " ".join(timed.title for timed in times)
    if hour <= 4:
        return _with_end(span, evening, None)
    if hour >= 9 or is_morning_word(words):
        return _with_end(span, morning, None)
    usual = "evening" if hour < 8 and is_short else "morning"
    doubts = ("half-day",) if is_short or hour < 7 else ()
    said = answers.get("half-day", usual)
    return _with_end(span, evening if said == "evening" else morning, None, *doubts)


def _flipped_opening(times: Sequence[Timed], place: int, at: int) -> Reading | None:
    """ "12:00 a.m." for noon, "9 pm" for a morning that goes on at ten: a marker that the next time contradicts."""
    span = times[place].span
    assert span is not None
    following = next((timed.span for timed in times[place + 1 :] if timed.span), None)
    if following is None or not span.start.half:
        return None
    after = following.start.readings()
    if span.start.half == "a" and at < 60 and min(after) >= 9 * 60 and not _is_whole_day(span):
        return _with_end(span, at + NOON, None, "marker")
    if span.start.half == "p" and max(after) < at and EARLY <= at - HALF <= max(after):
        return _with_end(span, at - HALF, None, "marker")
    return None


def _is_whole_day(span: Span) -> bool:
    """From midnight far into the afternoon, or to the midnight after."""
    return span.end is not None and span.end.half == "p" and span.end.readings()[0] >= 17 * 60


def _length_of(times: Sequence[Timed]) -> int:
    """From the first time to the last, going round the clock face."""
    clocks = [timed.span.start.readings()[0] for timed in times if timed.span]
    return sum((after - before) % HALF for before, after in itertools.pairwise(clocks))


def _of_range(span: Span, whole_clock: bool) -> tuple[int, ...]:
    """What the start may mean. An end with a marker says the half of a start without one."""
    start, end = span.start, span.end
    readings = start.readings()
    if len(readings) == 1:
        return readings
    if end is not None and end.half:
        until = end.readings()[0]
        fitting = [at for at in readings if at < until]
        return (max(fitting),) if fitting else readings
    return readings[:1] if whole_clock and start.hour != 12 else readings[1:] if whole_clock else readings


def _plain_end(span: Span) -> int | None:
    return span.end.readings()[0] if span.end and span.end.is_certain else None


def _with_end(span: Span, start: int, before: Reading | None, *doubts: str) -> Reading:
    """The end that fits the start; a range of more than half a day has a wrong marker."""
    marked = {*doubts, *(["scan"] if span.start.shape == "flawed" else [])}
    end = _end_after(span.end, start)
    is_long = end is not None and end - start > HALF and not (start < 60 and _is_whole_day(span))
    if span.start.half == "a" and "marker" not in marked and end is not None and is_long:
        flipped = start + HALF
        if flipped < end and (before is None or before.start is None or flipped >= before.start):
            start, marked = flipped, marked | {"marker"}
    return Reading(start, end, doubts=frozenset(marked))


def _end_after(end: Clock | None, start: int) -> int | None:
    if end is None or start in end.readings():
        return None
    later = [*end.readings(), *(at + HALF for at in end.readings() if at < NOON)]
    if start >= EVENING:
        later += [at + 2 * HALF for at in end.readings() if at + 2 * HALF - start <= NIGHT]
    return min((at for at in later if at > start), default=None)
