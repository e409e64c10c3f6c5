"""Dates in the lines of an agenda: headings of days, and the date of the day itself."""

import re
from dataclasses import dataclass
from datetime import date

DAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
ORDINAL = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s?[:.h]\s?\d\d)"
YEAR = r"(?P<year>(?:19|20)\d\d)"
DATE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{ORDINAL}\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR})?",
        rf"\b{MONTH}\s+{ORDINAL}(?:,?\s+{YEAR})?",
        rf"\b(?P<day>[0-3]?\d)[/.](?P<month>0?[1-9]|1[0-2])[/.]{YEAR}",
        rf"\b{YEAR}-(?P<month>0\d|1[0-2])-(?P<day>[0-3]\d)\b",
        r"(?<=day )(?P<day>[0-3]?\d)/(?P<month>0?[1-9]|1[0-2])\b(?![/\d])",
        r"^(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0[1-9]|1[0-2])\.?(?=\s+\d{1,2}[.:]\d\d\s?[ap]\.?m)",
    )
)
WEEKDAY = re.compile(rf"\b{DAYS}\b\.?", re.IGNORECASE)
NUMBERED = re.compile(
    r"\bday\s+(?P<number>\d{1,2}|one|two|three|four|five|i{1,3}|iv|v)\b|"
    r"\b(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)\s+day\b",
    re.IGNORECASE,
)
FILLING = re.compile(
    r"[\s,:;|()\[\]–—*#_.•-]+|\b(?:date|the|on|of|and|programme|program|agenda|schedule|timetable|itinerary|"
    r"evening|morning|afternoon|day)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DayName:
    """A date, a weekday or "Day 2" between two columns of a line. `iso` is "YYYY-MM-DD" where the year is written."""

    begin: int
    stop: int
    iso: str = ""


def day_name(text: str) -> DayName | None:
    """The first stretch of a line that names a day; "Tuesday, 9 May" is one stretch."""
    found = sorted(_stretches(text))
    if not found:
        return None
    begin, stop, iso = found[0]
    for after, until, more in found[1:]:
        if after <= stop or not FILLING.sub("", text[stop:after]):
            stop, iso = max(stop, until), iso or more
    return DayName(begin, stop, iso)


def heading(text: str) -> str:
    """The name of a day if the line is nothing else, tidied; else empty."""
    named = day_name(text)
    if named is None or FILLING.sub("", text[: named.begin] + text[named.stop :]):
        return ""
    return " ".join(text.strip(" \t*#_|:–—-").split())


def led(text: str) -> tuple[str, str]:
    """The name of a day at the start of a line, and what follows it: "Tuesday, 9 May – 10.00am" -> both."""
    named = day_name(text)
    if named is None or FILLING.sub("", text[: named.begin]):
        return "", text
    return " ".join(text[named.begin : named.stop].split()), text[named.stop :].lstrip(" \t,:;–—|-")


def whole_date(text: str) -> str:
    """The first date with a year, "YYYY-MM-DD"; empty if there is none that exists."""
    named = day_name(text)
    return named.iso if named else ""


def _stretches(text: str) -> list[tuple[int, int, str]]:
    found = [(hit.start(), hit.end(), "") for hit in WEEKDAY.finditer(text) if _is_weekday(hit[0])]
    found += [(hit.start(), hit.end(), "") for hit in NUMBERED.finditer(text)]
    for pattern in DATE:
        found += [
            (hit.start(), hit.end(), _iso(hit)) for hit in pattern.finditer(text) if int(hit["day"]) in range(1, 32)
        ]
    return found


def _is_weekday(word: str) -> bool:
    """ "Sat" and "sun" are words, too: short ones need a capital."""
    return word.lower().rstrip(".").endswith("day") or word[0].isupper()


def _iso(hit: re.Match[str]) -> str:
    year = hit.groupdict().get("year")
    if not year:
        return ""
    month = hit["month"].lower().rstrip(".")
    number = int(month) if month.isdigit() else next(n for n, name in enumerate(MONTHS, 1) if name[:3] == month[:3])
    try:
        return date(int(year), number, int(hit["day"])).isoformat()
    except ValueError:
        return ""
