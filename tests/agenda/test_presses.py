"""Presses that move the day: each counts once, and never lands on a day that has changed meanwhile."""

import uuid
from datetime import UTC, datetime

import pytest

from agenda import presses, queries
from agenda.models import LogEntry, User, Workshop
from agenda.services import Refused, Stale
from tests.cast import newcastle, user_with

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create(username="ann", first_name="Ann", last_name="Ash")


def live(workshop: Workshop) -> str | None:
    row = queries.day(workshop).schedule(NOW).live
    return row.slot.id if row else None


def press(workshop: Workshop, *expected: str | None, actor: User | None = None) -> None:
    for expect in expected:
        presses.advance(workshop=workshop, expect=expect, actor=actor)


def test_each_press_ends_an_item_and_starts_the_next(workshop: Workshop) -> None:
    keys = list(queries.day(workshop).items)
    seen = []
    for expect in [None, *keys]:
        press(workshop, expect)
        seen.append(live(workshop))
    assert seen == [*keys, None]
    assert queries.day(workshop).schedule(NOW).state == "finished"
    assert list(LogEntry.objects.values_list("seq", flat=True)) == list(range(1, len(keys) + 2))


def test_a_stale_press_is_refused_and_says_who_moved_the_day_and_where(workshop: Workshop, ann: User) -> None:
    press(workshop, None, "intros", actor=ann)
    with pytest.raises(
        Stale, match=r"^Already moved to “.+” by Ann Ash, \d seconds? ago\. Nothing was changed by this press\.$"
    ) as told:
        press(workshop, "intros")
    assert f"“{queries.day(workshop).items['how-digital'].title}”" in str(told.value)
    assert (live(workshop), LogEntry.objects.count()) == ("how-digital", 2)


def test_somebody_without_a_full_name_is_called_by_the_name_they_sign_in_with(workshop: Workshop) -> None:
    press(workshop, None, actor=user_with("beth"))
    with pytest.raises(Stale, match="by beth"):
        press(workshop, None)


def test_a_closed_account_is_somebody(workshop: Workshop, ann: User) -> None:
    press(workshop, None, actor=ann)
    ann.delete()
    with pytest.raises(Stale, match="by somebody"):
        press(workshop, None)
    assert live(workshop) == "intros"


@pytest.mark.parametrize("expect", ["intros", "no-such-item"])
def test_before_the_day_a_press_that_saw_an_item_is_refused(workshop: Workshop, expect: str) -> None:
    with pytest.raises(Stale, match="Nothing was changed by this press"):
        press(workshop, expect)
    assert live(workshop) is None


def test_after_the_day_no_press_starts_it_again(workshop: Workshop) -> None:
    keys = list(queries.day(workshop).items)
    press(workshop, None, *keys)
    for expect in (None, keys[-1]):
        with pytest.raises(Stale):
            press(workshop, expect)
    assert LogEntry.objects.count() == len(keys) + 1


def test_the_same_press_twice_is_one_step(workshop: Workshop, ann: User) -> None:
    number = uuid.uuid4()
    first = presses.advance(workshop=workshop, expect=None, actor=ann, press=number)
    again = presses.advance(workshop=workshop, expect=None, actor=ann, press=number)
    assert again == first
    assert (live(workshop), LogEntry.objects.count()) == ("intros", 1)


def test_a_late_repeat_of_an_old_press_changes_nothing(workshop: Workshop) -> None:
    number = uuid.uuid4()
    presses.advance(workshop=workshop, expect=None, actor=None, press=number)
    press(workshop, "intros", "how-digital")
    assert presses.advance(workshop=workshop, expect=None, actor=None, press=number).seq == 1
    assert live(workshop) == "data"


def test_a_press_number_belongs_to_one_day(workshop: Workshop) -> None:
    number, other = uuid.uuid4(), newcastle("another-day")
    for day in (workshop, other):
        presses.advance(workshop=day, expect=None, actor=None, press=number)
    assert (live(workshop), live(other)) == ("intros", "intros")


def test_undo_takes_one_step_back(workshop: Workshop, ann: User) -> None:
    press(workshop, None, "intros")
    presses.undo(workshop=workshop, seen=2, actor=ann)
    assert live(workshop) == "intros"
    presses.undo(workshop=workshop, seen=3, actor=ann)
    assert queries.day(workshop).schedule(NOW).state == "before"
    kinds = list(LogEntry.objects.values_list("kind", "actor__username"))
    assert kinds == [("advance", None), ("advance", None), ("undo", "ann"), ("undo", "ann")]


def test_undo_opens_the_last_item_again(workshop: Workshop) -> None:
    press(workshop, None, *queries.day(workshop).items)
    presses.undo(workshop=workshop, seen=queries.day(workshop).seen, actor=None)
    assert live(workshop) == "close"


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_a_stale_undo_is_refused(workshop: Workshop, ann: User, seen: int) -> None:
    press(workshop, None, "intros", actor=ann)
    with pytest.raises(Stale, match=r"^Ann Ash has just changed the day"):
        presses.undo(workshop=workshop, seen=seen, actor=None)
    assert live(workshop) == "how-digital"


def test_there_is_nothing_to_take_back_before_the_day(workshop: Workshop) -> None:
    with pytest.raises(Refused, match="nothing to take back"):
        presses.undo(workshop=workshop, seen=0, actor=None)
    assert LogEntry.objects.count() == 0
