"""One or more statements, each on the same labelled points, each with a way to skip it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field as Limits
from pydantic import model_validator

from feedback.kinds.base import (
    SKIP,
    Bar,
    Config,
    Counted,
    Key,
    Line,
    Option,
    Quick,
    Setting,
    Value,
    bars,
    check_keys_differ,
    middle,
    read_config,
)
from feedback.kinds.lines import settled_lines
from feedback.kinds.options import OptionConfig
from feedback.kinds.parts import InParts, Part

MOST_STATEMENTS = 8
FEWEST_POINTS, MOST_POINTS = 3, 7
USUAL_POINTS = "Not at all\nA little\nSomewhat\nQuite\nVery"


@dataclass(frozen=True)
class StatementTally:
    """One statement: `n` people chose a point, `skips` skipped.

    `median` is the label of the middle answer ("" without one); where the middle falls between two points,
    `median` is the earlier and `median_upper` the later, otherwise `median_upper` is "".
    """

    text: str
    n: int
    points: tuple[Bar, ...]
    skips: int
    median: str
    median_upper: str


@dataclass(frozen=True)
class ScaleTally:
    """`n` people answered; each statement has an `n` of its own, without those who skipped it."""

    n: int
    statements: tuple[StatementTally, ...]


class StatementConfig(Config):
    key: Key
    text: Line


class ScaleConfig(Config):
    statements: Annotated[list[StatementConfig], Limits(min_length=1, max_length=MOST_STATEMENTS)]
    points: Annotated[list[OptionConfig], Limits(min_length=FEWEST_POINTS, max_length=MOST_POINTS)]

    @model_validator(mode="after")
    def keys_are_unique(self) -> "ScaleConfig":
        check_keys_differ(self.statements)
        check_keys_differ([*self.points, SKIP])
        return self

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(Option(point.key, point.label) for point in self.points)


class Scale(InParts):
    """Statements on three to seven points, in order."""

    name = "scale"
    label = "A scale"
    place = "point"
    quick = Quick("From “Not at all” to “Very”", {"statements": "Where I stand", "points": USUAL_POINTS})
    takes_hands = True
    is_first_choice = True
    settings = (
        Setting("statements", "Statements", "lines", hint="One on each line, up to eight. People answer each."),
        Setting(
            "points",
            "Points",
            "lines",
            hint="One on each line, three to seven, the lowest first. People may also skip a statement.",
            start=USUAL_POINTS,
        ),
    )

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(ScaleConfig, config).model_dump()

    def parts(self, config: dict[str, object]) -> list[Part]:
        scale = read_config(ScaleConfig, config)
        return [Part(one.key, one.text, scale.options, named=one.text) for one in scale.statements]

    def tally(self, config: dict[str, object], counted: Counted) -> ScaleTally:
        return ScaleTally(counted.n, tuple(_tally(part, counted) for part in self.parts(config)))

    def words(self, config: dict[str, object], value: Value) -> str:
        said = self.given(config, value)
        return "\n".join(f"{part.label.rstrip('.:')}: {self.said(part, option)}" for part, option in said)

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        scale = read_config(ScaleConfig, config)
        return {
            "statements": "\n".join(one.text for one in scale.statements),
            "points": "\n".join(point.label for point in scale.points),
        }

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        old = read_config(ScaleConfig, before) if before else None
        known = {one.text: one.key for one in old.statements} if old else {}
        known_points = {point.label: point.key for point in old.points} if old else {}
        statements = settled_lines(
            typed, "statements", known, least="one statement", fewest=1, most=MOST_STATEMENTS, called="text"
        )
        points = settled_lines(
            typed,
            "points",
            known_points,
            least="three points",
            fewest=FEWEST_POINTS,
            most=MOST_POINTS,
            reserved=SKIP.key,
        )
        return self.check_config({"statements": statements, "points": points})


def _tally(part: Part, counted: Counted) -> StatementTally:
    points = bars(part.options, counted.marks, part.key)
    n = sum(point.count for point in points)
    lower, upper = middle([(point.label, point.count) for point in points]) or ("", "")
    return StatementTally(
        text=part.label,
        n=n,
        points=points,
        skips=counted.marks.get((part.key, SKIP.key), 0),
        median=lower,
        median_upper=upper if upper != lower else "",
    )
