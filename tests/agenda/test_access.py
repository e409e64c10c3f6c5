"""Who comes in where: every route of the project, tried by everybody. To the others a day might as well not exist."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from pytest_django import Settings

from agenda import access
from agenda.models import Attendee, Audit, Membership, User, Workshop
from agenda.seat import new_secret
from agenda.sign_in import make_link
from feedback import asking, desk_notes, speaker_queue, survey_links
from feedback import services as feedback
from feedback.handing_in import Handed, hand_in
from feedback.letter_models import Letter
from feedback.models import Answer, Question
from feedback.queue_models import SpeakerQuestion
from feedback.sheet_models import SheetPhoto
from sessions import questions, services, sheets, speaker_links, tablets
from sessions.models import PairedScreen
from tests.cast import EVERYBODY, Cast, phone_in
from tests.feedback.room import give, new_question

from .doors import (
    ASKED,
    DOORS,
    HALL,
    NOWHERE,
    OPEN,
    OWN,
    PHONE_DOORS,
    PHOTO,
    PRESSES,
    READ,
    RUN,
    SHEET,
    STAFF_DOORS,
    TALK,
    WORDS,
    Door,
    W,
    asked,
    named,
    routes,
    talk,
)


def said(response: Any) -> tuple[Any, ...]:
    """All of it: an answer that differs anywhere gives something away."""
    return response.status_code, bytes(response.content), sorted(response.items()), response.cookies.output()


def lets_in(door: Door, response: HttpResponse) -> bool:
    text = response.content.decode(errors="replace") + response.get("Location", "")
    return response.status_code in {200, 302} and door.says in text


def is_nowhere(door: Door, client: Client, workshop: Workshop, address: str = "127.0.0.1") -> bool:
    here, nowhere = (door.knock(client, workshop, at, address) for at in ("", NOWHERE))
    assert nowhere.status_code == 404
    assert "There is nothing at this address" in nowhere.content.decode()
    return said(here) == said(nowhere)


def traces() -> tuple[Any, ...]:
    """Whatever a press could have changed."""
    revisions = list(Workshop.objects.order_by("pk").values_list("rev", "control_rev"))
    return revisions, Audit.objects.count(), Answer.objects.count(), Attendee.objects.count()


@pytest.fixture
def room(cast: Cast) -> Cast:
    """A day that runs, with a question asked and three answers that the desk may read."""
    workshop = cast.workshop
    for slot in (None, "intros"):
        services.move_on(workshop=workshop, expect=slot, actor=None)
    question = asked(workshop)
    Question.objects.filter(pk=question.pk).update(hand="phones")
    questions.ask_the_room(workshop=workshop, question=question, actor=None)
    for number in range(3):
        seat = phone_in(workshop).seat
        handed = Handed(seat, question.pk, key=uuid.uuid4(), edit=1, raw=f"{WORDS} {number}")
        hand_in(workshop=workshop, handed=handed)
    asker = phone_in(workshop).seat
    key = uuid.UUID(ASKED)
    asking.ask(workshop=workshop, seat=asker, slot_key=TALK["slot_key"], key=key, edit=1, raw=f"{WORDS}?")
    later, key = phone_in(workshop).seat, uuid.uuid4()
    asking.ask(workshop=workshop, seat=later, slot_key=TALK["slot_key"], key=key, edit=1, raw=f"{WORDS} later?")
    speaker_queue.put(SpeakerQuestion.objects.get(pk=key), "parked")
    sheets.new_sheet(workshop=workshop, text="What gets in the way?", hand="phones", sheet_id=uuid.UUID(SHEET))
    feedback.open_to_room(Question.objects.get(pk=SHEET), now=timezone.now())
    nobodys = {"respondent": "f" * 64, "image": b"a picture", "width": 4, "height": 3}
    SheetPhoto.objects.create(id=PHOTO, question_id=SHEET, **nobodys)
    said_aloud = {"question_id": uuid.UUID(SHEET), "key": uuid.uuid4(), "raw": WORDS}
    desk_notes.type_note(workshop=workshop, table="", people=None, **said_aloud)
    board = new_question(workshop, "board", kind="ask", mode="named", config={"asks": True, "offers": False})
    mentored = phone_in(workshop)
    Attendee.objects.filter(pk=mentored.attendee.pk).update(name="Ann")  # only the nameless are erased by the doors
    give(board, "A mentor", mentored.seat)
    return cast


def test_every_route_is_in_the_table() -> None:
    assert set(routes(get_resolver().url_patterns)) == {door.route for door in DOORS} | set(OPEN) | PRESSES | OWN


def test_a_door_is_not_there_for_whom_it_is_not_for(room: Cast) -> None:
    before = traces()
    there = [
        f"{name}: {named(door)}"
        for door in DOORS
        for name in EVERYBODY
        if name not in door.who and not is_nowhere(door, room.by_name(name), room.workshop)
    ]
    assert there == []
    assert (traces(), PairedScreen.objects.filter(workshop=room.workshop).count()) == (before, 0)


def test_a_door_opens_to_those_it_is_for(room: Cast) -> None:
    """In the order of the table, so that no press takes away what the next one needs."""
    shut = [
        f"{name}: {named(door)}"
        for door in DOORS
        for name in door.who
        if not lets_in(door, door.knock(room.by_name(name), room.workshop))
    ]
    assert shut == []


def test_from_the_hall_nobody_comes_behind_a_sign_in(room: Cast, settings: Settings) -> None:
    pages = [door for door in STAFF_DOORS if not door.data]
    there, shut = [], []
    for door in pages:
        for address in (HALL, "8.8.8.8", "fe80::1", "", "localhost"):
            there += [] if is_nowhere(door, room.owner, room.workshop, address) else [(named(door), address)]
        for address in ("127.0.0.1", "127.3.2.1", "::1"):
            is_open = lets_in(door, door.knock(room.owner, room.workshop, address=address))
            shut += [] if is_open else [(named(door), address)]
    assert (there, shut) == ([], [])
    settings.DESK_FROM_NETWORK = True
    for door in pages:
        assert lets_in(door, door.knock(room.owner, room.workshop, address=HALL)), named(door)
        assert is_nowhere(door, room.outsider, room.workshop, HALL), named(door)


def test_from_the_hall_no_press_is_taken(room: Cast, settings: Settings) -> None:
    presses = [door for door in STAFF_DOORS if door.data]
    before = traces()
    assert [named(door) for door in presses if not is_nowhere(door, room.owner, room.workshop, HALL)] == []
    assert traces() == before
    settings.DESK_FROM_NETWORK = True
    knocks = {named(door): door.knock(room.owner, room.workshop, address=HALL).status_code for door in presses}
    assert {name: status for name, status in knocks.items() if status == 404} == {}
    assert traces() != before


@pytest.mark.parametrize("path", ["/sign-in/", "/staff/", "/staff/new/", "/staff/import/", "/in/{token}"])
def test_from_the_hall_there_is_no_way_to_sign_in(room: Cast, path: str) -> None:
    address = path.format(token=make_link(user=User.objects.get(username="owner"), now=timezone.now()))
    assert room.owner.get(address).status_code == 200
    there = room.owner.get(address, REMOTE_ADDR=HALL)
    nothing_there = room.owner.get("/nothing/", REMOTE_ADDR=HALL)
    assert (there.status_code, there.content) == (404, nothing_there.content)
    assert room.owner.post(address, REMOTE_ADDR=HALL).status_code == 404
    front = room.stranger.get("/", REMOTE_ADDR=HALL).content.decode()
    assert "Join the masterclass" in front
    assert "/sign-in/" not in front


def test_an_open_page_opens_to_everybody(room: Cast) -> None:
    link = make_link(user=User.objects.get(username="owner"), now=timezone.now())
    secret = speaker_links.make_link(workshop=room.workshop, slot=talk(room.workshop), actor=None)
    tablet = tablets.make_link(workshop=room.workshop, actor=None)
    person = Attendee.objects.filter(workshop=room.workshop).first()
    hashed = survey_links.hash_of("a" * 43)
    Letter.objects.create(attendee=person, purpose="followup", state="sent", token_hash=hashed)
    ((_link, personal),) = survey_links.make_links(workshop=room.workshop, labels=["Ann Ash"], actor=None)
    for route, words in OPEN.items():
        path = "/" + route.replace("<str:code>", room.workshop.join_code).replace("<str:token>", link)
        path = (
            path.replace("<str:secret>", {"s": secret, "t": tablet, "p": personal, "f": "a" * 43}[route[0]])
            if "secret" in path
            else path
        )
        for name in EVERYBODY:
            response = room.by_name(name).get(path)
            text = response.content.decode() + response.get("Location", "")
            assert response.status_code in {200, 302}, (name, route)
            assert any(word in text for word in words.split("|")), (name, route)
            assert WORDS not in text, (name, route)


def test_the_list_of_days_holds_ones_own_and_no_others(room: Cast) -> None:
    here, there = (f"/w/{day.pk}/" for day in (room.workshop, room.other_workshop))
    pages = {name: room.by_name(name).get("/staff/").content.decode() for name in EVERYBODY}
    assert {name for name, page in pages.items() if here in page} == set(READ)
    assert {name for name, page in pages.items() if there in page} == {"outsider"}
    assert {name for name, page in pages.items() if f"{here}desk/" in page} == set(RUN)


def test_signing_out_ends_the_session(room: Cast) -> None:
    desk = f"/w/{room.workshop.pk}/desk/"
    assert room.owner.get("/sign-out/").status_code == 405
    assert room.owner.get(desk).status_code == 200
    assert room.owner.post("/sign-out/")["Location"] == "/"
    assert room.owner.get(desk).status_code == 404


def test_a_seat_that_was_taken_away_is_out(room: Cast) -> None:
    knocks = {named(door): lets_in(door, door.knock(room.attendee, room.workshop)) for door in PHONE_DOORS}
    assert [door for door, is_open in knocks.items() if not is_open] == []
    Attendee.objects.filter(workshop=room.workshop).update(revoked_at=timezone.now())
    assert [named(door) for door in PHONE_DOORS if not is_nowhere(door, room.attendee, room.workshop)] == []


def _of_another_day(room: Cast) -> None:
    """The cookies of a real seat elsewhere, under this day's names."""
    for part in ("seat", "answers"):
        value = room.other_attendee.cookies[f"{part}-{room.other_workshop.pk}"].value
        room.attendee.cookies[f"{part}-{room.workshop.pk}"] = value


