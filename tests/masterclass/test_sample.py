"""The sample day says what the published slides say."""

from pathlib import Path

import pytest

from agenda.chapters import dump_document, load_document
from agenda.document import read_toml
from agenda.models import PlanVersion, Workshop
from agenda.plan import items, read
from masterclass.settings import BASE_DIR

SAMPLES = sorted((BASE_DIR / "masterclass" / "samples").glob("*.toml"))
RUNNING_ORDER = [
    ("intros", "intros", "Intros and Discussion", "now", ""),
    ("how-digital", "speaker", "How digital is helping councils", "11:15", "Newcastle guest speakers"),
    ("data", "speaker", "Deriving benefits from data", "12:00", "Sunderland guest speakers"),
    ("lunch", "lunch", "Lunch", "12:45", ""),
    ("reflections", "reflection", "Reflections", "13:30", ""),
    ("culture", "speaker", "Culture, Mindset and Choices", "13:45", ""),
    ("conditions", "speaker", "Councillors creating the conditions", "14:15", "Durham guest speaker"),
    ("summary", "summary", "Summary", "15:15", ""),
    ("close", "close", "Close", "15:30", ""),
]


def load_sample() -> Workshop:
    text = (BASE_DIR / "masterclass" / "samples" / "newcastle.toml").read_text("utf-8")
    return load_document(read_toml(text, "newcastle.toml"))


@pytest.mark.django_db
@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_every_sample_loads_and_loads_again_unchanged(file: Path) -> None:
    document = read_toml(file.read_text("utf-8"), file.name)
    workshop = load_document(document)
    written = dump_document(workshop)
    assert load_document(document).rev == load_document(written).rev == workshop.rev
    assert PlanVersion.objects.count() == 1


@pytest.mark.django_db
def test_newcastle_has_the_nine_lines_of_its_running_order() -> None:
    slots = dump_document(load_sample())["slots"]
    names = ("key", "kind", "title", "start", "byline")
    assert [tuple(slot[name] for name in names) for slot in slots] == RUNNING_ORDER
    assert [slot["key"] for slot in slots if slot["fixed"]] == ["lunch", "close"]


@pytest.mark.django_db
def test_newcastle_begins_when_the_day_is_started() -> None:
    load_sample()
    value = PlanVersion.objects.get().value
    first, *others = items(value).values()
    assert (first.start, first.minutes) == (None, None)
    assert [item.minutes for item in others] == [45, 45, 45, 15, 30, 60, 15, 0]
    assert len(read(value).slots) == 9


@pytest.mark.django_db
def test_newcastle_asks_its_questions_where_they_belong() -> None:
    questions = dump_document(load_sample())["questions"]
    asked = {slot: [row["key"] for row in questions if row["slot"] == slot] for slot, *_rest in RUNNING_ORDER}
    assert {slot: len(keys) for slot, keys in asked.items()} == {
        "intros": 6,
        "how-digital": 2,
        "data": 2,
        "lunch": 3,
        "reflections": 0,
        "culture": 3,
        "conditions": 3,
        "summary": 4,
        "close": 6,
    }
    assert asked["summary"] == ["sum_connections", "sum_insights", "sum_questions", "sum_do_now"]
    assert {row["slot"] for row in questions if row.get("returns_in") == "reflections"} == {"lunch"}
    assert {row["slot"] for row in questions if row["hand"] == "talk"} == {
        "how-digital",
        "data",
        "culture",
        "conditions",
    }


@pytest.mark.django_db
def test_newcastle_says_who_speaks_and_where_to_read_on() -> None:
    document = dump_document(load_sample())
    assert [[person["name"] for person in slot["speakers"]] for slot in document["slots"] if slot["speakers"]] == [
        ["Cllr Joyce McCarty", "Jenny Nelson"],
        ["Cllr Michael Mordey", "Fiona Brown"],
        ["Jonathan Flowers"],
        ["Cllr Joy Allen"],
    ]
    assert len(document["ground_rules"]) == 4
    assert [card["title"] for card in document["housekeeping"]] == ["Fire", "Facilities", "Fones"]
    assert [link["url"].startswith("https://www.local.gov.uk/") for link in document["links"]] == [True] * 4
