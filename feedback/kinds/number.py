"""A number with a unit."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import count
from typing import Annotated
from unicodedata import category

from pydantic import Field as Limits
from pydantic import StringConstraints, model_validator

from feedback.kinds.base import (
    Bar,
    Cell,
    Config,
    Counted,
    Field,
    Kind,
    Line,
    Mark,
    Refused,
    Setting,
    Value,
    is_blank,
    middle,
    percent,
    read_config,
)
from feedback.kinds.lines import check_length, on_one_line
from feedback.kinds.numbers import kept_number, plain, read_number, settled_whole, spoken
from feedback.kinds.refusals import UNREADABLE

MOST_BARS = 10
MOST_DECIMALS = 3
LONGEST_UNIT = 40
LARGEST = 10**9
NOT_A_NUMBER = "Write a number in digits, nothing else."
TOO_FINE = "Round your number: {rounded} is precise enough."
Bound = Annotated[int | float, Limits(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]


@dataclass(frozen=True)
class NumberTally:
    """At most ten bars, each as wide as the others, the lowest first; `median` with its unit, "" without an answer."""

    n: int
    bars: tuple[Bar, ...]
    median: str


class NumberConfig(Config):
    unit: Annotated[Line, StringConstraints(max_length=LONGEST_UNIT)] | None = None
    min: Bound = 0
    max: Bound | None = None
    decimals: Annotated[int, Limits(ge=0, le=MOST_DECIMALS)] = 0

    @model_validator(mode="after")
    def bounds_fit(self) -> "NumberConfig":
        bounds = [self.least, *([] if self.most is None else [self.most])]
        if len(bounds) == 2 and bounds[0] >= bounds[1]:
            raise ValueError("no number fits")
        if any(_round(bound, self.decimals) != bound for bound in bounds):
            raise ValueError("a bound is finer than an answer may be")
        return self

    @property
    def least(self) -> Decimal:
        return Decimal(str(self.min))

    @property
    def most(self) -> Decimal | None:
        return None if self.max is None else Decimal(str(self.max))

    @property
    def finest(self) -> Decimal:
        return Decimal(1).scaleb(-self.decimals)


class Number(Kind):
    """A number within bounds. The value is its text, always in the same form: "12.5"; see numbers.py."""

    name = "number"
    label = "A number"
    settings = (
        Setting("unit", "Unit (optional)", "line", hint="What is counted: minutes, %, £."),
        Setting("min", "Lowest", "number", start="0"),
        Setting("max", "Highest (optional)", "number"),
        Setting("decimals", "Decimal places", "number", hint="0 to 3.", start="0"),
    )

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(NumberConfig, config).model_dump(exclude_none=True)

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        return (Field("value", "", "number"),)

    def validate(self, config: dict[str, object], raw: object) -> Value:
        asked = read_config(NumberConfig, config)
        if raw is not None and not isinstance(raw, str):
            raise Refused(UNREADABLE)
        if raw is None or is_blank(raw):
            raise Refused("Write a number.")
        number = _read(raw, asked)
        if number is None:
            raise Refused(NOT_A_NUMBER)
        rounded = _round(number, asked.decimals)
        if rounded != number:
            raise Refused(TOO_FINE, rounded=spoken(rounded))
        _check_bounds(number, asked)
        return plain(number)

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        number = kept_number(value)
        return {} if number is None else {("", plain(number)): 1}

    def tally(self, config: dict[str, object], counted: Counted) -> NumberTally:
        asked = read_config(NumberConfig, config)
        found = [(kept_number(key), times) for (part, key), times in counted.marks.items() if part == "" and times > 0]
        counts = sorted((number, times) for number, times in found if number is not None)
        between = middle(counts)
        median = _with_unit(sum(between, Decimal()) / 2, asked.unit) if between else ""
        return NumberTally(sum(times for _, times in counts), _histogram(counts, asked), median)

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        number = kept_number(value)
        return () if number is None else (Cell("", "", plain(number), _as_json(number)),)

    def words(self, config: dict[str, object], value: Value) -> str:
        number = kept_number(value)
        return "" if number is None else _with_unit(number, read_config(NumberConfig, config).unit)

    def typing_seconds(self, config: dict[str, object]) -> int:
        """Somebody has to work it out or guess."""
        return 30

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        asked = read_config(NumberConfig, config)
        return {
            "unit": asked.unit or "",
            "min": plain(asked.least),
            "max": "" if asked.most is None else plain(asked.most),
            "decimals": str(asked.decimals),
        }

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        decimals = settled_whole(typed, "decimals", least=0, most=MOST_DECIMALS) or 0
        least, most = (_settled_bound(typed, name, decimals) for name in ("min", "max"))
        least = 0 if least is None else least
        if most is not None and most <= least:
            raise Refused("Write more than {least}.", field="max", least=spoken(Decimal(str(least))))
        config = {"unit": _settled_unit(typed), "min": least, "max": most, "decimals": decimals}
        return self.check_config({name: found for name, found in config.items() if found is not None})


def _read(raw: str, asked: NumberConfig) -> Decimal | None:
    """The number, with the unit written beside it or not."""
    number = read_number(raw, decimals=asked.decimals)
    if number is None and asked.unit and len(raw) <= 200:
        unit = re.escape(asked.unit)
        number = read_number(re.sub(rf"^\s*{unit}|{unit}\s*$", "", raw, flags=re.I), decimals=asked.decimals)
    return number


def _round(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _check_bounds(number: Decimal, asked: NumberConfig) -> None:
    least, most = asked.least, asked.most
    if most is not None and not least <= number <= most:
        raise Refused("Write a number from {least} to {most}.", least=spoken(least), most=spoken(most))
    if number < least:
        raise Refused("Write {least} or more.", least=spoken(least))


def _with_unit(number: Decimal, unit: str | None) -> str:
    """As people write it: "£12", "12%", "12 minutes"."""
    text = spoken(number)
    if not unit:
        return text
    if category(unit[0]) == "Sc":
        return f"{unit}{text}"
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}"


def _histogram(counts: Sequence[tuple[Decimal, int]], asked: NumberConfig) -> tuple[Bar, ...]:
    """Bars of the narrowest round width with which there are no more than ten."""
    if not counts:
        return ()
    lowest, highest = counts[0][0], counts[-1][0]
    width = next(width for width in _widths(asked.finest) if _at(highest, width) - _at(lowest, width) < MOST_BARS)
    per_bar: Counter[int] = Counter()
    for number, times in counts:
        per_bar[_at(number, width)] += times
    n = per_bar.total()
    return tuple(
        Bar(_label(place * width, width, asked), per_bar[place], percent(per_bar[place], n), n)
        for place in range(_at(lowest, width), _at(highest, width) + 1)
    )


def _widths(finest: Decimal) -> Iterator[Decimal]:
    """1, 2, 5, 10, 20, 50 … of the smallest step."""
    return (finest * lead * 10**power for power in count() for lead in (1, 2, 5))


def _at(number: Decimal, width: Decimal) -> int:
    """Which bar it falls into, counted from nought."""
    return int((number / width).to_integral_value(ROUND_FLOOR))


def _label(start: Decimal, width: Decimal, asked: NumberConfig) -> str:
    end = start + width - asked.finest
    end = end if asked.most is None else max(start, min(end, asked.most))
    return spoken(start) if start == end else f"{spoken(start)} to {spoken(end)}"


def _as_json(number: Decimal) -> int | float:
    return float(number) if number % 1 else int(number)


def _settled_unit(typed: Mapping[str, str]) -> str | None:
    unit = on_one_line(typed.get("unit", ""), LONGEST_UNIT)
    check_length(unit, "unit", LONGEST_UNIT)
    return unit or None


def _settled_bound(typed: Mapping[str, str], name: str, decimals: int) -> int | float | None:
    text = typed.get(name, "")
    if is_blank(text):
        return None
    number = read_number(text, decimals=decimals)
    if number is None or abs(number) > LARGEST:
        raise Refused(NOT_A_NUMBER, field=name)
    rounded = _round(number, decimals)
    if rounded != number:
        raise Refused(TOO_FINE, field=name, rounded=spoken(rounded))
    return _as_json(number)
