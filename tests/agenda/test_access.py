"""Who comes in where: every route of the project, tried by everybody. To the others a day might as well not exist."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from pytest_django import Settings

from agenda import access, queries
from agenda.models import Attendee, Audit, Membership, Slot, User, Workshop
from agenda.seat import new_secret
from agenda.sign_in import make_link
from agenda.working_copy import working_copy
from feedback import asking, preparing
from feedback.handing_in import Handed, hand_in
from feedback.models import Answer, Question
from sessions import pairing, questions, services, speaker_links, tablets
from sessions.models import PairedScreen
from tests.cast import EVERYBODY, Cast, phone_in

RUN = ("owner", "facilitator")
TAKE_HOME = (*RUN, "staff")
READ = (*TAKE_HOME, "scribe", "viewer")
SEATED = ("attendee",)
NOWHERE = "nosuchday2"
ASKED = "0d8f3c1e-5b55-4c11-9f43-7a5b8f0b6f2e"
NOBODYS = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
HALL = "192.168.1.20"
WORDS = "What nobody outside may read"

TALK = {"slot_key": "how-digital"}

Data = Callable[[Workshop], dict[str, Any]]


def nothing(workshop: Workshop) -> dict[str, Any]:
    return {}


def live(workshop: Workshop) -> dict[str, Any]:
    """A press from a page that shows the day as it stands."""
    row = queries.day(workshop).schedule(timezone.now()).live
    return {"expect": row.slot.id if row else "", "press": uuid.uuid4()}


def again(workshop: Workshop) -> dict[str, Any]:
    """Everybody's press has the same number: it is made once."""
    return live(workshop) | {"press": "6f0f3c1c-6f5f-4a3e-9d0a-2f8d7f3c5b11"}


def undo(workshop: Workshop) -> dict[str, Any]:
    return {"seen": queries.day(workshop).seen}


def answer(workshop: Workshop) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "edit": 1, "question": asked(workshop).pk, "value": "More buses"}


def an_answer(workshop: Workshop) -> dict[str, Any]:
    first = Answer.objects.filter(question=asked(workshop)).first()
    return {"answer": first.pk if first else uuid.uuid4()}


def take_back(workshop: Workshop) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "question": asked(workshop).pk}


def digits(workshop: Workshop) -> dict[str, Any]:
    return {"digits": pairing.ask().digits}


def other_words(workshop: Workshop) -> dict[str, Any]:
    return one_more_question(workshop) | {"expect": preparing.mark(asked(workshop))}


def one_more_question(workshop: Workshop) -> dict[str, Any]:
    usual = {"hand": "talk", "mode": "unlinked", "showing": "press", "occasion": "live", "bundle": "alone"}
    return {"text": "Why not?", "kind": "text"} | usual


def below_the_next(workshop: Workshop) -> dict[str, Any]:
    return {"below": Question.objects.get(workshop=workshop, key="digital_difficulties").pk}


def question(workshop: Workshop) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "edit": 1, "slot": TALK["slot_key"], "value": "Who pays?"}


def drafted(workshop: Workshop) -> dict[str, Any]:
    """A press from a plan page that shows the draft as it stands."""
    return {"edit": working_copy(workshop).edit, "version": 1, "do": "restart"}


def asked(workshop: Workshop) -> Question:
    return Question.objects.get(workshop=workshop, key="digital_pleased")


def talk(workshop: Workshop, key: str = TALK["slot_key"]) -> Slot:
    return Slot.objects.get(workshop=workshop, key=key)


@dataclass(frozen=True)
class Door:
    """One thing to ask for. `says` stands on the page, or in the address it leads to, for those who are let in."""

    route: str
    who: tuple[str, ...]
    says: str
    data: Data | None = None  # for a press: what its form holds
    fill: dict[str, str] = field(default_factory=dict)

    def knock(self, client: Client, workshop: Workshop, at: str = "", address: str = "127.0.0.1") -> Any:
        """What comes back. `at`: another day's id, in place of that of `workshop`."""
        said = Answer.objects.filter(question=asked(workshop)).last()
        quiet = Attendee.objects.filter(workshop=workshop, name="").last()
        fill = {"workshop_id": at or workshop.pk, "question_id": str(asked(workshop).pk), **TALK}
        fill |= {"answer_id": str(said.pk) if said else NOBODYS, "attendee_id": str(quiet.pk) if quiet else NOBODYS}
        fill |= self.fill
        path = "/" + re.sub(r"<\w+:(\w+)>", lambda found: fill[found[1]], self.route)
        extra: dict[str, Any] = {"REMOTE_ADDR": address, "HTTP_ACCEPT": "text/html"}
        return client.post(path, self.data(workshop), **extra) if self.data else client.get(path, **extra)


