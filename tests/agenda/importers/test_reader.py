"""Agendas as people write them, and what the reader makes of them. A case is a text, a line of =, and its items."""

import json
from pathlib import Path

import pytest

from agenda.importers import plain_text
from agenda.importers.asking import clock
from agenda.importers.draft import Choices, Draft, Item
from agenda.importers.marks import folded
from agenda.importers.opening import open_source
from agenda.importers.reader import read

from .made_files import newcastle_docx, newcastle_pptx, newcastle_xlsx

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
SHARED = Path(__file__).resolve().parents[4] / "shared"
NEWCASTLE = [
    "--:-- Intros and Discussion",
    "11:15 How digital is helping councils",
    "12:00 Deriving benefits from data",
    "12:45 Lunch",
    "13:30 Reflections",
    "13:45 Culture, Mindset and Choices",
    "14:15 Councillors creating the conditions",
    "15:15 Summary",
    "15:30 Close",
]


def drafted(text: str, **answers: str) -> Draft:
    return read(
        plain_text.read(text), Choices(answers={key.replace("_", "-"): answer for key, answer in answers.items()})
    )


def told(item: Item) -> str:
    return f"{'--:--' if item.start is None else clock(item.start)} {item.title}"


def items(draft: Draft) -> list[str]:
    return [told(item) for item in draft.items]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_an_agenda_is_read_as_a_person_would(case: Path) -> None:
    text, _, wanted = case.read_text("utf-8").partition("\n=====\n")
    draft = drafted(text)
    assert items(draft) == wanted.splitlines()
    assert [line.text.strip(" \t>") for line in draft.lines] == [
        line.strip(" \t>") for line in text.splitlines() if line.strip()
    ]
    assert all(line.why and line.fate in {"item", "note", "ignored"} for line in draft.lines)


@pytest.mark.skipif(not (SHARED / "agendas").is_dir(), reason="the shared agendas are not here")
def test_the_shared_agendas_are_read_nearly_without_a_fault() -> None:
    required = found = invented = read_items = 0
    for path in sorted((SHARED / "agendas").glob("*.json")):
        wanted = json.loads(path.read_text("utf-8"))["items"]
        draft = drafted(path.with_suffix(".txt").read_text("utf-8"))
        left = list(draft.items)
        for one in wanted:
            match = next((item for item in left if is_same(item, one)), None)
            left = [item for item in left if item is not match]
            is_required = not any(one.get(key) for key in ("optional", "hard", "ambiguous"))
            required, found = required + is_required, found + (is_required and match is not None)
        invented, read_items = invented + len(left), read_items + len(draft.items)
        if any(one.get(key) for one in wanted for key in ("optional", "hard", "ambiguous")):
            assert draft.asks, path.name
    assert found >= 0.95 * required, (found, required)
    assert invented <= 0.02 * read_items, (invented, read_items)


def is_same(item: Item, wanted: dict[str, str]) -> bool:
    """The same start, and one title begins with the other."""
    start = None if item.start is None else clock(item.start)
    titles = [folded(wanted["title"]), folded(wanted.get("title_alt", wanted["title"]))]
    own = folded(item.title)
    return start == wanted["start"] and any(own.startswith(one) or one.startswith(own) for one in titles)


NEWCASTLE_FILES = {"deck.pptx": newcastle_pptx, "day.docx": newcastle_docx, "day.xlsx": newcastle_xlsx}


@pytest.mark.parametrize("name", NEWCASTLE_FILES)
def test_the_newcastle_day_is_read_from_any_kind_of_file(name: str) -> None:
    is_newcastle(read(open_source(name, NEWCASTLE_FILES[name]())))


@pytest.mark.skipif(not (SHARED / "seed").is_dir(), reason="the shared deck is not here")
def test_the_newcastle_day_is_read_from_the_text_of_its_deck() -> None:
    draft = drafted((SHARED / "seed" / "newcastle-masterclass-deck.txt").read_text("utf-8"))
    is_newcastle(draft)
    assert [item.byline for item in draft.items if item.byline] == [
        "Newcastle guest speakers",
        "Sunderland guest speakers",
        "Durham guest speaker",
    ]


def is_newcastle(draft: Draft) -> None:
    """The sample day, as far as its slides tell it, and nothing to be asked."""
    assert items(draft) == NEWCASTLE
    assert (draft.title, draft.date, draft.place) == ("Data and Digital Masterclass", "2020-02-07", "Newcastle")
    kinds = ["intros", "speaker", "speaker", "lunch", "reflection", "speaker", "speaker", "summary", "close"]
    assert [item.kind for item in draft.items] == kinds
    assert [len(item.prompts) for item in draft.items] == [0, 2, 2, 3, 0, 3, 3, 4, 0]
    assert draft.items[3].returns_in == 4
    people = [[one.name for one in item.speakers] for item in draft.items]
    digital, data = ["Cllr Joyce McCarty", "Jenny Nelson"], ["Cllr Michael Mordey", "Fiona Brown"]
    assert people == [[], digital, data, [], [], ["Jonathan Flowers"], ["Cllr Joy Allen"], [], []]
    assert [len(draft.purpose), len(draft.housekeeping), len(draft.ground_rules), len(draft.links)] == [2, 3, 4, 4]
    assert draft.asks == ()


def test_an_evening_without_markers_is_asked_about_and_answered() -> None:
    text = "6:30 - 6:35 Introductions\n6:35 - 7:15 A talk\n7:15 - 8:10 Groups"
    draft = drafted(text)
    assert [(ask.key, [answer.key for answer in ask.answers]) for ask in draft.asks] == [
        ("half-day", ["evening", "morning"])
    ]
    assert items(draft)[0] == "18:30 Introductions"
    answered = drafted(text, half_day="morning")
    assert items(answered) == ["06:30 Introductions", "06:35 A talk", "07:15 Groups"]
    assert [ask.key for ask in answered.asks] == ["half-day"]


