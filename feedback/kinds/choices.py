"""Several of a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field as Limits
from pydantic import model_validator

from feedback.kinds.base import (
    Bar,
    Cell,
    Counted,
    Field,
    Kind,
    Mark,
    Option,
    Refused,
    Setting,
    Value,
    bars,
    read_config,
)
from feedback.kinds.numbers import settled_whole
from feedback.kinds.options import CHOICE, MOST, NONE, ChosenConfig, settled_options, typed_choice
from feedback.kinds.refusals import UNREADABLE


@dataclass(frozen=True)
class ChoicesTally:
    """A bar an option, in the order of the question: how many of the `n` people who answered chose it."""

    n: int
    bars: tuple[Bar, ...]


class ChoicesConfig(ChosenConfig):
    most: Annotated[int, Limits(ge=2, le=MOST)] | None = None

    @model_validator(mode="after")
    def as_many_can_be_chosen(self) -> "ChoicesConfig":
        if self.most is not None and self.most > len(self.options):
            raise ValueError("fewer options than may be chosen")
        return self


class Choices(Kind):
    """Some of two to twelve options, at most `most` if that is set.

    The value is a list of keys in the order of the question; "None of these" is alone in it: ["none"].
    """

    name = "choices"
    label = "Several of a list"
    takes_hands = True
    settings = (
        *CHOICE,
        Setting("most", "How many may be chosen (optional)", "number", hint="Nothing here: as many as people like."),
    )

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(ChoicesConfig, config).model_dump(exclude_none=True)

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        return (Field("value", "", "ticks", _options(config)),)

    def validate(self, config: dict[str, object], raw: object) -> Value:
        choices = read_config(ChoicesConfig, config)
        if raw is None or raw == "" or raw == []:
            raise Refused("Choose one answer or more.")
        if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
            raise Refused(UNREADABLE)
        chosen = [option.key for option in choices.all_options if option.key in raw]
        if set(raw) - set(chosen):
            raise Refused(UNREADABLE)
        if choices.none and NONE.key in chosen and len(chosen) > 1:
            raise Refused("You have chosen “None of these” and something else. Keep one or the other.")
        if choices.most is not None and len(chosen) > choices.most:
            raise Refused("You have chosen {count}. Choose {most} at most.", count=len(chosen), most=choices.most)
        return chosen

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        return {("", option.key): 1 for option in _chosen(config, value)}

    def tally(self, config: dict[str, object], counted: Counted) -> ChoicesTally:
        return ChoicesTally(counted.n, bars(_options(config), counted.marks, n=counted.n))

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        return tuple(Cell(option.key, "", option.label, None) for option in _chosen(config, value))

    def words(self, config: dict[str, object], value: Value) -> str:
        return "\n".join(option.label for option in _chosen(config, value))

    def typing_seconds(self, config: dict[str, object]) -> int:
        return 20 + 3 * len(_options(config))

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        choices = read_config(ChoicesConfig, config)
        return typed_choice(choices) | {"most": "" if choices.most is None else str(choices.most)}

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        known = read_config(ChoicesConfig, before).options if before else []
        options = settled_options(typed, known)
        most = settled_whole(typed, "most", least=2, most=len(options))
        return self.check_config({"options": options, "none": typed.get("none") == "on", "most": most})


def _options(config: dict[str, object]) -> tuple[Option, ...]:
    return read_config(ChoicesConfig, config).all_options


def _chosen(config: dict[str, object], value: Value) -> list[Option]:
    return [option for option in _options(config) if isinstance(value, list) and option.key in value]
