"""What people choose from: the options of a question, as they are kept, and as somebody types them. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from feedback.kinds.base import Config, Key, Line, Option
from feedback.kinds.lines import keyed, read_lines

NONE = Option("none", "None of these")
FEWEST, MOST = 2, 12


class OptionConfig(Config):
    """One option: its key for ever, its words for people."""

    key: Key
    label: Line


def all_options(own: Iterable[OptionConfig], *, none: bool = False) -> tuple[Option, ...]:
    """In the order in which people read them, "None of these" last."""
    options = tuple(Option(option.key, option.label) for option in own)
    return (*options, NONE) if none else options


def check_all_differ(options: Sequence[Option]) -> None:
    """Raises ValueError, for a Config's own check."""
    if len({option.key for option in options}) < len(options):
        raise ValueError("two options share a key")


def typed_options(own: Iterable[OptionConfig]) -> str:
    """One on each line; the opposite of `settled_options`."""
    return "\n".join(option.label for option in own)


def settled_options(
    typed: Mapping[str, str], known: Iterable[OptionConfig] = (), *, most: int = MOST
) -> list[dict[str, str]]:
    """What was typed under "options"; one that is `known` by its words keeps its key. Raises Refused."""
    lines = read_lines(
        typed.get("options", ""), "options", least="two options", fewest=FEWEST, most=most, things="options"
    )
    keys = keyed(lines, {option.label: option.key for option in known}, reserved=NONE.key, spare="option")
    return [{"key": key, "label": label} for key, label in zip(keys, lines, strict=True)]
