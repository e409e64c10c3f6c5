"""Questions that are answered part by part: a statement, a pair of views, a dimension. Pure."""

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from feedback.kinds.base import SKIP, SKIPPED, Bar, Cell, Field, Kind, Mark, Option, Refused, Value, middle
from feedback.kinds.refusals import UNREADABLE


@dataclass(frozen=True)
class Part:
    """What people place on one of a few options, the lowest first, or skip. `named` is what a refusal calls it."""

    key: str
    label: str
    options: tuple[Option, ...]
    named: str

    @property
    def on_offer(self) -> tuple[Option, ...]:
        return (*self.options, SKIP)

    def number(self, option: Option) -> int | None:
        """Which of them it is, from 1; None for a skip."""
        return None if option == SKIP else self.options.index(option) + 1


class InParts(Kind):
    """Each part is placed by itself. The value has, a part, the key of an option, or "skip"."""

    place: ClassVar[str]  # what people choose: "point"

    @abstractmethod
    def parts(self, config: dict[str, object]) -> Sequence[Part]:
        """In the order of the question."""

    def said(self, part: Part, option: Option) -> str:
        """What was chosen of a part, in a file."""
        return SKIPPED if option == SKIP else option.label

    def given(self, config: dict[str, object], value: Value) -> list[tuple[Part, Option]]:
        """Each part that was answered, with its answer; nothing that the question does not have."""
        kept = value if isinstance(value, dict) else {}
        return [
            (part, option)
            for part in self.parts(config)
            for option in part.on_offer
            if option.key == kept.get(part.key)
        ]

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        return tuple(Field(f"value.{part.key}", part.label, "radios", part.on_offer) for part in self.parts(config))

    def validate(self, config: dict[str, object], raw: object) -> Value:
        parts = self.parts(config)
        given = by_part(raw, [part.key for part in parts])
        return {part.key: self._chosen(part, given[part.key]) for part in parts}

    def _chosen(self, part: Part, raw: object) -> str:
        field = f"value.{part.key}"
        if raw is None or raw == "":
            raise Refused("Choose a {place}, or skip: {part}", field=field, place=self.place, part=part.named)
        for option in part.on_offer:
            if option.key == raw:
                return option.key
        raise Refused(UNREADABLE, field=field)

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        return {(part.key, option.key): 1 for part, option in self.given(config, value)}

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        return tuple(
            Cell(part.key, part.label, self.said(part, option), part.number(option))
            for part, option in self.given(config, value)
        )

    def typing_seconds(self, config: dict[str, object]) -> int:
        return 20 * len(self.parts(config))


def by_part(raw: object, parts: Collection[str]) -> dict[str, object]:
    """What was sent for each part, None for nothing. Raises Refused where it is no answer in these parts."""
    given = {} if raw is None or raw == "" else raw
    if not isinstance(given, dict) or given.keys() - set(parts):
        raise Refused(UNREADABLE)
    return {part: given.get(part) for part in parts}


def middle_places(found: Sequence[Bar]) -> tuple[int, int]:
    """From where to where the middle answer is, counted from 1; nowhere without an answer: (0, 0)."""
    return middle([(number, bar.count) for number, bar in enumerate(found, start=1)]) or (0, 0)
