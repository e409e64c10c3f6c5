import json

import pytest

from agenda.importers.as_json import as_json, as_lines, clock
from agenda.importers.draft import Answer, Ask, Card, Draft, Item, Link, Person, Prompt, ReadLine

TALK = Item(
    title="How digital is helping councils",
    start=675,
    end=720,
    minutes=45,
    speakers=(Person("Cllr Joyce McCarty, Deputy leader", "Cllr Joyce McCarty", "Deputy leader"),),
    kind="speaker",
    room="Main hall",
    day=1,
    day_name="Friday",
    parallel=("Workshop A",),
    details=("With coffee",),
    prompts=(Prompt("What are you pleased with so far?"),),
    lines=(2, 3),
)
DRAFT = Draft(
    items=(Item(title="Intros", start_text="Now", kind="intros", byline="Everybody"), TALK),
    asks=(
        Ask(
            "half-1", "half-day", "Morning or evening?", (Answer("am", "Morning"), Answer("pm", "Evening")), (1,), (2,)
        ),
    ),
    lines=(ReadLine(1, "Programme", "ignored", "A heading"), ReadLine(2, "1115 How digital", "item", "A time", 1)),
    title="Masterclass",
    date="2020-02-07",
    place="Newcastle",
    purpose=("To learn",),
    housekeeping=(Card("Fire"),),
    ground_rules=(Card("Confidentiality", "Leave here who said it"),),
    links=(Link("Cases", "https://example.org"),),
)


def test_an_item_says_everything_that_is_known_of_it() -> None:
    assert as_json(DRAFT)["items"][1] == {
        "start": "11:15",
        "end": "12:00",
        "duration_min": 45,
        "title": "How digital is helping councils",
        "speakers": ["Cllr Joyce McCarty, Deputy leader"],
        "kind": "speaker",
        "day": "Friday",
        "start_text": "",
        "room": "Main hall",
        "parallel": ["Workshop A"],
        "details": ["With coffee"],
        "byline": "",
        "background": False,
        "prompts": ["What are you pleased with so far?"],
        "lines": [2, 3],
    }


def test_what_is_not_known_is_null() -> None:
    item = as_json(DRAFT)["items"][0]
    assert (item["start"], item["end"], item["duration_min"], item["day"]) == (None, None, None, None)
    assert (item["start_text"], item["speakers"]) == ("Now", ["Everybody"])


def test_the_rest_of_the_day_is_there() -> None:
    said = as_json(DRAFT)
    assert said["questions"] == [
        {
            "key": "half-1",
            "about": "half-day",
            "text": "Morning or evening?",
            "answers": [{"key": "am", "label": "Morning"}, {"key": "pm", "label": "Evening"}],
            "items": [1],
            "lines": [2],
        }
    ]
    assert said["lines"][0] == {"text": "Programme", "fate": "ignored", "why": "A heading", "item": None}
    assert (said["title"], said["date"], said["place"]) == ("Masterclass", "2020-02-07", "Newcastle")
    assert said["ground_rules"] == [{"title": "Confidentiality", "text": "Leave here who said it"}]
    assert said["links"] == [{"title": "Cases", "url": "https://example.org"}]
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize(
    ("minutes", "words"), [(None, None), (0, "00:00"), (675, "11:15"), (1439, "23:59"), (1470, "00:30")]
)
def test_minutes_are_written_as_a_clock_shows_them(minutes: int | None, words: str | None) -> None:
    assert clock(minutes) == words


def test_people_read_the_day_the_questions_and_what_was_left_out() -> None:
    assert list(as_lines(DRAFT)) == [
        "Masterclass",
        "Newcastle, 2020-02-07",
        "  Now  Intros (Everybody)",
        "",
        "Friday",
        "11:15  How digital is helping councils (Cllr Joyce McCarty, Deputy leader)",
        "",
        "Morning or evening?",
        "  - Morning",
        "  - Evening",
        "",
        "Left out:",
        "  Programme – A heading",
    ]
