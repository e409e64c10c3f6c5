"""Pure: how a group has moved between two answers to the same question."""

import pytest

from feedback.kinds import kinds
from feedback.kinds.base import Value
from feedback.shift import Shift, shifts

POINTS = ("low", "middle", "high")
CONFIG: dict[str, object] = {
    "statements": [{"key": "sure", "text": "I am sure."}, {"key": "glad", "text": "I am glad."}],
    "points": [{"key": key, "label": key.title()} for key in POINTS],
}


def pair(before: str, after: str, glad: str = "skip") -> tuple[Value, Value]:
    return {"sure": before, "glad": glad}, {"sure": after, "glad": glad}


def told(pairs: list[tuple[Value, Value]]) -> list[Shift]:
    return shifts(kinds["scale"], CONFIG, pairs)


def test_ten_pairs_are_told_as_higher_the_same_and_lower() -> None:
    pairs = [pair("low", "high")] * 6 + [pair("middle", "middle")] * 3 + [pair("high", "middle")]
    assert told(pairs) == [Shift("I am sure.", 10, 6, 3, 1)]


@pytest.mark.parametrize("n", [0, 1, 9])
def test_fewer_are_never_told(n: int) -> None:
    assert told([pair("low", "high")] * n) == []


def test_who_skipped_once_is_in_no_pair() -> None:
    assert told([pair("low", "high")] * 9 + [pair("skip", "high"), pair("low", "skip")]) == []


def test_each_statement_needs_ten_of_its_own() -> None:
    pairs = [pair("low", "high", glad="middle")] * 9 + [pair("low", "high")]
    assert [shift.text for shift in told(pairs)] == ["I am sure."]
