"""What differs between two running orders is said item by item, as people would say it."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agenda import plan
from agenda.plan_changes import _moved as moved
from agenda.plan_changes import differences

DAY = date(2027, 2, 26)


def slot(key: str, start: str, minutes: int = 30, **more: Any) -> dict[str, Any]:
    words = {"kind": "speaker", "title": key.capitalize(), "byline": "", "detail": "", "notes": ""}
    settings = {"fixed": False, "absorb": "never", "droppable": False}
    return {**words, **settings, "key": key, "start": start, "minutes": minutes, **more}


def value(*slots: dict[str, Any], ends: str | None = None, day: date = DAY) -> plan.Value:
    return plan.make_value(day, "Europe/London", slots, ends)


def said(older: plan.Value, newer: plan.Value) -> list[str]:
    return [
        f"{found.title}: {', '.join(piece.message % piece.params for piece in found.pieces)}"
        for found in differences(older, newer)
    ]


MORNING = (slot("talk", "09:30"), slot("coffee", "10:00", 15), slot("lunch", "12:45", 45, fixed=True))


def test_nothing_differs_from_itself() -> None:
    assert said(value(*MORNING), value(*MORNING)) == []


def test_a_value_from_before_there_were_such_keys_is_no_difference() -> None:
    old = value(*MORNING)
    del old["ends"]
    for each in old["slots"]:
        del each["droppable"]
    assert said(old, value(*MORNING)) == []


def test_a_changed_time_and_length_are_said_with_what_they_were() -> None:
    talk, coffee, _lunch = MORNING
    later = slot("lunch", "13:00", 40, fixed=True)
    assert said(value(*MORNING), value(talk, coffee, later)) == ["Lunch: 12:45 → 13:00, 45 → 40 minutes"]


def test_what_was_added_and_taken_out_says_when_it_is_or_was() -> None:
    talk, coffee, lunch = MORNING
    assert said(value(talk, coffee, lunch), value(talk, slot("tea", "11:00"), lunch)) == [
        "Tea: new, at 11:00",
        "Coffee: taken out, was at 10:00",
    ]
    opening = slot("intros", "now", minutes=0, kind="intros")
    assert said(value(talk), value(opening, talk)) == ["Intros: new, begins when the day is started"]
    assert said(value(opening, talk), value(talk)) == ["Intros: taken out, began when the day is started"]


def test_a_move_is_said_of_what_moved_and_not_of_all_it_passed() -> None:
    older = value(slot("a", "09:00"), slot("b", "09:30"), slot("c", "10:00"), slot("d", "10:30"))
    newer = value(slot("b", "09:00"), slot("c", "09:30"), slot("a", "10:00"), slot("d", "10:30"))
    assert said(older, newer) == ["B: 09:30 → 09:00", "C: 10:00 → 09:30", "A: moved after “C”, 09:00 → 10:00"]
    assert said(newer, older)[0] == "A: moved to the start, 10:00 → 09:00"


def test_every_other_change_is_said() -> None:
    before = slot("talk", "09:30", absorb="offer", floor=20)
    after = before | {
        "title": "A talk",
        "byline": "Ann",
        "kind": "discussion",
        "fixed": True,
        "droppable": True,
        "floor": 25,
        "detail": "x",
        "notes": "y",
    }
    [sentence] = said(value(before), value(after))
    assert sentence == (
        "A talk: was called “Talk”, who: “” → “Ann”, its time is kept when the day runs late, may be dropped, "
        "may be shortened otherwise, another kind of item, another hand-out text, other private notes"
    )


def test_what_differs_in_the_day_comes_first() -> None:
    assert said(value(*MORNING, ends="15:30"), value(*MORNING[:2], ends="16:00", day=date(2027, 3, 1))) == [
        ": 26 February 2027 → 1 March 2027, should end by 15:30 → 16:00",
        "Lunch: taken out, was at 12:45",
    ]
    assert said(value(*MORNING), value(*MORNING, ends="16:00")) == [": should end by 16:00"]
    assert said(value(*MORNING, ends="16:00"), value(*MORNING)) == [": no time to end by any more"]


def test_an_item_that_begins_at_the_press_says_so() -> None:
    opening, talk = slot("intros", "now"), slot("talk", "10:00")
    opening.pop("minutes")
    assert said(value(opening, talk), value(slot("intros", "09:30"), talk)) == [
        "Intros: when the day is started → 09:30"
    ]
    assert said(value(slot("intros", "09:30"), talk), value(opening, talk)) == [
        "Intros: 09:30 → when the day is started"
    ]


@given(st.permutations("abcdef"))
def test_what_has_not_moved_keeps_its_order_and_nothing_more_could_stay(after: list[str]) -> None:
    before = list("abcdef")
    stays = [key for key in after if key not in moved(before, after)]
    assert stays == sorted(stays)
    longest = max(
        len(run)
        for bits in range(64)
        if (run := [key for place, key in enumerate(after) if bits >> place & 1]) == sorted(run)
    )
    assert len(stays) == longest
