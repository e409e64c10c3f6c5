"""The presses that change what everybody looks at, over HTTP."""

from typing import Any

import pytest
from django.test import Client

from agenda.models import Workshop
from tests.cast import browser_of, user_with
from tests.live import day

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    return browser_of(user_with("facilitator", workshop, "facilitator"))


def said(desk: Client, workshop: Workshop, press: str, data: dict[str, str]) -> str:
    """What the desk is told by its script."""
    return desk.post(f"/w/{workshop.pk}/desk/{press}/", data, headers=HTMX).text


def test_everyone_out_is_two_presses_and_no_key(workshop: Workshop, desk: Client) -> None:
    page = desk.get(f"/w/{workshop.pk}/desk/").text
    opened, _, rest = page.partition("<summary>Everyone out</summary>")
    button = rest.partition("</details>")[0].partition("<button")[2].partition("</button>")[0]
    assert opened.rstrip().endswith('<details class="again out">')  # closed until somebody opens it
    assert "Send everyone out now" in button
    assert "data-shortcut" not in button
    assert "Phones and the screen say “Leave now”." in said(desk, workshop, "out", {"on": "1"})
    assert day.stage(workshop).is_out
    assert "Everyone is back." in said(desk, workshop, "out", {"on": "0"})
    assert not day.stage(workshop).is_out


def test_everyone_out_works_without_a_script(workshop: Workshop, desk: Client) -> None:
    reply = desk.post(f"/w/{workshop.pk}/desk/out/", {"on": "1"}, follow=True)
    assert "Everyone out since" in reply.text
    assert "Send everyone out now" not in reply.text


def test_the_screen_is_frozen_and_let_go_on_and_presses_meanwhile_say_so(workshop: Workshop, desk: Client) -> None:
    kept = "The screen is frozen and keeps its picture."
    assert "It keeps this picture until you let it go on." in said(desk, workshop, "freeze", {"on": "1"})
    assert f"The day has started. {kept}" in said(desk, workshop, "move-on", {"expect": ""})
    assert f"The screen has changed. {kept}" in said(desk, workshop, "face", {"face": "rules"})
    question = day.question(workshop, "pre_conf").pk
    assert f"The room is asked. {kept}" in said(desk, workshop, f"{question}/ask", {})
    assert kept not in said(desk, workshop, f"{question}/hide", {}) + said(desk, workshop, "blank", {"on": "1"})
    assert "The screen goes on." in said(desk, workshop, "freeze", {"on": "0"})
    assert kept not in said(desk, workshop, "face", {"face": "join"})


def test_the_speakers_item_comes_to_its_questions_with_one_press(workshop: Workshop, desk: Client) -> None:
    day.begin(workshop, until="how-digital")
    page = desk.get(f"/w/{workshop.pk}/desk/").text
    assert 'data-shortcut="p">Questions</button>' in " ".join(page.split())
    here = {"expect": "how-digital"}
    assert "Phones take questions to the speaker; they and the screen say: put your hand up." in said(
        desk, workshop, "phase/questions", here
    )
    assert day.stage(workshop).phase == "questions"
    stale = said(desk, workshop, "phase/talk", {"expect": "intros"})
    assert "Nothing was changed by this press" in stale
    assert desk.post(f"/w/{workshop.pk}/desk/phase/encore/", here).status_code == 404
    assert day.stage(workshop).phase == "questions"


@pytest.mark.parametrize(("press", "data"), [("out", {}), ("out", {"on": "perhaps"}), ("freeze", {"on": ""})])
def test_a_press_our_page_cannot_make_finds_nothing(
    workshop: Workshop, desk: Client, press: str, data: dict[str, Any]
) -> None:
    before = day.revisions(workshop)
    assert desk.post(f"/w/{workshop.pk}/desk/{press}/", data).status_code == 404
    assert day.revisions(workshop) == before
