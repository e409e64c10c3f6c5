"""Two desks run one day. `python3 run.py test` runs this on SQLite and on PostgreSQL."""

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from agenda.chapters import load_document
from agenda.models import LogEntry, User, Workshop
from agenda.services import Stale
from sessions import services
from tests.at_once import at_once
from tests.cast import browser_of, user_with
from tests.server import ROOT, database_url

from . import day

pytestmark = pytest.mark.django_db(transaction=True)
ITEMS = [f"item-{number}" for number in range(50)]
SEEN = [None, *ITEMS[:-1]]  # what both desks show as live, at each of fifty presses
HTMX = {"HX-Request": "true"}
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
READ = """\
import sys, django
from datetime import datetime
django.setup()
from agenda import models, queries
day = queries.day(models.Workshop.objects.get(pk=sys.argv[1]))
print(repr(day.schedule(datetime.fromisoformat(sys.argv[2]))))
"""


@dataclass
class Desks:
    """A day of fifty items, and the two who run it."""

    workshop: Workshop
    ann: User
    beth: User

    def press(self, user: User, expect: str | None, press: uuid.UUID | None = None) -> Callable[[], str]:
        """To be called in a thread: the name of whoever presses, or what the refusal says."""

        def act() -> str:
            here = Workshop.objects.get(pk=self.workshop.pk)
            try:
                services.move_on(workshop=here, expect=expect, actor=user, press=press or uuid.uuid4())
            except Stale as stale:
                return str(stale)
            return user.username

        return act

    def post(self, browser: Client, expect: str | None, press: uuid.UUID, **more: object) -> Callable[[], HttpResponse]:
        """The same over HTTP."""
        sent = {"expect": expect or "", "press": str(press)}
        return partial(browser.post, f"/w/{self.workshop.pk}/desk/move-on/", sent, **more)


@pytest.fixture
def desks(transactional_db: None) -> Desks:
    starts = [f"{9 + number // 12:02}:{number % 12 * 5:02}" for number in range(len(ITEMS))]
    slots = [
        {"key": key, "kind": "discussion", "title": key.upper(), "start": start}
        for key, start in zip(ITEMS, starts, strict=True)
    ]
    workshop = load_document({"slug": "long", "title": "A long day", "date": "2026-11-22", "slots": slots})
    return Desks(workshop, user_with("ann", workshop, "owner"), user_with("beth", workshop, "facilitator"))


def gapless() -> bool:
    return list(LogEntry.objects.values_list("seq", flat=True)) == list(range(1, len(ITEMS) + 1))


def test_presses_in_the_same_instant_are_one_step_fifty_times(desks: Desks) -> None:
    for expect, following in zip(SEEN, ITEMS, strict=True):
        said = at_once(desks.press(desks.ann, expect), desks.press(desks.beth, expect))
        [winner] = {"ann", "beth"} & {*said}
        [refusal] = {*said} - {winner}
        moved = re.escape(f"Already moved to “{following.upper()}” by {winner}, ") + r"\d+ seconds? ago\. "
        assert re.fullmatch(moved + r"Nothing was changed by this press\.", refusal)
        assert (day.live(desks.workshop), LogEntry.objects.latest("seq").actor.username) == (following, winner)
    assert gapless()


def test_the_same_over_http(desks: Desks) -> None:
    browsers = browser_of(desks.ann), browser_of(desks.beth)
    for expect, following in zip(SEEN, ITEMS, strict=True):
        replies = at_once(*(desks.post(browser, expect, uuid.uuid4()) for browser in browsers))
        assert sorted(reply.status_code for reply in replies) == [302, 409]
        assert "Already moved to" in next(reply.text for reply in replies if reply.status_code == 409)
        assert day.live(desks.workshop) == following
    assert gapless()


def test_one_press_that_arrives_twice_at_once_is_one_step_and_neither_is_refused(desks: Desks) -> None:
    for expect, following in zip(SEEN, ITEMS, strict=True):
        press = uuid.uuid4()
        assert at_once(*[desks.press(desks.ann, expect, press)] * 2) == ["ann", "ann"]
        assert day.live(desks.workshop) == following
        assert LogEntry.objects.filter(press=press).count() == 1
    assert gapless()


def test_a_press_that_is_repeated_after_a_restart_is_answered_as_at_first(desks: Desks) -> None:
    browser = browser_of(desks.ann)
    press = desks.post(browser, None, uuid.uuid4(), headers=HTMX)
    first = press().text
    assert "The day has started." in first
    desks.post(browser, ITEMS[0], uuid.uuid4())()
    before = day.schedule(desks.workshop, NOON)
    connections.close_all()
    assert press().text == first
    assert day.schedule(desks.workshop, NOON) == before
    assert LogEntry.objects.count() == 2


def test_another_process_finds_the_day_exactly_where_it_stands(desks: Desks) -> None:
    for expect in SEEN[:7]:
        services.move_on(workshop=desks.workshop, expect=expect, actor=desks.ann)
    services.undo(workshop=desks.workshop, seen=day.seen(desks.workshop), actor=desks.beth)
    stands = repr(day.schedule(desks.workshop, NOON))
    assert f"'{ITEMS[5]}'" in stands
    environment = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "masterclass.settings"}
    command = [sys.executable, "-c", READ, desks.workshop.pk, NOON.isoformat()]
    read = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert read.stdout == f"{stands}\n"
