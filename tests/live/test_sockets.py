"""Sockets of a real server: who may follow, what arrives, and what ends one."""

import asyncio
import json
import signal
import uuid
from typing import Any

import pytest
from channels.db import database_sync_to_async as in_database
from django.test import Client
from websockets.exceptions import InvalidStatus

from agenda.models import Attendee, Slot, Workshop
from feedback import asking
from feedback.models import Answer
from sessions import asking_together, services, speaker_links, staging
from sessions.models import PairedScreen
from tests import server as servers
from tests.cast import Cast, phone_in
from tests.server import Server

from . import day
from .sockets import SOON, fetch, page

pytestmark = pytest.mark.django_db(transaction=True)

QUITE = {"confident": "quite"}


@pytest.fixture
def attendee(workshop: Workshop) -> Client:
    return phone_in(workshop).client


def stamp(frame: dict[str, Any]) -> str:
    return f"{frame['epoch']}.{frame['rev']}.{frame['at']}"


async def test_hello_is_answered_by_the_state_unless_the_page_has_it(
    workshop: Workshop, attendee: Client, server: Server
) -> None:
    async with page(server, workshop, "phone", attendee) as phone:
        state = await phone.hear("state")
        assert "You are in" in state["regions"]["now"]["html"]
    async with page(server, workshop, "phone", attendee, have=stamp(state)) as phone:
        assert await phone.kinds_before_pong(1) == []
    async with page(server, workshop, "phone", attendee, have="0.0.99999999999") as phone:
        assert (await phone.hear("state"))["regions"] == state["regions"]


async def test_a_ping_is_answered_with_its_number_and_the_servers_time(
    workshop: Workshop, attendee: Client, server: Server
) -> None:
    async with page(server, workshop, "phone", attendee, have=None) as phone:
        await phone.say(t="ping", n=7, w=1)
        pong = await phone.hear("pong")
        assert pong["n"] == 7
        assert pong["server_ms"] > 1_700_000_000_000


async def test_a_press_reaches_phone_screen_and_desk(cast: Cast, server: Server) -> None:
    async with (
        page(server, cast.workshop, "phone", cast.attendee) as phone,
        page(server, cast.workshop, "screen", cast.viewer) as screen,
        page(server, cast.workshop, "desk", cast.facilitator) as desk,
    ):
        before = [await one.hear("state") for one in (phone, screen, desk)]
        await in_database(day.begin)(cast.workshop)
        after = [await one.hear_state("Intros and Discussion") for one in (phone, screen, desk)]
    assert [new["rev"] > old["rev"] for old, new in zip(before, after, strict=True)] == [True, True, True]
    assert "We have not started yet" not in str(after[0]["regions"])


async def test_several_questions_at_once_reach_phones_and_the_screen_that_stays_as_it_is(
    cast: Cast, server: Server
) -> None:
    await in_database(day.begin)(cast.workshop, until="lunch")
    async with (
        page(server, cast.workshop, "phone", cast.attendee) as phone,
        page(server, cast.workshop, "screen", cast.viewer) as screen,
    ):
        before = [await one.hear("state") for one in (phone, screen)]
        await in_database(asking_together.ask)(workshop=cast.workshop, actor=None, expect="lunch")
        told, shown = [(await one.hear_state("uestions"))["regions"] for one in (phone, screen)]
        question = await in_database(day.question)(cast.workshop, "lunch_new")
        await in_database(day.answer)(question, "heron")
        counted = await screen.hear_state("1 has answered")
        assert await phone.kinds_before_pong(1) == []
    assert "Three questions for you" in told["together"]["html"]
    assert "We start again at" in told["now"]["html"]
    assert "We start again at" in shown["main"]["html"]
    assert "We start again at" in counted["regions"]["main"]["html"]
    assert before[0]["regions"]["question"] == told["question"]


async def test_an_answer_reaches_the_desk_and_says_nothing_to_phones(cast: Cast, server: Server) -> None:
    await in_database(day.begin)(cast.workshop)
    question = await in_database(day.ask)(cast.workshop, "pre_conf")
    async with (
        page(server, cast.workshop, "phone", cast.attendee) as phone,
        page(server, cast.workshop, "desk", cast.facilitator) as desk,
    ):
        await phone.hear("state")
        await desk.hear("state")
        await in_database(day.answer)(question, {"confident": "very"})
        await desk.hear_state("1 answer")
        assert await phone.kinds_before_pong(1) == []


