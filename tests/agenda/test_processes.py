"""What the processes of one database say to each other: hints, heard by the others, and silence on SQLite."""

import threading
from collections.abc import Iterator
from queue import Queue
from typing import Any

import pytest
from django.db import connection, transaction

from agenda import changes, processes, services
from tests.cast import newcastle

SOON = 10.0  # seconds until a listener that was cut off must be back, on a busy machine
LISTENING = "SELECT pid FROM pg_stat_activity WHERE application_name = 'masterclass listens' AND query LIKE 'LISTEN%%'"


@pytest.fixture
def heard() -> Iterator["Queue[str]"]:
    """The days that were told of, in this process, while it listens to the others."""
    told: Queue[str] = Queue()
    changes.listen(told.put)
    processes.start()
    wait_for_listener()
    yield told
    changes._listeners.remove(told.put)
    stop_listening()


@pytest.fixture
def another() -> Iterator[Any]:
    """A connection that hears and says what another process would."""
    import psycopg

    chosen = {**connection.get_connection_params(), "application_name": "another"}
    with psycopg.connect(**chosen, autocommit=True) as wire:
        wire.execute("LISTEN masterclass_changed")
        yield wire


def stop_listening() -> None:
    processes.stop()
    for thread in threading.enumerate():
        if thread.name == "processes":
            thread.join(SOON)
            assert not thread.is_alive()


def wait_for_listener(other_than: int = 0) -> int:
    """The backend of the thread that listens, once there is one."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(f"{LISTENING} AND pid <> %s", [other_than])
            if row := cursor.fetchone():
                return int(row[0])


def say(wire: Any, workshop_id: str, process: str = "another") -> None:
    wire.execute("SELECT pg_notify('masterclass_changed', %s)", [f"{process} {workshop_id}"])


def told_to(another: Any) -> list[str]:
    """The days that other processes were told of since this was last asked."""
    say(another, "mark")  # the database keeps the order of commits, so all that was said before this comes before it
    days = []
    for notice in another.notifies(timeout=SOON):
        if notice.payload == "another mark":
            break
        days.append(notice.payload.split()[1])
    return days


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_other_processes_hear_of_a_change_once_it_is_committed(another: Any) -> None:
    day = newcastle()
    told_to(another)
    with transaction.atomic():
        services.join(workshop=day)
        assert told_to(another) == []
    assert told_to(another) == [day.pk]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_other_processes_hear_nothing_of_what_was_rolled_back(another: Any) -> None:
    day = newcastle()
    told_to(another)
    with transaction.atomic():
        services.join(workshop=day)
        transaction.set_rollback(True)
    assert told_to(another) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_what_another_process_says_is_heard_and_our_own_words_are_heard_once(heard: "Queue[str]", another: Any) -> None:
    day = newcastle()
    say(another, "first")
    while heard.get(timeout=SOON) != "first":  # what has been said here while the day was made
        pass
    services.join(workshop=day)
    say(another, "last")
    assert [heard.get(timeout=SOON), heard.get(timeout=SOON)] == [day.pk, "last"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_listener_that_is_cut_off_comes_back_by_itself(heard: "Queue[str]", another: Any) -> None:
    first = wait_for_listener()
    another.execute("SELECT pg_terminate_backend(%s)", [first])
    wait_for_listener(other_than=first)
    say(another, "after")
    assert heard.get(timeout=SOON) == "after"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_words_that_mean_nothing_stop_nobody(heard: "Queue[str]", another: Any, caplog: Any) -> None:
    def fails(process: str, text: str) -> None:
        raise ValueError(text)

    processes.hear("changed", fails)
    another.execute("NOTIFY masterclass_changed")
    say(another, "after")
    assert [heard.get(timeout=SOON), heard.get(timeout=SOON)] == ["", "after"]
    processes._listeners["changed"].remove(fails)
    assert "What another process said could not be used." in caplog.text


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_thread_listens_until_nobody_wants_it_any_more() -> None:
    for _ in range(2):
        processes.start()
        processes.start()
        processes.stop()
        assert [thread.name for thread in threading.enumerate()].count("processes") == 1
        stop_listening()
        assert "processes" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has nobody to talk to")
@pytest.mark.django_db
def test_on_sqlite_nobody_listens_and_nothing_is_asked_of_the_database(django_assert_num_queries: Any) -> None:
    processes.start()
    with django_assert_num_queries(0):
        processes.say("changed", "day")
    assert "processes" not in [thread.name for thread in threading.enumerate()]
    processes.stop()
