"""One phone and one server: what "Saved" means when something happens at the worst moment."""

import asyncio
import sqlite3
import uuid
from collections.abc import AsyncIterator

import pytest
from channels.db import database_sync_to_async as in_database
from django.db import connection

from feedback.models import Answer
from tests.server import Server

from .model import Reply, Sheet, verdict
from .phone import Phone
from .play import Plan, Run, run_of

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]
MEANWHILE = 1.0  # seconds: an answer that waits for nothing is acknowledged in a fraction of it


@pytest.fixture
async def run() -> AsyncIterator[Run]:
    async with run_of(Plan(seed=1, kills=0, answers=0, phones=2, questions=1, wires=1, scale=1.0), Server()) as run:
        await run.desk.ask_next()
        yield run


def sheet(run: Run, words: str, edit: int = 1, key: str = "") -> Sheet:
    return Sheet(key or str(uuid.uuid4()), edit, run.room.questions[0], words)


async def hand_in(phone: Phone, sheet: Sheet) -> Reply:
    return await phone._post(phone._body(sheet))


def kept(key: str) -> list[tuple[int, object]]:
    return list(Answer.objects.filter(pk=key).values_list("edit", "value"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one lock for the whole database")
async def test_nothing_is_called_saved_that_a_power_cut_would_lose(run: Run) -> None:
    phone, mine = run.phones[0], sheet(run, "said-1")
    await hand_in(phone, sheet(run, "said-0"))  # so that nothing is done for the first time
    database = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    trying = asyncio.ensure_future(hand_in(run.phones[1], mine))
    done, _ = await asyncio.wait([trying], timeout=MEANWHILE)
    await asyncio.to_thread(run.server.kill)
    database.execute("ROLLBACK")
    database.close()
    assert not done
    assert verdict(mine, await trying) == "kept"
    assert await in_database(kept)(mine.key) == []
    await run.nemesis.start_server(run.server)
    assert verdict(mine, await hand_in(run.phones[1], mine)) == "saved"
    assert await in_database(kept)(mine.key) == [(1, "said-1")]


async def test_an_answer_outlives_the_power_cut_that_follows_its_receipt(run: Run) -> None:
    mine = sheet(run, "said-1")
    assert verdict(mine, await hand_in(run.phones[0], mine)) == "saved"
    await asyncio.to_thread(run.server.kill)
    assert await in_database(kept)(mine.key) == [(1, "said-1")]


async def test_a_try_that_comes_late_is_told_of_the_newer_edit_and_changes_nothing(run: Run) -> None:
    phone, old = run.phones[0], sheet(run, "said-1")
    new = sheet(run, "said-2", edit=2, key=old.key)
    assert verdict(new, await hand_in(phone, new)) == "saved"
    assert verdict(old, await hand_in(phone, old)) == "older"
    assert await in_database(kept)(old.key) == [(2, "said-2")]


async def test_the_same_try_twice_at_once_is_one_answer(run: Run) -> None:
    phone, mine = run.phones[0], sheet(run, "said-1")
    replies = await asyncio.gather(*(hand_in(phone, mine) for _ in range(5)))
    assert [verdict(mine, reply) for reply in replies] == ["saved"] * 5
    assert await in_database(kept)(mine.key) == [(1, "said-1")]


@pytest.mark.parametrize("origin", ["http://example.org", "null", ""])
async def test_an_answer_from_another_page_is_not_taken(run: Run, origin: str) -> None:
    phone, mine = run.phones[0], sheet(run, "said-1")
    phone.asking.origin = origin
    assert verdict(mine, await hand_in(phone, mine)) == "refused"
    assert await in_database(kept)(mine.key) == []
