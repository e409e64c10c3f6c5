"""Where people are and where they want to be, on levels that are described in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, model_validator
from pydantic import Field as Limits

from feedback.kinds.base import (
    SKIP,
    Config,
    Counted,
    Key,
    Line,
    Mark,
    Option,
    Refused,
    Setting,
    Value,
    bars,
    check_keys_differ,
    is_blank,
    read_config,
    without_controls,
)
from feedback.kinds.lines import keyed, read_lines
from feedback.kinds.parts import InParts, Part, middle_places

MOST_DIMENSIONS = 6
FEWEST_LEVELS, MOST_LEVELS = 3, 5
NOW, WANT = "now", "want"
ASKED = {NOW: "Where we are", WANT: "Where we want to be"}
DASHES = "-–•*"
TRACK_EDGE = 5


@dataclass(frozen=True)
class Share:
    """How many of a side chose one level; `is_middle` where its middle answer is."""

    count: int
    percent: int
    is_middle: bool


@dataclass(frozen=True)
class Level:
    """One level: who says that we are there, and who wants to be there."""

    number: int
    label: str
    now: Share
    want: Share
    x: str  # where its mark stands on the track


@dataclass(frozen=True)
class Side:
    """Where we are, or where we want to be: `n` people said it, `skips` skipped. The middle answer is on level
    `lower`, or half way from there to `upper`; both are 0 without an answer."""

    n: int
    skips: int
    lower: int
    upper: int

    @property
    def halves(self) -> int:
        """Where the middle is, in half levels: 2 is on the first."""
        return self.lower + self.upper

    @property
    def level(self) -> str:
        return _levels(self.halves)


@dataclass(frozen=True)
class DimensionTally:
    """One dimension, its levels the lowest first."""

    text: str
    levels: tuple[Level, ...]
    now: Side
    want: Side

    @property
    def gap(self) -> int:
        """How far it is from where we are to where we want to be, in half levels; 0 where one is not known."""
        return self.want.halves - self.now.halves if self.now.n and self.want.n else 0

    @property
    def gap_levels(self) -> str:
        """The same in levels: "½", "1", "1½"."""
        return _levels(abs(self.gap))

    @property
    def track(self) -> dict[str, str]:
        """On a track of 100: where the marks `now` and `want` are, and the `start` and `width` of the way between."""
        now, want = (_along(side.halves, len(self.levels)) for side in (self.now, self.want))
        places = {"now": now, "want": want, "start": min(now, want), "width": abs(want - now)}
        return {name: f"{x:.1f}" for name, x in places.items()}


@dataclass(frozen=True)
class MaturityTally:
    """`n` people answered."""

    n: int
    dimensions: tuple[DimensionTally, ...]


def _begins_with_a_word(line: str) -> str:
    if line[0] in DASHES:
        raise ValueError("this is how a level begins")
    return line


class DimensionConfig(Config):
    key: Key
    text: Annotated[Line, AfterValidator(_begins_with_a_word)]
    levels: Annotated[list[Line], Limits(min_length=FEWEST_LEVELS, max_length=MOST_LEVELS)]

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(Option(str(number), label) for number, label in enumerate(self.levels, start=1))


class MaturityConfig(Config):
    dimensions: Annotated[list[DimensionConfig], Limits(min_length=1, max_length=MOST_DIMENSIONS)]

    @model_validator(mode="after")
    def keys_are_unique(self) -> "MaturityConfig":
        check_keys_differ(self.dimensions)
        return self


class Maturity(InParts):
    """One to six dimensions, each on three to five described levels, the lowest first.

    It has two parts, "<dimension>.now" and "<dimension>.want", whose options are the numbers of the levels.
    """

    name = "maturity"
    label = "Where we are"
    place = "level"
    settings = (
        Setting(
            "dimensions",
            "What is looked at",
            "lines",
            hint="A line for what is looked at, and below it its levels: three to five lines that begin with - and "
            "describe them, the lowest first. Up to six of these. People say where they are and where they want to "
            "be, and may skip.",
        ),
    )

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(MaturityConfig, config).model_dump()

    def parts(self, config: dict[str, object]) -> list[Part]:
        return [
            Part(f"{one.key}.{side}", f"{one.text}: {asked}", one.options, named=f"{asked.lower()}, {one.text}")
            for one in _dimensions(config)
            for side, asked in ASKED.items()
        ]

    def said(self, part: Part, option: Option) -> str:
        return super().said(part, option) if option == SKIP else f"{option.key}. {option.label}"

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        said = [(*part.key.split("."), option.key) for part, option in self.given(config, value)]
        return {(dimension, f"{side}-{level}"): 1 for dimension, side, level in said}

    def tally(self, config: dict[str, object], counted: Counted) -> MaturityTally:
        return MaturityTally(counted.n, tuple(_tally(one, counted) for one in _dimensions(config)))

    def words(self, config: dict[str, object], value: Value) -> str:
        said = {part.key: self.said(part, option) for part, option in self.given(config, value)}
        return "\n".join(
            f"{one.text.rstrip('.:')}, {asked.lower()}: {said[f'{one.key}.{side}']}"
            for one in _dimensions(config)
            for side, asked in ASKED.items()
            if f"{one.key}.{side}" in said
        )

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        lines = [line for one in _dimensions(config) for line in (one.text, *(f"- {level}" for level in one.levels))]
        return {"dimensions": "\n".join(lines)}

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        blocks = _blocks(typed.get("dimensions", ""))
        texts = _read([text for text, _ in blocks], "one thing that is looked at", 1, MOST_DIMENSIONS, "of these")
        known = {one.text: one.key for one in _dimensions(before)} if before else {}
        keys = keyed(texts, known, spare="dimension")
        levels = [
            _read(lines, f"three levels below “{text}”", FEWEST_LEVELS, MOST_LEVELS, "levels")
            for text, (_, lines) in zip(texts, blocks, strict=True)
        ]
        return self.check_config(
            {
                "dimensions": [
                    {"key": key, "text": text, "levels": of} for key, text, of in zip(keys, texts, levels, strict=True)
                ]
            }
        )


def _dimensions(config: dict[str, object]) -> list[DimensionConfig]:
    return read_config(MaturityConfig, config).dimensions


def _blocks(typed: str) -> list[tuple[str, list[str]]]:
    """Each line that begins with a word, and the lines below it that begin with a dash, without it."""
    blocks: list[tuple[str, list[str]]] = []
    for line in map(str.strip, without_controls(typed).split("\n")):
        if line and line[0] not in DASHES and not is_blank(line):
            blocks.append((line, []))
        elif line and not is_blank(line[1:]):
            if not blocks:
                said = "Begin with what is looked at. Its levels follow below it, each line with a - in front."
                raise Refused(said, field="dimensions")
            blocks[-1][1].append(line[1:])
    return blocks


def _read(lines: Sequence[str], least: str, fewest: int, most: int, things: str) -> list[str]:
    return read_lines("\n".join(lines), "dimensions", least=least, fewest=fewest, most=most, things=things)


def _tally(dimension: DimensionConfig, counted: Counted) -> DimensionTally:
    now, now_shares = _side(dimension, NOW, counted)
    want, want_shares = _side(dimension, WANT, counted)
    rows = enumerate(zip(dimension.levels, now_shares, want_shares, strict=True), start=1)
    many = len(dimension.levels)
    levels = tuple(Level(at, label, one, other, f"{_along(2 * at, many):.1f}") for at, (label, one, other) in rows)
    return DimensionTally(dimension.text, levels, now, want)


def _side(dimension: DimensionConfig, side: str, counted: Counted) -> tuple[Side, list[Share]]:
    options = (Option(f"{side}-{option.key}", option.label) for option in dimension.options)
    found = bars(options, counted.marks, dimension.key)
    lower, upper = middle_places(found)
    shares = [Share(bar.count, bar.percent, number in {lower, upper}) for number, bar in enumerate(found, start=1)]
    skips = counted.marks.get((dimension.key, f"{side}-{SKIP.key}"), 0)
    return Side(sum(bar.count for bar in found), skips, lower, upper), shares


def _along(halves: int, levels: int) -> float:
    """Where a place in half levels is on a track of 100, of which the ends are kept free."""
    return TRACK_EDGE + (100 - 2 * TRACK_EDGE) * (halves - 2) / (2 * levels - 2)


def _levels(halves: int) -> str:
    """ "2" or "2½": how many levels so many halves are."""
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''}" or "0"
