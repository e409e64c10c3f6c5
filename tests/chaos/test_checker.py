"""The checker catches what it is there to catch: each history here is wrong in one way, and one is right."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from .checker import check
from .history import Applied, Ended, Heard, History, Reread, Row, Shown, Told, Tried

KEY, OTHER, ASKED = "key-a", "key-b", "question-1"
FRESH = {"phone": {"now": "lunch", "question": ""}, "screen": {"main": "lunch"}}


def right() -> tuple[History, list[Row]]:
    """One phone that wrote twice, was told so, and followed; a screen; and words that the desk showed for a while."""
    history = History(
        applied=[Applied("p/1", (1, 4, 60)), Applied("p/1", (1, 5, 60)), Applied("p/2", (1, 4, 60))],
        tried=[Tried("p", ASKED, KEY, 1, "first"), Tried("p", ASKED, KEY, 2, "second")],
        told=[Told("p", ASKED, KEY, 1, "first", "saved"), Told("p", ASKED, KEY, 2, "second", "saved")],
        reread=[Reread("p", ASKED, KEY, 2, 2)],
        heard=[
            Heard("p/1", "phone", (1, 6, 60), 12.0, frozenset({"second"})),
            Heard("screen/1", "screen", (1, 20, 60), 12.0, frozenset({"second"})),
        ],
        shown=[
            Shown(ASKED, 20, 6, 10.0, frozenset({"second"})),
            Shown(ASKED, 30, 8, 20.0, frozenset()),
        ],
        ended=[
            Ended("p/2", "phone", "live", (1, 9, 60), dict(FRESH["phone"])),
            Ended("screen/1", "screen", "polling", (1, 31, 60), dict(FRESH["screen"])),
        ],
    )
    return history, [Row(KEY, ASKED, "owner", 2, "second")]


def test_a_right_history_is_right() -> None:
    assert check(*right(), FRESH) == []


def test_an_answer_that_was_tried_and_not_acknowledged_may_be_kept_or_not() -> None:
    history, rows = right()
    history.tried.append(Tried("p", ASKED, KEY, 3, "third"))
    assert check(history, rows, FRESH) == []
    assert check(history, [replace(rows[0], edit=3, value="third")], FRESH) == []


def test_a_phone_that_lost_its_key_may_edit_its_answer_under_another() -> None:
    history, rows = right()
    history.tried.append(Tried("p", ASKED, OTHER, 3, "third"))
    history.told.append(Told("p", ASKED, OTHER, 3, "third", "saved"))
    assert check(history, [replace(rows[0], edit=3, value="third")], FRESH) == []
    assert check(history, rows, FRESH) != []


def test_a_sheet_takes_several_notes_of_one_phone_and_loses_none() -> None:
    history, (row,) = right()
    history.tried.append(Tried("p", ASKED, OTHER, 1, "a note"))
    history.told.append(Told("p", ASKED, OTHER, 1, "a note", "saved"))
    notes = [replace(row, most=2), Row(OTHER, ASKED, "owner", 1, "a note", 2)]
    assert check(history, notes, FRESH) == []
    assert any(said.startswith("I1") for said in check(history, notes[:1], FRESH))
    assert check(history, [replace(note, most=1) for note in notes], FRESH) == [
        f"I2: 2 answers of owner to question {ASKED}"
    ]


def test_what_the_desk_has_just_taken_away_may_still_be_on_its_way() -> None:
    history, rows = right()
    history.heard.append(Heard("p/1", "phone", (1, 7, 60), 21.0, frozenset({"second"})))
    assert check(history, rows, FRESH) == []


def change(name: str, at: int, **fields: object) -> Callable[[History, list[Row]], None]:
    def act(history: History, rows: list[Row]) -> None:
        events = rows if name == "rows" else getattr(history, name)
        events[at] = replace(events[at], **fields)

    return act


def add(name: str, event: object) -> Callable[[History, list[Row]], None]:
    def act(history: History, rows: list[Row]) -> None:
        (rows if name == "rows" else getattr(history, name)).append(event)

    return act


def lose(name: str) -> Callable[[History, list[Row]], None]:
    def act(history: History, rows: list[Row]) -> None:
        (rows if name == "rows" else getattr(history, name)).clear()

    return act


WRONG = [
    ("I1", "there is no such row", lose("rows")),
    ("I1", "is kept for question-2", change("rows", 0, question="question-2")),
    ("I1", "edit 1 is kept", change("rows", 0, edit=1, value="first")),
    ("I1", "is kept as 'mixed up'", change("rows", 0, value="mixed up")),
    ("I1", "is not what p wrote", change("rows", 0, edit=3, value="somebody else's")),
    ("I2", "2 rows have the key", add("rows", Row(KEY, ASKED, "another", 2, "second"))),
    ("I2", "2 answers of owner", add("rows", Row(OTHER, ASKED, "owner", 1, "again"))),
    ("I2", "nobody wrote edit 1 of key-b", add("rows", Row(OTHER, ASKED, "another", 1, "out of nowhere"))),
    ("I2", "went back from edit 2 to 1", add("reread", Reread("p", ASKED, KEY, 1, 2))),
    ("I3", "p/1 went from (1, 5, 60) to (1, 5, 60)", add("applied", Applied("p/1", (1, 5, 60)))),
    ("I3", "p/1 went from (1, 5, 60) to (1, 4, 99)", add("applied", Applied("p/1", (1, 4, 99)))),
    (
        "I4",
        "p/2 (live, (1, 9, 60)) shows something else in now",
        change("ended", 0, regions={"now": "x", "question": ""}),
    ),
    ("I4", "shows something else in main", change("ended", 1, regions={})),
    ("I4", "p/2 is still lost", change("ended", 0, link="lost")),
    ("I6", "p/1 was sent 'first'", change("heard", 0, tokens=frozenset({"first"}))),
    ("I6", "was sent 'name-7'", add("heard", Heard("p/1", "phone", (1, 6, 60), 12.0, frozenset({"name-7"})))),
    ("I6", "p/1 was sent 'second' at (1, 6, 60)", change("shown", 0, began=13.0)),
    ("I6", "at (1, 8, 60)", add("heard", Heard("p/1", "phone", (1, 8, 60), 21.0, frozenset({"second"})))),
    ("I6", "screen/1 was sent", add("heard", Heard("screen/1", "screen", (1, 30, 60), 21.0, frozenset({"second"})))),
    ("I7", "still counts", add("left_behind", "the desk still counts 3")),
]


@pytest.mark.parametrize(("promise", "said", "spoil"), WRONG, ids=[f"{promise} {said}" for promise, said, _ in WRONG])
def test_a_broken_promise_is_caught(promise: str, said: str, spoil: Callable[[History, list[Row]], None]) -> None:
    history, rows = right()
    spoil(history, rows)
    found = check(history, rows, FRESH)
    assert [sentence for sentence in found if sentence.startswith(promise) and said in sentence]
