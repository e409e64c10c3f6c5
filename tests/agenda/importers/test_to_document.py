"""What a reader has understood becomes a day: nothing of it is refused, and nothing of it is lost in silence."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.chapters import registered
from agenda.document import read_part
from agenda.importers.draft import Card, Draft, Item, Link, Person, Prompt
from agenda.importers.to_document import MOST_ITEMS, Made, date_of, days, new_keys, of_day, to_document

WELCOME = Item("Welcome", start=600, kind="intros", lines=(1,))
TALK = Item("What we do", start=660, end=705, minutes=45, speakers=(Person("Ann Ash, chair", "Ann Ash", "chair"),))
LUNCH = Item("Lunch", start=750, kind="lunch", prompts=(Prompt("What helps?", "One line"),), returns_in=3)
BACK = Item("Reflections", start=795, kind="reflection")
DAY = Draft(items=(WELCOME, TALK, LUNCH, BACK))


def accepted(made: Made) -> Made:
    """Every chapter takes it."""
    document = made.document | {"slug": "a-day", "title": "A day", "date": "2027-02-26"}
    for chapter in registered():
        own = {key: value for key, value in document.items() if key in chapter.shape.model_fields}
        read_part(chapter.shape, own, text_dates=True)
    return made


def rows(*items: Item) -> Any:
    return accepted(to_document(Draft(items=items))).rows


def test_a_draft_becomes_rows_with_the_times_as_they_were_read() -> None:
    made = accepted(to_document(DAY))
    assert [(row.key, row.kind, row.at, row.minutes, row.fixed) for row in made.rows] == [
        ("welcome", "intros", "10:00", "", False),
        ("what-we-do", "speaker", "11:00", "45", False),
        ("lunch", "lunch", "12:30", "", True),
        ("reflections", "reflection", "13:15", "", False),
    ]
    assert [(one.name, one.role) for one in made.rows[1].speakers] == [("Ann Ash", "chair")]
    assert made.fitted == ()


def test_prompts_are_questions_that_are_talked_about_under_a_speaker_and_typed_elsewhere() -> None:
    talk = replace(TALK, prompts=(Prompt("Why?"), Prompt("How?")))
    questions = to_document(replace(DAY, items=(WELCOME, talk, LUNCH, BACK))).document["questions"]
    assert [(one["slot"], one["text"], one["hand"], one.get("returns_in")) for one in questions] == [
        ("what-we-do", "Why?", "talk", None),
        ("what-we-do", "How?", "talk", None),
        ("lunch", "What helps?", "phones", "reflections"),
    ]


def test_room_details_and_what_runs_at_the_same_time_stand_in_the_hand_out() -> None:
    item = replace(TALK, room="Hall", details=("First", "Then"), parallel=("A: one", "B: two"))
    assert rows(item)[0].detail == "Hall\n\nFirst\nThen\n\n- A: one\n- B: two"


def test_what_is_too_long_is_cut_said_and_kept_whole_elsewhere() -> None:
    long = "word " * 60
    people = tuple(Person(f"Person {n}", f"Person {n}") for n in range(60))
    prompt = Prompt("Is this " + "very " * 80 + "long?")
    item = Item(long, start=600, byline=long, speakers=people, prompts=(prompt,), details=("x" * 9000,))
    made = accepted(to_document(Draft(items=(item,))))
    row = made.rows[0]
    assert (len(row.title), len(row.byline), len(row.speakers)) == (120, 120, 50)
    assert long.strip() in row.detail
    assert "Person 59" in row.notes
    assert prompt.text in row.notes
    said = " ".join(one.message for one in made.fitted)
    for words in ("Its title", "Who leads it", "speakers", "A question", "hand-out holds", "notes are full"):
        assert words in said


def test_what_has_no_clock_time_follows_on_and_its_words_are_kept() -> None:
    first, evening = rows(Item("Start", start_text="Now"), Item("Dinner", start_text="Evening"))
    assert (first.at, first.notes) == ("", "")
    assert (evening.at, evening.notes) == ("", "Evening")


def test_what_runs_all_day_is_a_card_and_a_day_of_nothing_else_is_a_day() -> None:
    stalls = Item("Stalls", start=540, end=1020, room="Foyer", is_background=True)
    made = accepted(to_document(Draft(items=(WELCOME, stalls))))
    assert [row.title for row in made.rows] == ["Welcome"]
    assert made.document["housekeeping"] == [{"title": "Stalls", "text": "09:00 – 17:00\nFoyer"}]
    assert [one.title for one in made.fitted] == ["Stalls"]
    assert [row.title for row in rows(stalls)] == ["Stalls"]


def test_one_of_several_days_is_made() -> None:
    items = (replace(WELCOME, day=1, day_name="Friday"), replace(TALK, day=2), replace(LUNCH, day=2, returns_in=0))
    draft = Draft(items=items, days=("Friday", "Saturday"))
    assert days(draft) == {1: "Friday", 2: "Saturday"}
    assert [place for place, _item in of_day(draft, 2)] == [1, 2]
    made = accepted(to_document(draft, 2))
    assert [row.title for row in made.rows] == ["What we do", "Lunch"]
    assert "returns_in" not in made.document["questions"][0]
    assert days(DAY) == {}


@pytest.mark.parametrize(
    ("first", "names", "dates"),
    [
        ("2027-02-26", ("Friday 26 February", "Monday 1 March"), ("2027-02-26", "2027-03-01")),
        ("", ("26/02/2027", "27 Feb 2027"), ("2027-02-26", "2027-02-27")),
        ("2027-02-27", ("Day 1", "Day 2"), ("2027-02-27", "2027-02-28")),
        ("2027-02-28", ("", ""), ("2027-02-28", "2027-03-01")),
        ("", ("Friday", "Saturday"), ("", "")),
    ],
)
def test_each_of_several_days_has_its_own_date(first: str, names: tuple[str, ...], dates: tuple[str, ...]) -> None:
    items = (replace(WELCOME, day=1), replace(TALK, day=2))
    draft = Draft(items=items, days=names, date=first)
    assert tuple(date_of(draft, day) for day in days(draft)) == dates
    assert date_of(replace(draft, items=(WELCOME,)), None) == first


def test_keys_are_made_of_titles_and_never_twice() -> None:
    items = [Item("Lunch"), Item("Lunch!"), Item("", kind="break"), Item("日本"), Item("x" * 60), Item("x" * 61)]
    found = new_keys(items, taken={"lunch"})
    assert found == ["lunch-2", "lunch-3", "break", "speaker", "x" * 40, "x" * 38 + "-2"]


def test_more_items_than_a_day_may_have_are_all_in_the_draft() -> None:
    made = accepted(to_document(Draft(items=(replace(LUNCH, returns_in=229),) * 230)))
    assert (len(made.rows), len(made.document["slots"])) == (230, MOST_ITEMS)
    assert made.rows[-1].notes == "What helps? One line"
    assert "take some out" in made.fitted[-1].message


def test_what_leads_nowhere_is_no_link_and_is_said() -> None:
    good = Link("", "https://example.org/a")
    bad = [Link("Bad", url) for url in ("javascript:x", "https://", "http://a b", "https://[", "https://" + "x" * 600)]
    made = accepted(to_document(replace(DAY, links=(good, *bad))))
    assert made.document["links"] == [{"title": "https://example.org/a", "url": "https://example.org/a"}]
    assert len(made.fitted) == len(bad)


TEXT = st.text(max_size=12) | st.sampled_from(["", " ", "\x00", "a\nb\u2028c", "x" * 5000, "\ud800", "…" * 130])
CARDS = st.lists(st.builds(Card, TEXT, TEXT), max_size=3).map(lambda held: tuple(held * 20))
PEOPLE = st.lists(st.builds(Person, TEXT, TEXT, TEXT, TEXT), max_size=3).map(tuple)
MINUTES = st.none() | st.integers(-10, 5000)
ITEMS = st.builds(
    Item,
    title=TEXT,
    start=MINUTES,
    end=MINUTES,
    minutes=MINUTES,
    start_text=TEXT,
    speakers=PEOPLE,
    byline=TEXT,
    kind=st.sampled_from(["speaker", "lunch", "close", "tea"]),
    room=TEXT,
    day=st.none() | st.integers(0, 3),
    parallel=st.lists(TEXT, max_size=2).map(tuple),
    details=st.lists(TEXT, max_size=2).map(tuple),
    prompts=st.lists(st.builds(Prompt, TEXT, TEXT), max_size=3).map(tuple),
    returns_in=st.none() | st.integers(-1, 9),
    is_background=st.booleans(),
)
DRAFTS = st.builds(
    Draft,
    items=st.lists(ITEMS, min_size=1, max_size=4).map(tuple),
    host=TEXT,
    purpose=st.lists(TEXT, max_size=3).map(tuple),
    housekeeping=CARDS,
    ground_rules=CARDS,
    links=st.lists(st.builds(Link, TEXT, TEXT), max_size=3).map(tuple),
)


@settings(max_examples=25, deadline=None)
@given(DRAFTS)
def test_no_draft_is_refused(draft: Draft) -> None:
    made = to_document(draft, next(iter(days(draft)), None))
    if made.rows:
        accepted(made)
