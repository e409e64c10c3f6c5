"""Another order, another plan, an early end: the events that change what is to come, on days checked by hand."""

from dataclasses import replace

import pytest

from agenda.timing import Event, Plan, Refused, Slot, check, fold, newest, project

from .test_daylog import STARTED, event
from .test_timing import GAPPED, NEWCASTLE, WORKED, clock, minutes, presses, starts


def order(seq: int, at: str, *slots: str) -> Event:
    return Event(seq, "reorder", clock(at), None, order=slots)


def replan(seq: int, at: str, plan: Plan) -> Event:
    return Event(seq, "replan", clock(at), None, plan=plan)


def ids(plan: Plan, log: list[Event]) -> list[str]:
    return [row.slot.id for row in project(plan, log, clock("12:00")).rows]


COMING = [slot.id for slot in WORKED.slots[1:]]
SWAPPED = [COMING[1], COMING[0], *COMING[2:]]


def test_another_order_follows_on_and_nobody_is_late_by_it() -> None:
    schedule = project(WORKED, [*STARTED, order(5, "10:20", *SWAPPED)], clock("10:21"))
    assert [row.slot.id for row in schedule.rows[:4]] == ["first-speaker", "coffee", "discussion-a", "second-speaker"]
    assert starts(schedule) == ["10:15", "10:45", "11:00", "11:40", "12:10", "12:40", "12:45", "13:30"]
    assert [row.late for row in schedule.rows] == [minutes(0)] * 8


def test_a_fixed_time_keeps_its_clock_time_in_another_order() -> None:
    earlier = [*COMING[:3], "lunch", "discussion-b", "buffer", "afternoon"]
    schedule = project(WORKED, [*STARTED, order(5, "10:20", *earlier)], clock("10:21"))
    assert starts(schedule) == ["10:15", "10:45", "11:25", "11:40", "12:45", "13:30", "14:00", "14:05"]
    assert schedule.free_before == ("lunch", minutes(35))


def test_lateness_is_measured_in_the_order_that_stands() -> None:
    log = [*STARTED, order(5, "10:20", *SWAPPED), Event(6, "advance", clock("10:52"), "first-speaker")]
    schedule = project(WORKED, log, clock("10:53"))
    assert fold(WORKED, log).live == "coffee"
    assert schedule.late == minutes(7)


def test_a_gap_stays_between_old_neighbours_only() -> None:
    plan = Plan(
        tuple(
            Slot(id, "talk", clock(start), minutes(10))
            for id, start in (("one", "10:00"), ("two", "10:15"), ("three", "10:30"), ("four", "10:45"))
        )
    )
    log = presses(plan, "10:00")
    kept = project(plan, [*log, order(5, "10:01", "two", "three", "four")], clock("10:02"))
    assert starts(kept) == ["10:00", "10:15", "10:30", "10:45"]
    changed = project(plan, [*log, order(5, "10:01", "three", "four", "two")], clock("10:02"))
    assert starts(changed) == ["10:00", "10:15", "10:30", "10:40"]


def test_an_item_that_lasted_until_the_next_keeps_its_length_in_another_order() -> None:
    log = [*presses(NEWCASTLE, "10:30"), order(5, "10:40", "speaker", "welcome", *ids(NEWCASTLE, [])[3:])]
    assert starts(project(NEWCASTLE, log, clock("10:41")))[:4] == ["10:30", "11:15", "12:00", "12:45"]


def test_a_changed_length_and_a_skip_survive_another_order() -> None:
    log = [*STARTED, event(5, "retime", "10:20", "coffee", 5), event(6, "skip", "10:20", "buffer")]
    schedule = project(WORKED, [*log, order(7, "10:21", *SWAPPED)], clock("10:22"))
    rows = {row.slot.id: row for row in schedule.rows}
    assert (rows["coffee"].slot.length, rows["buffer"].state) == (minutes(5), "skipped")


def test_closing_early_ends_the_day_and_what_was_left_did_not_take_place() -> None:
    log = [*presses(GAPPED, "10:00"), Event(5, "close", clock("10:20"), "talk")]
    schedule = project(GAPPED, log, clock("12:00"))
    assert (schedule.state, schedule.finish) == ("finished", clock("10:20"))
    assert [row.state for row in schedule.rows] == ["done", "skipped", "skipped"]


def test_reopening_goes_on_where_the_day_ended() -> None:
    for end in (Event(5, "close", clock("10:20"), "talk"), Event(5, "advance", clock("10:20"), "talk")):
        log = [*presses(GAPPED, "10:00"), end]
        if end.kind == "advance":
            log += [Event(6, "advance", clock("11:00"), "panel"), Event(7, "advance", clock("12:00"), "lunch")]
        live = log[-1].expect
        assert fold(GAPPED, log).state == "finished"
        again = [*log, event(8, "reopen", "12:10")]
        assert fold(GAPPED, again).live == live
        assert project(GAPPED, again, clock("12:10")).live is not None


def test_a_day_that_ended_on_hold_is_on_hold_when_it_is_reopened() -> None:
    held = [*presses(GAPPED, "10:00"), event(5, "hold", "10:10")]
    for kind in ("close", "advance"):
        skipped = [event(6, "skip", "10:11", "panel"), event(7, "skip", "10:11", "lunch")]
        ended = [*held, *skipped, Event(8, kind, clock("10:20"), "talk")]
        assert project(GAPPED, ended, clock("10:21")).state == "finished"
        with pytest.raises(Refused, match="not on hold"):
            check(GAPPED, ended, event(9, "release", "10:21"))
        again = project(GAPPED, [*ended, event(9, "reopen", "10:30")], clock("10:30")).live
        assert again is not None
        assert (again.held_since, again.due) == (clock("10:10"), clock("10:50"))


