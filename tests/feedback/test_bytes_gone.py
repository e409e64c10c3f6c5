"""What was taken out is in no file of the database: neither in the table nor where it lay before, nor in the log."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from feedback import sealing, sweeping
from feedback.models import Answer, Keeping
from tests.cast import browser_of, user_with
from tests.chaos import own_postgres

from . import disk
from .sealed_room import Hall, end, hall

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6


@pytest.fixture
def here(transactional_db: None) -> Hall:
    here = hall()
    here.join(PEOPLE)
    for number in range(PEOPLE):
        for key in here.questions:
            here.say(number, key)
    forget_at_once()
    return here


def forget_at_once() -> None:
    """As docs/running.md says for hosts: PostgreSQL deletes its log of the latest writes and does not use it again."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for setting in ("wal_recycle = off", "min_wal_size = '32MB'"):
                cursor.execute(f"ALTER SYSTEM SET {setting}")
            cursor.execute("SELECT pg_reload_conf()")


def let_the_log_go() -> None:
    """What happens within minutes on a server that is used."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for _ in range(2):
                cursor.execute("SELECT pg_switch_wal()")
                cursor.execute("CHECKPOINT")


def ids_and_respondents() -> list[str]:
    rows = Answer.objects.values_list("pk", "respondent")
    return [str(value) for row in rows for value in row]


def test_the_files_hold_what_was_said(here: Hall) -> None:
    """Or we are looking in the wrong place."""
    said = [words for key in here.truth for words in here.truth[key]]
    assert disk.found(said) == said
    assert len(disk.found(ids_and_respondents())) == 2 * PEOPLE * len(here.questions)


def test_ids_and_respondents_from_before_are_nowhere_once_names_are_off(here: Hall) -> None:
    before = ids_and_respondents()
    changed = list(here.truth["sum_insights"])[:3]
    for number, _words in enumerate(changed):
        here.say(number, "sum_insights", edit=2)
    end(here.workshop, days=4)
    sealing.seal_all_due()
    assert Keeping.objects.get(pk=here.workshop.pk).leftovers
    sweeping.sweep_when_due()
    assert not Keeping.objects.get(pk=here.workshop.pk).leftovers
    let_the_log_go()
    assert disk.found(before) == []
    assert disk.found(changed) == []
    kept = list(Answer.objects.values_list("value", flat=True))
    assert len(kept) == PEOPLE * len(here.questions)
    assert disk.found(kept) == kept


def test_the_summary_says_so_until_it_is_certain(here: Hall) -> None:
    end(here.workshop, days=4)
    sealing.seal_all_due()
    owner = browser_of(user_with("olive", here.workshop, "owner"))
    with somebody_reading():
        assert "Names are being taken off for good." in page(owner, here)
    assert "Names are being taken off" not in page(owner, here)


@contextmanager
def somebody_reading() -> Iterator[None]:
    """Another process is in the middle of a look at the answers."""
    if connection.vendor == "postgresql":
        other = own_postgres.connect()
    else:
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN")
    other.execute("SELECT count(*) FROM feedback_answer").fetchone()
    if connection.vendor == "postgresql":
        other.execute("DECLARE reading CURSOR FOR SELECT * FROM feedback_answer")
        other.execute("FETCH 1 FROM reading")
    yield
    other.close()


def page(browser: Client, here: Hall) -> str:
    return browser.get(f"/w/{here.workshop.pk}/summary/").content.decode()
