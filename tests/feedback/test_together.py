"""Which questions can be asked at once, and of whom."""

import pytest

from feedback.models import Question
from feedback.together import can_be, is_for, is_open, was_closed


@pytest.mark.parametrize(
    ("fields", "may"),
    [
        ({}, True),
        ({"status": "ready"}, True),
        ({"status": "open"}, False),
        ({"hand": "talk"}, False),
        ({"hand": "scribe"}, False),
        ({"occasion": "survey"}, False),
        ({"occasion": "flipchart"}, False),
        ({"kind": "commitment"}, False),
    ],
)
def test_only_what_phones_answer_and_nobody_was_asked_is_asked_together(fields: dict[str, str], may: bool) -> None:
    assert can_be(Question(**{"kind": "text"} | fields)) == may


@pytest.mark.parametrize(
    ("fields", "opened", "closed"),
    [
        ({"status": "open"}, True, False),
        ({"status": "open", "hand": "talk"}, False, False),
        ({"status": "closing"}, False, True),
        ({"status": "closed"}, False, False),
        ({"status": "open", "together": False}, False, False),
    ],
)
def test_it_is_open_while_phones_can_answer_it_and_opens_again_until_the_day_is_closed(
    fields: dict[str, object], opened: bool, closed: bool
) -> None:
    question = Question(**{"kind": "text", "together": True} | fields)
    assert (is_open(question), was_closed(question)) == (opened, closed)


def test_one_for_councillors_is_for_whoever_says_so() -> None:
    asked = Question(kind="text", councillors_only=True)
    assert [is_for(asked, role) for role in ("councillor", "officer", "")] == [True, False, False]
