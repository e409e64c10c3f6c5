"""The desk's page for people without a phone of their own."""

import re

import pytest
from django.test import Client

from agenda.models import Attendee, Workshop
from sessions.models import Agreement
from tests.cast import browser_of, user_with


@pytest.fixture
def desk(workshop: Workshop) -> Client:
    return browser_of(user_with("facilitator", workshop, "facilitator"))


def test_the_desk_adds_a_seat_says_that_they_agree_and_takes_it_away(workshop: Workshop, desk: Client) -> None:
    address = f"/w/{workshop.pk}/people/"
    assert "Nobody yet. Whoever you add appears here." in desk.get(address).text
    who = {"name": "Ann Ash", "council": "Exampleshire", "role": "councillor"}
    assert desk.post(address, who).headers["Location"] == address
    page = desk.get(address).text
    seat = Attendee.objects.get()
    assert (seat.name, seat.council, seat.role, seat.device) == (*who.values(), "none")
    assert "Exampleshire, councillor" in page
    assert "Has not agreed to the ground rules yet" in page
    assert "A seat for somebody without a phone: they count among those who are here" in page
    agreed, removed = re.findall(rf'action="({address}{seat.pk}/\w+/)"', page)
    desk.post(agreed, {"on": "1"})
    assert Agreement.objects.get().attendee == seat
    assert "Has agreed to the ground rules" in desk.get(address).text
    desk.post(removed)
    assert not Attendee.objects.exists()
    assert "Ann Ash" not in desk.get(address).text


def test_a_seat_needs_no_name_and_stands_in_the_list_all_the_same(workshop: Workshop, desk: Client) -> None:
    for _ in range(2):
        desk.post(f"/w/{workshop.pk}/people/", {"name": ""})
    page = desk.get(f"/w/{workshop.pk}/people/").text
    assert "Somebody without a phone, number 2" in page


def test_what_is_too_long_is_said_and_stays(workshop: Workshop, desk: Client) -> None:
    reply = desk.post(f"/w/{workshop.pk}/people/", {"name": "x" * 81, "role": "officer"})
    assert reply.status_code == 422
    assert "<title>Error: " in reply.text
    assert "x" * 81 in reply.text
    assert not Attendee.objects.exists()


def test_room_safe_hides_every_name_and_council(workshop: Workshop, desk: Client) -> None:
    who = {"name": "Ann Ash", "council": "Exampleshire", "role": "councillor"}
    desk.post(f"/w/{workshop.pk}/people/", who)
    page = desk.post(f"/w/{workshop.pk}/people/", {**who, "council": "Exampleshire" * 20}).text
    assert (page.count("Ann Ash"), page.count("Exampleshire")) == (
        5,
        21,
    )  # a seat, a link, two buttons, a form that was refused
    for tag in ("span", "p", "div"):
        page = re.sub(rf"<{tag}\b[^>]*\bdata-private\b.*?</{tag}>", "", page, flags=re.DOTALL)
    assert "Ann Ash" not in page
    assert "Somebody without a phone, number 1" in page
    assert page.count('id="room-safe"') == page.count('data-shortcut="r"') == 1


def test_room_safe_is_on_every_page_of_names(workshop: Workshop, desk: Client) -> None:
    desk.post(f"/w/{workshop.pk}/people/", {"name": "Ann Ash"})
    for page in ("desk/", "desk/remote/", "people/", "summary/", "keeping/"):
        html = desk.get(f"/w/{workshop.pk}/{page}").text
        assert html.count('id="room-safe"') == 1
        assert "room-safe-first" in html
        assert "room_safe" in html
    viewer = browser_of(user_with("viewer", workshop, "viewer"))
    assert 'id="room-safe"' not in viewer.get(f"/w/{workshop.pk}/summary/").text
