"""The desk while the room goes round: presses with and without a script."""

import re
from html import unescape

import pytest
from django.test import Client

from agenda import cards
from agenda.cards import Introduction
from agenda.models import Workshop
from sessions.call_models import Call
from tests.cast import browser_of, phone_in, user_with
from tests.live import day

HTMX = {"HTTP_HX_REQUEST": "true"}
PRESS = "6f0f3c1c-6f5f-4a3e-9d0a-2f8d7f3c5b11"


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    """The desk of a day in its introductions, with two people, the first of whom the screen may show."""
    day.begin(workshop)
    for name, on_screen in (("Ann Ash", True), ("Bob Birch", False)):
        attendee = phone_in(workshop).attendee
        cards.introduce(attendee=attendee, said=Introduction(name=name, key_point="Buses", on_screen=on_screen))
    return browser_of(user_with("facilitator", workshop, "facilitator"))


def press_of(page: str, label: str) -> dict[str, str]:
    """What the button with this label sends."""
    buttons = re.findall(r"<button[^>]*>[^<]*", page)
    button = next(one for one in buttons if one.endswith(">" + label) or f">{label} " in one)
    value = re.search(r'name="turn" value="([^"]*)"', button)
    number = re.search(r'name="press" value="([^"]*)"', page)
    assert value
    assert number
    return {"turn": unescape(value[1]), "press": number[1]}


def test_the_desk_goes_round_without_a_script(workshop: Workshop, desk: Client) -> None:
    here, there = f"/w/{workshop.pk}/desk/", f"/w/{workshop.pk}/desk/introductions/"
    for label, speaks in (
        ("Begin going round", "Now: Ann Ash"),
        ("Next", "Now: Bob Birch"),
        ("Undo the last call", "Now: Ann Ash"),
    ):
        assert desk.post(there, press_of(desk.get(here).text, label)).headers["Location"] == here
        assert speaks in desk.get(here).text
    assert desk.post(there, press_of(desk.get(here).text, "Pass")).status_code == 302
    page = desk.get(here).text
    assert "Now: Bob Birch" in page
    assert "not by name on the screen" in page
    assert desk.post(there, press_of(page, "Everybody has spoken")).status_code == 302
    assert "Nobody is left to call" in desk.get(here).text


def test_a_stale_press_is_refused_with_a_sentence(workshop: Workshop, desk: Client) -> None:
    here, there = f"/w/{workshop.pk}/desk/", f"/w/{workshop.pk}/desk/introductions/"
    first = press_of(desk.get(here).text, "Begin going round")
    desk.post(there, first)
    again = desk.post(there, first | {"press": PRESS}, **HTMX)
    assert (again.status_code, "gone on to somebody else already" in again.text) == (200, True)
    assert "notice-refused" in again.text
    assert desk.post(there, first | {"press": PRESS}).status_code == 409
    assert Call.objects.count() == 1


def test_the_desk_takes_a_card_off_the_screen_at_once(workshop: Workshop, desk: Client) -> None:
    here, there = f"/w/{workshop.pk}/desk/", f"/w/{workshop.pk}/desk/introductions/"
    desk.post(there, press_of(desk.get(here).text, "Begin going round"))
    screen = f"/w/{workshop.pk}/screen/"
    assert "Ann Ash" in desk.get(screen).text
    desk.post(there, press_of(desk.get(here).text, "Take this card off the screen"))
    assert "Ann Ash" not in desk.get(screen).text
    assert "Take this card off the screen" not in desk.get(here).text


@pytest.mark.parametrize("turn", ["", "call", "sing..", "call.ann.", "hide..", "over..x", "call..\n"])
def test_a_press_that_no_button_of_ours_makes_is_nothing(workshop: Workshop, desk: Client, turn: str) -> None:
    assert desk.post(f"/w/{workshop.pk}/desk/introductions/", {"turn": turn, "press": PRESS}).status_code == 404
    assert not Call.objects.exists()


def test_room_safe_hides_every_name_and_leaves_the_presses(workshop: Workshop, desk: Client) -> None:
    page = desk.get(f"/w/{workshop.pk}/desk/").text
    part = page[page.index('id="desk-introductions"') : page.index('data-region="queue"')]
    bare = re.sub(r"<(ol|p|span)[^>]*data-private.*?</\1>", "", part, flags=re.DOTALL)
    assert "Ann Ash" in part
    assert "Ann Ash" not in bare
    assert "Begin going round" in bare


def test_the_small_window_has_the_next_once_the_room_goes_round(workshop: Workshop, desk: Client) -> None:
    remote = f"/w/{workshop.pk}/desk/remote/"
    assert "Begin going round" not in desk.get(remote).text
    desk.post(
        f"/w/{workshop.pk}/desk/introductions/", press_of(desk.get(f"/w/{workshop.pk}/desk/").text, "Begin going round")
    )
    assert press_of(desk.get(remote).text, "Next")["turn"].startswith("call.")
