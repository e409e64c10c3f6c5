"""The screen: four digits, then the room."""

from datetime import timedelta
from io import BytesIO

import pytest
import segno
from django.test import Client
from django.utils import timezone

from agenda import origins
from agenda.models import Workshop
from sessions import services
from sessions.models import PairedScreen
from tests.cast import EVERYBODY, Cast
from tests.live import day

READ = {"owner", "facilitator", "staff", "scribe", "viewer"}


def test_a_projector_shows_digits_until_the_desk_has_typed_them_then_the_room(cast: Cast) -> None:
    projector = Client()
    first = projector.get("/screen/").text
    digits = PairedScreen.objects.get().digits
    assert f'<p class="pair-digits">{digits}</p>' in first
    assert f'<p class="pair-digits">{digits}</p>' in projector.get("/screen/").text  # a reload keeps them
    assert projector.get("/screen/paired/").json() == {"paired": False, "url": "", "expired": False}
    assert projector.get(f"/w/{cast.workshop.pk}/screen/").status_code == 404
    cast.facilitator.post(f"/w/{cast.workshop.pk}/desk/pair/", {"digits": digits})
    url = f"/w/{cast.workshop.pk}/screen/"
    paired = projector.get("/screen/paired/")
    assert (paired.json(), paired["X-Live"]) == ({"paired": True, "url": url, "expired": False}, "1")
    room = projector.get("/screen/", follow=True)
    assert room.redirect_chain == [(url, 302)]
    assert cast.workshop.join_code in room.text
    assert projector.get(f"/w/{cast.other_workshop.pk}/screen/").status_code == 404
    assert projector.get(f"/w/{cast.workshop.pk}/desk/").status_code == 404


def test_a_screen_that_was_taken_away_starts_again_with_digits(workshop: Workshop) -> None:
    projector = Client()
    projector.get("/screen/")
    services.pair_screen(workshop=workshop, digits=PairedScreen.objects.get().digits, actor=None)
    PairedScreen.objects.update(revoked_at=timezone.now())
    assert projector.get(f"/w/{workshop.pk}/screen/").status_code == 404
    assert "Type these digits at the desk" in projector.get("/screen/").text


def test_a_projector_nobody_gave_digits_is_not_paired(db: None) -> None:
    assert Client().get("/screen/paired/").json() == {"paired": False, "url": "", "expired": True}


def test_the_room_is_for_its_projector_and_for_people_with_a_role(cast: Cast) -> None:
    seen = {name: cast.by_name(name).get(f"/w/{cast.workshop.pk}/screen/") for name in EVERYBODY}
    assert {name for name, reply in seen.items() if "Join on your phone" in reply.text} == READ
    assert {reply.status_code for name, reply in seen.items() if name not in READ} == {404}


def test_the_screen_has_nothing_to_press(cast: Cast) -> None:
    day.begin(cast.workshop)
    text = cast.viewer.get(f"/w/{cast.workshop.pk}/screen/").text
    assert "Intros and Discussion" in text
    assert [tag for tag in ("<form", "<button", "<input", "<a ", "csrf") if tag in text] == []


def picture_of(address: str) -> bytes:
    drawing = BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", scale=4, dark="#000", light="#fff", xmldecl=False)
    return drawing.getvalue()


def test_the_picture_opens_the_join_page_by_the_long_token(cast: Cast) -> None:
    reply = cast.viewer.get(f"/w/{cast.workshop.pk}/screen/join.svg")
    assert reply["Content-Type"] == "image/svg+xml"
    assert reply.content.startswith(b"<svg ")
    path = f"/j/{cast.workshop.join_token}/"
    assert reply.content == picture_of(f"{origins.room_address()}{path}")
    assert reply.content != picture_of(f"{origins.room_address()}/j/{cast.workshop.join_code}/")
    assert "no-store" in reply["Cache-Control"]
    assert cast.workshop.title in Client().get(path).text


def test_the_picture_is_for_those_who_see_the_screen(cast: Cast) -> None:
    given = {
        name
        for name in EVERYBODY
        if b"<svg" in cast.by_name(name).get(f"/w/{cast.workshop.pk}/screen/join.svg").content
    }
    assert given == READ


@pytest.mark.parametrize("taken", [10_000])
def test_a_projector_that_gets_no_digits_is_told_when_to_come_back(db: None, taken: int) -> None:
    now = timezone.now()
    PairedScreen.objects.bulk_create(PairedScreen(digits=f"{n:04}", asked_at=now) for n in range(taken))
    reply = Client().get("/screen/")
    assert reply.status_code == 503
    assert "Try again in ten minutes." in reply.text


def test_digits_that_nobody_typed_in_for_ten_minutes_are_replaced(workshop: Workshop) -> None:
    projector = Client()
    projector.get("/screen/")
    PairedScreen.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    old = PairedScreen.objects.get()
    assert projector.get("/screen/paired/").json()["expired"] is True
    projector.get("/screen/")
    fresh = PairedScreen.objects.get()
    assert fresh.pk != old.pk
    services.pair_screen(workshop=workshop, digits=fresh.digits, actor=None)
    assert projector.get("/screen/paired/").json()["url"] == f"/w/{workshop.pk}/screen/"
