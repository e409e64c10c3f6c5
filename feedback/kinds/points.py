"""A number of points, shared among options."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field as Limits

from feedback.kinds.base import (
    Bar,
    Cell,
    Counted,
    Field,
    Kind,
    Mark,
    Refused,
    Setting,
    Value,
    bars,
    is_blank,
    read_config,
)
from feedback.kinds.numbers import read_number, settled_whole
from feedback.kinds.options import MOST_TO_WEIGH, OptionConfig, OptionsConfig, settled_options, typed_options
from feedback.kinds.parts import by_part
from feedback.kinds.refusals import UNREADABLE

FEWEST_POINTS, USUAL_POINTS, MOST_POINTS = 2, 10, 100


@dataclass(frozen=True)
class PointsTally:
    """A bar an option, in the order of the question: its points of all that were shared. `n` people answered."""

    n: int
    bars: tuple[Bar, ...]


class PointsConfig(OptionsConfig):
    points: Annotated[int, Limits(ge=FEWEST_POINTS, le=MOST_POINTS)] = USUAL_POINTS


class Points(Kind):
    """A number of points to share among two to eight options, down to the last.

    The value has the points of each option as text: {"a": "7", "b": "0"}. An option's mark counts its points.
    """

    name = "points"
    label = "Points to share"
    settings = (
        Setting("options", "Options", "lines", hint="One on each line, two to eight, in the order people read them."),
        Setting("points", "How many points each person shares", "number", hint="2 to 100.", start=str(USUAL_POINTS)),
    )

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(PointsConfig, config).model_dump()

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        options = read_config(PointsConfig, config).options
        return tuple(Field(f"value.{option.key}", option.label, "number", required=False) for option in options)

    def validate(self, config: dict[str, object], raw: object) -> Value:
        asked = read_config(PointsConfig, config)
        given = by_part(raw, [option.key for option in asked.options])
        shares = {option.key: _share(given[option.key], option) for option in asked.options}
        _check_sum(sum(shares.values()), asked.points)
        return {key: str(share) for key, share in shares.items()}

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        return {("", option.key): share for option, share in _shares(config, value) if share}

    def tally(self, config: dict[str, object], counted: Counted) -> PointsTally:
        return PointsTally(counted.n, bars(read_config(PointsConfig, config).all_options, counted.marks))

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        return tuple(Cell(option.key, "", option.label, share) for option, share in _shares(config, value))

    def words(self, config: dict[str, object], value: Value) -> str:
        lines = (f"{option.label.rstrip('.:')}: {share}" for option, share in _shares(config, value) if share)
        return "\n".join(lines)

    def typing_seconds(self, config: dict[str, object]) -> int:
        """There is weighing up to do, and the sum to get right."""
        return 30 + 5 * len(read_config(PointsConfig, config).options)

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        asked = read_config(PointsConfig, config)
        return {"options": typed_options(asked.options), "points": str(asked.points)}

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        known = read_config(PointsConfig, before).options if before else []
        options = settled_options(typed, known, most=MOST_TO_WEIGH)
        points = settled_whole(typed, "points", least=FEWEST_POINTS, most=MOST_POINTS)
        return self.check_config({"options": options, "points": USUAL_POINTS if points is None else points})


def _share(raw: object, option: OptionConfig) -> int:
    """The points somebody gave to an option; nothing is none."""
    if raw is None or raw == "":
        return 0
    if not isinstance(raw, str):
        raise Refused(UNREADABLE, field=f"value.{option.key}")
    number = read_number(raw, decimals=0) if not is_blank(raw) else 0
    if number is None or number < 0 or number % 1:
        said = "Write a whole number of points, or nothing: {option}"
        raise Refused(said, field=f"value.{option.key}", option=option.label)
    return int(number)


def _check_sum(given: int, points: int) -> None:
    if not given:
        raise Refused("Share {points} points among the answers.", points=points)
    if given < points:
        said = "You have shared {given} of {points} points. {left} left to share."
        raise Refused(said, given=given, points=points, left=points - given)
    if given > points:
        said = "You have shared {given:,} points. That is {over:,} too many: there are {points}."
        raise Refused(said, given=given, points=points, over=given - points)


def _shares(config: dict[str, object], value: Value) -> list[tuple[OptionConfig, int]]:
    options = read_config(PointsConfig, config).options
    kept = value if isinstance(value, dict) else {}
    return [(option, int(kept[option.key])) for option in options if kept.get(option.key, "").isdecimal()]
