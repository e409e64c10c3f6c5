import uuid
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from feedback.forms import HandInForm, raw_from_post
from feedback.kinds import kinds

SCALE: dict[str, object] = {
    "statements": [{"key": "s", "text": "S"}, {"key": "t", "text": "T"}],
    "points": [{"key": key, "label": key} for key in ("low", "mid", "high")],
}
CHOICE: dict[str, object] = {"options": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]}
KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def test_one_field_gives_its_text() -> None:
    assert raw_from_post(kinds["text"], {}, QueryDict("value=Words&other=1")) == "Words"
    assert raw_from_post(kinds["choice"], CHOICE, {"value": "a"}) == "a"


def test_nothing_filled_in_gives_an_empty_answer() -> None:
    assert raw_from_post(kinds["choice"], CHOICE, {}) == ""
    assert raw_from_post(kinds["scale"], SCALE, {}) == {}


def test_parts_give_a_dict_without_what_nobody_asked() -> None:
    post = QueryDict("value.s=low&value.x=high&value=1")
    assert raw_from_post(kinds["scale"], SCALE, post) == {"s": "low"}


def test_both_doors_read_the_same() -> None:
    question = uuid.uuid4()
    read = {"key": uuid.UUID(KEY), "edit": 2, "question": question}
    for typed, said in (
        ({"table": "4", "people": "6"}, {"table": "4", "people": 6}),
        ({}, {"table": "", "people": None}),
    ):
        page = HandInForm(QueryDict(f"key={KEY}&edit=2&question={question}&{urlencode(typed)}"))
        json = HandInForm({"key": KEY, "edit": 2, "question": str(question), "raw": "Words", **typed})
        assert page.is_valid()
        assert json.is_valid()
        assert page.cleaned_data == json.cleaned_data == read | said


def nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "change",
    [
        {"key": ""},
        {"key": "me"},
        {"key": nested(50_000)},
        {"key": "\ud800"},
        {"edit": 0},
        {"edit": 1_000_001},
        {"edit": True},
        {"edit": 1.5},
        {"edit": float("nan")},
        {"edit": "9" * 5000},
        {"edit": 10**5000},
        {"edit": None},
        {"question": {}},
        {"question": "\x00"},
    ],
)
def test_anything_else_asks_to_open_the_page_again(change: dict[str, Any]) -> None:
    form = HandInForm({"key": KEY, "edit": 1, "question": KEY, **change})
    assert not form.is_valid()
    assert [str(error) for errors in form.errors.values() for error in errors] == [
        "This page is out of date. Copy your answer, then open the page again: nothing you sent is lost."
    ]


def test_an_id_that_holds_a_time_is_refused() -> None:
    assert not HandInForm({"key": str(uuid.uuid1()), "edit": 1, "question": KEY}).is_valid()