def test_a_promise_may_be_earlier_than_a_fixed_time_that_has_begun() -> None:
    log = presses(NEWCASTLE, "10:30", "11:15", "11:30", "11:40")
    back = event(5, "move_anchor", "11:41", "rules", to="12:30")
    schedule = project(NEWCASTLE, [*log, back], clock("11:42"))
    assert schedule.live is not None
    assert (schedule.live.slot.id, starts(schedule)[4]) == ("lunch", "12:30")
    later_first = [slot.id for slot in NEWCASTLE.slots[4:]]
    later_first[1:3] = reversed(later_first[1:3])
    assert starts(project(NEWCASTLE, [*log, back, order(6, "11:43", *later_first)], clock("11:44")))[4] == "12:30"


def test_a_promise_makes_a_fixed_time_of_an_item_that_had_none() -> None:
    log = [
        *presses(NEWCASTLE, "10:30", "11:15", "12:00", "12:53"),
        event(5, "move_anchor", "12:54", "rules", to="13:40"),
    ]
    schedule = project(NEWCASTLE, log, clock("13:00"))
    assert schedule.next is not None
    assert (schedule.next.start, schedule.next.promised, schedule.late) == (clock("13:40"), True, minutes(0))
    late = project(NEWCASTLE, log, clock("13:50")).next
    assert late is not None
    assert (late.slot.start, late.start) == (clock("13:40"), clock("13:50"))


LONGER = Plan(
    (
        *WORKED.slots[:6],
        replace(WORKED.slots[6], start=clock("13:00")),
        Slot("walk", "break", clock("13:45"), minutes(30)),
        replace(WORKED.slots[7], start=clock("14:15")),
    ),
    version=2,
)


def test_a_new_plan_is_in_force_from_its_press_and_forgets_changes_to_what_is_to_come() -> None:
    log = [
        *STARTED,
        event(5, "retime", "10:20", "coffee", 5),
        event(6, "skip", "10:20", "buffer"),
        event(7, "move_anchor", "10:20", "lunch", to="12:50"),
        event(8, "extend", "10:20", "first-speaker", 5),
        replan(9, "10:30", LONGER),
    ]
    schedule = project(WORKED, log, clock("10:31"))
    assert fold(WORKED, log).plan.version == 2
    assert starts(schedule) == ["10:15", "10:50", "11:30", "11:45", "12:15", "12:45", "13:00", "13:45", "14:15"]
    undone = [*log, event(10, "undo", "10:32")]
    assert fold(WORKED, undone).plan.version == 0
    assert project(WORKED, undone, clock("10:33")) == project(WORKED, log[:-1], clock("10:33"))


def test_a_new_plan_with_other_words_only_keeps_what_was_changed() -> None:
    log = [*STARTED, event(5, "retime", "10:20", "coffee", 5), order(6, "10:21", *SWAPPED)]
    reworded = [*log, replan(7, "10:30", replace(WORKED, version=2))]
    assert starts(project(WORKED, reworded, clock("10:31"))) == starts(project(WORKED, log, clock("10:31")))
    assert fold(WORKED, reworded).plan.version == 2


def test_what_an_undo_would_take_back_can_be_asked() -> None:
    log = [*STARTED, event(5, "hold", "10:20")]
    assert [one.kind for one in newest(WORKED, log)] == ["hold"]
    chosen = [replace(event(seq, "skip", "10:21", slot), choice=6) for seq, slot in ((6, "coffee"), (7, "buffer"))]
    assert [one.seq for one in newest(WORKED, [*log, *chosen])] == [6, 7]
    assert newest(WORKED, []) == ()


@pytest.mark.parametrize(
    ("press", "reason"),
    [
        (order(9, "10:50", *COMING[1:-1]), "have changed"),
        (order(9, "10:50", *COMING), "have changed"),
        (order(9, "10:50", *COMING[1:-1], "tea"), "have changed"),
        (Event(9, "close", clock("10:50"), "coffee"), "moved on already"),
        (event(9, "reopen", "10:50"), "not over"),
        (event(9, "replan", "10:50"), "keeps its place"),
        (replan(9, "10:50", Plan(WORKED.slots[1:])), "keeps its place"),
    ],
)
def test_a_change_the_day_does_not_allow_is_refused_and_counts_for_nothing(press: Event, reason: str) -> None:
    log = presses(WORKED, "10:15", "10:45")
    with pytest.raises(Refused, match=reason):
        check(WORKED, log, press)
    assert fold(WORKED, [*log, press]) == fold(WORKED, log)


def test_fixed_times_are_never_put_out_of_order() -> None:
    plan = Plan((*WORKED.slots[:7], replace(WORKED.slots[7], anchored=True)))
    wrong = [*COMING[:5], "afternoon", "lunch"]
    with pytest.raises(Refused, match="after a later one"):
        check(plan, STARTED, order(9, "10:50", *wrong))


def test_the_first_item_of_a_day_that_begins_with_a_press_stays_first() -> None:
    ids = [slot.id for slot in NEWCASTLE.slots]
    with pytest.raises(Refused, match="first item begins"):
        check(NEWCASTLE, [], order(9, "09:00", ids[1], ids[0], *ids[2:]))


def test_a_plan_says_when_the_day_should_end() -> None:
    plan = replace(WORKED, day_end=clock("15:30"))
    assert project(plan, STARTED, clock("10:20")).day_end == clock("15:30")
    with pytest.raises(ValueError, match="UTC"):
        replace(WORKED, day_end=clock("15:30").replace(tzinfo=None))
