"""The times of a draft follow from what was typed, and what does not fit is said beside the line that causes it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.draft_times import lay_out
from agenda.drafting import Row

from .drafts import ZONE, draft, row, said, sentence, times


def test_an_item_without_a_time_starts_where_the_one_before_ends() -> None:
    layout = lay_out(draft(row("talk", "45"), row("coffee", "15"), row("lunch", "45", "12:45")), ZONE)
    assert times(layout) == ["09:30–10:15", "10:15–10:30", "12:45–13:30"]
    longer = lay_out(draft(row("talk", "1h"), row("coffee", "15"), row("lunch", "45", "12.45")), ZONE)
    assert times(longer) == ["09:30–10:30", "10:30–10:45", "12:45–13:30"]
    assert longer.start is not None
    assert longer.finish is not None
    assert longer.finish - longer.start == timedelta(hours=4)


def test_without_minutes_an_item_lasts_until_the_next_clock_time() -> None:
    layout = lay_out(draft(row("talk", ""), row("lunch", "", "12:45")), ZONE)
    assert times(layout) == ["09:30–12:45", "12:45–12:45"]
    assert [slot["minutes"] for slot in layout.document()["slots"]] == [195, 0]


def test_the_first_item_may_begin_when_the_day_is_started() -> None:
    layout = lay_out(draft(row("intros", ""), row("talk", "30", "11:15"), starts=""), ZONE)
    assert layout.notes == ()
    assert times(layout) == ["–", "11:15–11:45"]
    intros = layout.document()["slots"][0]
    assert (intros["start"], "minutes" in intros, "floor" in intros) == ("now", False, False)


def test_nothing_follows_on_from_an_item_that_begins_at_a_press() -> None:
    assert said(row("intros", ""), row("talk"), row("lunch"), starts="") == [
        ("talk", "at", "Give this a time, or say above when the day starts: until then nothing can follow on.")
    ]
    assert said(row("intros", "45"), row("talk", at="11:15"), starts="") == [
        (
            "intros",
            "minutes",
            "Its minutes do not count: it begins when the day is started, and lasts until the next item.",
        )
    ]
    assert said(row("intros", "", fixed=True), starts="") == [
        ("intros", "fixed", "There is no time to keep yet. Give it one, or untick “Keep this time”.")
    ]


def test_a_length_that_others_depend_on_is_asked_for_once() -> None:
    layout = lay_out(draft(row("talk", ""), row("coffee", "15"), row("lunch", at="12:45")), ZONE)
    assert times(layout) == ["09:30–", "–", "12:45–13:15"]
    assert [(note.row, note.field, sentence(note)) for note in layout.notes] == [
        ("talk", "minutes", "Say how many minutes it takes: what follows depends on it.")
    ]


def test_a_time_that_cannot_be_read_leaves_the_others_standing() -> None:
    layout = lay_out(draft(row("talk"), row("coffee", "15", "24:70"), row("more"), row("lunch", at="12:45")), ZONE)
    assert times(layout) == ["09:30–10:00", "–10:15", "10:15–10:45", "12:45–13:15"]
    assert [(note.row, note.field, note.serious) for note in layout.notes] == [
        ("coffee", "at", True),
        ("lunch", "at", False),
    ]


def spans(*rows: Row, **more: str) -> list[tuple[str, str, timedelta]]:
    """The notes that are no obstacle: row, what is said, and the length of time in it."""
    layout = lay_out(draft(*rows, **more), ZONE)
    assert layout.is_sound
    return [(note.row, note.message, note.params["span"]) for note in layout.notes]  # type: ignore[misc]


def test_a_hole_is_said_at_the_line_after_it() -> None:
    assert spans(row("talk"), row("lunch", at="10:20")) == [
        ("lunch", "%(span)s free before this.", timedelta(minutes=20))
    ]


def test_an_overlap_is_said_at_the_line_that_starts_too_early() -> None:
    assert spans(row("coffee"), row("lunch", at="9.50")) == [
        ("lunch", "Starts %(span)s before “%(before)s” ends.", timedelta(minutes=10))
    ]


def test_the_first_line_past_the_end_of_the_day_is_named() -> None:
    assert spans(row("talk"), row("lunch", "45"), row("close"), ends="10.30") == [
        ("lunch", "Ends %(span)s after %(time)s, when the day should end.", timedelta(minutes=15))
    ]
    assert spans(row("talk"), row("lunch", "45"), ends="10:45") == []


def test_what_stands_after_the_close_is_said() -> None:
    assert said(row("close", kind="close"), row("tea", title="")) == [
        ("tea", "title", "Give it a title, so that people know what it is."),
        ("tea", "title", "Stands after “Close”."),
    ]


def test_two_items_at_one_time_cannot_be() -> None:
    assert said(row("talk", "0"), row("lunch")) == [
        ("lunch", "at", "Starts at the same time as “Talk”. Give one of them another time.")
    ]
    assert said(row("talk", at="10:00"), row("lunch", at="10.00"), starts="")[0][:2] == ("lunch", "at")


def test_an_order_that_contradicts_the_clock_is_said_with_the_way_out() -> None:
    assert said(row("lunch", "45", "12:45"), row("talk", at="11:00"), starts="") == [
        (
            "talk",
            "at",
            "Starts at 11:00, before “Lunch” above it (12:45). "
            "Move it up, change its time, or shorten what is above it.",
        )
    ]


def test_an_afternoon_written_as_people_say_it_is_asked_about() -> None:
    assert said(row("lunch", "30", "12:45"), row("talk", at="1.15"), starts="") == [
        ("talk", "at", "01:15 is before “Lunch” above it (12:45). For the afternoon, write 13:15.")
    ]


def test_the_first_item_and_the_start_of_the_day_are_compared() -> None:
    assert said(row("talk", at="09:45")) == [("talk", "at", "The day starts at 09:30, and its first item at 09:45.")]
    assert said(row("talk", at="09:30")) == []


def test_a_start_after_midnight_cannot_be_said() -> None:
    late = [row("talk", "60"), row("lunch", "60"), row("tea", "60"), row("close")]
    found = said(*late, starts="22:30")
    assert [(key, field) for key, field, _ in found] == [("tea", "at")]
    assert found[0][2].startswith("Would start after midnight.")
    assert said(row("talk", "90"), starts="22:30") == [], "a day may end at midnight"


@pytest.mark.parametrize(
    ("date", "at", "sentence"),
    [
        ("2027-03-28", "01:30", "The clocks change that day, and no clock shows 01:30. Give it another time."),
        ("2027-10-31", "01:30", "The clocks change that day, and every clock shows 01:30 twice. Give it another time."),
    ],
)
def test_a_time_that_does_not_exist_or_comes_twice_is_refused(date: str, at: str, sentence: str) -> None:
    assert said(row("talk", at=at), date=date, starts="") == [("talk", "at", sentence)]
    assert said(row("talk"), date=date, starts=at) == [("", "starts", sentence)]
    assert said(row("talk"), date=date, starts="00:30", ends=at) == [("", "ends", sentence)]


def test_what_follows_on_into_the_hour_that_comes_twice_is_refused_too() -> None:
    assert said(row("talk", "60"), row("tea"), date="2027-10-31", starts="00:15") == [
        ("tea", "at", "The clocks change that day, and every clock shows 01:15 twice. Give it another time.")
    ]


def test_the_clocks_going_forward_lengthen_nothing() -> None:
    layout = lay_out(draft(row("talk", "60"), row("tea"), date="2027-03-28", starts="00:30"), ZONE)
    assert times(layout) == ["00:30–02:30", "02:30–03:00"]
    assert layout.is_sound


def test_more_typing_than_there_is_time_for_is_said() -> None:
    asked = {"talk": timedelta(minutes=31), "tea": timedelta(minutes=30)}
    layout = lay_out(draft(row("talk"), row("tea")), ZONE, asked)
    assert [(note.row, note.field, note.serious) for note in layout.notes] == [("talk", "minutes", False)]
    assert lay_out(draft(row("talk", "0")), ZONE, asked).notes == (), "the close, with the feedback form"
    assert layout.notes[0].params == {"typing": timedelta(minutes=31), "length": timedelta(minutes=30)}


def test_notes_stand_in_the_order_of_the_page_serious_ones_first() -> None:
    found = lay_out(draft(row("talk", title=""), row("tea", at="10:20", title=""), ends="x"), ZONE).notes
    assert [(note.row, note.field, note.serious) for note in found] == [
        ("", "ends", True),
        ("talk", "title", True),
        ("tea", "title", True),
        ("tea", "at", False),
    ]


# --- Whatever anybody types

TEXTS = st.text(max_size=6) | st.sampled_from(["", "09:30", "9.30", "24:70", "1.15 pm", "45", "1h 15", "-5", "1500"])
ROWS = st.lists(
    st.builds(
        Row,
        key=st.uuids().map(str),
        kind=st.sampled_from(["speaker", "lunch", "close"]),
        title=TEXTS,
        at=TEXTS,
        fixed=st.booleans(),
        minutes=TEXTS,
        floor=TEXTS,
    ),
    max_size=6,
)


@given(ROWS, TEXTS, TEXTS, st.sampled_from(["2027-02-26", "2027-03-28", "2027-10-31", "", "soon", "2200-12-31"]))
def test_whatever_is_typed_is_worked_out_without_a_fault(rows: list[Row], starts: str, ends: str, date: str) -> None:
    layout = lay_out(draft(*rows, starts=starts, ends=ends, date=date), ZONE)
    assert [line.row for line in layout.lines] == rows
    assert all(sentence(replace(note, params=dict(note.params))) for note in layout.notes)
    starts_known = [line.start for line in layout.lines if line.start]
    if layout.is_sound:
        assert starts_known == sorted(set(starts_known))
        assert [line.at_press for line in layout.lines if line.start is None] in ([], [True])
        assert all(line.minutes is not None for line in layout.lines[1:])
        layout.document()
