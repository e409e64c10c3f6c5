"""What people choose from: the options of a question, as they are kept, and as somebody types them. Pure."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field as Limits
from pydantic import model_validator

from feedback.kinds.base import Config, Key, Line, Option, Setting, check_keys_differ
from feedback.kinds.lines import settled_lines

NONE = Option("none", "None of these")
FEWEST, MOST, MOST_TO_WEIGH = 2, 12, 8


class OptionConfig(Config):
    """One option: its key for ever, its words for people."""

    key: Key
    label: Line


class OptionsConfig(Config):
    """Two to eight options, which people weigh against each other."""

    options: Annotated[list[OptionConfig], Limits(min_length=FEWEST, max_length=MOST_TO_WEIGH)]

    @property
    def all_options(self) -> tuple[Option, ...]:
        """In the order in which people read them."""
        return tuple(Option(option.key, option.label) for option in self.options)

    @model_validator(mode="after")
    def keys_differ(self) -> "OptionsConfig":
        check_keys_differ(self.all_options)
        return self


class ChosenConfig(OptionsConfig):
    """Two to twelve options, of which people tick one or more, or none of them where that is offered."""

    options: Annotated[list[OptionConfig], Limits(min_length=FEWEST, max_length=MOST)]
    none: bool = False

    @property
    def all_options(self) -> tuple[Option, ...]:
        """The same, "None of these" last."""
        return (*super().all_options, NONE) if self.none else super().all_options


CHOICE = (
    Setting("options", "Options", "lines", hint="One on each line, two to twelve, in the order people read them."),
    Setting("none", "Offer “None of these” as well", "tick"),
)


def typed_choice(choice: ChosenConfig) -> dict[str, str]:
    """What CHOICE settles, as somebody would type it."""
    return {"options": typed_options(choice.options), "none": "on" if choice.none else ""}


def typed_options(own: Iterable[OptionConfig]) -> str:
    """One on each line; the opposite of `settled_options`."""
    return "\n".join(option.label for option in own)


def settled_options(
    typed: Mapping[str, str], known: Iterable[OptionConfig] = (), *, most: int = MOST, reserved: str = NONE.key
) -> list[dict[str, str]]:
    """What was typed under "options"; one that is `known` by its words keeps its key. Raises Refused."""
    keys = {option.label: option.key for option in known}
    return settled_lines(typed, "options", keys, least="two options", fewest=FEWEST, most=most, reserved=reserved)
