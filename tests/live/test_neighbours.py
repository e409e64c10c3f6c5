"""The numbers of other processes: added up, held for a moment, and said no more often than anybody needs."""

import uuid
from collections.abc import Callable, Iterator
from itertools import takewhile
from types import SimpleNamespace

import pytest
from django.db import connection

from agenda import processes
from sessions import neighbours
from sessions.presence import Counts


@pytest.fixture
def day() -> str:
    """A day that nobody has told of yet."""
    return uuid.uuid4().hex[:10]


@pytest.fixture
def said(transactional_db: None) -> Iterator[Callable[[], list[str]]]:
    """What has gone out to the other processes since it was last asked."""
    import psycopg

    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as another:
        another.execute("LISTEN masterclass_present")

        def since() -> list[str]:
            another.execute("NOTIFY masterclass_present, 'mark'")  # what was said before it comes before it
            payloads = (notice.payload for notice in another.notifies(timeout=10))
            return [payload.partition(" ")[2] for payload in takewhile("mark".__ne__, payloads)]

        yield since


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let so many seconds pass."""
    at = [1000.0]
    monkeypatch.setattr(neighbours, "time", SimpleNamespace(monotonic=lambda: at[0]))

    def passes(seconds: float) -> None:
        at[0] += seconds

    return passes


def heard(process: str, day: str, counts: str) -> None:
    """What comes in from another process."""
    processes._pass_on("present", f"{process} {day} {counts}")


def test_the_numbers_of_all_others_are_added_up_and_the_newest_of_each_counts(day: str) -> None:
    assert neighbours.others(day) == Counts(0, 0, 0)
    heard("a", day, "9 9 9")
    heard("a", day, "20 2 1")
    heard("b", day, "3 1 0")
    heard("b", "another-day", "7 7 7")
    assert neighbours.others(day) == Counts(here=23, writing=3, screens=1)


def test_a_process_that_is_silent_for_fifteen_seconds_is_counted_no_more(
    day: str, clock: Callable[[float], None]
) -> None:
    heard("a", day, "20 2 1")
    clock(10)
    heard("b", day, "3 1 0")
    assert neighbours.others(day) == Counts(23, 3, 1)
    clock(6)
    assert neighbours.others(day) == Counts(3, 1, 0)
    clock(10)
    assert neighbours.others(day) == Counts(0, 0, 0)


@pytest.mark.postgres
def test_a_change_is_told_at_most_once_a_second_and_the_same_again_after_five(
    day: str, said: Callable[[], list[str]], clock: Callable[[float], None]
) -> None:
    neighbours.tell(day, Counts(1, 0, 0))
    neighbours.tell(day, Counts(2, 1, 0))
    assert said() == [f"{day} 1 0 0"]
    clock(1)
    neighbours.tell(day, Counts(2, 1, 0))
    clock(4)
    neighbours.tell(day, Counts(2, 1, 0))
    assert said() == [f"{day} 2 1 0"]
    clock(1)
    neighbours.tell(day, Counts(2, 1, 0))
    assert said() == [f"{day} 2 1 0"]


@pytest.mark.postgres
def test_that_nobody_is_here_is_told_once_and_only_if_somebody_was(
    day: str, said: Callable[[], list[str]], clock: Callable[[float], None]
) -> None:
    neighbours.tell(day, Counts())
    assert said() == []
    neighbours.tell(day, Counts(1, 0, 0))
    for _ in range(20):
        clock(1)
        neighbours.tell(day, Counts())
    assert said() == [f"{day} 1 0 0", f"{day} 0 0 0"]


def test_numbers_that_cannot_be_read_change_nothing(day: str) -> None:
    heard("a", day, "20 2 1")
    for words in ("x y z", "1 2 3 4", "1"):
        heard("a", day, words)
    assert neighbours.others(day) == Counts(20, 2, 1)