async def test_the_desk_is_told_at_once_how_many_are_here_and_writing(cast: Cast, server: Server) -> None:
    one = server.door()  # what another process counts comes within a second
    async with page(one, cast.workshop, "phone", cast.attendee) as phone:
        await phone.say(t="ping", n=1, w=1)
        await phone.hear("pong")
        async with page(one, cast.workshop, "desk", cast.facilitator) as desk:
            tick = await desk.hear("tick")
    assert (tick["here"], tick["writing"]) == (1, 1)
    assert "here" not in str([frame for frame in phone.frames if frame["t"] != "state"])


async def test_who_has_left_is_not_here(cast: Cast, server: Server) -> None:
    async with page(server, cast.workshop, "phone", cast.attendee) as phone:
        await phone.hear("state")
    async with asyncio.timeout(SOON):
        here = 1
        while here:
            async with page(server, cast.workshop, "desk", cast.facilitator) as desk:
                here = (await desk.hear("tick"))["here"]


async def test_the_desk_is_told_when_a_screen_is_connected_and_when_it_is_lost(cast: Cast, server: Server) -> None:
    async with page(server, cast.workshop, "desk", cast.facilitator) as desk:
        assert (await desk.hear("tick"))["screens"] == 0
        async with page(server, cast.workshop, "screen", cast.viewer):
            await desk.hear("tick", screens=1)
            async with page(server, cast.workshop, "screen", cast.scribe) as second:
                await desk.hear("tick", screens=2)
        await desk.hear("tick", screens=0)
    assert "screens" not in str([frame for frame in second.frames if frame["t"] != "state"])


REFUSED = {
    "phone": (4401, ["stranger", "other_attendee", "owner"]),
    "desk": (4403, ["outsider", "viewer", "scribe", "staff", "attendee", "stranger"]),
    "screen": (4403, ["outsider", "attendee", "other_attendee", "stranger"]),
    "speaker": (4403, ["outsider", "viewer", "scribe", "staff", "attendee", "stranger"]),
}


@pytest.mark.parametrize("audience", REFUSED)
async def test_a_refusal_is_said_with_a_code_and_nothing_else(cast: Cast, server: Server, audience: str) -> None:
    code, names = REFUSED[audience]
    for name in names:
        async with page(server, cast.workshop, audience, cast.by_name(name)) as refused:
            assert (name, await refused.close_code()) == (name, code)
            assert refused.frames == []


async def test_who_may_follow_is_told_what_is_on(cast: Cast, server: Server) -> None:
    may = {"phone": ["attendee"], "desk": ["owner", "facilitator"], "screen": ["owner", "staff", "viewer", "scribe"]}
    for audience, name in [(audience, name) for audience, names in may.items() for name in names]:
        async with page(server, cast.workshop, audience, cast.by_name(name)) as followed:
            assert cast.workshop.title in str((await followed.hear("state"))["regions"])


async def test_a_seat_that_was_taken_away_is_not_valid(workshop: Workshop, server: Server) -> None:
    phone = await in_database(phone_in)(workshop)
    await in_database(Attendee.objects.filter(pk=phone.attendee.pk).update)(revoked_at="2026-11-22T09:00Z")
    async with page(server, workshop, "phone", phone.client) as refused:
        assert await refused.close_code() == 4401


async def test_a_projector_follows_once_the_desk_has_typed_its_digits(cast: Cast, server: Server) -> None:
    projector = cast.stranger
    await in_database(projector.get)("/screen/")
    digits = (await in_database(PairedScreen.objects.get)()).digits
    async with page(server, cast.workshop, "screen", projector) as unpaired:
        assert await unpaired.close_code() == 4403
    await in_database(services.pair_screen)(workshop=cast.workshop, digits=digits, actor=None)
    async with page(server, cast.workshop, "screen", projector) as paired:
        assert "Join on your phone" in str((await paired.hear("state"))["regions"])
    async with page(server, cast.other_workshop, "screen", projector) as elsewhere:
        assert await elsewhere.close_code() == 4403


ABUSES: dict[str, list[str | bytes]] = {
    "a frame over 256 bytes": [json.dumps({"t": "ping", "n": 1, "x": "é" * 125})],
    "a binary frame": [b'{"t": "ping", "n": 1}'],
    "no JSON": ["hello"],
    "half a frame": ['{"t": "ping"'],
    "a list": ["[]"],
    "a number": ["4"],
    "deep JSON": ["[" * 128 + "]" * 128],
    "a number that is no number": ['{"t": "ping", "n": "1"}'],
    "another number that is none": ['{"t": "ping", "n": NaN}'],
    "30 quick frames": ['{"t": "ping", "n": 1}'] * 30,
}


