"""What a cell of a workbook says, as a person reads it there."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

QUOTED = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.")
PLACES = re.compile(r"[#,0]*0\.(0{1,9})$")
HALF_A_MINUTE = timedelta(seconds=30)
NO_DATE = 1904  # years up to here are how a workbook writes a time of more than a day


def words(cell: Any) -> str:
    """A time is "HH:MM", a date "7 February 2020", a number has the places that its format gives it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value, QUOTED.sub("", cell.number_format or "").lower())
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return str(value)


def _moment(value: datetime | date | time | timedelta, shown_as: str) -> str:
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, time):
        return _clock(datetime.combine(date(2000, 1, 1), value))
    if not isinstance(value, datetime):
        return _day(value)
    shows_day, shows_time = bool({"d", "y"} & {*shown_as}), "h" in shown_as
    if value.year <= NO_DATE or (shows_time and not shows_day):
        return _clock(value)
    is_midnight = value == datetime(value.year, value.month, value.day)
    return _day(value) if is_midnight or (shows_day and not shows_time) else f"{_day(value)} {_clock(value)}"


def _clock(value: datetime) -> str:
    """To the nearest minute: a quarter past eleven is a fraction of a day that no number is quite."""
    return f"{value + HALF_A_MINUTE:%H:%M}"


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _number(value: float, shown_as: str) -> str:
    """9.3 shown with two places is 9.30, which may be a time."""
    places = PLACES.match(shown_as)
    if places:
        return f"{value:.{len(places.group(1))}f}"
    return str(value) if isinstance(value, int) else f"{value:.15g}"
