"""What the presses besides Move on do to a day we can check by hand."""

from dataclasses import replace

import pytest

from agenda.timing import Event, Refused, check, fold, lay_out, project, replay

from .test_timing import GAPPED, NEWCASTLE, WORKED, clock, minutes, presses, starts

STARTED = presses(WORKED, "10:15")


def event(seq: int, kind: str, at: str, slot: str | None = None, count: int | None = None, to: str = "") -> Event:
    return Event(seq, kind, clock(at), None, slot, count, clock(to) if to else None)


def test_extending_moves_what_follows() -> None:
    log = [*STARTED, event(5, "extend", "10:20", "first-speaker", 7), event(6, "extend", "10:21", "first-speaker", -2)]
    live = project(WORKED, log, clock("10:30")).live
    assert live is not None
    assert live.due == clock("10:50")


def test_an_extension_ends_with_its_slot() -> None:
    log = [
        *STARTED,
        event(5, "extend", "10:20", "first-speaker", 7),
        Event(6, "advance", clock("10:52"), "first-speaker"),
    ]
    live = project(WORKED, log, clock("10:53")).live
    assert live is not None
    assert live.due == clock("11:32")


def test_a_new_length_stays_when_the_slot_goes_live() -> None:
    log = [
        *STARTED,
        event(5, "retime", "10:20", "discussion-a", 30),
        Event(6, "advance", clock("10:45"), "first-speaker"),
    ]
    schedule = project(WORKED, log, clock("10:46"))
    assert schedule.live is not None
    assert (schedule.live.due, schedule.live.slot.length) == (clock("11:15"), minutes(30))


def test_a_skipped_slot_keeps_its_place_and_takes_no_time() -> None:
    log = [*STARTED, event(5, "skip", "10:20", "coffee"), event(6, "skip", "10:20", "buffer")]
    schedule = project(WORKED, log, clock("10:30"))
    assert starts(schedule) == ["10:15", "10:45", "-", "11:25", "11:55", "-", "12:45", "13:30"]
    assert [row.state for row in schedule.rows][2] == "skipped"
    assert schedule.free_before == ("lunch", minutes(20))
    assert starts(project(WORKED, [*log, event(7, "unskip", "10:21", "coffee")], clock("10:30")))[2] == "11:25"


def test_moving_on_passes_a_skipped_slot_which_stays_skipped() -> None:
    log = [*presses(GAPPED, "10:00"), event(5, "skip", "10:05", "panel"), Event(6, "advance", clock("10:30"), "talk")]
    assert fold(GAPPED, log).live == "lunch"
    assert [row.state for row in project(GAPPED, log, clock("10:31")).rows] == ["done", "skipped", "live"]
    with pytest.raises(Refused, match="gone past"):
        check(GAPPED, log, event(7, "unskip", "10:32", "panel"))


def test_the_day_ends_after_the_last_slot_that_is_not_skipped() -> None:
    log = [*presses(GAPPED, "10:00", "10:30"), event(5, "skip", "10:40", "lunch")]
    assert project(GAPPED, log, clock("10:41")).finish == clock("11:00")
    schedule = project(GAPPED, [*log, Event(6, "advance", clock("11:10"), "panel")], clock("12:00"))
    assert (schedule.state, schedule.finish, schedule.late) == ("finished", clock("11:10"), -minutes(5))


def test_a_moved_anchor_is_the_new_promise_and_keeps_its_length() -> None:
    log = [*presses(NEWCASTLE, "10:30", "11:15", "12:00"), event(5, "move_anchor", "12:10", "lunch", to="12:55")]
    schedule = project(NEWCASTLE, log, clock("12:11"))
    assert starts(schedule)[3:5] == ["12:55", "13:40"]
    assert (schedule.rows[3].late, schedule.free_before) == (minutes(0), ("lunch", minutes(10)))


def test_the_clock_stands_while_held_and_held_time_is_added() -> None:
    log = [*STARTED, event(5, "hold", "10:25")]
    held = project(WORKED, log, clock("10:47")).live
    assert held is not None
    assert (held.due, held.held_since) == (clock("11:07"), clock("10:25"))
    released = project(WORKED, [*log, event(6, "release", "10:47")], clock("11:00")).live
    assert released is not None
    assert (released.due, released.end, released.held_since) == (clock("11:07"), clock("11:07"), None)


