"""Whatever is pasted: a draft, never an error, and no line lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.importers import plain_text
from agenda.importers.draft import FATES, Choices, Draft
from agenda.importers.reader import read
from agenda.importers.source import Line, Page, Source

TIMES = [
    "9.30",
    "09:30",
    "0930",
    "9h15",
    "1115:",
    "9.00 – 9.30am",
    "12 noon",
    "4.00 – Close",
    "~12-ish",
    "6:30",
    "25:99",
]
WORDS = [
    *TIMES,
    "Lunch",
    "Welcome",
    "– Ann Lee",
    "Cllr Bob Brown,",
    "(20 minutes)",
    "what?",
    "Day 2",
    "Monday 3 June",
    "Now:",
]
MARKS = [
    "\t",
    " | ",
    "  ",
    "- ",
    "• ",
    "1. ",
    "**",
    "(",
    ")",
    ":",
    "\n",
    "\n\n",
    "\u2028",
    "\x00",
    "\ud800",
    "Room 2.15",
    "https://a.b/c",
]
AGENDAS = st.lists(st.sampled_from(WORDS + MARKS) | st.text(max_size=5), max_size=60).map(" ".join)
CHOSEN = st.builds(
    Choices,
    fates=st.dictionaries(st.integers(0, 30), st.sampled_from(FATES), max_size=5),
    answers=st.dictionaries(
        st.sampled_from(
            ["half-day", "start", *(f"{name}-{at}" for name in ("hole", "overlap", "day", "line") for at in range(9))]
        ),
        st.sampled_from(
            ["evening", "morning", "13:00", "note", "item", "break", "longer", "later", "shorten", "same", "x"]
        ),
        max_size=5,
    ),
)
TABLES = st.lists(st.lists(st.sampled_from(["", *WORDS, "Time", "Speaker", "Room"]), max_size=4), max_size=12)


@settings(max_examples=150, deadline=None)
@given(AGENDAS, CHOSEN)
def test_any_text_makes_a_draft_in_which_no_line_is_lost(text: str, choices: Choices) -> None:
    source = plain_text.read(f"{text}\nThe end")
    is_whole(source, read(source, choices), choices)


@settings(max_examples=80, deadline=None)
@given(TABLES, CHOSEN)
def test_any_table_makes_a_draft_in_which_no_line_is_lost(rows: list[list[str]], choices: Choices) -> None:
    filled = [row for row in rows if any(row)]
    lines = tuple(Line(number, " | ".join(row), tuple(row)) for number, row in enumerate(filled, start=1))
    source = Source((Page(lines, "Running order"),), are_pages_real=True)
    is_whole(source, read(source, choices), choices)


def is_whole(source: Source, draft: Draft, choices: Choices) -> None:
    assert draft == read(source, choices)
    assert [(line.number, line.text) for line in draft.lines] == [(line.number, line.text) for line in source.lines()]
    for line in draft.lines:
        assert line.why
        assert (line.item is None) or (line.fate == "item" and 0 <= line.item < len(draft.items))
    numbers = {line.number for line in draft.lines}
    for item in draft.items:
        assert item.title.strip()
        assert set(item.lines) <= numbers
        assert item.start is None or 0 <= item.start < 24 * 60
        assert item.returns_in is None or draft.items[item.returns_in].day == item.day
    assert len({ask.key for ask in draft.asks}) == len(draft.asks)
    assert all(len(ask.answers) > 1 and set(ask.lines) <= numbers for ask in draft.asks)
