"""What holds of every log and every kind of press, and proof that each claim notices broken verbs."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from agenda.timing import Event

from .broken_copies import WHOLE, Break, Claim, Timing, assert_noticed, claims, name
from .random_days import Day, days, in_order


def after(timing: Timing, day: Day, *presses: Event) -> Any:
    """What has happened with these presses after the log, but for when they were heard."""
    return timing.fold(day.plan, [*day.log, *presses])._replace(heard=None)


def counts(timing: Timing, day: Day, *presses: Event) -> bool:
    """Whether the last of these presses counts."""
    try:
        timing.check(day.plan, [*day.log, *presses[:-1]], presses[-1])
    except timing.Refused:
        return False
    return True


def redelivery_is_harmless(timing: Timing, day: Day) -> None:
    again = [*day.log, *day.chance.choices(day.log, k=5)] if day.log else []
    assert timing.project(day.plan, again, day.now) == timing.project(day.plan, day.log, day.now)


def reading_on_from_any_event_is_reading_it_all(timing: Timing, day: Day) -> None:
    cut = day.chance.randint(0, len(day.log))
    standing = timing.replay(day.plan, day.log[:cut])
    read_on = standing.copy()
    for event in day.log[cut:]:
        try:
            read_on.press(event)
        except timing.Refused:
            continue
    assert read_on == timing.replay(day.plan, day.log)
    assert standing == timing.replay(day.plan, day.log[:cut])
    assert timing.lay_out(read_on.progress, day.now) == timing.project(day.plan, day.log, day.now)


def what_is_refused_changes_nothing(timing: Timing, day: Day) -> None:
    for press in day.presses():
        if not counts(timing, day, press):
            assert timing.fold(day.plan, [*day.log, press]) == timing.fold(day.plan, day.log)


def undo_takes_back_a_press_of_any_kind(timing: Timing, day: Day) -> None:
    undo = day.press("undo", after=2)
    for press in day.presses("undo"):
        if counts(timing, day, press):
            undone = timing.project(day.plan, [*day.log, press, undo], day.now)
            assert undone == timing.project(day.plan, day.log, day.now)


def undo_takes_back_what_was_chosen_together(timing: Timing, day: Day) -> None:
    first = len(day.log) + 1
    presses = [replace(press, seq=first + i, choice=first) for i, press in enumerate(day.presses("undo", "unheard-of"))]
    if after(timing, day, *presses) != after(timing, day):
        assert after(timing, day, *presses, day.press("undo", after=len(presses) + 1)) == after(timing, day)


def undo_goes_back_to_before_the_newest(timing: Timing, day: Day) -> None:
    taken = timing.newest(day.plan, day.log)
    assert bool(taken) == counts(timing, day, day.press("undo"))
    if taken:
        before = [event for event in day.log if event.seq < taken[0].seq]
        assert after(timing, day, day.press("undo")) == timing.fold(day.plan, before)._replace(heard=None)


def undoing_everything_leads_back_to_the_plan(timing: Timing, day: Day) -> None:
    undo = [day.press("undo", after=i) for i in range(1, len(day.log) + 1)]
    assert after(timing, day, *undo) == timing.fold(day.plan, [])


def two_identical_presses_are_one_step(timing: Timing, day: Day) -> None:
    """More minutes and undo are meant each time: a number of its own makes each of those count once."""
    for press in day.presses("extend", "undo"):
        assert after(timing, day, press, replace(press, seq=press.seq + 1)) == after(timing, day, press)


def a_stale_press_changes_nothing(timing: Timing, day: Day) -> None:
    was = after(timing, day)
    for kind, fits in (("advance", was.state != "finished"), ("close", was.state == "running")):
        for expect in {None, *(slot.id for slot in was.slots)} - ({was.live} if fits else set()):
            assert after(timing, day, day.press(kind, expect)) == was


def another_order_keeps_every_slot_and_what_has_begun(timing: Timing, day: Day) -> None:
    was = after(timing, day)
    for press in day.tries("reorder", "reorder"):
        if counts(timing, day, press):
            now = after(timing, day, press)
            assert [slot.id for slot in now.begun] == [slot.id for slot in was.begun]
            assert [slot.id for slot in now.coming] == list(press.order)
            assert sorted(slot.id for slot in now.slots) == sorted(slot.id for slot in was.slots)


def another_order_keeps_fixed_times_lengths_and_lateness(timing: Timing, day: Day) -> None:
    was = {row.slot.id: row for row in timing.project(day.plan, day.log, day.now).rows}
    for press in day.tries("reorder", "reorder"):
        rows = timing.project(day.plan, [*day.log, press], day.now).rows
        for row in rows:
            old = was[row.slot.id]
            assert row.slot.anchored == old.slot.anchored
            assert row.promised == old.promised
            assert row.slot.start == old.slot.start or not row.slot.anchored
            assert old.slot.length in (None, row.slot.length)
            if row.state in ("done", "live"):
                assert (row.start, row.end, row.due, row.late) == (old.start, old.end, old.due, old.late)


def fixed_times_to_come_are_in_order_after_any_change_to_them(timing: Timing, day: Day) -> None:
    for press in day.tries("reorder", "reorder", "move_anchor", "move_anchor"):
        if counts(timing, day, press):
            schedule = timing.project(day.plan, [*day.log, press], day.now)
            rows = [row for row in schedule.rows if row.state == "pending" and row.slot.anchored]
            assert in_order([row.slot.start for row in rows])


def a_promise_is_a_fixed_time_from_then_on(timing: Timing, day: Day) -> None:
    for press in day.tries("move_anchor", "move_anchor"):
        if counts(timing, day, press):
            rows = timing.project(day.plan, [*day.log, press], day.now).rows
            row = next(row for row in rows if row.slot.id == press.slot)
            assert (row.slot.start, row.slot.anchored, row.promised) == (press.to, True, True)
            assert row.start >= press.to


def a_new_plan_keeps_what_has_begun(timing: Timing, day: Day) -> None:
    was = timing.project(day.plan, day.log, day.now)
    for press in day.tries("replan", "replan"):
        if counts(timing, day, press):
            now = timing.project(day.plan, [*day.log, press], day.now)
            assert after(timing, day, press).plan == press.plan
            begun = [(row.slot.id, row.start) for row in was.rows if row.state in ("done", "live")]
            assert [(row.slot.id, row.start) for row in now.rows if row.state in ("done", "live")] == begun
            assert now.state == was.state


def a_new_plan_forgets_changes_to_what_is_to_come(timing: Timing, day: Day) -> None:
    """Unless only its words are new."""
    in_force = after(timing, day).plan
    for press in day.tries("replan", "replan"):
        if counts(timing, day, press) and press.plan.slots != in_force.slots:
            now = after(timing, day, press)
            coming = {slot.id for slot in now.coming}
            assert now.slots == press.plan.slots
            assert not coming & {*now.lengths, *now.anchors, *now.skipped}


def the_clock_on_hold_moves_what_is_due_by_as_long_as_it_stood(timing: Timing, day: Day) -> None:
    was = timing.project(day.plan, day.log, day.now).live
    held = [*day.log, day.press("hold")]
    if was and counts(timing, day, day.press("hold")):
        later = day.now + day.span
        assert timing.project(day.plan, held, later).live.due == was.due + day.span
        released = [*held, replace(day.press("release", after=2), at=later)]
        assert timing.project(day.plan, released, later + day.span).live.due == was.due + day.span


def closing_and_reopening_changes_nothing(timing: Timing, day: Day) -> None:
    live = timing.fold(day.plan, day.log).live
    for kind in ("close", "advance"):
        ended = day.press(kind, live)
        if live and timing.fold(day.plan, [*day.log, ended]).state == "finished":
            assert after(timing, day, ended, day.press("reopen", after=2)) == after(timing, day)


BREAKS: list[Break] = [
    (redelivery_is_harmless, "{event.seq: event for event in log}", "dict(enumerate(log))"),
    (reading_on_from_any_event_is_reading_it_all, "Standing([*self.steps], self.heard)", "self"),
    (reading_on_from_any_event_is_reading_it_all, "Standing([*self.steps], self.heard)", "Standing([*self.steps])"),
    (
        what_is_refused_changes_nothing,
        "        at = not_before(self.heard,",
        "        at = self.heard = not_before(self.heard,",
    ),
    (undo_takes_back_a_press_of_any_kind, "del self.steps[len(self.steps) - self._together() :]", "del self.steps[1:]"),
    (undo_takes_back_a_press_of_any_kind, "        count = 1\n", "        count = 0\n"),
    (undo_takes_back_what_was_chosen_together, "if not before.choice == last.choice <= before.seq:", "if True:"),
    (undo_goes_back_to_before_the_newest, "kept = len(self.steps) - self._together()", "kept = len(self.steps) - 1"),
    (undoing_everything_leads_back_to_the_plan, "if self.steps[-1][1] is None:", "if len(self.steps) < 3:"),
    (
        two_identical_presses_are_one_step,
        "progress.finished_at is None and progress.live == expect",
        "not progress.finished_at",
    ),
    (two_identical_presses_are_one_step, "else time\n", "else time + timedelta(minutes=len(order))\n"),
    (
        a_stale_press_changes_nothing,
        "if progress.live is None or not is_expected(progress, event.expect):",
        "if False:",
    ),
    (
        a_stale_press_changes_nothing,
        "progress.finished_at is None and progress.live == expect",
        "progress.live == expect",
    ),
    (another_order_keeps_every_slot_and_what_has_begun, "sorted(event.order) != sorted(coming)", "not event.order"),
    (another_order_keeps_every_slot_and_what_has_begun, "slots=(*begun, *_", "slots=(*begun[1:], *begun[:1], *_"),
    (
        another_order_keeps_fixed_times_lengths_and_lateness,
        "slot.start if slot.anchored and slot.start is not None else time",
        "time",
    ),
    (
        another_order_keeps_fixed_times_lengths_and_lateness,
        "else slot\n        for i",
        "else replace(slot, length=ZERO)\n        for i",
    ),
    (fixed_times_to_come_are_in_order_after_any_change_to_them, "not _fixed_in_order(moved, moved.coming)", "False"),
    (
        fixed_times_to_come_are_in_order_after_any_change_to_them,
        "not _fixed_in_order(progress, [coming[id] for id in event.order])",
        "False",
    ),
    (
        a_promise_is_a_fixed_time_from_then_on,
        "start=self.anchors[slot.id], anchored=True",
        "start=self.anchors[slot.id]",
    ),
    (a_promise_is_a_fixed_time_from_then_on, "promised=row.slot.id in progress.anchors", "promised=False"),
    (a_new_plan_keeps_what_has_begun, "event.plan.slots[: len(begun)]] != begun", "event.plan.slots] == begun"),
    (a_new_plan_keeps_what_has_begun, "        plan=event.plan,\n", ""),
    (
        a_new_plan_forgets_changes_to_what_is_to_come,
        "for id, length in progress.lengths.items() if id in begun",
        "for id, length in progress.lengths.items()",
    ),
    (
        a_new_plan_forgets_changes_to_what_is_to_come,
        "for id, time in progress.anchors.items() if id in begun",
        "for id, time in progress.anchors.items()",
    ),
    (a_new_plan_forgets_changes_to_what_is_to_come, "progress.skipped & set(begun)", "progress.skipped"),
    (
        the_clock_on_hold_moves_what_is_due_by_as_long_as_it_stood,
        "now - progress.held_since if progress.held_since else ZERO",
        "ZERO",
    ),
    (
        the_clock_on_hold_moves_what_is_due_by_as_long_as_it_stood,
        "held=progress.held + at - progress.held_since",
        "held=at - progress.held_since",
    ),
    (
        closing_and_reopening_changes_nothing,
        "Stale(progress.live)\n    return progress._replace(finished_at=at)",
        "Stale(progress.live)\n    return progress._replace(finished_at=at, held_since=None)",
    ),
    (
        closing_and_reopening_changes_nothing,
        "progress._replace(finished_at=None)",
        "progress._replace(finished_at=None, extended=ZERO)",
    ),
]


@pytest.mark.parametrize("claim", claims(BREAKS), ids=name)
@given(day=days())
def test_on_random_days(claim: Claim, day: Day) -> None:
    claim(WHOLE, day)


@pytest.mark.parametrize(("claim", "old", "new"), BREAKS, ids=name)
def test_broken_verbs_are_noticed(claim: Claim, old: str, new: str) -> None:
    assert_noticed(claim, old, new, days())
