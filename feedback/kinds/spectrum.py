"""One or more pairs of views, and where somebody stands between the two."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, StringConstraints, model_validator
from pydantic import Field as Limits

from feedback.kinds.base import (
    SKIP,
    SKIPPED,
    Bar,
    Config,
    Counted,
    Key,
    Line,
    Option,
    Refused,
    Setting,
    Value,
    bars,
    check_keys_differ,
    read_config,
)
from feedback.kinds.lines import check_length, keyed, read_lines
from feedback.kinds.parts import InParts, Part, middle_places

MOST_PAIRS = 8
BETWEEN = "…"
STEPS = tuple(Option(str(step), str(step)) for step in range(1, 8))
HALFWAY = 4
LONGEST_VIEW = 95


@dataclass(frozen=True)
class Step:
    """How many stand on one of the seven steps. `height` is a share of the step where most stand, 0 to 100."""

    number: int
    count: int
    percent: int
    height: int
    is_middle: bool  # the middle answer is here

    @property
    def rest(self) -> int:
        """What is left of 100 above it."""
        return 100 - self.height


@dataclass(frozen=True)
class PairTally:
    """One pair: `n` people stand somewhere, `skips` skipped. The middle answer is on step `lower`, or half way from
    there to `upper`; both are 0 where nobody stands."""

    start: str
    end: str
    n: int
    steps: tuple[Step, ...]
    skips: int
    lower: int
    upper: int

    @property
    def side(self) -> str:
        """To which view the middle answer is nearer: "start", "end", "half" or "" without one."""
        if not self.n:
            return ""
        lean = self.lower + self.upper - 2 * HALFWAY
        return "start" if lean < 0 else "end" if lean > 0 else "half"


@dataclass(frozen=True)
class SpectrumTally:
    """`n` people answered; each pair has an `n` of its own, without those who skipped it."""

    n: int
    pairs: tuple[PairTally, ...]


def _holds_no_between(line: str) -> str:
    if BETWEEN in line or "..." in line:
        raise ValueError("this is what stands between two views")
    return line


View = Annotated[Line, StringConstraints(max_length=LONGEST_VIEW), AfterValidator(_holds_no_between)]


class PairConfig(Config):
    key: Key
    start: View
    end: View

    @property
    def words(self) -> str:
        return f"{self.start} {BETWEEN} {self.end}"


class SpectrumConfig(Config):
    pairs: Annotated[list[PairConfig], Limits(min_length=1, max_length=MOST_PAIRS)]

    @model_validator(mode="after")
    def keys_are_unique(self) -> "SpectrumConfig":
        check_keys_differ(self.pairs)
        return self


class Spectrum(InParts):
    """Pairs of views with seven steps between them: "1" is at the first view."""

    name = "spectrum"
    label = "Between two views"
    place = "step"
    takes_hands = True
    settings = (
        Setting(
            "pairs",
            "Views",
            "lines",
            hint="Two views on each line with … or three dots between them, up to eight lines. People place "
            "themselves on seven steps from one to the other, and may skip.",
        ),
    )

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(SpectrumConfig, config).model_dump()

    def parts(self, config: dict[str, object]) -> list[Part]:
        return [Part(pair.key, pair.words, STEPS, named=pair.words) for pair in _pairs(config)]

    def tally(self, config: dict[str, object], counted: Counted) -> SpectrumTally:
        return SpectrumTally(counted.n, tuple(_tally(pair, counted) for pair in _pairs(config)))

    def words(self, config: dict[str, object], value: Value) -> str:
        pairs = {pair.key: pair for pair in _pairs(config)}
        said = self.given(config, value)
        return "\n".join(f"{part.label}: {_place(pairs[part.key], part.number(step))}" for part, step in said)

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        return {"pairs": "\n".join(pair.words for pair in _pairs(config))}

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        written = typed.get("pairs", "").replace("...", BETWEEN).replace(BETWEEN, f" {BETWEEN} ")
        lines = read_lines(written, "pairs", least="two views", fewest=1, most=MOST_PAIRS, things="pairs of views")
        views = [_two_views(line) for line in lines]
        known = {pair.words: pair.key for pair in _pairs(before)} if before else {}
        keys = keyed([f"{start} {BETWEEN} {end}" for start, end in views], known, spare="pair")
        pairs = [{"key": key, "start": start, "end": end} for key, (start, end) in zip(keys, views, strict=True)]
        return self.check_config({"pairs": pairs})


def _pairs(config: dict[str, object]) -> list[PairConfig]:
    return read_config(SpectrumConfig, config).pairs


def _two_views(line: str) -> tuple[str, str]:
    """The two views on a line that `read_lines` has read."""
    views = [view.strip() for view in line.split(BETWEEN)]
    if len(views) != 2 or not all(views):
        raise Refused("Write two views with … between them: “{line}”.", field="pairs", line=line)
    for view in views:
        check_length(view, "pairs", LONGEST_VIEW)
    return views[0], views[1]


def _place(pair: PairConfig, number: int | None) -> str:
    if number is None:
        return SKIPPED
    if number == HALFWAY:
        return "in the middle"
    return f"step {number} of {len(STEPS)}, nearer to “{pair.start if number < HALFWAY else pair.end}”"


def _tally(pair: PairConfig, counted: Counted) -> PairTally:
    found = bars(STEPS, counted.marks, pair.key)
    n = sum(bar.count for bar in found)
    lower, upper = middle_places(found)
    return PairTally(
        start=pair.start,
        end=pair.end,
        n=n,
        steps=_heights(found, {lower, upper}),
        skips=counted.marks.get((pair.key, SKIP.key), 0),
        lower=lower,
        upper=upper,
    )


def _heights(found: tuple[Bar, ...], middles: set[int]) -> tuple[Step, ...]:
    most = max(bar.count for bar in found) or 1
    return tuple(
        Step(number, bar.count, bar.percent, 100 * bar.count // most, number in middles)
        for number, bar in enumerate(found, start=1)
    )