def _edited(room: Cast) -> None:
    """Another attendee's id with one's own signature."""
    cookie = room.attendee.cookies[f"seat-{room.workshop.pk}"]
    signature = cookie.value.rpartition(":")[2]
    room.attendee.cookies[f"seat-{room.workshop.pk}"] = f"{phone_in(room.workshop).attendee.pk}:{signature}"


def _forged(room: Cast) -> None:
    room.attendee.cookies[f"seat-{room.workshop.pk}"] = f"{phone_in(room.workshop).attendee.pk}:{new_secret()}"


def _halved(room: Cast) -> None:
    del room.attendee.cookies[f"answers-{room.workshop.pk}"]


def _swapped(room: Cast) -> None:
    """A value that is signed by us, for something else."""
    room.attendee.cookies[f"seat-{room.workshop.pk}"] = room.attendee.cookies[f"answers-{room.workshop.pk}"].value


@pytest.mark.parametrize("tamper", [_of_another_day, _edited, _forged, _halved, _swapped])
def test_a_seat_that_is_not_ours_is_out(room: Cast, tamper: Callable[[Cast], None]) -> None:
    tamper(room)
    assert [named(door) for door in PHONE_DOORS if not is_nowhere(door, room.attendee, room.workshop)] == []


def test_an_account_that_was_closed_is_out(room: Cast) -> None:
    User.objects.filter(username="owner").update(is_active=False)
    assert [named(door) for door in STAFF_DOORS if not is_nowhere(door, room.owner, room.workshop)] == []


