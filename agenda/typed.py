"""Times and lengths as people type them."""

import re

CLOCK = re.compile(r"([0-9]{1,2})(?:[:.h ]?([0-9]{2}))?(?:\s*([ap])\.?m\.?)?", re.IGNORECASE)
NOON = {"noon", "midday", "12 noon", "12noon"}
MINUTES = re.compile(r"([-−]?[0-9]{1,6})\s*(?:m|mins?|minutes?)?\.?", re.IGNORECASE)
HOURS = re.compile(r"([0-9]{1,2})\s*(?:h|hrs?|hours?)\s*(?:([0-9]{1,2})\s*(?:m|mins?|minutes?)?)?\.?", re.IGNORECASE)
COLON = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
HALF = re.compile(r"([0-9]{1,2})[.,]5\s*(?:h|hrs?|hours?)\.?", re.IGNORECASE)


def clock(text: str) -> str | None:
    """The clock time in "9.30", "930", "9", "9:30 am" or "1.15 pm", as "HH:MM"; None if there is none."""
    text = " ".join(text.split())
    if text.lower() in NOON:
        return "12:00"
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute = _by_half_day(int(found[1]), (found[3] or "").lower()), int(found[2] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _by_half_day(hour: int, half: str) -> int:
    """12 am is midnight, 12 pm noon; an hour past twelve needs no "pm" and suffers one, but no "am"."""
    if half == "a":
        return hour % 12 if 1 <= hour <= 12 else 24
    if half == "p" and hour < 12:
        return hour + 12 if hour else 24
    return hour


def minutes(text: str) -> int | None:
    """The minutes in "45", "45 min", "1h 15", "1:15" or "1.5 hours"; below zero for "-5", None if there are none."""
    text = text.strip()
    if found := MINUTES.fullmatch(text):
        return int(found[1].replace("−", "-"))
    if found := COLON.fullmatch(text) or HOURS.fullmatch(text):
        return int(found[1]) * 60 + int(found[2] or 0)
    if found := HALF.fullmatch(text):
        return int(found[1]) * 60 + 30
    return None
