"""What people ask of the others in the room, and what they can help with."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field as Limits
from pydantic import model_validator

from feedback.kinds.base import Cell, Config, Counted, Field, Kind, Mark, Option, Refused, Setting, Value, read_config
from feedback.kinds.numbers import settled_whole
from feedback.kinds.own_words import TextTally, on_cards, read_words, seconds_to_write
from feedback.kinds.parts import by_part
from feedback.kinds.refusals import UNREADABLE

ASK, OFFER = Option("ask", "I ask the others for"), Option("offer", "I can help with")
MOST, USUAL = 1000, 300


class AskConfig(Config):
    """Which of the two people are asked for: one, or whichever they like."""

    asks: bool = True
    offers: bool = True
    max_length: Annotated[int, Limits(ge=1, le=MOST)] = USUAL

    @model_validator(mode="after")
    def one_at_least(self) -> "AskConfig":
        if not (self.asks or self.offers):
            raise ValueError("nothing is asked for")
        return self

    @property
    def only(self) -> Option | None:
        """The one that is asked for; None where people choose."""
        if self.asks and self.offers:
            return None
        return ASK if self.asks else OFFER


class Ask(Kind):
    """An ask, to which others can say "I can help", or an offer.

    Where people choose which, the value has "side", the key of ASK or OFFER, and "text"; otherwise it is the text.
    """

    name = "ask"
    label = "An ask of the room, or an offer"
    is_read = True
    has_cards = True
    connects = True
    settings = (
        Setting("asks", "People can ask for something", "tick", start="on"),
        Setting("offers", "People can say what they can help with", "tick", start="on"),
        Setting("max_length", "Most characters", "number", hint="Left empty, it is 300.", start=str(USUAL)),
    )

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(AskConfig, config).model_dump()

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        asked = read_config(AskConfig, config)
        if asked.only:
            return (Field("value", "", "textarea", max_length=asked.max_length),)
        return (
            Field("value.side", "Which is it?", "radios", (ASK, OFFER)),
            Field("value.text", "In a sentence or two", "textarea", max_length=asked.max_length),
        )

    def validate(self, config: dict[str, object], raw: object) -> Value:
        asked = read_config(AskConfig, config)
        if asked.only:
            return read_words(raw, asked.max_length)
        given = by_part(raw, ("side", "text"))
        return {"side": _side(given["side"]), "text": read_words(given["text"], asked.max_length, field="value.text")}

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        return {}

    def tally(self, config: dict[str, object], counted: Counted) -> TextTally:
        return on_cards(counted, [self.words(config, value) for value in counted.values])

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        side, text = _said(config, value)
        return (Cell(side.key, "", text, None),)

    def words(self, config: dict[str, object], value: Value) -> str:
        side, text = _said(config, value)
        return f"{OFFER.label}: {text}" if side == OFFER and isinstance(value, dict) else text

    def asks(self, config: dict[str, object], value: Value) -> str:
        side, text = _said(config, value)
        return text if side == ASK else ""

    def offers(self, config: dict[str, object], value: Value) -> str:
        side, text = _said(config, value)
        return text if side == OFFER else ""

    def typing_seconds(self, config: dict[str, object]) -> int:
        return seconds_to_write(read_config(AskConfig, config).max_length)

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        asked = read_config(AskConfig, config)
        ticks = {"asks": asked.asks, "offers": asked.offers}
        return {name: "on" if on else "" for name, on in ticks.items()} | {"max_length": str(asked.max_length)}

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        limit = settled_whole(typed, "max_length", least=1, most=MOST)
        ticked = {name: bool(typed.get(name)) for name in ("asks", "offers")}
        if not any(ticked.values()):
            raise Refused("Tick at least one of the two.", field="asks")
        return self.check_config({**ticked} | ({} if limit is None else {"max_length": limit}))


def _side(raw: object) -> str:
    if raw is None or raw == "":
        raise Refused("Say whether you ask for something or can help.", field="value.side")
    for option in (ASK, OFFER):
        if option.key == raw:
            return option.key
    raise Refused(UNREADABLE, field="value.side")


def _said(config: dict[str, object], value: Value) -> tuple[Option, str]:
    """Which of the two an answer is, and its words; one given when the question asked for less is still read."""
    if isinstance(value, dict):
        return (OFFER if value.get("side") == OFFER.key else ASK), str(value.get("text", ""))
    return read_config(AskConfig, config).only or ASK, value if isinstance(value, str) else ""
