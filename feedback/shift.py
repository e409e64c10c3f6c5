"""How a group has moved between the same question before and after; never anything about fewer than ten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedback.kinds.base import Kind, Value

FEWEST_PAIRS = 10


@dataclass(frozen=True)
class Shift:
    """One statement: of `n` people who placed themselves both times, how many are higher, the same, lower."""

    text: str
    n: int
    higher: int
    same: int
    lower: int


def shifts(kind: Kind, config: dict[str, object], pairs: Sequence[tuple[Value, Value]]) -> list[Shift]:
    """A shift for each statement that at least ten people have answered both times. `pairs`: before and after."""
    moves: dict[str, list[float]] = {}
    texts: dict[str, str] = {}
    for before, after in pairs:
        was, is_now = _places(kind, config, before), _places(kind, config, after)
        for key in was.keys() & is_now.keys():
            texts[key] = is_now[key][0]
            moves.setdefault(key, []).append(is_now[key][1] - was[key][1])
    return [_shift(texts[key], moves[key]) for key in sorted(moves) if len(moves[key]) >= FEWEST_PAIRS]


def _places(kind: Kind, config: dict[str, object], value: Value) -> dict[str, tuple[str, float]]:
    """Statement -> its words and the place on its scale; what was skipped has none."""
    cells = kind.export_cells(config, value)
    return {cell.option_key: (cell.group_label, cell.number) for cell in cells if cell.number is not None}


def _shift(text: str, by: Iterable[float]) -> Shift:
    by = list(by)
    return Shift(
        text, len(by), sum(each > 0 for each in by), sum(each == 0 for each in by), sum(each < 0 for each in by)
    )