def test_a_socket_of_an_account_that_was_closed_is_out(room: Cast) -> None:
    owner = User.objects.get(username="owner")
    assert access.member(owner, room.workshop.pk, "127.0.0.1", access.RUN) is not None
    owner.is_active = False
    assert access.member(owner, room.workshop.pk, "127.0.0.1", access.RUN) is None


def test_a_role_that_was_taken_away_is_gone_at_once(room: Cast) -> None:
    Membership.objects.filter(user__username="owner").update(role="viewer")
    for door in STAFF_DOORS:
        assert is_nowhere(door, room.owner, room.workshop) == ("viewer" not in door.who), named(door)


def test_a_paired_projector_sees_the_screen_of_its_day_and_nothing_else(room: Cast) -> None:
    projector = Client()
    projector.get("/screen/")
    screen = PairedScreen.objects.get()
    screen_doors = [door for door in DOORS if "screen" in (door.route + str(door.fill))]
    assert all(is_nowhere(door, projector, room.workshop) for door in DOORS)
    services.pair_screen(workshop=room.workshop, digits=screen.digits, actor=None)
    assert [named(door) for door in DOORS if not is_nowhere(door, projector, room.workshop)] == [
        named(door) for door in screen_doors
    ]
    for door in screen_doors:
        page = door.knock(projector, room.workshop)
        assert lets_in(door, page)
        assert WORDS not in page.content.decode()
        assert door.knock(projector, room.workshop, at=room.other_workshop.pk).status_code == 404
    PairedScreen.objects.update(revoked_at=timezone.now())
    assert all(is_nowhere(door, projector, room.workshop) for door in DOORS)


def test_a_speakers_link_opens_that_items_view_and_nothing_else(room: Cast) -> None:
    device = Client()
    device.post(f"/s/{speaker_links.make_link(workshop=room.workshop, slot=talk(room.workshop), actor=None)}")
    doors = {W + "speaker/", W + "speaker/<slug:slot_key>/", W + "state/<str:audience>"}
    own = [door for door in DOORS if door.route in doors and door.fill.get("audience", "speaker") == "speaker"]
    assert [named(door) for door in DOORS if not is_nowhere(door, device, room.workshop)] == [
        named(door) for door in own
    ]
    for door in own:
        for address in ("127.0.0.1", HALL):
            page = door.knock(device, room.workshop, address=address)
            assert page.status_code == (302 if door.route == W + "speaker/" else 200)
            assert WORDS not in page.content.decode()
        assert door.knock(device, room.workshop, at=room.other_workshop.pk).status_code == 404
    for elsewhere in (room.workshop, room.other_workshop):
        other = f"/w/{elsewhere.pk}/speaker/data/"
        assert said(device.get(other)) == said(device.get(f"/w/{NOWHERE}/speaker/data/"))
    speaker_links.revoke_link(workshop=room.workshop, slot=talk(room.workshop), actor=None)
    assert all(is_nowhere(door, device, room.workshop) for door in DOORS)
