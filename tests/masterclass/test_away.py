"""PostgreSQL goes away while a day runs, and comes back: nobody sees a traceback, and nobody has to start anything."""

import asyncio
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from functools import partial

import pytest
from django.http import HttpResponse
from django.test import Client

from agenda.models import Workshop
from agenda.seat import Seat, keep, new_secret
from tests import cluster
from tests.at_once import at_once
from tests.live.sockets import Reply, fetch, page
from tests.server import ROOT, Server, start

pytestmark = pytest.mark.postgres
DAY = "nosuchday1"
SENTENCE = "The day cannot be reached for a moment"


@pytest.fixture(scope="module")
def database() -> str:
    """A PostgreSQL that nobody else uses, ready to serve."""
    url = cluster.existing(cluster.start())
    manage(url, "prepare")
    return url


def manage(database: str, *words: str) -> str:
    """What a command said."""
    environment = {**os.environ, "DATABASE_URL": database}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


@pytest.fixture(scope="module")
def own(database: str) -> Iterator[Server]:
    with start(DATABASE_URL=database) as server:
        yield server


def phone(day: str = DAY, seat: str = "") -> Client:
    """One that holds a seat of a day: whether the seat is valid takes the database."""
    response = HttpResponse()
    keep(response, day, Seat(uuid.UUID(seat) if seat else uuid.uuid4(), new_secret()))
    client = Client()
    client.cookies = response.cookies
    return client


def ask(own: Server, path: str, accept: str) -> Reply:
    return fetch(own, path, phone(), within=30, Accept=accept)


def asked(own: Server) -> list[Reply]:
    """What a supervisor, a page and a script are told."""
    page, script = "text/html,*/*;q=0.8", "*/*"
    paths = [
        ("/healthz/live", script),
        ("/healthz/ready", script),
        ("/j/ABCDEF/", page),
        (f"/w/{DAY}/mine/", script),
    ]
    return at_once(*(partial(ask, own, path, accept) for path, accept in paths))


def test_while_it_is_away_everybody_is_told_so_in_a_sentence_and_it_comes_back_by_itself(
    own: Server, database: str
) -> None:
    before = asked(own)
    assert [reply.status for reply in before] == [200, 200, 404, 404]
    cluster.control(database, "stop")
    try:
        alive, ready, page, script = asked(own)
    finally:
        cluster.control(database, "start")
    assert (alive.status, ready.status) == (200, 503)
    assert (page.status, page.headers["Retry-After"]) == (503, "5")
    assert SENTENCE in page.text
    assert "OperationalError" not in page.text
    assert (script.status, script.headers["X-Live"], script.headers["Retry-After"]) == (503, "1", "5")
    assert SENTENCE in json.loads(script.text)["message"]
    after = asked(own)
    assert [(reply.status, reply.text) for reply in after] == [(reply.status, reply.text) for reply in before]


JOIN = """
from agenda import models, services
day = models.Workshop.objects.get()
print(day.pk, services.join(workshop=day).attendee_id)
"""


async def test_a_page_that_was_open_meanwhile_hears_what_happens_afterwards(own: Server, database: str) -> None:
    joined = manage(database, "shell", "-v", "0", "-c", JOIN).split()
    async with page(own, Workshop(pk=joined[0]), "phone", phone(*joined)) as open_meanwhile:
        before = await open_meanwhile.hear("state")
        cluster.control(database, "stop")
        cluster.control(database, "start")
        ready = await asyncio.to_thread(fetch, own, "/healthz/ready", within=30)
        assert ready.status == 200
        manage(database, "restored")
        assert (await open_meanwhile.hear("state"))["epoch"] > before["epoch"]
