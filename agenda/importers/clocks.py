"""Clock times and lengths as people write them in agendas, and the many numbers that only look like them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
GLUED = r"(?-i:(?=[A-Z][a-z])|(?<=m)(?=[A-Z]))"  # "9.15amCoffee", "8pmSESSION"
HALF = rf"(?:\s?(?P<half>[ap])\s?\.?\s?m(?:\b\.?|{GLUED}))"
NOON = r"(?:\s?(?P<noon>noon|midday|midnight)\b(?:\s?[ap]m\b)?)"
AFTER = rf"(?:{HALF}|(?:\s?(?:hrs?|hours|h|uhr|o['’]clock)\b)?{NOON}?)(?P<ish>\s?-?ish\b)?"
DOTS = r"(?:\s?[:：]\s?|[.·,]|\s?[hH]{1,2}\s?)"
SHAPES = (
    ("minutes", rf"(?P<hour>[01]?\d|2[0-4]){DOTS}(?P<minute>[0-5]\d)(?:[:.][0-5]\d)?(?![\d%])"),
    ("bare", r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?![\d%])(?!\s\d{2})"),
    (
        "hour",
        rf"(?P<hour>1[0-2]|0?[1-9])(?=\s?[ap]\s?\.?\s?m(?:\b|{GLUED})|\s?(?:o['’]clock|noon|midday)\b|\s?-?ish\b)",
    ),
    ("hour", r"(?P<hour>[01]?\d|2[0-3])[hH](?![\w])"),
    ("word", r"(?P<hour>)(?=noon\b|midday\b|midnight\b)"),
)
DASHED = re.compile(r"(?P<hour>[01]?\d|2[0-3])-(?P<minute>[0-5]\d)(?!\d)")  # "09-30 to 10-30"
DASHED_ON = re.compile(r"\s*(?:to|[–—]|\s-)\s*\d{1,2}[-.:][0-5]\d(?!\d)")
CLOCKS = tuple((shape, re.compile(pattern + AFTER, re.IGNORECASE)) for shape, pattern in SHAPES)
TO = re.compile(r"\s*(?:/|[-–—−‐‑]{1,3}|~|→|>|\b(?:to|till?|until|through|and)(?![^\W\d_]))\s*", re.IGNORECASE)
ONWARDS = re.compile(r"\s*onwards?(?:\b|(?-i:(?=[A-Z])))", re.IGNORECASE)
TWICE = re.compile(r"\s*[(\[]\s*(?=\d)")  # "1830hrs (6:30PM)"
ROUGHLY = re.compile(r"\s*\((?:approx\.?|approximately|about|ish|tbc)\)", re.IGNORECASE)
OR = re.compile(r"\s+or\s+(?=\d)", re.IGNORECASE)  # "6pm or 8pm": the first is when it begins
BESIDE = re.compile(r"\s{1,3}(?=\d|noon\b|midnight\b)")  # "12 noon 1.00pm": a range without a dash
FOR = re.compile(r"\s+for\s+", re.IGNORECASE)  # "7.00 for 7.30pm"
ONLY_HOUR = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?=\s*(?:-|–|—|to\b|until\b|till?\b)\s*\d)", re.IGNORECASE)
CLOSE = re.compile(r"(?:close|end|finish|late|onwards?|open end)\b(?!\s+(?:of|and|&|with|by|remarks))", re.IGNORECASE)
BEFORE_ABOUT = re.compile(r"(?:~|≈|\b(?:approx\.?|approximately|about|around|circa|c\.|ca\.?))\s*$", re.IGNORECASE)
COUNTED = re.compile(  # "Round 1 – 11.00"
    r"\b(?:round|session|part|period|stage|race|heat|group|day|lesson|module|unit|item|year|week|step)\s*$",
    re.IGNORECASE,
)
ABOUT = re.compile(r"(?:approx\.?|about|c\.|[~≈:])?\s*", re.IGNORECASE)
NEAR = 24  # columns before a time in which "approximately" stands
STAMP = re.compile(
    rf"\s*[-–—,·]?\s*(?:on\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTHS})[a-z]*\.?\s+\d{{4}}"
    r"|\s+(?:[A-Z]{3,4}\s+)?(?:19|20)\d\d\b|\s\+\d{4}\b"
    r"|\.(?:19|20)\d\d\b|\.?\s?[-–]\s?\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b",  # "07.03. – 08.03.2011"
    re.IGNORECASE,
)
WORDS = re.compile(r"[\s:–—-]+[^\W\d_]")
BARE_END = re.compile(r"(?<=\d)[-–](?P<hour>1\d|2[0-3]|0?[1-9])(?![\w:.,/%-]|\s[ap]\.?\s?m\b)", re.IGNORECASE)
HOUR_ENDS = re.compile(  # "9:30 – 10" and nothing more; "Noon to 1 Lunch"
    r"\s*[-–—]\s*(?P<hour>1[0-2]|[1-9])\s*$|\s+(?:to|till?|until)\s+(?P<then>1[0-2]|[1-9])(?=\s+(?![AaPp]\.?[Mm]\b)(?-i:[A-Z]))"
)
FLAWED = re.compile(
    r"(?P<hour>1\s?[0-2IlO|]|[1-9])\s?(?P<dots>[IlO|]?[:.])\s?(?P<minute>[0-5IlO|][\dIlO|])(?=\s?[ap]\.?\s?m\b)"
)
LENGTH = re.compile(
    r"(?:[~≈]|approx\.?\s|about\s)?\s*"
    r"(?:(?P<hours>\d{1,2}(?:[.,]\d{1,2}|½)?)\s?-?(?:hours?|hrs?|h)\b\.?\s*(?:and\s+)?"
    r"(?:(?P<rest>[0-5]?\d)\s?-?(?:minutes?|mins?|m)?\b)?|(?P<minutes>\d{1,3})\s?-?(?:(?:minutes?|mins?|min)\b\.?|['’′](?!\w)))"
    r"(?P<each>\s+(?:per|each|for each)\b[^)\]]*)?",
    re.IGNORECASE,
)
WORDY = {"half an hour": 30, "half hour": 30, "an hour and a half": 90, "one hour": 60, "an hour": 60, "two hours": 120}


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as written. `half` is "a", "p" or "".

    `shape` is one of "minutes", "bare", "hour", "word", "flawed", "dashed", "only".
    """

    hour: int
    minute: int
    half: str = ""
    shape: str = "minutes"
    has_zero: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether it can be only one minute of the day."""
        return bool(self.half) or self.hour > 12 or self.hour == 0

    def readings(self) -> tuple[int, ...]:
        """Minutes after midnight that it may mean, the earliest first."""
        if self.half:
            return ((self.hour % 12 + (12 if self.half == "p" else 0)) * 60 + self.minute,)
        if self.hour > 12 or self.hour == 0:
            return (self.hour * 60 + self.minute,)
        return (self.hour % 12 * 60 + self.minute, (self.hour % 12 + 12) * 60 + self.minute)


@dataclass(frozen=True, slots=True)
class Span:
    """A time, or a time and an end, between two columns of a text. `end_text` is an end in words ("Close")."""

    begin: int
    stop: int
    start: Clock
    end: Clock | None = None
    end_text: str = ""
    is_about: bool = False

    @property
    def is_range(self) -> bool:
        return self.end is not None


@dataclass(frozen=True, slots=True)
class Length:
    """A length between two columns of a text; `minutes` is None for one that depends ("per paper")."""

    begin: int
    stop: int
    minutes: int | None


def spans(text: str, *, glued: bool = False) -> Iterator[Span]:
    """Every time in a line, left to right; `text` may hold anything. `glued`: a time may stand right behind a word."""
    return iter(_spans(text, glued))


@lru_cache(maxsize=16)
def _spans(text: str, glued: bool) -> tuple[Span, ...]:
    """A line is asked about again and again, so the last few are kept."""
    at, found = 0, []
    while at < len(text):
        span = span_at(text, at) if _may_begin(text, at, glued) else None
        if span:
            found.append(span)
        at = span.stop if span else at + 1
    return tuple(found)


def span_at(text: str, at: int) -> Span | None:
    """The time that begins exactly at that column."""
    first = _dashed_at(text, at) or _clock_at(text, at) or _only_hour_at(text, at)
    if first is None:
        return _flawed_at(text, at)
    clock, stop, is_about = first
    if STAMP.match(text, stop):
        return None
    is_about = is_about or bool(BEFORE_ABOUT.search(text[max(at - NEAR, 0) : at]))
    span = Span(at, stop, clock, is_about=is_about)
    ended = _said_twice(text, _with_end(text, _said_twice(text, span)))
    return None if ended.end is None and clock.shape == "only" else ended


def _may_begin(text: str, at: int, glued: bool) -> bool:
    if not (text[at].isdigit() or text[at] in "nNmM"):
        return False
    before = text[at - 1] if at else " "
    if glued and text[at].isdigit() and before.isalpha():
        return True
    is_end = before in "-–" and at > 1 and text[at - 2].isdigit()
    return not (is_end or before.isalnum() or before in ".,:/£$€#_+%@&=")


def _clock_at(text: str, at: int) -> tuple[Clock, int, bool] | None:
    for shape, pattern in CLOCKS:
        found = pattern.match(text, at)
        if found:
            return _clock(shape, found), found.end(), bool(found["ish"])
    return None


def _clock(shape: str, found: re.Match[str]) -> Clock:
    hour, noon = found["hour"], (found["noon"] or "").lower()
    minute = int(found["minute"]) if "minute" in found.groupdict() and found["minute"] else 0
    half = (found["half"] or "").lower()
    if noon:
        return Clock(12, minute if hour else 0, "a" if noon == "midnight" else "p", shape)
    if hour == "24":
        return Clock(0, minute, half, shape)
    clock = Clock(int(hour), minute, half, shape, hour.startswith("0"))
    return replace(clock, half="") if clock.hour > 12 or clock.hour == 0 else clock


def _dashed_at(text: str, at: int, *, is_end: bool = False) -> tuple[Clock, int, bool] | None:
    """Hours and minutes with a dash between them: no time by itself, only with another of its kind."""
    found = DASHED.match(text, at)
    if found is None or not (is_end or DASHED_ON.match(text, found.end())):
        return None
    return (
        Clock(int(found["hour"]), int(found["minute"]), "", "dashed", found["hour"].startswith("0")),
        found.end(),
        False,
    )


def _only_hour_at(text: str, at: int) -> tuple[Clock, int, bool] | None:
    """The first hour of "9-10am" and "9 – 9.30": no time by itself, only before an end that is one."""
    found = ONLY_HOUR.match(text, at)
    if found and COUNTED.search(text[max(at - NEAR, 0) : at]):
        return None
    return (Clock(int(found["hour"]), 0, "", "only"), found.end(), False) if found else None


def _flawed_at(text: str, at: int) -> Span | None:
    """A time that was scanned badly: "1 I:30 a.m."."""
    found = FLAWED.match(text, at)
    if found is None:
        return None
    digits = [re.sub(r"\s", "", re.sub("[Il|]", "1", part.replace("O", "0"))) for part in found.group("hour", "minute")]
    ending = re.compile(HALF, re.IGNORECASE).match(text, found.end())
    if ending is None or not 1 <= int(digits[0] + "1" * (found["dots"][0] in "Il|")) <= 12:
        return None
    hour = int(digits[0] + "1" * (found["dots"][0] in "Il|"))
    return Span(at, ending.end(), Clock(hour, int(digits[1]), ending["half"].lower(), "flawed"))


def _said_twice(text: str, span: Span) -> Span:
    """With the same time in brackets behind it, as another clock shows it, or with another that may be."""
    if (other := OR.match(text, span.stop)) and (second := _clock_at(text, other.end())):
        return replace(span, stop=second[1])
    if roughly := ROUGHLY.match(text, span.stop):
        return replace(span, stop=roughly.end(), is_about=True)
    bracket = TWICE.match(text, span.stop)
    again = _clock_at(text, bracket.end()) if bracket else None
    if again is None or text[again[1] : again[1] + 1] not in (")", "]"):
        return span
    is_same = again[0].readings()[0] % 720 == span.start.readings()[0] % 720
    return replace(span, stop=again[1] + 1) if is_same else span


def _with_end(text: str, span: Span) -> Span:
    if (hour := BARE_END.match(text, span.stop)) and span.start.shape == "minutes":
        return replace(span, stop=hour.end(), end=Clock(int(hour["hour"]), 0, shape="only"))
    if onwards := ONWARDS.match(text, span.stop):
        return replace(span, stop=onwards.end())
    if (gathering := FOR.match(text, span.stop)) and (sits := _clock_at(text, gathering.end())):
        half = span.start.half or sits[0].half
        return replace(span, stop=sits[1], start=replace(span.start, half=half if span.start.hour <= 12 else ""))
    if hour := HOUR_ENDS.match(text, span.stop):
        return replace(span, stop=hour.end(), end=Clock(int(hour["hour"] or hour["then"]), 0, shape="only"))
    to = TO.match(text, span.stop)
    if to is None:
        return _end_beside(text, span)
    after = ABOUT.match(text, to.end())
    at = after.end() if after else to.end()
    ended = (span.start.shape == "dashed" and _dashed_at(text, at, is_end=True)) or _clock_at(text, at)
    if ended and not STAMP.match(text, ended[1]) and not _is_decoy_end(span.start, ended[0]):
        return replace(span, stop=ended[1], end=ended[0], is_about=span.is_about or ended[2])
    if (words := CLOSE.match(text, at)) and "/" not in to[0]:
        return replace(span, stop=words.end(), end_text=words[0])
    return span


def _end_beside(text: str, span: Span) -> Span:
    """With an end that only a space parts from the start, where both are surely times and words follow."""
    beside = BESIDE.match(text, span.stop)
    second = _clock_at(text, beside.end()) if beside else None
    if second is None or {span.start.shape, second[0].shape} - {"minutes", "hour", "word"}:
        return span
    end, stop, _is_about = second
    apart = (end.readings()[0] - span.start.readings()[0]) % 720
    is_last = at_end(text, stop) and bool(text[: span.begin].strip())  # "Break 10.50am 11.05am"
    alone = not TO.match(text, stop) and not BESIDE.match(text, stop) and (is_last or bool(WORDS.match(text, stop)))
    return replace(span, stop=stop, end=end) if 5 <= apart <= 300 and alone else span


def at_end(text: str, at: int) -> bool:
    return not text[at:].strip(" .,;:")


def _is_decoy_end(start: Clock, end: Clock) -> bool:
    """Four digits end a time only if four digits, or a marker, began it: "9.00 – 2019 budget" """
    return end.shape == "bare" and not end.half and start.shape not in {"bare", "only"}


def lengths(text: str) -> Iterator[Length]:
    """Every length in a line: "20 minutes", "1h30", "45'", "1.5 hours", "half an hour"."""
    for words, minutes in WORDY.items():
        if (at := text.lower().find(words)) >= 0:
            yield Length(at, at + len(words), minutes)
            return
    for found in LENGTH.finditer(text):
        begin = found.start() + len(found[0]) - len(found[0].lstrip())
        before = text[begin - 1] if begin else " "
        if not (before.isalnum() or before in ".,:×-"):
            yield Length(begin, found.end(), None if found["each"] else _minutes(found))


def _minutes(found: re.Match[str]) -> int:
    if found["minutes"]:
        return int(found["minutes"])
    hours = float(found["hours"].replace("½", ".5").replace(",", "."))
    return round(hours * 60) + int(found["rest"] or 0)