@pytest.mark.parametrize("frames", ABUSES.values(), ids=ABUSES.keys())
async def test_abuse_ends_the_socket_and_no_other(
    workshop: Workshop, attendee: Client, server: Server, frames: list[str | bytes]
) -> None:
    async with (
        page(server, workshop, "phone", attendee) as neighbour,
        page(server, workshop, "phone", attendee, have=None) as abuser,
    ):
        await abuser.send(*frames)
        assert await abuser.close_code() == 4008
        assert len(abuser.frames) <= 20
        await neighbour.hear("state")
        assert await neighbour.kinds_before_pong(1) == []


async def test_a_socket_that_never_says_hello_is_closed(workshop: Workshop, attendee: Client, server: Server) -> None:
    async with page(server, workshop, "phone", attendee, have=None) as silent:
        assert await silent.close_code(within=5 + SOON) == 4008
        assert silent.frames == []


async def test_a_page_beyond_what_the_server_takes_gets_no_socket_and_polls(
    workshop: Workshop, attendee: Client, pytestconfig: pytest.Config
) -> None:
    with servers.start(pytestconfig.getoption("--server"), MOST_SOCKETS="1") as own:
        async with page(own, workshop, "phone", attendee) as first:
            await first.hear("state")
            with pytest.raises(InvalidStatus) as refused:
                async with page(own, workshop, "phone", attendee):
                    pass
            assert refused.value.response.status_code in {403, 503}
            assert (await asyncio.to_thread(fetch, own, f"/w/{workshop.pk}/state/phone", attendee)).status == 200
            assert await first.kinds_before_pong(1) == []
        async with asyncio.timeout(SOON):
            while True:  # the place is free once the server has heard of the end
                try:
                    async with page(own, workshop, "phone", attendee) as second:
                        assert await second.hear("state")
                        break
                except InvalidStatus:
                    continue


async def test_what_a_later_page_may_say_does_not_end_the_socket(
    workshop: Workshop, attendee: Client, server: Server
) -> None:
    async with page(server, workshop, "phone", attendee, have="garbage") as phone:
        await phone.hear("state")
        await phone.say(t="something new")
        assert await phone.kinds_before_pong(1) == []


async def test_the_server_says_good_bye_before_it_goes(cast: Cast) -> None:
    with servers.start() as own:
        async with (
            page(own, cast.workshop, "phone", cast.attendee) as phone,
            page(own, cast.workshop, "screen", cast.viewer) as screen,
            page(own, cast.workshop, "desk", cast.facilitator) as desk,
        ):
            for one in (phone, screen, desk):
                await one.hear("state")
            assert own.process
            own.process.send_signal(signal.SIGTERM)
            for one in (phone, screen, desk):
                assert 500 <= (await one.hear("bye"))["retry_ms"] <= 5000
            assert await asyncio.to_thread(own.process.wait, 3) == 0


def hand_in(server: Server, workshop: Workshop, client: Client, question: str, key: str, value: object = QUITE) -> Any:
    """An answer over the wire, and its receipt."""
    text = fetch(server, f"/w/{workshop.pk}/", client)
    token = text.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    client.cookies.load(text.headers["Set-Cookie"])
    body = {"key": key, "edit": 1, "question": question, "value": value}
    sent = {"Content_Type": "application/json", "X_Live": "1", "X_CSRFToken": token, "Origin": server.origin}
    return json.loads(
        fetch(server, f"/w/{workshop.pk}/answers/", client, method="POST", body=json.dumps(body), **sent).text
    )


async def test_after_a_power_cut_the_page_gets_what_it_missed_and_no_answer_is_lost(
    workshop: Workshop, attendee: Client
) -> None:
    with servers.start() as own:
        await in_database(day.begin)(workshop)
        question = str((await in_database(day.ask)(workshop, "pre_conf")).pk)
        async with page(own, workshop, "phone", attendee) as phone:
            had = await phone.hear("state")
            key = str(uuid.uuid4())
            receipt = await asyncio.to_thread(hand_in, own, workshop, attendee, question, key)
            assert receipt == {"key": key, "edit": 1, "late": False}
            own.kill()
            assert await phone.close_code() is None
        assert (await in_database(Answer.objects.get)()).value == {"confident": "quite"}
        await in_database(day.begin)(workshop, until="how-digital")
        own.start()
        async with page(own, workshop, "phone", attendee, have=stamp(had)) as phone:
            state = await phone.hear("state")
        assert (state["epoch"], state["rev"], state["at"]) > (had["epoch"], had["rev"], had["at"])
        assert "How digital is helping councils" in state["regions"]["now"]["html"]
        fresh = await asyncio.to_thread(fetch, own, f"/w/{workshop.pk}/state/phone", attendee)
        assert json.loads(fresh.text)["regions"] == state["regions"]
        mine = await asyncio.to_thread(fetch, own, f"/w/{workshop.pk}/mine/", attendee)
        assert json.loads(mine.text)["answers"] == {question: {"key": key, "edit": 1, "value": {"confident": "quite"}}}


