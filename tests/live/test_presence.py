"""How many are here: people, not sockets, and nobody who has left."""

from dataclasses import dataclass

import pytest

from sessions import presence


@dataclass
class Line:
    who: str
    writing: bool = False


def test_a_phone_with_two_pages_is_one_person() -> None:
    assert presence.count([Line("a"), Line("a", writing=True), Line("b")], [], "w-1") == (2, 1, 0)


def test_a_phone_that_polls_counts_as_one_that_listens_and_once() -> None:
    presence.polled("w-2", "a", True)
    presence.polled("w-2", "b", True)
    presence.polled("w-2", "b", False)
    assert presence.count([Line("a"), Line("c")], [], "w-2") == (3, 1, 0)


def test_days_do_not_count_each_others_people() -> None:
    presence.polled("w-3", "a", False)
    assert presence.count([], [], "w-4") == (0, 0, 0)


def test_a_phone_that_asks_no_more_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    presence.polled("w-5", "a", True)
    assert presence.count([], [], "w-5") == (1, 1, 0)
    monkeypatch.setattr(presence, "HERE_FOR", -1.0)
    assert presence.count([], [], "w-5") == (0, 0, 0)
    assert presence._polls["w-5"] == {}


@pytest.mark.parametrize(("writers", "told"), [(0, 0), (1, 1), (2, 1), (3, 3), (7, 7)])
def test_one_writer_and_two_are_not_told_apart(writers: int, told: int) -> None:
    lines = [Line(str(number), writing=number < writers) for number in range(9)]
    counts = presence.count(lines, [], "w-6")
    assert counts == (9, writers, 0)
    assert presence.told(counts) == {"here": 9, "writing": told, "screens": 0}


def test_a_screen_is_counted_once_whether_it_listens_or_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    presence.screen_polled("w-7", "lectern")
    presence.screen_polled("w-7", "gallery")
    assert presence.count([], [Line("lectern"), Line("lectern")], "w-7").screens == 2
    assert presence.count([], [], "w-8").screens == 0
    assert presence.count([], [], "w-7") == (0, 0, 2)
    monkeypatch.setattr(presence, "HERE_FOR", -1.0)
    assert presence.count([], [Line("lectern")], "w-7").screens == 1
