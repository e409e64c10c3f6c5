"""Times and lengths as people type them."""

import pytest

from agenda import typed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9.30", "09:30"),
        ("930", "09:30"),
        ("9:30", "09:30"),
        (" 09:30 ", "09:30"),
        ("9h30", "09:30"),
        ("9 30", "09:30"),
        ("9", "09:00"),
        ("9.30am", "09:30"),
        ("1.15 pm", "13:15"),
        ("1.15 P.M.", "13:15"),
        ("12am", "00:00"),
        ("12.05 pm", "12:05"),
        ("13.15pm", "13:15"),
        ("1530", "15:30"),
        ("noon", "12:00"),
        ("0:00", "00:00"),
        ("23:59", "23:59"),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(text: str, shown: str) -> None:
    assert typed.clock(text) == shown


@pytest.mark.parametrize(
    "text", ["", "24:70", "24:00", "25", "9:5", "9:300", "13am", "0.15 pm", "half nine", "9.3.0", "９:30", "٩:30", "-9"]
)
def test_what_is_no_time_of_day_is_not_guessed_at(text: str) -> None:
    assert typed.clock(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        (" 45 min ", 45),
        ("45 minutes", 45),
        ("0", 0),
        ("1h", 60),
        ("1h15", 75),
        ("1 h 15 min", 75),
        ("2 hours 5 minutes", 125),
        ("1:15", 75),
        ("1.5 hours", 90),
        ("-5", -5),
        ("−5", -5),
    ],
)
def test_a_length_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert typed.minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "abc", "45.5", "٣", "1e3", "a while", "1:75", "9" * 40])
def test_what_is_no_length_is_not_guessed_at(text: str) -> None:
    assert typed.minutes(text) is None