def test_a_marker_that_contradicts_the_day_is_asked_about_and_can_stay_as_written() -> None:
    text = "11:00 a.m. - 12:15 p.m. Opening\n12:30 p.m. - 1:15 p.m. Lunch\n1:30 a.m. - 3:00 p.m. Session"
    draft = drafted(text)
    assert items(draft)[-1] == "13:30 Session"
    assert [ask.key for ask in draft.asks if ask.about == "marker"] == ["marker-3"]
    assert items(drafted(text, marker_3="as-written"))[-1] == "01:30 Session"


def test_times_that_go_back_are_another_day_unless_a_person_says_no() -> None:
    text = "09:00 Coffee\n12:30 Lunch\n17:00 Close\n09:00 Coffee\n12:00 Lunch"
    draft = drafted(text)
    assert [item.day for item in draft.items] == [1, 1, 1, 2, 2]
    assert [ask.about for ask in draft.asks] == ["day"]
    assert [item.day for item in drafted(text, day_4="same").items] == [None] * 5


def test_a_hole_and_an_overlap_are_asked_about_and_mended_by_a_press() -> None:
    text = "10:00 - 11:00 One\n11:30 - 12:30 Two\n12:15 - 13:00 Three"
    draft = drafted(text)
    assert [ask.key for ask in draft.asks] == ["overlap-2", "hole-1"]
    assert items(drafted(text, hole_1="break")) == ["10:00 One", "11:00 Break", "11:30 Two", "12:15 Three"]
    longer, shorter = drafted(text, hole_1="longer"), drafted(text, overlap_2="shorten")
    assert (longer.items[0].end, shorter.items[1].end) == (11 * 60 + 30, 12 * 60 + 15)


def test_a_person_decides_what_becomes_of_a_line() -> None:
    source = plain_text.read("10:00 Welcome\nTea in the foyer\n11:00 Talk\n12:00 Close")
    assert items(read(source)) == ["10:00 Welcome", "11:00 Talk", "12:00 Close"]
    as_item = read(source, Choices(fates={2: "item", 3: "note"}))
    assert items(as_item) == ["10:00 Welcome", "--:-- Tea in the foyer", "12:00 Close"]
    assert [line.fate for line in as_item.lines] == ["item", "item", "note", "item"]
    assert [line.item for line in as_item.lines] == [0, 1, None, 2]


def test_lengths_without_clock_times_ask_when_the_day_starts() -> None:
    text = "Welcome (10 minutes)\nGroups (1 hour)\nClose (5 minutes)"
    draft = drafted(text)
    assert [(item.start, item.minutes) for item in draft.items] == [(None, 10), (None, 60), (None, 5)]
    assert [ask.key for ask in draft.asks] == ["start"]
    assert items(drafted(text, start="13:00"))[0] == "13:00 Welcome"


def test_of_two_days_under_one_title_neither_heading_is_asked_about_and_the_place_is_found() -> None:
    draft = drafted(
        "Essentials: finance\nWarwick Conference Centre, Room 4\n\nDay 1 - Tuesday 2 February 2027\n9.30 Welcome\n"
        "Day 2 - Wednesday 3 February 2027\n9.00 Recap\n9.30 Close"
    )
    assert (draft.title, draft.date) == ("Essentials: finance", "2027-02-02")
    assert draft.place == "Warwick Conference Centre, Room 4"
    assert [(item.day, told(item)) for item in draft.items] == [
        (1, "09:30 Welcome"),
        (2, "09:00 Recap"),
        (2, "09:30 Close"),
    ]
    assert draft.asks == ()


def test_a_line_with_a_word_in_place_of_a_time_is_asked_about() -> None:
    dinner = "Evening: dinner at the Herbert Gallery from 9.30pm"
    near = f"9.30 Opening\n13.00 Talks\n{dinner}\n8.30 Coffee"
    assert items(drafted(near))[2] == "21:30 dinner at the Herbert Gallery"
    assert "line-3" in [ask.key for ask in drafted(near).asks]
    assert [told(item)[:5] for item in drafted(near, line_3="note").items] == ["09:30", "13:00", "08:30"]
    far = f"9.30 Opening\n13.00 Talks\n- one\n- two\n- three\n- four\n{dinner}\n- five\n- six\n- seven\n8.30 Coffee"
    assert "row-7" in [ask.key for ask in drafted(far).asks]
    assert items(drafted(far, row_7="item"))[2] == "21:30 dinner at the Herbert Gallery"


def test_two_items_that_start_at_once_are_asked_about_and_may_become_one() -> None:
    text = "10:00 Welcome\n11:00 Housing\n11:00 Transport\n12:00 Lunch"
    assert [ask.key for ask in drafted(text).asks] == ["same-2"]
    one = drafted(text, same_2="beside")
    assert items(one) == ["10:00 Welcome", "11:00 Housing", "12:00 Lunch"]
    assert one.items[1].parallel == ("Housing", "Transport")
    assert [line.item for line in one.lines] == [0, 1, 1, 2]
    assert items(drafted(text, same_2="note")) == ["10:00 Welcome", "11:00 Transport", "12:00 Lunch"]
    three = drafted(f"{text.replace('12:00 Lunch', '11:00 Parks')}", same_2="beside", same_3="beside")
    assert [item.parallel for item in three.items] == [(), ("Housing", "Transport", "Parks")]
