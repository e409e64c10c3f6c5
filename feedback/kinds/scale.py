"""One or more statements, each on the same labelled points, each with a way to skip it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field as Limits
from pydantic import model_validator

from feedback.kinds.base import (
    SKIP,
    SKIPPED,
    Bar,
    Cell,
    Config,
    Counted,
    Field,
    Key,
    Kind,
    Line,
    Mark,
    Option,
    Quick,
    Refused,
    Setting,
    Value,
    bars,
    middle,
    read_config,
)
from feedback.kinds.lines import keyed, read_lines

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


class PointConfig(Config):
    key: Key
    label: Line


class ScaleConfig(Config):
    statements: Annotated[list[StatementConfig], Limits(min_length=1, max_length=MOST_STATEMENTS)]
    points: Annotated[list[PointConfig], Limits(min_length=FEWEST_POINTS, max_length=MOST_POINTS)]

    @model_validator(mode="after")
    def keys_are_unique(self) -> "ScaleConfig":
        points = [SKIP.key, *(point.key for point in self.points)]
        statements = [statement.key for statement in self.statements]
        if len(set(points)) < len(points) or len(set(statements)) < len(statements):
            raise ValueError("two points or two statements share a key")
        return self

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(Option(point.key, point.label) for point in self.points)


class Scale(Kind):
    """Statements on three to seven points, in order. The value has the key of a point, or "skip", a statement."""

    name = "scale"
    label = "A scale"
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

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        scale = read_config(ScaleConfig, config)
        options = (*scale.options, SKIP)
        return tuple(Field(f"value.{one.key}", one.text, "radios", options) for one in scale.statements)

    def validate(self, config: dict[str, object], raw: object) -> Value:
        scale = read_config(ScaleConfig, config)
        given = {} if raw is None or raw == "" else raw
        if not isinstance(given, dict) or given.keys() - {one.key for one in scale.statements}:
            raise Refused("unreadable")
        return {one.key: _point(scale, one, given.get(one.key)) for one in scale.statements}

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        scale = read_config(ScaleConfig, config)
        known = {SKIP.key, *(point.key for point in scale.points)}
        return {(statement.key, key): 1 for statement, key in _pairs(scale, value) if key in known}

    def tally(self, config: dict[str, object], counted: Counted) -> ScaleTally:
        scale = read_config(ScaleConfig, config)
        return ScaleTally(counted.n, tuple(_tally(scale, one, counted) for one in scale.statements))

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        scale = read_config(ScaleConfig, config)
        numbers = {point.key: number for number, point in enumerate(scale.points, start=1)}
        return tuple(
            Cell(statement.key, statement.text, _label(scale, key), numbers.get(key))
            for statement, key in _pairs(scale, value)
        )

    def words(self, config: dict[str, object], value: Value) -> str:
        scale = read_config(ScaleConfig, config)
        return "\n".join(f"{one.text.rstrip('.:')}: {_label(scale, key)}" for one, key in _pairs(scale, value))

    def typing_seconds(self, config: dict[str, object]) -> int:
        return 20 * len(read_config(ScaleConfig, config).statements)

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
        texts, labels = _read(typed)
        keys = keyed(texts, known, spare="statement")
        point_keys = keyed(labels, known_points, reserved=SKIP.key, spare="point")
        return self.check_config(
            {
                "statements": [{"key": key, "text": text} for key, text in zip(keys, texts, strict=True)],
                "points": [{"key": key, "label": label} for key, label in zip(point_keys, labels, strict=True)],
            }
        )


def _read(typed: Mapping[str, str]) -> tuple[list[str], list[str]]:
    texts = read_lines(
        typed.get("statements", ""),
        "statements",
        least="one statement",
        fewest=1,
        most=MOST_STATEMENTS,
        things="statements",
    )
    labels = read_lines(
        typed.get("points", ""),
        "points",
        least="three points",
        fewest=FEWEST_POINTS,
        most=MOST_POINTS,
        things="points",
    )
    return texts, labels


def _point(scale: ScaleConfig, statement: StatementConfig, raw: object) -> str:
    if raw is None or raw == "":
        raise Refused("no_point", field=f"value.{statement.key}", statement=statement.text)
    for option in (*scale.options, SKIP):
        if option.key == raw:
            return option.key
    raise Refused("unreadable", field=f"value.{statement.key}")


def _pairs(scale: ScaleConfig, value: Value) -> list[tuple[StatementConfig, str]]:
    if not isinstance(value, dict):
        return []
    return [(statement, value[statement.key]) for statement in scale.statements if statement.key in value]


def _label(scale: ScaleConfig, key: str) -> str:
    return next((option.label for option in scale.options if option.key == key), SKIPPED)


def _tally(scale: ScaleConfig, statement: StatementConfig, counted: Counted) -> StatementTally:
    points = bars(scale.options, counted.marks, statement.key)
    n = sum(point.count for point in points)
    lower, upper = middle([(point.label, point.count) for point in points]) or ("", "")
    return StatementTally(
        text=statement.text,
        n=n,
        points=points,
        skips=counted.marks.get((statement.key, SKIP.key), 0),
        median=lower,
        median_upper=upper if upper != lower else "",
    )
