"""Several options put in order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from pydantic import Field as Limits
from pydantic import model_validator

from feedback.kinds.base import (
    Cell,
    Counted,
    Field,
    Kind,
    Mark,
    Option,
    Refused,
    Setting,
    Value,
    percent,
    read_config,
)
from feedback.kinds.options import MOST_TO_WEIGH, OptionConfig, OptionsConfig, settled_options, typed_options
from feedback.kinds.parts import by_part
from feedback.kinds.refusals import UNREADABLE

_PLACE = re.compile(r"[1-8]\.?")


@dataclass(frozen=True)
class RankedOption:
    """One option. `place` among all (those that are equal share one), `mean` its mean place, `first` how many put it
    first, `first_percent` of all; `length` is 100 where everybody put it first and 0 where everybody put it last."""

    label: str
    place: int
    mean: float
    first: int
    first_percent: int
    length: int


@dataclass(frozen=True)
class RankingTally:
    """`n` people answered. The options stand in the order of their mean places, the lowest first.

    Where people rank only the `top`, an option without a place counts as half way along the places that are left.
    """

    n: int
    top: int
    options: tuple[RankedOption, ...]

    @property
    def is_whole(self) -> bool:
        """Every option was given a place."""
        return self.top >= len(self.options)


class RankingConfig(OptionsConfig):
    top: Annotated[int, Limits(ge=1, le=MOST_TO_WEIGH)] | None = None

    @model_validator(mode="after")
    def some_are_not_on_top(self) -> "RankingConfig":
        if self.top is not None and self.top >= len(self.options):
            raise ValueError("only some of the options can be on top")
        return self

    @property
    def places(self) -> int:
        """How many places there are to give."""
        return self.top or len(self.options)


class Ranking(Kind):
    """Two to eight options in order. The value has, an option, its place: "1" is first; "" is beyond the top."""

    name = "ranking"
    label = "Put in order"
    settings = (
        Setting("options", "Options", "lines", hint="One on each line, two to eight. Each phone shuffles them."),
        Setting("top", "Only the first (optional)", "number", hint="3: people choose and order three of them."),
    )

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(RankingConfig, config).model_dump()

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        ranking = read_config(RankingConfig, config)
        places = tuple(Option(str(place), str(place)) for place in range(1, ranking.places + 1))
        whole = ranking.top is None
        return tuple(
            Field(f"value.{option.key}", option.label, "number", places, required=whole) for option in ranking.options
        )

    def validate(self, config: dict[str, object], raw: object) -> Value:
        ranking = read_config(RankingConfig, config)
        given = by_part(raw, [option.key for option in ranking.options])
        value = {option.key: _place(ranking, option, given[option.key]) for option in ranking.options}
        _check_all_given(ranking, value)
        return value

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        return {(option.key, place): 1 for option, place in _given(config, value) if place}

    def tally(self, config: dict[str, object], counted: Counted) -> RankingTally:
        ranking = read_config(RankingConfig, config)
        found = [_tally(ranking, option, counted) for option in ranking.options]
        found.sort(key=lambda one: (one.mean, -one.first))
        return RankingTally(counted.n, ranking.places, _numbered(found))

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        return tuple(
            Cell(option.key, option.label, place, int(place) if place else None)
            for option, place in _given(config, value)
        )

    def words(self, config: dict[str, object], value: Value) -> str:
        placed = sorted((place, option.label) for option, place in _given(config, value) if place)
        return "\n".join(f"{place}. {label}" for place, label in placed)

    def typing_seconds(self, config: dict[str, object]) -> int:
        return 20 + 5 * len(read_config(RankingConfig, config).options)

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        ranking = read_config(RankingConfig, config)
        return {"options": typed_options(ranking.options), "top": str(ranking.top or "")}

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        known = read_config(RankingConfig, before).options if before else []
        options = settled_options(typed, known, most=MOST_TO_WEIGH, reserved="")
        return self.check_config({"options": options, "top": _top(typed.get("top", "").strip(), len(options))})


def _top(typed: str, options: int) -> int | None:
    if not typed:
        return None
    if not re.fullmatch("[1-9]", typed) or int(typed) > options:
        said = "Write a number from 1 to {most}, or nothing if all of them are put in order."
        raise Refused(said, field="top", most=options - 1)
    return None if int(typed) == options else int(typed)


def _place(ranking: RankingConfig, option: OptionConfig, raw: object) -> str:
    """What was typed beside one option: "2", or "2." """
    field = f"value.{option.key}"
    if raw is None or raw == "":
        return ""
    if not isinstance(raw, str):
        raise Refused(UNREADABLE, field=field)
    typed = raw[:40].strip()
    if not typed:
        return ""
    if not _PLACE.fullmatch(typed) or int(typed[0]) > ranking.places:
        said = "Give “{option}” a place from 1 to {places}, or none yet."
        raise Refused(said, field=field, option=option.label, places=ranking.places)
    return typed[0]


def _check_all_given(ranking: RankingConfig, value: Mapping[str, str]) -> None:
    """Each place is there, and once."""
    given = sorted((place, key) for key, place in value.items() if place)
    for (place, _), (other, key) in pairwise(given):
        if place == other:
            said = "Two of them have place {place}. Give each a place of its own."
            raise Refused(said, field=f"value.{key}", place=place)
    if len(given) < ranking.places:
        key = next(key for key, place in value.items() if not place)
        raise Refused("Give each place from 1 to {places} once.", field=f"value.{key}", places=ranking.places)


def _given(config: dict[str, object], value: Value) -> list[tuple[OptionConfig, str]]:
    """Each option with its place, "" where it has none."""
    if not isinstance(value, dict):
        return []
    ranking = read_config(RankingConfig, config)
    known = {str(place) for place in range(1, ranking.places + 1)}
    return [(option, place if (place := value.get(option.key, "")) in known else "") for option in ranking.options]


def _tally(ranking: RankingConfig, option: OptionConfig, counted: Counted) -> RankedOption:
    counts = {place: counted.marks.get((option.key, str(place)), 0) for place in range(1, ranking.places + 1)}
    options = len(ranking.options)
    beyond = max(counted.n - sum(counts.values()), 0)
    total = sum(place * count for place, count in counts.items()) + beyond * (ranking.places + 1 + options) / 2
    n = sum(counts.values()) + beyond
    mean = total / n if n else 0.0
    return RankedOption(
        label=option.label,
        place=0,
        mean=mean,
        first=counts[1],
        first_percent=percent(counts[1], n),
        length=round(100 * (options - mean) / (options - 1)) if n else 0,
    )


def _numbered(found: list[RankedOption]) -> tuple[RankedOption, ...]:
    """The same with their places; those that nothing tells apart share one."""
    rows: list[RankedOption] = []
    for number, one in enumerate(found, start=1):
        before = rows[-1] if rows else None
        is_equal = before is not None and (before.mean, before.first) == (one.mean, one.first)
        place = before.place if before is not None and is_equal else number
        rows.append(RankedOption(one.label, place, one.mean, one.first, one.first_percent, one.length))
    return tuple(rows)
