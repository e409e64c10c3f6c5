"""What a benchmark says: rows for a table, and ratios with what they may be."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Spread:
    """The middle of several rounds, and the least and the most."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{number(self.median)} ({number(self.low)}–{number(self.high)})"


def spread(values: Sequence[float]) -> Spread:
    return Spread(median(values), min(values), max(values))


def ratios(over: Sequence[float], under: Sequence[float]) -> Spread:
    """Round by round: both were measured within the same second or two."""
    return spread([a / b for a, b in zip(over, under, strict=True)])


def number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


@dataclass(frozen=True)
class Claim:
    """One figure, and mostly what it is to be. It is said whether it is, and nothing fails."""

    words: str
    figure: Spread | float
    most: float | None = None
    least: float | None = None

    @property
    def holds(self) -> bool:
        middle = self.figure.median if isinstance(self.figure, Spread) else self.figure
        return (self.most is None or middle <= self.most) and (self.least is None or middle >= self.least)

    def __str__(self) -> str:
        figure = self.figure if isinstance(self.figure, Spread) else number(self.figure)
        if self.most is None and self.least is None:
            return f"         {self.words}: {figure}"
        limit = f"at most {self.most:g}" if self.most is not None else f"at least {self.least:g}"
        return f"{'reached' if self.holds else 'MISSED '}  {self.words}: {figure}; {limit}"


@dataclass
class Report:
    """Everything one benchmark has measured."""

    title: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def text(self) -> str:
        lines = [self.title, *table(self.rows), *map(str, self.claims)]
        return "\n".join(lines)

    def json(self) -> dict[str, Any]:
        plain = [{name: asdict(v) if isinstance(v, Spread) else v for name, v in row.items()} for row in self.rows]
        claims = [asdict(claim) | {"holds": claim.holds} for claim in self.claims]
        return {"title": self.title, "rows": plain, "claims": claims}


def table(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Columns as wide as they must be."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    shown = [names, *([cell(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(len(line[i]) for line in shown) for i in range(len(names))]
    return ["  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in shown]


def cell(value: Any) -> str:
    return number(value) if isinstance(value, float) else str(value)
