"""How many are here: people, not sockets, and nobody who has left."""

from dataclasses import dataclass

import pytest

from sessions import presence


@dataclass
class Line:
    who: str
    writing: bool = False


def test_a_phone_with_two_pages_is_one_person() -> None:
    assert presence.count([Line("a"), Line("a", writing=True), Line("b")], "w-1") == {"here": 2, "writing": 1}


def test_a_phone_that_polls_counts_as_one_that_listens_and_once() -> None:
    presence.polled("w-2", "a", True)
    presence.polled("w-2", "b", True)
    presence.polled("w-2", "b", False)
    assert presence.count([Line("a"), Line("c")], "w-2") == {"here": 3, "writing": 1}


def test_days_do_not_count_each_others_people() -> None:
    presence.polled("w-3", "a", False)
    assert presence.count([], "w-4") == {"here": 0, "writing": 0}


def test_a_phone_that_asks_no_more_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    presence.polled("w-5", "a", True)
    assert presence.count([], "w-5") == {"here": 1, "writing": 1}
    monkeypatch.setattr(presence, "HERE_FOR", -1.0)
    assert presence.count([], "w-5") == {"here": 0, "writing": 0}
    assert presence._polls["w-5"] == {}


@pytest.mark.parametrize(("writers", "told"), [(0, 0), (1, 1), (2, 1), (3, 3), (7, 7)])
def test_one_writer_and_two_are_not_told_apart(writers: int, told: int) -> None:
    lines = [Line(str(number), writing=number < writers) for number in range(9)]
    assert presence.count(lines, "w-6") == {"here": 9, "writing": told}


def test_a_screen_is_counted_once_whether_it_listens_or_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    presence.screen_polled("w-7", "lectern")
    presence.screen_polled("w-7", "gallery")
    assert presence.screens([Line("lectern"), Line("lectern")], "w-7") == 2
    assert presence.screens([], "w-8") == 0
    assert presence.count([], "w-7") == {"here": 0, "writing": 0}
    monkeypatch.setattr(presence, "HERE_FOR", -1.0)
    assert presence.screens([Line("lectern")], "w-7") == 1
