"""What a page without a socket asks for: the same bytes, and a mark that says they are ours."""

import gzip
import json
from typing import Any

import pytest
from channels.db import database_sync_to_async as in_database
from django.test import Client

from agenda.models import Workshop
from sessions import presence, services, snapshots
from sessions.models import PairedScreen
from tests.cast import EVERYBODY, Cast, phone_in
from tests.live.sockets import fetch, page
from tests.server import Server


def state_url(workshop: Workshop, audience: str = "phone") -> str:
    return f"/w/{workshop.pk}/state/{audience}"


def stamp(state: dict[str, Any]) -> str:
    return f"{state['epoch']}.{state['rev']}.{state['at']}"


def test_a_page_gets_the_state_then_nothing_until_something_changes(workshop: Workshop) -> None:
    phone = phone_in(workshop).client
    first = phone.get(state_url(workshop), {"have": "0.0.0", "w": "0"})
    assert (first.status_code, first["Content-Type"]) == (200, "application/json")
    assert "You are in" in first.json()["regions"]["now"]["html"]
    again = phone.get(state_url(workshop), {"have": stamp(first.json())})
    assert (again.status_code, again.content) == (204, b"")
    services.put_on_screen(workshop=workshop, face="rules")
    later = phone.get(state_url(workshop), {"have": stamp(first.json())})
    assert "The ground rules are on the screen" in later.json()["regions"]["now"]["html"]
    assert [(reply["X-Live"], "no-store" in reply["Cache-Control"]) for reply in (first, again, later)] == [
        ("1", True)
    ] * 3


@pytest.mark.parametrize("have", ["", "garbage", "1.2", "-1.-1.-1", "9" * 400, "\x00", "1.1.1.1", "é.1.1"])
def test_a_page_that_says_nonsense_gets_everything(workshop: Workshop, have: str) -> None:
    reply = phone_in(workshop).client.get(state_url(workshop), {"have": have})
    assert tuple(reply.json()["regions"]) == snapshots.REGIONS["phone"]


MAY = {
    "phone": {"attendee"},
    "desk": {"owner", "facilitator"},
    "screen": {"owner", "facilitator", "staff", "scribe", "viewer"},
    "speaker": {"owner", "facilitator"},
    "nobody": set(),
}


@pytest.mark.parametrize("audience", MAY)
def test_everybody_else_is_told_nothing_with_our_mark_on_it(cast: Cast, audience: str) -> None:
    for name in EVERYBODY:
        reply = cast.by_name(name).get(state_url(cast.workshop, audience))
        assert reply["X-Live"] == "1"
        assert ("regions" in reply.json(), name) == (name in MAY[audience], name)
        if name not in MAY[audience]:
            assert (reply.status_code, list(reply.json())) == (404, ["message"])
            assert cast.workshop.title not in reply.text


def test_a_day_that_does_not_exist_looks_like_one_that_is_not_yours(cast: Cast) -> None:
    missing = cast.attendee.get("/w/nosuchday1/state/phone")
    forbidden = cast.attendee.get(state_url(cast.other_workshop))
    assert (missing.status_code, missing.content) == (forbidden.status_code, forbidden.content)
    assert missing["X-Live"] == forbidden["X-Live"] == "1"


def test_a_phone_that_polls_is_here_and_may_be_writing(workshop: Workshop) -> None:
    first, second = phone_in(workshop).client, phone_in(workshop).client
    first.get(state_url(workshop), {"w": "1"})
    second.get(state_url(workshop), {"w": "0"})
    Client().get(state_url(workshop), {"w": "1"})
    assert presence.count([], [], workshop.pk) == (2, 1, 0)


def test_a_screen_that_polls_is_connected_and_no_other_page_is_a_screen(cast: Cast) -> None:
    address = f"/w/{cast.workshop.pk}/state/"
    projector = Client()
    projector.get("/screen/")
    services.pair_screen(workshop=cast.workshop, digits=PairedScreen.objects.get().digits, actor=None)
    for client in (projector, projector, cast.viewer, cast.stranger, cast.outsider):
        client.get(address + "screen")
    cast.owner.get(address + "desk")
    assert presence.count([], [], cast.workshop.pk).screens == 2
    assert presence.count([], [], cast.other_workshop.pk).screens == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("audience", "who"), [("phone", "attendee"), ("screen", "viewer"), ("speaker", "owner"), ("desk", "facilitator")]
)
async def test_a_poll_gets_the_bytes_that_the_socket_sends(cast: Cast, server: Server, audience: str, who: str) -> None:
    one = server.door()  # the join address names the port, which several processes do not have in common here
    async with page(one, cast.workshop, audience, cast.by_name(who)) as followed:
        frame = await followed.hear("state")
    polled = json.loads((await in_database(fetch)(one, state_url(cast.workshop, audience), cast.by_name(who))).text)
    assert frame.keys() == polled.keys()
    changing = {"server_ms", "at"}  # a minute may have passed
    assert {key: frame[key] for key in frame if key not in changing} == {
        key: polled[key] for key in polled if key not in changing
    }


@pytest.mark.django_db(transaction=True)
async def test_a_phone_that_polls_over_the_wire_gets_what_is_newer_and_nothing_else(cast: Cast, server: Server) -> None:
    def poll(client: Client, have: str, **headers: str) -> Any:
        return fetch(server, f"{state_url(cast.workshop)}?have={have}&w=1", client, **headers)

    first = await in_database(poll)(cast.attendee, "0.0.0")
    have = stamp(json.loads(first.text))
    again = await in_database(poll)(cast.attendee, have)
    assert [(reply.status, reply.headers["X-Live"]) for reply in (first, again)] == [(200, "1"), (204, "1")]
    packed = await in_database(poll)(cast.attendee, "nonsense", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) < len(first.text) / 2
    assert json.loads(gzip.decompress(packed.body))["regions"] == json.loads(first.text)["regions"]
    for client in (cast.stranger, cast.other_attendee, cast.owner):
        refused = await in_database(poll)(client, have)
        assert (refused.status, refused.headers["X-Live"]) == (404, "1")
