"""The ready questions on the plan page: ticked, added, and never twice."""

import re
from typing import Any

import pytest

from feedback import preparing
from tests.cast import Cast

from .plan_page import Plan, read, summary


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return Plan(cast.facilitator, cast.workshop)


def test_a_short_list_is_offered_with_the_usual_of_the_item_open(plan: Plan) -> None:
    html = plan.get("ready").content.decode()
    words = read(plan.get("ready"))
    assert re.findall(r'<details class="ready-group" (open)?>\s*<summary>(.*?)</summary>', html)[:2] == [
        ("open", "Lunch and Reflections"),
        ("", "Before the day"),
    ]
    assert "Write your own" in words
    assert "What new thoughts or questions do you have? Words of your own · Everybody on their phone" in words
    assert "asked already in Lunch" in words
    assert " checked>" not in html


@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_ticked_is_added(plan: Plan, htmx: bool) -> None:
    plan.htmx, plan.slot = htmx, "close"
    response = plan.post("ready", ready=["fb_quote", "fb_pace"])
    assert plan.in_order()[-2:] == ["fb_pace", "fb_quote"]
    first = plan.of("fb_pace").pk
    if htmx:
        focused = re.search(r"<\w+[^>]*\sautofocus[^>]*>", response.content.decode())
        assert focused
        assert f'id="edit-{first}"' in focused[0]
        assert "Added 2 questions." in read(response)
    else:
        assert response["Location"] == f"{plan.path()}#question-{first}"


def test_the_same_form_sent_twice_adds_once(plan: Plan) -> None:
    plan.slot = "close"
    found = re.search(r'name="number" value="([^"]+)"', plan.get("ready").content.decode())
    assert found
    for _press in range(2):
        plan.post("ready", ready="fb_pace", number=found[1])
    assert plan.in_order().count("fb_pace") == 1
    assert "fb_pace_2" not in plan.in_order()


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("sent", [{"x": ""}, {"ready": "nothing"}, {"ready": "\x00"}, {"ready": ["fb_pace", "x"]}])
def test_nothing_that_can_be_asked_is_said_at_the_top(plan: Plan, htmx: bool, sent: dict[str, Any]) -> None:
    plan.htmx = htmx
    before = plan.in_order()
    response = plan.post("ready", **sent)
    assert response.status_code == (200 if htmx else 422)
    assert summary(response) == [("ready-lunch-list", "Tick at least one question.")]
    assert plan.in_order() == before


def test_a_day_that_is_full_says_so(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "MOST_QUESTIONS", 1)
    response = plan.post("ready", ready="fb_pace")
    assert response.status_code == 409
    assert "as many as it can hold" in read(response)
    assert 'value="fb_pace"' in response.content.decode()
