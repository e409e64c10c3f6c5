"""The text of a day on its way: every other text is refused with a sentence."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from agenda import carry_file
from agenda.rows import Tables, Unreadable

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CHAPTERS: dict[str, Tables] = {"agenda": {"day": [{"id": "abc", "title": "Žluťoučký “day”", "rate": 1.0}]}, "live": {}}


@pytest.fixture
def text() -> str:
    return carry_file.written(carry_file.new(CHAPTERS, NOW))


def signed(**changes: Any) -> str:
    """A file with other contents whose sum is right all the same."""
    content = {"carry": 1, "leg": "x", "made_at": "", "chapters": CHAPTERS} | changes
    return json.dumps(content | {"sha256": carry_file._sum(content)})


def test_what_is_written_is_read(text: str) -> None:
    file = carry_file.read(text)
    assert file.chapters == CHAPTERS
    assert file.made_at == "2026-11-22T09:00:00Z"
    assert json.loads(text)["carry"] == 1
    assert carry_file.written(file) == text


def test_each_journey_has_a_name_of_its_own() -> None:
    assert carry_file.new(CHAPTERS, NOW).leg != carry_file.new(CHAPTERS, NOW).leg


def test_a_file_that_is_cut_short_anywhere_is_refused(text: str) -> None:
    for end in range(len(text.strip())):
        with pytest.raises(Unreadable, match="cut short or damaged"):
            carry_file.read(text[:end])


def test_a_file_in_which_one_letter_is_another_is_refused(text: str) -> None:
    for place in range(len(text) - 1):
        letter = "x" if text[place] != "x" else "y"
        with pytest.raises(Unreadable, match=r"damaged|was carried out|carry_day has written|newer version"):
            carry_file.read(text[:place] + letter + text[place + 1 :])


@pytest.mark.parametrize(
    "foreign",
    ["", "{}", "[]", "null", "1", "[" * 100_000, '{"slug": "a", "title": "b"}', "PK\x03\x04", '"\\u0000"', "\ufeff{}"],
)
def test_a_file_of_another_kind_is_refused(foreign: str) -> None:
    with pytest.raises(Unreadable, match=r"not a (file that|day that)"):
        carry_file.read(foreign)


@pytest.mark.parametrize("chapters", [None, [], {}, {"agenda": []}, {"agenda": {"day": {}}}, {"agenda": {"day": [1]}}])
def test_a_file_of_another_shape_is_refused(chapters: object) -> None:
    with pytest.raises(Unreadable, match=r"not a file that carry_day has written|holds no day"):
        carry_file.read(signed(chapters=chapters))


@pytest.mark.parametrize("day", [[], [{}, {}]])
def test_a_file_holds_one_day(day: list[object]) -> None:
    with pytest.raises(Unreadable, match="holds no day"):
        carry_file.read(signed(chapters={"agenda": {"day": day}}))


def test_a_file_of_a_newer_version_is_left_to_that_version() -> None:
    with pytest.raises(Unreadable, match=r"from a newer version of this program\. Bring this one up to date first\."):
        carry_file.read(signed(carry=2))


def test_a_number_that_json_does_not_have_is_refused() -> None:
    with pytest.raises(Unreadable, match="cut short or damaged"):
        carry_file.read(signed().replace("1.0", "NaN"))
