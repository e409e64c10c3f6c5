"""A press as the value of a button: what is written is read again, and nothing else is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sessions.press_text import event, read, write

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "events",
    [
        [event("hold")],
        [event("extend", "talk", -5)],
        [event("retime", "a", 36), event("retime", "coffee", 14), event("skip", "b")],
        [event("move_anchor", "lunch", to=NOON)],
        [event("correct", to=NOON)],
        [replace(event("close"), expect="talk")],
        [replace(event("reorder"), order=("b", "a", "c"))],
    ],
)
@pytest.mark.parametrize("seen", [None, 0, 17])
def test_what_is_written_is_read_again(events: list, seen: int | None) -> None:
    assert read(write(events, seen)) == (seen, events)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "-",
            "17",
            ";hold",
            "x;hold",
            "٣;hold",
            "-;dance",
            "-;advance talk",
            "-;undo",
            "-;replan 2",
            "-;hold talk",
        ),
        *("-;extend talk", "-;extend talk 5 6", "-;extend talk five", "-;extend talk 99999", "-;extend talk --5"),
        *("-;reorder", "-;correct 999999999999", "-" + ";hold" * 251),
    ],
)
def test_nothing_else_is_a_press(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text)
