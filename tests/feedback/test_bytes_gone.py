"""What was taken out is in no file of the database: neither in the table nor where it lay before, nor in the log."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from agenda import services as agenda
from agenda.models import Attendee
from feedback import keeping, sealing, sweeping, theming
from feedback.models import Answer, Keeping
from feedback.theme_models import EditedPlace, InTheme
from sessions import removing
from tests.cast import browser_of, user_with
from tests.chaos import own_postgres

from . import disk
from .room import new_question
from .sealed_room import Hall, end, hall, pass_days

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 3
THEME = "What the room calls it"


@pytest.fixture
def here(transactional_db: None) -> Hall:
    here = hall()
    here.join(PEOPLE)
    for number in range(PEOPLE):
        for key in here.questions:
            here.say(number, key)
    rows = Answer.objects.filter(question__workshop=here.workshop).values_list("pk", flat=True)
    theming.begin(workshop=here.workshop, actor=None, theme=uuid4(), name=THEME, answers=rows)
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
    assert disk.found([*said, THEME]) == [*said, THEME]
    assert EditedPlace.objects.exists()
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
    assert InTheme.objects.exists()
    assert not EditedPlace.objects.exists()
    kept = list(Answer.objects.values_list("value", flat=True))
    assert len(kept) == PEOPLE * len(here.questions)
    assert disk.found(kept) == kept


def test_what_was_removed_for_good_is_in_no_file(here: Hall) -> None:
    slip = next(iter(here.truth["sum_insights"]))
    row = Answer.objects.get(value=slip)
    removing.remove_for_good(workshop=here.workshop, answer_id=row.pk, actor=None)
    sweeping.sweep_when_due()
    let_the_log_go()
    assert disk.found([slip, str(row.pk), str(row.respondent)]) == []
    assert len(disk.found(list(here.truth["sum_insights"]))) == PEOPLE - 1


def test_who_was_erased_and_what_they_said_with_their_name_is_in_no_file(here: Hall) -> None:
    here.questions["named"] = new_question(here.workshop, "named", "close", mode="named")
    said = here.say(0, "named", "I am Nora Nobody and this is mine")
    seat = Attendee.objects.get(pk=here.seats[0].attendee_id)
    agenda.say_who(attendee=seat, name="Nora Nobody", council="Exampleshire", role="")
    traces = [said, "Nora Nobody", "Exampleshire", str(seat.pk)]
    assert disk.found(traces) == traces
    keeping.erase_person(workshop=here.workshop, attendee_id=seat.pk, actor=None)
    sweeping.sweep_when_due()
    let_the_log_go()
    assert disk.found(traces) == []


def test_when_its_date_has_come_nothing_anybody_said_is_in_any_file(here: Hall) -> None:
    end(here.workshop, days=4)
    sealing.seal_all_due()
    said = [words for key in here.truth for words in here.truth[key]]
    Keeping.objects.update(delete_on="2020-02-20")
    pass_days(here.workshop, 20)
    assert keeping.delete_when_due() == 1
    sweeping.sweep_when_due()
    let_the_log_go()
    assert disk.found([THEME, *said, *(str(seat.attendee_id) for seat in here.seats)]) == []


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
