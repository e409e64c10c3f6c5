"""One of several."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback.kinds.base import (
    Bar,
    Cell,
    Counted,
    Field,
    Kind,
    Mark,
    Option,
    Quick,
    Refused,
    Value,
    bars,
    read_config,
)
from feedback.kinds.options import CHOICE, ChosenConfig, settled_options, typed_choice
from feedback.kinds.refusals import UNREADABLE


@dataclass(frozen=True)
class ChoiceTally:
    """A bar an option, in the order of the question."""

    n: int
    bars: tuple[Bar, ...]


class Choice(Kind):
    """One of two to twelve options. The value is the key of the option, "none" for "None of these"."""

    name = "choice"
    label = "One of several"
    quick = Quick("Yes or no", {"options": "Yes\nNo"})
    takes_hands = True
    is_first_choice = True
    settings = CHOICE

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(ChosenConfig, config).model_dump()

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        return (Field("value", "", "radios", _options(config)),)

    def validate(self, config: dict[str, object], raw: object) -> Value:
        options = _options(config)
        if raw is None or raw == "":
            raise Refused("Choose one of the answers.")
        for option in options:
            if option.key == raw:
                return option.key
        raise Refused(UNREADABLE)

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        return {("", option.key): 1 for option in _options(config) if option.key == value}

    def tally(self, config: dict[str, object], counted: Counted) -> ChoiceTally:
        found = bars(_options(config), counted.marks)
        return ChoiceTally(sum(bar.count for bar in found), found)

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        return (Cell(value if isinstance(value, str) else "", "", self.words(config, value), None),)

    def words(self, config: dict[str, object], value: Value) -> str:
        return next((option.label for option in _options(config) if option.key == value), "")

    def typing_seconds(self, config: dict[str, object]) -> int:
        return 20 + 2 * len(_options(config))

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        return typed_choice(read_config(ChosenConfig, config))

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        known = read_config(ChosenConfig, before).options if before else []
        return self.check_config({"options": settled_options(typed, known), "none": typed.get("none") == "on"})


def _options(config: dict[str, object]) -> tuple[Option, ...]:
    return read_config(ChosenConfig, config).all_options
