"""Made-up answers: every kind takes some, and they say that they are made up."""

import pytest

from feedback import bank
from feedback.examples import HOW_MANY, examples
from feedback.kinds import kinds
from feedback.kinds.base import Field, Kind, Refused, Value
from feedback.kinds.refusals import UNREADABLE
from feedback.kinds.text import Text

from .kinds.tallied import tallied


@pytest.mark.parametrize("key", list(bank.on_offer()))
def test_every_ready_question_can_be_seen_with_answers(key: str) -> None:
    ready = bank.on_offer()[key]
    kind, config = kinds[ready.kind], ready.settings(["A talk", "A discussion"])
    counted = examples(kind, config)
    assert counted.n == HOW_MANY
    assert kind.tally(config, counted).n == HOW_MANY
    for value in counted.values:
        assert kind.validate(config, value) == value


def test_answers_lean_somewhere_and_are_not_all_the_same() -> None:
    overall = bank.on_offer()["fb_overall"]
    config = overall.settings()
    counted = examples(kinds[overall.kind], config)
    assert len(counted.marks) >= 3
    assert tallied(kinds[overall.kind], config, list(counted.values)).n == (HOW_MANY if counted.values else 0)


def test_words_say_that_they_are_an_example() -> None:
    goal = bank.on_offer()["pre_goal"]
    values = examples(kinds[goal.kind], goal.settings()).values
    assert values
    assert all("example" in str(value).lower() for value in values)


def test_the_same_question_gets_the_same_answers() -> None:
    for ready in bank.on_offer().values():
        kind, config = kinds[ready.kind], ready.settings()
        assert examples(kind, config) == examples(kind, config)


class OneNumber(Text):
    """A number between two that are settled."""

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        return (Field("value", "", "number"),)

    def validate(self, config: dict[str, object], raw: object) -> Value:
        if not isinstance(raw, str) or not self.least <= int(raw) <= self.most:
            raise Refused(UNREADABLE)
        return raw

    least, most = 5, 20


class Shares(Text):
    """Numbers that add up to a total."""

    total = 10
    widget = "number"

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        return tuple(Field(f"value.{name}", name, self.widget) for name in "abcd")

    def validate(self, config: dict[str, object], raw: object) -> Value:
        assert isinstance(raw, dict)
        if sum(int(number or "0") for number in raw.values()) != self.total:
            raise Refused(UNREADABLE)
        return raw


class Order(Shares):
    """Places from 1, each once; the first three only, or all."""

    def validate(self, config: dict[str, object], raw: object) -> Value:
        assert isinstance(raw, dict)
        if sorted(filter(None, raw.values())) != [str(place + 1) for place in range(int(str(config["top"])))]:
            raise Refused(UNREADABLE)
        return raw


class Impossible(Shares):
    """Nothing can be right."""

    total = -1


@pytest.mark.parametrize(
    ("kind", "config"),
    [
        (OneNumber(), {"smallest": 5, "largest": 20}),
        (OneNumber(), {"smallest": 5, "places": 0}),
        (OneNumber(), {}),
        (Shares(), {"points": 10}),
        (Shares(), {}),
        (Order(), {"top": 4}),
        (Order(), {"top": 3}),
    ],
)
def test_numbers_find_what_a_kind_asks_of_them(kind: Kind, config: dict[str, object]) -> None:
    counted = examples(kind, config)
    assert counted.n == HOW_MANY
    assert len(set(map(str, counted.values))) > 1


def test_a_kind_that_takes_none_has_none() -> None:
    assert examples(Impossible(), {}).n == 0
