"""Words of one's own."""

import unicodedata
from collections.abc import Iterable
from typing import Annotated

from pydantic import Field as Limits

from feedback.kinds.base import (
    Cell,
    Config,
    Field,
    Kind,
    Refused,
    TextTally,
    Value,
    is_blank,
    read_config,
    without_controls,
)

USUAL_LENGTH = 180  # characters that people write on a phone when nothing limits them


class TextConfig(Config):
    max_length: Annotated[int, Limits(ge=1, le=4000)] = 1000


class Text(Kind):
    """Free text. The value is the text: NFC, lines ended by LF, trimmed, never empty."""

    name = "text"
    label = "Words of your own"

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(TextConfig, config).model_dump()

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        return (Field("value", "", "textarea", max_length=read_config(TextConfig, config).max_length),)

    def validate(self, config: dict[str, object], raw: object) -> Value:
        limit = read_config(TextConfig, config).max_length
        if raw is None:
            raise Refused("empty")
        if not isinstance(raw, str):
            raise Refused("unreadable")
        text = without_controls(raw).strip()
        if is_blank(text):
            raise Refused("empty")
        # Composing a long run of accents takes quadratic time; composed text is at most four times shorter.
        if len(text) <= 4 * limit:
            text = unicodedata.normalize("NFC", text).strip()
        if len(text) > limit:
            raise Refused("too_long", length=len(text), limit=limit)
        return text

    def tally(self, config: dict[str, object], values: Iterable[Value]) -> TextTally:
        cards = tuple(value for value in values if isinstance(value, str))
        return TextTally(len(cards), cards)

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        return (Cell("", "", self.words(config, value), None),)

    def words(self, config: dict[str, object], value: Value) -> str:
        return value if isinstance(value, str) else ""

    def typing_seconds(self, config: dict[str, object]) -> int:
        return 30 + min(USUAL_LENGTH, read_config(TextConfig, config).max_length) // 2
