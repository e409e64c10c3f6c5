"""Words of one's own."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field as Limits

from feedback.kinds.base import (
    Cell,
    Config,
    Counted,
    Field,
    Kind,
    Mark,
    Quick,
    Setting,
    Value,
    read_config,
)
from feedback.kinds.numbers import settled_whole
from feedback.kinds.own_words import TextTally as TextTally
from feedback.kinds.own_words import on_cards, read_words, seconds_to_write

MOST = 4000


class TextConfig(Config):
    max_length: Annotated[int, Limits(ge=1, le=MOST)] = 1000


class Text(Kind):
    """Free text. The value is the text: NFC, lines ended by LF, trimmed, never empty."""

    name = "text"
    label = "Words of your own"
    quick = Quick("Words of their own", {})
    is_first_choice = True
    is_read = True
    has_cards = True
    settings = (
        Setting(
            "max_length",
            "Most characters",
            "number",
            hint="A short limit makes short answers. Left empty, it is 1,000.",
            start="1000",
        ),
    )

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(TextConfig, config).model_dump()

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        return (Field("value", "", "textarea", max_length=read_config(TextConfig, config).max_length),)

    def validate(self, config: dict[str, object], raw: object) -> Value:
        return read_words(raw, read_config(TextConfig, config).max_length)

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        return {}

    def tally(self, config: dict[str, object], counted: Counted) -> TextTally:
        return on_cards(counted, [str(value) for value in counted.values])

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        return (Cell("", "", self.words(config, value), None),)

    def words(self, config: dict[str, object], value: Value) -> str:
        return value if isinstance(value, str) else ""

    def typing_seconds(self, config: dict[str, object]) -> int:
        return seconds_to_write(read_config(TextConfig, config).max_length)

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        return {"max_length": str(read_config(TextConfig, config).max_length)}

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        limit = settled_whole(typed, "max_length", least=1, most=MOST)
        return self.check_config({} if limit is None else {"max_length": limit})
