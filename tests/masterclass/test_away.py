"""PostgreSQL goes away while a day runs, and comes back: nobody sees a traceback, and nobody has to start anything."""

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

from agenda.seat import Seat, keep, new_secret
from tests.at_once import at_once
from tests.live.sockets import Reply, fetch
from tests.server import ROOT, Server, start

pytestmark = pytest.mark.postgres
DAY = "nosuchday1"
SENTENCE = "The day cannot be reached for a moment"


@pytest.fixture(scope="module")
def database() -> str:
    """A PostgreSQL that nobody else uses, ready to serve."""
    from tests import postgres  # only here: whoever imports it starts one

    url = postgres.start().rpartition("/")[0] + "/postgres"
    environment = {**os.environ, "DATABASE_URL": url}
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
    return url


@pytest.fixture(scope="module")
def own(database: str) -> Iterator[Server]:
    with start(DATABASE_URL=database) as server:
        yield server


def phone() -> Client:
    """One that holds a seat of a day: whether the seat is valid takes the database."""
    response = HttpResponse()
    keep(response, DAY, Seat(uuid.uuid4(), new_secret()))
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
    from tests import postgres

    before = asked(own)
    assert [reply.status for reply in before] == [200, 200, 404, 404]
    postgres.control(database, "stop")
    try:
        alive, ready, page, script = asked(own)
    finally:
        postgres.control(database, "start")
    assert (alive.status, ready.status) == (200, 503)
    assert (page.status, page.headers["Retry-After"]) == (503, "5")
    assert SENTENCE in page.text
    assert "OperationalError" not in page.text
    assert (script.status, script.headers["X-Live"], script.headers["Retry-After"]) == (503, "1", "5")
    assert SENTENCE in json.loads(script.text)["message"]
    after = asked(own)
    assert [(reply.status, reply.text) for reply in after] == [(reply.status, reply.text) for reply in before]
