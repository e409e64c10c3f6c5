"""What is said about the words and numbers of a draft: a sentence beside the field."""

import pytest

from agenda.draft_times import lay_out
from agenda.drafting import Person

from .drafts import ZONE, draft, row, said


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": "  "}, "title", "Give it a title, so that people know what it is."),
        ({"title": "x" * 121}, "title", "This is 121 characters long. 120 is the most."),
        ({"detail": "x" * 100_000}, "detail", "This is 100000 characters long. 4000 is the most."),
        ({"notes": "a�b"}, "notes", "There is a character here that is no letter, shown as �. Take it out."),
        ({"at": "24:70"}, "at", "“24:70” is no time of day. Write it like 09:30, or leave it empty to follow on."),
        ({"minutes": "abc"}, "minutes", "“abc” is no number of minutes. Write it like 45, or 1 h 15."),
        ({"minutes": "-5"}, "minutes", "Nothing is shorter than no time at all. Write 0 minutes or more."),
        ({"minutes": "1501"}, "minutes", "This is longer than a day. 1500 minutes is the most."),
        ({"floor": "soon"}, "floor", "“soon” is no number of minutes. Write it like 45, or 1 h 15."),
        ({"floor": "31"}, "floor", "It cannot be cut to 31 minutes: it is only 30 minutes long."),
        ({"speakers": (Person(role="Leader"),)}, "speaker-0", "Give this speaker a name, or empty the line."),
        (
            {"speakers": (Person("Ann"), Person("x" * 121))},
            "speaker-1",
            "This is 121 characters long. 120 is the most.",
        ),
        ({"speakers": (Person("Ann"),) * 51}, "speakers", "An item has at most 50 speakers."),
    ],
)
def test_what_is_wrong_in_a_line_is_said_beside_it(changes: dict[str, str], field: str, sentence: str) -> None:
    layout = lay_out(draft(row("talk", **changes)), ZONE)
    assert said(row("talk", **changes)) == [("talk", field, sentence)]
    assert not layout.is_sound


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": ""}, "title", "Give the day a title."),
        ({"date": ""}, "date", "Give the day a date, like 2027-02-26."),
        ({"date": "2027-02-30"}, "date", "Give the day a date, like 2027-02-26."),
        ({"date": "1066-10-14"}, "date", "Give the day a date, like 2027-02-26."),
        ({"place": "x" * 121}, "place", "This is 121 characters long. 120 is the most."),
        ({"starts": "early"}, "starts", "“early” is no time of day. Write it like 15:30, or leave it empty."),
        ({"ends": "24:70"}, "ends", "“24:70” is no time of day. Write it like 15:30, or leave it empty."),
    ],
)
def test_what_is_wrong_with_the_day_is_said_beside_it(changes: dict[str, str], field: str, sentence: str) -> None:
    assert said(row("talk"), **changes) == [("", field, sentence)]


def test_a_day_has_one_to_two_hundred_items() -> None:
    assert said() == [("", "rows", "A day has at least one item. Add the first.")]
    full = [row(f"talk-{number}", "1") for number in range(201)]
    assert said(*full[:200]) == []
    assert said(*full) == [("", "rows", "A day has at most 200 items. This one has 201: take some out.")]


def test_what_was_typed_is_quoted_shortly() -> None:
    [(_key, _field, sentence)] = said(row("talk", "ten\n" * 9))
    assert sentence.startswith("“ten ten ten ten ten…” is no number")
