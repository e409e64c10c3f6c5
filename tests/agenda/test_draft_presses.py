"""Every press on the plan page changes the draft in one way, and one that can do nothing changes nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.draft_presses import VERBS, Board, Press, press
from agenda.drafting import MOST_ITEMS, Draft, Person, Removed
from agenda.slot_kinds import KINDS

from .drafts import draft, row


def day() -> Draft:
    return draft(row("intros"), row("talk", "45", "10:00", fixed=True), row("coffee", kind="break"), row("lunch"))


def keys(day: Draft) -> list[str]:
    return [row.key for row in day.rows]


@pytest.mark.parametrize(
    ("verb", "key", "after"),
    [
        ("up", "coffee", ["intros", "coffee", "talk", "lunch"]),
        ("down", "coffee", ["intros", "talk", "lunch", "coffee"]),
        ("up", "intros", ["intros", "talk", "coffee", "lunch"]),
        ("down", "lunch", ["intros", "talk", "coffee", "lunch"]),
        ("up", "nothing", ["intros", "talk", "coffee", "lunch"]),
    ],
)
def test_an_item_moves_by_one_place_within_the_day(verb: str, key: str, after: list[str]) -> None:
    moved, looked_at = press(Board(day()), Press(verb, key))
    assert (keys(moved), looked_at) == (after, key)
    assert {each.key: each for each in moved.rows} == {each.key: each for each in day().rows}


def test_a_new_item_comes_after_the_one_pressed_with_what_is_usual_for_its_kind() -> None:
    added, key = press(Board(day()), Press("add", "coffee", "lunch"))
    assert keys(added) == ["intros", "talk", "coffee", "lunch-2", "lunch"]
    new = added.rows[3]
    assert (new.key, new.title, new.minutes, new.fixed, new.at) == (key, "Lunch", "45", True, "")
    speaker = press(Board(day()), Press("add", "", "speaker"))[0].rows[0]
    assert (speaker.key, speaker.title, speaker.minutes, speaker.fixed) == ("speaker", "", "30", False)


def test_a_new_item_never_takes_the_name_of_one_that_was() -> None:
    gone = replace(day(), removed=(Removed(0, row("speaker-2")),))
    _, key = press(Board(gone, taken={"speaker", "speaker-3"}), Press("add", "", "speaker"))
    assert key == "speaker-4"


def test_a_copy_follows_its_original_and_has_no_time_of_its_own() -> None:
    copied, key = press(Board(day()), Press("duplicate", "talk"))
    assert keys(copied) == ["intros", "talk", "speaker", "coffee", "lunch"]
    assert copied.rows[2] == replace(day().rows[1], key=key, at="", fixed=False)


def test_what_is_taken_out_can_be_brought_back_to_its_place() -> None:
    without, looked_at = press(Board(day()), Press("remove", "talk"))
    assert (keys(without), looked_at) == (["intros", "coffee", "lunch"], "coffee")
    back, looked_at = press(Board(without), Press("restore", "talk"))
    assert (back, looked_at) == (day(), "talk")
    last, looked_at = press(Board(day()), Press("remove", "lunch"))
    assert (looked_at, press(Board(last), Press("restore", "lunch"))[0]) == ("coffee", day())
    assert press(Board(draft(row("only"))), Press("remove", "only"))[0].rows == ()


def test_a_full_day_takes_nothing_more_and_loses_nothing() -> None:
    full = replace(draft(*(row(f"talk-{n}") for n in range(MOST_ITEMS))), removed=(Removed(0, row("gone")),))
    for pressed in (Press("add", "talk-3", "break"), Press("duplicate", "talk-3"), Press("restore", "gone")):
        assert press(Board(full), pressed) == (full, "")


def test_speakers_come_and_go_one_by_one() -> None:
    two, _ = press(Board(press(Board(day()), Press("add-speaker", "talk"))[0]), Press("add-speaker", "talk"))
    assert two.rows[1].speakers == (Person(), Person())
    named = replace(two, rows=(two.rows[0], replace(two.rows[1], speakers=(Person("Ann"), Person("Ben")))))
    one, key = press(Board(named), Press("remove-speaker", "talk", "0"))
    assert (one.rows[1].speakers, key) == ((Person("Ben"),), "talk")
    assert press(Board(one), Press("remove-speaker", "talk", "7"))[0] == one


@pytest.mark.parametrize(
    "pressed", [Press("up", "coffee"), Press("down", "intros"), Press("remove", "talk"), Press("down", "talk")]
)
def test_what_has_begun_neither_moves_nor_goes_nor_is_overtaken(pressed: Press) -> None:
    assert press(Board(day(), begun=2), pressed)[0] == day()


def test_nothing_new_comes_before_what_has_begun() -> None:
    added, _ = press(Board(day(), begun=2), Press("add", "intros", "break"))
    assert keys(added) == ["intros", "talk", "break", "coffee", "lunch"]
    gone = replace(day(), removed=(Removed(0, row("tea")),))
    assert keys(press(Board(gone, begun=2), Press("restore", "tea"))[0]) == ["intros", "talk", "tea", "coffee", "lunch"]


PRESSES = st.lists(
    st.builds(Press, st.sampled_from(sorted(VERBS)), st.sampled_from(["intros", "talk", "coffee", "lunch", "x", ""])),
    max_size=20,
)


@given(PRESSES, st.integers(0, 4), st.randoms())
def test_whatever_is_pressed_no_item_is_lost_or_there_twice(presses: list[Press], begun: int, chance: object) -> None:
    board = Board(day(), begun)
    for pressed in presses:
        chosen = {"add": chance.choice([*KINDS]), "remove-speaker": "0"}.get(pressed.verb, "")  # type: ignore[attr-defined]
        board = replace(board, draft=press(board, replace(pressed, chosen=chosen))[0])
        everything = [*keys(board.draft), *(gone.row.key for gone in board.draft.removed)]
        assert len(everything) == len(set(everything))
        assert {*keys(day())} <= set(everything)
        assert keys(board.draft)[:begun] == keys(day())[:begun]
