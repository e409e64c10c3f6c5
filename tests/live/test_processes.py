"""Several processes serve one day: what happens at one is seen at the other at once, and counted once."""

import asyncio
import uuid
from collections.abc import Iterator
from copy import deepcopy

import pytest
from channels.db import database_sync_to_async as in_database
from django.db import connection
from django.test import Client

from feedback.models import Answer
from sessions import asking_together, speaker_links
from tests.agenda.test_processes import LISTENING
from tests.cast import Cast, phone_in
from tests.server import Cluster, Server, start

from . import day
from .sockets import SOON, page
from .test_sockets import hand_in, link_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def two(**environment: str) -> Iterator[list[Server]]:
    with start(processes=2, PROCESSES="2", **environment) as cluster:
        assert isinstance(cluster, Cluster)
        yield cluster.servers


@pytest.fixture(scope="module")
def servers(django_db_setup: None) -> Iterator[list[Server]]:
    yield from two()


@pytest.fixture(scope="module")
def deaf(django_db_setup: None) -> Iterator[list[Server]]:
    """Two that do not look by themselves: they see only what somebody tells them of."""
    yield from two(DEAF="1")


def listeners() -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(LISTENING)
        return frozenset(pid for (pid,) in cursor.fetchall())


async def until_listen(processes: int, other_than: frozenset[int] = frozenset()) -> frozenset[int]:
    """Once so many processes listen, on connections that are not these."""
    async with asyncio.timeout(SOON):
        while len(found := await in_database(listeners)()) != processes or found & other_than:
            await asyncio.sleep(0)
    return found


async def test_a_change_at_one_process_reaches_the_sockets_of_the_other_at_once_also_after_the_line_was_cut(
    cast: Cast, deaf: list[Server]
) -> None:
    await until_listen(0)
    one, other = deaf
    neighbour = (await in_database(phone_in)(cast.workshop)).client
    await in_database(day.begin)(cast.workshop)
    question = str((await in_database(day.ask)(cast.workshop, "pre_conf")).pk)
    async with (
        page(one, cast.workshop, "phone", cast.attendee) as phone,
        page(other, cast.workshop, "desk", cast.facilitator) as desk,
    ):
        await phone.hear("state")
        await desk.hear("state")
        first = await until_listen(2)
        await asyncio.to_thread(hand_in, one, cast.workshop, cast.attendee, question, str(uuid.uuid4()))
        await desk.hear_state("1 answer")
        await in_database(cut)(first)
        await until_listen(2, other_than=first)
        await asyncio.to_thread(hand_in, one, cast.workshop, neighbour, question, str(uuid.uuid4()))
        await desk.hear_state("2 answers")
        await in_database(day.begin)(cast.workshop, until="how-digital")
        for followed in (phone, desk):
            await followed.hear_state("How digital is helping councils")


async def test_questions_asked_together_are_at_the_phones_of_one_and_on_the_screen_of_the_other(
    cast: Cast, servers: list[Server]
) -> None:
    one, other = servers
    await in_database(day.begin)(cast.workshop, until="lunch")
    question = str((await in_database(day.question)(cast.workshop, "lunch_new")).pk)
    async with (
        page(one, cast.workshop, "phone", cast.attendee) as phone,
        page(other, cast.workshop, "screen", cast.viewer) as screen,
    ):
        await in_database(asking_together.ask)(workshop=cast.workshop, actor=None, expect="lunch")
        await phone.hear_state("Three questions for you")
        await screen.hear_state("Three questions are on your phone")
        await asyncio.to_thread(hand_in, one, cast.workshop, cast.attendee, question, str(uuid.uuid4()), "More buses")
        await screen.hear_state("1 has answered")


def cut(pids: frozenset[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [list(pids)])


async def test_a_link_that_is_taken_away_at_one_process_ends_its_sockets_at_the_other(
    cast: Cast, deaf: list[Server]
) -> None:
    await until_listen(0)  # those of an earlier test are gone
    slot = await in_database(link_for)(cast.workshop, "how-digital", cast.stranger)
    async with page(deaf[1], cast.workshop, "speaker", cast.stranger) as speaker:
        await speaker.hear("state")
        await until_listen(1)
        await in_database(speaker_links.revoke_link)(workshop=cast.workshop, slot=slot, actor=None)
        assert await speaker.close_code() == 4403


async def test_the_desk_counts_who_is_at_either_process_and_tells_two_writers_not_apart(
    cast: Cast, servers: list[Server]
) -> None:
    one, other = servers
    clients = [(await in_database(phone_in)(cast.workshop)).client for _ in range(3)]
    async with (
        page(one, cast.workshop, "desk", cast.facilitator) as desk,
        page(one, cast.workshop, "phone", clients[0]) as here,
        page(other, cast.workshop, "phone", clients[1]) as there,
        page(other, cast.workshop, "phone", clients[2]) as there_too,
        page(other, cast.workshop, "screen", cast.viewer),
    ):
        await desk.hear("tick", here=3, writing=0, screens=1)
        for writer in (here, there, there_too):
            await writer.say(t="ping", n=1, w=1)
        await desk.hear("tick", here=3, writing=3, screens=1)
        await there_too.say(t="ping", n=2, w=0)
        await desk.hear("tick", here=3, writing=1, screens=1)  # of the two, one is at each
    async with page(one, cast.workshop, "desk", cast.facilitator) as desk:
        while (await desk.hear("tick"))["here"]:  # those at the other process have left too
            continue


def twin(client: Client) -> Client:
    """The same phone, for another thread."""
    same = Client()
    same.cookies = deepcopy(client.cookies)
    return same


async def test_one_answer_that_comes_to_both_processes_at_once_is_one_answer(cast: Cast, servers: list[Server]) -> None:
    await in_database(day.begin)(cast.workshop)
    question, key = str((await in_database(day.ask)(cast.workshop, "pre_conf")).pk), str(uuid.uuid4())
    sends = [
        asyncio.to_thread(hand_in, server, cast.workshop, twin(cast.attendee), question, key) for server in servers * 5
    ]
    assert await asyncio.gather(*sends) == [{"key": key, "edit": 1, "late": False}] * 10
    assert [str(pk) for pk in await in_database(lambda: list(Answer.objects.values_list("pk", flat=True)))()] == [key]