def test_a_late_click_is_put_right() -> None:
    log = presses(WORKED, "10:15", "10:50")
    assert fold(WORKED, [*log, event(5, "correct", "10:51", to="10:46")]).starts == (clock("10:15"), clock("10:46"))
    ended = presses(GAPPED, "10:00", "10:30", "11:30", "12:30")
    assert fold(GAPPED, [*ended, event(5, "correct", "12:40", to="12:15")]).finished_at == clock("12:15")


def test_undo_takes_back_whatever_was_newest_and_a_choice_as_a_whole() -> None:
    log = [
        *STARTED,
        event(4, "hold", "10:20"),
        *(replace(event(seq, "skip", "10:21", slot), choice=5) for seq, slot in ((5, "coffee"), (6, "buffer"))),
    ]
    assert fold(WORKED, log).skipped == {"coffee", "buffer"}
    once = fold(WORKED, [*log, event(7, "undo", "10:22")])
    assert (once.skipped, once.held_since) == (frozenset(), clock("10:20"))
    twice = fold(WORKED, [*log, event(7, "undo", "10:22"), event(8, "undo", "10:22")])
    assert (twice.live, twice.held_since) == ("first-speaker", None)


def test_a_log_that_was_read_can_be_read_on_and_tried_on() -> None:
    standing = replay(WORKED, STARTED)
    tried = standing.copy()
    tried.press(event(5, "skip", "10:20", "coffee"))
    with pytest.raises(Refused, match="is skipped"):
        tried.press(event(6, "retime", "10:30", "coffee", 5))
    assert [one.kind for one in standing.newest] == ["advance"]
    assert lay_out(tried.progress, clock("10:21")) == project(WORKED, [*STARTED, *tried.newest], clock("10:21"))


@pytest.mark.parametrize(
    ("press", "reason"),
    [
        (event(9, "extend", "10:50", "coffee", 5), "moved on already"),
        (event(9, "extend", "10:50", "discussion-a", -41), "no time at all"),
        (event(9, "extend", "10:50", "discussion-a"), "how many minutes"),
        (event(9, "retime", "10:50", "discussion-a", 5), "begun already"),
        (event(9, "retime", "10:50", "coffee", -1), "no time at all"),
        (event(9, "skip", "10:50", "discussion-a"), "begun already"),
        (event(9, "skip", "10:50", "tea"), "not in the plan"),
        (event(9, "unskip", "10:50", "coffee"), "not skipped"),
        (event(9, "move_anchor", "10:50", "coffee", to="12:45"), "stands in between"),
        (event(9, "move_anchor", "10:50", "coffee"), "Say a time"),
        (event(9, "release", "10:50"), "not on hold"),
        (event(9, "correct", "10:50", to="10:14"), "does not fit"),
        (event(9, "correct", "10:50", to="10:51"), "does not fit"),
        (event(9, "dance", "10:50"), "does not know"),
    ],
)
def test_an_event_the_day_does_not_allow_is_refused_and_counts_for_nothing(press: Event, reason: str) -> None:
    log = presses(WORKED, "10:15", "10:45")
    with pytest.raises(Refused, match=reason):
        check(WORKED, log, press)
    assert fold(WORKED, [*log, press]) == fold(WORKED, log)


def test_nothing_is_taken_back_or_held_before_the_day_and_a_day_is_never_all_skipped() -> None:
    skips = [event(seq, "skip", "09:00", slot) for seq, slot in enumerate(("talk", "panel"))]
    for log, press, reason in [
        ([], event(9, "undo", "09:01"), "nothing to take back"),
        ([], event(9, "hold", "09:01"), "Nothing is on"),
        ([], event(9, "correct", "09:01", to="09:00"), "Nothing has begun"),
        (skips, event(9, "skip", "09:01", "lunch"), "at least one"),
        (skips, event(9, "retime", "09:01", "talk", 5), "is skipped"),
    ]:
        with pytest.raises(Refused, match=reason):
            check(GAPPED, log, press)


def test_fixed_times_keep_their_order() -> None:
    with pytest.raises(Refused, match="stands in between"):
        check(NEWCASTLE, [], event(1, "move_anchor", "09:00", "lunch", to="15:30"))
