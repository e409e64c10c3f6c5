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