W = "w/<str:workshop_id>/"
Q = W + "desk/<uuid:question_id>/<slug:press>/"
PQ = W + "plan/questions/<slug:slot_key>/"
MINE = W + "queue/<uuid:question_id>/"
QUEUE = W + "desk/queue/<uuid:question_id>/<slug:press>/"
QUEUE_PRESSES = ("take", "approve", "park", "back", "answered", "back", "hide", "back")
DIGITAL = {"slot_key": "how-digital"}
DOORS = [
    Door(W, SEATED, 'data-audience="phone"'),
    Door(W + "who/", SEATED, "Who you are"),
    Door(W + "who/", SEATED, "/w/", lambda _: {"name": "Ann"}),
    Door(W + "agree/", SEATED, "/w/", nothing),
    Door(W + "answers/", SEATED, "/w/", answer),
    Door(W + "answers/take-back/", SEATED, "/w/", take_back),
    Door(W + "answers/take-back/all/", SEATED, "/w/", nothing),
    Door(W + "queue/", SEATED, "/w/", question),
    Door(MINE + "me-too/", SEATED, "/w/", lambda _: {"on": "1"}, {"question_id": ASKED}),
    Door(MINE + "take-back/", SEATED, "/w/", nothing, {"question_id": NOBODYS}),
    Door(W + "mine/", SEATED, '"answers"'),
    Door(W + "mine/asked/", SEATED, "phone-asked"),
    Door(W + "mine/list/", SEATED, "phone-mine"),
    Door(W + "leave/", SEATED, "What stays"),
    Door(W + "notes/on/<slug:slot_key>/", SEATED, "Keep my note"),
    Door(W + "notes/on/<slug:slot_key>/", SEATED, "/w/", answer),
    Door(W + "notes/on/<slug:slot_key>/", (), "", fill={"slot_key": "nothing"}),
    Door(W + "notes/delete/", SEATED, "/w/", take_back),
    Door(W + "mine/<uuid:question_id>/", SEATED, "/w/"),
    Door(W + "state/<str:audience>", SEATED, '"regions"', fill={"audience": "phone"}),
    Door(W + "state/<str:audience>", READ, '"regions"', fill={"audience": "screen"}),
    Door(W + "state/<str:audience>", RUN, WORDS, fill={"audience": "desk"}),
    Door(W + "order/", (*READ, *SEATED), "Running order"),
    Door(W + "plan.ics", (*READ, *SEATED), "BEGIN:VCALENDAR"),
    Door(W + "state/<str:audience>", RUN, '"regions"', fill={"audience": "speaker"}),
    Door(W + "state/<str:audience>", (), "", fill={"audience": "nobody"}),
    Door(W + "screen/", READ, 'data-audience="screen"'),
    Door(W + "screen/join.svg", READ, "<svg"),
    Door(W + "summary/", READ, WORDS),
    Door(W + "export/", TAKE_HOME, "answers.csv"),
    Door(W + "export/answers.csv", TAKE_HOME, WORDS, nothing),
    Door(W + "keeping/", RUN, "Erase a person"),
    Door(W + "keeping/", RUN, "/keeping/", lambda _: {"open_days": "4"}),
    Door(W + "keeping/erase/<uuid:attendee_id>/", RUN, "Erased, with 0 answers.", nothing),
    Door(W + "desk/", RUN, WORDS),
    Door(W + "desk/remote/", RUN, "Hold up to the speaker"),
    Door(W + "desk/phase/<slug:phase>/", RUN, "/desk/", live, {"phase": "questions"}),
    Door(W + "desk/phase/<slug:phase>/", (), "", live, {"phase": "encore"}),
    *(Door(QUEUE, RUN, "/desk/", nothing, {"question_id": ASKED, "press": press}) for press in QUEUE_PRESSES),
    Door(QUEUE, (), "", nothing, {"question_id": ASKED, "press": "delete"}),
    Door(W + "desk/time/<uuid:question_id>/", RUN, "/desk/", lambda _: {"minutes": "2"}),
    Door(W + "desk/move-on/", RUN, "/desk/", live),
    Door(W + "desk/change/", RUN, "/desk/", lambda there: {"change": f"-;extend {live(there)['expect']} 5"}),
    Door(W + "desk/undo/", RUN, "/desk/", undo),
    Door(W + "desk/face/", RUN, "/desk/", lambda _: {"face": "rules"}),
    Door(W + "desk/blank/", RUN, "/desk/", lambda _: {"on": "1"}),
    Door(W + "desk/freeze/", RUN, "/desk/", lambda _: {"on": "1"}),
    Door(W + "desk/out/", RUN, "/desk/", lambda _: {"on": "1"}),
    Door(W + "desk/pair/", RUN, "/desk/", digits),
    Door(W + "desk/hand/<uuid:question_id>/", RUN, "/desk/", lambda _: {"hand": "talk"}),
    *(Door(Q, RUN, "/desk/", nothing, {"press": press}) for press in ("ask", "close", "show", "hide")),
    Door(Q, (), "", nothing, {"press": "delete"}),
    Door(W + "desk/quick/", RUN, "/desk/", lambda _: {"text": "Tea?", "kind": "choice", "press": uuid.uuid4()}),
    Door(W + "desk/again/<uuid:question_id>/", RUN, "/desk/", again),
    Door(W + "desk/approve/<uuid:question_id>/", RUN, "/desk/", nothing),
    Door(W + "desk/answer/<slug:press>/", RUN, "/desk/", an_answer, {"press": "hide"}),
    Door(W + "desk/answer/<slug:press>/", (), "", an_answer, {"press": "erase"}),
    Door(W + "template/", ("owner",), "/staff/", lambda _: {"on": "0"}),
    Door(W + "desk/remove/<uuid:answer_id>/", RUN, "/desk/", nothing),
    Door(W + "desk/begin-again/", RUN, "/desk/", nothing),
    Door(W + "plan/words/", RUN, "One word or phrase on a line"),
    Door(W + "plan/words/", RUN, "saved=1", lambda _: {"words": "idiot"}),
    Door(PQ, RUN, "What are you pleased with so far?", fill=DIGITAL),
    Door(PQ, (), "", fill={"slot_key": "nothing"}),
    Door(PQ + "ready/", RUN, "Write your own", fill=DIGITAL),
    Door(PQ + "ready/", RUN, "/plan/questions/", lambda _: {"ready": "sum_insights"}, DIGITAL),
    Door(PQ + "new/", RUN, "Add this question", fill=DIGITAL),
    Door(PQ + "new/", RUN, "/plan/questions/", one_more_question, DIGITAL),
    Door(PQ + "<uuid:question_id>/", RUN, "Save this question", fill=DIGITAL),
    Door(PQ + "<uuid:question_id>/", RUN, "/plan/questions/", other_words, DIGITAL),
    Door(PQ + "<uuid:question_id>/preview/", RUN, "On phones and on the screen", fill=DIGITAL),
    Door(PQ + "<uuid:question_id>/preview/", (), "", fill={"slot_key": "lunch"}),
    Door(PQ + "<uuid:question_id>/move/", RUN, "/plan/questions/", below_the_next, DIGITAL),
    Door(PQ + "<uuid:question_id>/delete/", RUN, "/plan/questions/", nothing, DIGITAL | {"question_id": NOBODYS}),
    Door(W + "desk/hands/<uuid:question_id>/", (), ""),  # hands go up for options, not for words; see test_hands.py
    Door(W + "desk/hands/<uuid:question_id>/", (), "", nothing),
    Door(W + "people/", RUN, "People without a phone"),
    Door(W + "people/", RUN, "/people/", lambda _: {"name": "Ann Ash"}),
    Door(W + "people/<uuid:seat>/agreed/", RUN, "/people/", lambda _: {"on": "1"}, {"seat": NOBODYS}),
    Door(W + "people/<uuid:seat>/remove/", RUN, "/people/", nothing, {"seat": NOBODYS}),
    Door(W + "people/tablets/", RUN, "opens one tablet", nothing),
    Door(W + "people/tablets/<uuid:tablet>/revoke/", RUN, "/people/", nothing, {"tablet": NOBODYS}),
    Door(W + "tablet/", (), ""),  # nobody here is a shared tablet; with one: test_tablet.py
    Door(W + "tablet/", (), "", nothing),
    Door(W + "tablet/next/", (), ""),
    Door(W + "tablet/next/", (), "", nothing),
    Door(W + "speaker/", RUN, "/speakers/"),
    Door(W + "speaker/<slug:slot_key>/", RUN, 'data-audience="speaker"'),
    Door(W + "speakers/", RUN, "Deriving benefits from data"),
    Door(W + "speakers/<slug:slot_key>/link/", RUN, "The private link", nothing),
    Door(W + "speakers/<slug:slot_key>/revoke/", RUN, "/speakers/", nothing),
    Door(W + "plan/", RUN, "The plan of the day"),
    Door(W + "plan/", RUN, "/plan/", drafted),
    Door(W + "plan/reflow/", RUN, "plan-sum", drafted),
    Door(W + "plan/versions/", RUN, "Published versions"),
    Door(W + "plan/versions/<int:number>/", RUN, "Version 1", fill={"number": "1"}),
    Door(W + "plan/versions/compare/", (), ""),  # without two versions to compare; with them: test_versions.py
    Door(W + "leave/", SEATED, "/left/", nothing),  # the last: it takes the seat away
]
# These open nothing of a day; each has a test of its own here or in tests/agenda/views/ and tests/live/.
OPEN = {
    "": "Join the masterclass",
    "sign-in/": "Sign in",
    "staff/": "Your days|/sign-in/",
    "staff/new/": "Start a new day|/sign-in/",
    "screen/": "four digits|pair",
    "screen/paired/": '"paired"',
    "left/": "You have left",
    "healthz/live": '"alive"',
    "healthz/ready": '"ready"',
    "j/<str:code>/": "Join:|/w/",
    "in/<str:token>": "This link signs you in",
    "s/<str:secret>": "Open the speaker’s view",
    "t/<str:secret>": "Use this device as a shared tablet",
}
PRESSES = {"sign-out/"}
STAFF_DOORS = [door for door in DOORS if door.who and door.who != SEATED]
PHONE_DOORS = [door for door in DOORS if door.who == SEATED]