async def test_the_desk_hears_within_moments_that_somebody_came(server: Server, cast: Cast) -> None:
    async with page(server, cast.workshop, "desk", cast.facilitator) as desk:
        assert (await desk.hear("tick"))["here"] == 0
        async with page(server, cast.workshop, "phone", cast.attendee):
            while (await desk.hear("tick"))["here"] != 1:  # a tick made before the phone came may be on its way
                pass


def link_for(workshop: Workshop, key: str, client: Client) -> Slot:
    """That browser opens a new link for the speaker of that item."""
    slot = Slot.objects.get(workshop=workshop, key=key)
    client.post(f"/s/{speaker_links.make_link(workshop=workshop, slot=slot, actor=None)}")
    return slot


async def test_a_speaker_follows_by_a_link_and_hears_when_it_is_time(cast: Cast, server: Server) -> None:
    await in_database(link_for)(cast.workshop, "how-digital", cast.stranger)
    async with page(server, cast.workshop, "speaker", cast.stranger) as speaker:
        state = await speaker.hear("state")
        assert "about 11:15" in state["regions"]["how-digital"]["html"]
        await in_database(day.begin)(cast.workshop, until="how-digital")
        assert 'data-clock="speaker"' in str(await speaker.hear_state("minutes left"))
    async with page(server, cast.other_workshop, "speaker", cast.stranger) as elsewhere:
        assert await elsewhere.close_code() == 4403
    for audience in ("desk", "screen"):
        async with page(server, cast.workshop, audience, cast.stranger) as other:
            assert await other.close_code() == 4403


async def test_owner_and_facilitator_follow_what_speakers_see(cast: Cast, server: Server) -> None:
    for name in ("owner", "facilitator"):
        async with page(server, cast.workshop, "speaker", cast.by_name(name)) as follower:
            assert "about 11:15" in str((await follower.hear("state"))["regions"])


@pytest.mark.parametrize("instead", [False, True], ids=["revoked", "a new link in its place"])
async def test_a_link_that_is_taken_away_ends_its_sockets_at_once_and_no_others(
    cast: Cast, server: Server, instead: bool
) -> None:
    slot = await in_database(link_for)(cast.workshop, "how-digital", cast.stranger)
    await in_database(link_for)(cast.workshop, "data", cast.outsider)
    async with (
        page(server, cast.workshop, "speaker", cast.stranger) as ended,
        page(server, cast.workshop, "speaker", cast.outsider) as neighbour,
        page(server, cast.workshop, "speaker", cast.facilitator) as desk,
    ):
        for one in (ended, neighbour, desk):
            await one.hear("state")
        take_away = speaker_links.make_link if instead else speaker_links.revoke_link
        await in_database(take_away)(workshop=cast.workshop, slot=slot, actor=None)
        assert await ended.close_code() == 4403
        for one in (neighbour, desk):
            assert "state" not in await one.kinds_before_pong(1)


async def test_a_question_reaches_the_desk_and_the_speaker_and_a_vote_no_phone(cast: Cast, server: Server) -> None:
    workshop = cast.workshop
    asker, voter = await in_database(phone_in)(workshop), await in_database(phone_in)(workshop)
    await in_database(day.begin)(workshop, until="how-digital")
    await in_database(staging.set_phase)(workshop=workshop, phase="questions", expect="how-digital")
    async with (
        page(server, workshop, "desk", cast.owner) as desk,
        page(server, workshop, "speaker", cast.facilitator) as speaker,
        page(server, workshop, "phone", voter.client) as phone,
    ):
        await phone.hear("state")
        key = uuid.uuid4()
        given = {"workshop": workshop, "slot_key": "how-digital", "key": key, "edit": 1, "raw": "heron?"}
        await in_database(asking.ask)(seat=asker.seat, **given)
        for follower in (desk, speaker, phone):
            await follower.hear_state("heron?")
        await in_database(asking.me_too)(workshop=workshop, seat=voter.seat, question_id=key, on=True)
        await speaker.hear_state("1 more asks this")
        await desk.hear_state("1 “me too”")
        assert await phone.kinds_before_pong(1) == []
