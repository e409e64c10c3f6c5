"""The running order on days we can check by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agenda.timing import Event, Plan, Schedule, Slot, Stale, check_advance, fold, project


def clock(time: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-24T{time}:00").replace(tzinfo=UTC)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def starts_only(id: str, start: str | None, *, anchored: bool = False) -> Slot:
    return Slot(id, "talk", clock(start) if start else None, None, anchored)


NEWCASTLE = Plan(
    (
        starts_only("arrival", None),
        starts_only("welcome", "11:15"),
        starts_only("speaker", "12:00"),
        starts_only("lunch", "12:45", anchored=True),
        starts_only("rules", "13:30"),
        starts_only("first-discussion", "13:45"),
        starts_only("second-discussion", "14:15"),
        starts_only("feedback", "15:15"),
        starts_only("close", "15:30", anchored=True),
    )
)

WORKED = Plan(
    (
        Slot("first-speaker", "speaker", clock("10:15"), minutes(30)),
        Slot("discussion-a", "discussion", clock("10:45"), minutes(40), absorb="offer", floor=minutes(24)),
        Slot("coffee", "break", clock("11:25"), minutes(15), absorb="offer", floor=minutes(10)),
        Slot("second-speaker", "speaker", clock("11:40"), minutes(30)),
        Slot("discussion-b", "discussion", clock("12:10"), minutes(30), absorb="offer", floor=minutes(18)),
        Slot("buffer", "buffer", clock("12:40"), minutes(5), absorb="auto"),
        Slot("lunch", "lunch", clock("12:45"), minutes(45), anchored=True, absorb="offer", floor=minutes(35)),
        Slot("afternoon", "discussion", clock("13:30"), minutes(115)),
    )
)


def presses(plan: Plan, *times: str) -> list[Event]:
    """A log that starts the day and moves on, once at each time."""
    expected = [None, *(slot.id for slot in plan.slots)]
    return [Event(i, "advance", clock(time), expected[i]) for i, time in enumerate(times)]


def starts(schedule: Schedule) -> list[str]:
    return [f"{row.start:%H:%M}" if row.start else "-" for row in schedule.rows]


def test_before_the_day_every_slot_stands_as_planned() -> None:
    schedule = project(NEWCASTLE, [], clock("11:40"))
    assert (schedule.state, schedule.live, schedule.late) == ("before", None, minutes(0))
    assert schedule.next is not None
    assert (schedule.next.slot.id, schedule.next.start, schedule.next.end) == ("arrival", None, None)
    assert starts(schedule) == ["-", "11:15", "12:00", "12:45", "13:30", "13:45", "14:15", "15:15", "15:30"]
    assert schedule.finish == clock("15:30")


def test_a_first_slot_without_a_start_lasts_until_the_next_planned_start() -> None:
    schedule = project(NEWCASTLE, presses(NEWCASTLE, "10:30"), clock("10:40"))
    assert schedule.live is not None
    assert (schedule.live.start, schedule.live.due, schedule.live.late) == (clock("10:30"), clock("11:15"), minutes(0))
    assert starts(schedule) == ["10:30", "11:15", "12:00", "12:45", "13:30", "13:45", "14:15", "15:15", "15:30"]
    assert schedule.late == minutes(0)


def test_a_first_slot_started_after_the_next_planned_start_is_due_at_once() -> None:
    schedule = project(NEWCASTLE, presses(NEWCASTLE, "11:20"), clock("11:20"))
    assert schedule.live is not None
    assert schedule.live.due == clock("11:20")
    assert schedule.late == minutes(5)


def test_a_late_speaker_is_not_cut_and_delays_lunch() -> None:
    schedule = project(NEWCASTLE, presses(NEWCASTLE, "10:30", "11:15", "12:06"), clock("12:10"))
    assert schedule.live is not None
    assert (schedule.live.late, schedule.live.due, schedule.live.end) == (minutes(6), clock("12:51"), clock("12:51"))
    assert starts(schedule)[3:] == ["12:51", "13:36", "13:51", "14:21", "15:21", "15:36"]
    assert (schedule.late, schedule.finish, schedule.free_before) == (minutes(6), clock("15:36"), None)


def test_a_speaker_who_goes_over_moves_the_rest_minute_by_minute() -> None:
    schedule = project(NEWCASTLE, presses(NEWCASTLE, "10:30", "11:15", "12:00"), clock("12:48"))
    assert schedule.live is not None
    assert (schedule.live.due, schedule.live.end) == (clock("12:45"), clock("12:48"))
    assert schedule.late == minutes(3)


def test_an_early_finish_becomes_free_time_before_lunch_which_stays() -> None:
    schedule = project(NEWCASTLE, presses(NEWCASTLE, "10:30", "11:15", "11:54"), clock("12:00"))
    assert schedule.live is not None
    assert schedule.live.due == clock("12:39")
    assert schedule.free_before == ("lunch", minutes(6))
    assert starts(schedule)[3] == "12:45"
    assert schedule.late == minutes(0)


def test_an_unanchored_slot_is_projected_early_when_the_day_is_ahead() -> None:
    schedule = project(NEWCASTLE, presses(NEWCASTLE, "10:30", "11:05"), clock("11:06"))
    assert starts(schedule)[2] == "11:50"
    assert schedule.late == -minutes(10)
    assert schedule.free_before == ("lunch", minutes(10))


def test_lunch_can_be_started_early_by_a_press() -> None:
    schedule = project(NEWCASTLE, presses(NEWCASTLE, "10:30", "11:15", "11:54", "12:39"), clock("12:40"))
    assert schedule.live is not None
    assert (schedule.live.slot.id, schedule.live.late) == ("lunch", -minutes(6))


def test_the_worked_example_of_twelve_minutes_over() -> None:
    schedule = project(WORKED, presses(WORKED, "10:16"), clock("10:58"))
    assert schedule.live is not None
    assert schedule.live.due == clock("10:46")
    assert starts(schedule) == ["10:16", "10:58", "11:38", "11:53", "12:23", "12:53", "12:53", "13:38"]
    buffer, lunch = schedule.rows[5:7]
    assert buffer.start == buffer.end
    assert lunch.late == minutes(8)
    assert schedule.finish == clock("15:33")
    assert schedule.late == minutes(13)


def test_a_buffer_gives_only_what_the_anchor_needs() -> None:
    schedule = project(WORKED, presses(WORKED, "10:18"), clock("10:30"))
    buffer, lunch = schedule.rows[5:7]
    assert (buffer.start, buffer.end, lunch.late) == (clock("12:43"), clock("12:45"), minutes(0))


def test_a_buffer_keeps_its_floor() -> None:
    slots = tuple(replace(slot, floor=minutes(2)) if slot.id == "buffer" else slot for slot in WORKED.slots)
    lunch = project(Plan(slots), presses(WORKED, "10:16"), clock("10:58")).rows[6]
    assert lunch.late == minutes(10)


def test_a_buffer_without_an_anchor_after_it_does_not_shrink() -> None:
    plan = Plan(
        (
            Slot("talk", "speaker", clock("10:00"), minutes(30)),
            Slot("buffer", "buffer", clock("10:30"), minutes(5), absorb="auto"),
            Slot("close", "talk", clock("10:35"), minutes(5)),
        )
    )
    assert starts(project(plan, presses(plan, "10:03"), clock("10:03"))) == ["10:03", "10:33", "10:38"]


def test_the_earliest_buffer_shrinks_first() -> None:
    plan = Plan(
        (
            Slot("talk", "speaker", clock("10:00"), minutes(30)),
            Slot("buffer-1", "buffer", clock("10:30"), minutes(5), absorb="auto"),
            Slot("panel", "discussion", clock("10:35"), minutes(20)),
            Slot("buffer-2", "buffer", clock("10:55"), minutes(5), absorb="auto"),
            Slot("lunch", "lunch", clock("11:00"), minutes(45), anchored=True),
        )
    )
    assert starts(project(plan, presses(plan, "10:07"), clock("10:07"))) == [
        "10:07",
        "10:37",
        "10:37",
        "10:57",
        "11:00",
    ]


def test_a_buffer_is_not_cut_in_vain_when_a_length_does_not_fit_the_plan() -> None:
    plan = Plan(
        (
            Slot("talk", "speaker", clock("10:00"), minutes(10)),
            Slot("buffer-1", "buffer", clock("10:10"), minutes(10), absorb="auto"),
            Slot("panel", "discussion", clock("10:25"), minutes(16)),
            Slot("buffer-2", "buffer", clock("10:35"), minutes(10), absorb="auto"),
            Slot("lunch", "lunch", clock("10:45"), minutes(45), anchored=True),
        )
    )
    schedule = project(plan, presses(plan, "10:03"), clock("10:03"))
    assert starts(schedule) == ["10:03", "10:13", "10:19", "10:35", "10:45"]


GAPPED = Plan(
    (
        Slot("talk", "speaker", clock("10:00"), minutes(30)),
        Slot("panel", "discussion", clock("10:45"), minutes(30)),
        Slot("lunch", "lunch", clock("11:30"), minutes(45), anchored=True),
    )
)


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("10:00", ["10:00", "10:45", "11:30"]),
        ("10:10", ["10:10", "10:45", "11:30"]),
        ("10:20", ["10:20", "10:50", "11:30"]),
        ("10:35", ["10:35", "11:05", "11:35"]),
        ("09:50", ["09:50", "10:35", "11:30"]),
    ],
)
def test_a_planned_gap_is_kept_and_gives_way_to_lateness(started: str, expected: list[str]) -> None:
    assert starts(project(GAPPED, presses(GAPPED, started), clock(started))) == expected


def test_a_finished_day_keeps_its_real_times() -> None:
    log = presses(GAPPED, "10:00", "10:50", "11:30", "12:20")
    schedule = project(GAPPED, log, clock("18:00"))
    assert (schedule.state, schedule.live, schedule.next) == ("finished", None, None)
    assert [row.state for row in schedule.rows] == ["done"] * 3
    assert (schedule.finish, schedule.late) == (clock("12:20"), minutes(5))


def test_undo_takes_back_the_newest_press_and_then_the_one_before() -> None:
    log = presses(GAPPED, "10:00", "10:50", "11:30", "12:20")
    undo = [Event(10 + i, "undo", clock("12:21"), None) for i in range(5)]
    live = [fold(GAPPED, log + undo[:count]).live for count in range(6)]
    assert live == [None, "lunch", "panel", "talk", None, None]
    assert fold(GAPPED, log + undo[:1]).finished_at is None
    assert project(GAPPED, log + undo, clock("12:30")).state == "before"


def test_the_press_after_an_undo_counts() -> None:
    log = [
        *presses(GAPPED, "10:00", "10:20"),
        Event(2, "undo", clock("10:21"), None),
        Event(3, "advance", clock("10:32"), "talk"),
    ]
    assert fold(GAPPED, log).starts == (clock("10:00"), clock("10:32"))


def test_a_clock_that_steps_back_stands_still_instead() -> None:
    log = presses(GAPPED, "10:00", "09:58")
    schedule = project(GAPPED, log, clock("09:59"))
    assert fold(GAPPED, log).starts == (clock("10:00"), clock("10:00"))
    assert schedule.live is not None
    assert schedule.live.end == clock("10:30")


def test_a_stale_press_is_told_what_is_live() -> None:
    log = presses(GAPPED, "10:00", "10:30")
    check_advance(GAPPED, log, "panel")
    with pytest.raises(Stale) as stale:
        check_advance(GAPPED, log, "talk")
    assert stale.value.live == "panel"


def test_a_finished_day_is_not_started_again_by_a_stale_first_press() -> None:
    log = presses(GAPPED, "10:00", "10:30", "11:30", "12:15")
    for expect in (None, "lunch"):
        with pytest.raises(Stale) as stale:
            check_advance(GAPPED, log, expect)
        assert stale.value.live is None


TALK = Slot("talk", "speaker", clock("10:00"), minutes(30))


@pytest.mark.parametrize(
    ("slots", "reason"),
    [
        ((), "at least one slot"),
        ((TALK, replace(TALK, start=clock("10:30"))), "id of its own"),
        ((TALK, replace(TALK, id="panel", start=None)), "Only the first"),
        ((replace(TALK, start=datetime(2026, 11, 24, 10)),), "in UTC"),
        ((TALK, replace(TALK, id="panel")), "later than the one before"),
        ((replace(TALK, start=None, anchored=True),), "has a start"),
        ((replace(TALK, length=-minutes(1)),), "shorter than nothing"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(slots: tuple[Slot, ...], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Plan(slots)