def named(door: Door) -> str:
    return f"{'POST' if door.data else 'GET'} {door.route} {' '.join(door.fill.values())}"


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


def said(response: Any) -> tuple[Any, ...]:
    """All of it: an answer that differs anywhere gives something away."""
    return response.status_code, bytes(response.content), sorted(response.items()), response.cookies.output()


def lets_in(door: Door, response: HttpResponse) -> bool:
    return response.status_code in {200, 302} and door.says in response.content.decode() + response.get("Location", "")


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
    return cast


def test_every_route_is_in_the_table() -> None:
    assert set(routes(get_resolver().url_patterns)) == {door.route for door in DOORS} | set(OPEN) | PRESSES


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
    for door in [door for door in STAFF_DOORS if not door.data]:
        for address in (HALL, "8.8.8.8", "fe80::1", "", "localhost"):
            assert is_nowhere(door, room.owner, room.workshop, address), (named(door), address)
        for address in ("127.0.0.1", "127.3.2.1", "::1"):
            assert lets_in(door, door.knock(room.owner, room.workshop, address=address)), (named(door), address)
    settings.DESK_FROM_NETWORK = True
    for door in [door for door in STAFF_DOORS if not door.data]:
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


@pytest.mark.parametrize("path", ["/sign-in/", "/staff/", "/staff/new/", "/in/{token}"])
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
    for route, words in OPEN.items():
        path = "/" + route.replace("<str:code>", room.workshop.join_code).replace("<str:token>", link)
        path = path.replace("<str:secret>", secret if route.startswith("s/") else tablet)
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
    assert all(lets_in(door, door.knock(room.attendee, room.workshop)) for door in PHONE_DOORS)
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
