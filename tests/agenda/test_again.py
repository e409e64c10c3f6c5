"""An agenda that is read again: what is known again, what would change, and what stays as it is."""

from dataclasses import replace

from agenda.again import Found, changes, match, put_in
from agenda.drafting import Draft, Person, Row
from agenda.versions import in_words

ZONE = "Europe/London"
TALK = Row("talk", "speaker", "Data and digital", at="10:30", minutes="60", notes="Mind the clock", floor="30")
ROWS = (
    Row("welcome", "intros", "Welcome", at="10:00", minutes="30"),
    TALK,
    Row("lunch", "lunch", "Lunch", minutes="45", fixed=True),
    Row("close", "close", "Close", minutes="10"),
)
DAY = Draft("Our day", "2027-02-26", "Leeds", "10:00", "", ROWS)


def read(*rows: tuple[str, str]) -> tuple[Row, ...]:
    return tuple(Row(f"new-{place}", "speaker", title, at=at) for place, (at, title) in enumerate(rows))


SAME = (("10:00", "Welcome"), ("10:30", "Data and Digital"), ("11:30", "Lunch"), ("12:15", "Close"))


def after(*rows: tuple[str, str], begun: int = 0) -> Draft:
    return put_in(DAY, Found(read(*rows), {}), begun, ZONE)


def told(new: Draft) -> dict[str, str]:
    return dict(in_words(changes(DAY, new, ZONE)))


def test_an_agenda_that_says_the_same_changes_no_time_and_no_item() -> None:
    new = after(*SAME)
    assert [row.key for row in new.rows] == ["welcome", "talk", "lunch", "close"]
    assert told(new) == {"Data and Digital": "was called “Data and digital”"}
    assert new.rows[1] == replace(TALK, title="Data and Digital")


def test_what_is_new_gone_moved_and_renamed_is_said() -> None:
    new = after(("10:00", "Welcome"), ("10:30", "Tea"), ("11:00", "Data and digital for us"), ("12:15", "Close"))
    assert told(new) == {
        "Tea": "new, at 10:30",
        "Data and digital for us": "10:30 → 11:00, 60 → 75 minutes, was called “Data and digital”",
        "Lunch": "taken out, was at 11:30",
    }
    assert [gone.row.title for gone in new.removed] == ["Lunch"]


def test_an_item_with_another_title_at_its_time_is_the_same_item() -> None:
    rows = (replace(read(("10:30", "Something else"))[0], kind="speaker"),)
    assert match(DAY, rows, ZONE) == {"new-0": "talk"}
    assert match(DAY, (replace(rows[0], kind="break"),), ZONE) == {}


def test_two_items_of_one_title_are_told_apart_by_their_times() -> None:
    breaks = (Row("a", "break", "Break", at="10:00", minutes="60"), Row("b", "break", "Break", at="11:00"))
    rows = read(("11:00", "Break"), ("10:00", "Break"))
    assert match(replace(DAY, rows=breaks), rows, ZONE) == {"new-0": "b", "new-1": "a"}


def test_what_has_begun_stays_in_front_as_it_is() -> None:
    new = after(("09:00", "Welcome"), ("10:30", "Tea"), begun=2)
    assert new.rows[:2] == ROWS[:2]
    assert [row.title for row in new.rows[2:]] == ["Tea"]
    assert [gone.row.title for gone in new.removed] == ["Lunch", "Close"]


def test_speakers_are_told_of_and_an_agenda_without_any_takes_none_away() -> None:
    rows = list(read(*SAME))
    rows[0] = replace(rows[0], speakers=(Person("Ann Ash"),))
    new = put_in(DAY, Found(tuple(rows), {}), 0, ZONE)
    assert told(new)["Welcome"] == "speakers: Ann Ash"
    assert put_in(new, Found(read(*SAME), {}), 0, ZONE).rows[0].speakers == (Person("Ann Ash"),)


def test_new_questions_go_to_the_private_notes_once() -> None:
    questions = {"new-1": ["What would help?"]}
    new = put_in(DAY, Found(read(*SAME), questions), 0, ZONE)
    assert new.rows[1].notes == "Mind the clock\nAsked in the agenda:\n- What would help?"
    assert "other private notes" in told(new)["Data and Digital"]
    assert put_in(new, Found(read(*SAME), questions), 0, ZONE).rows[1].notes == new.rows[1].notes


def test_a_draft_whose_times_cannot_be_read_can_be_compared() -> None:
    wrong = replace(DAY, rows=(replace(ROWS[0], at="24:70"), *ROWS[1:]), date="tomorrow")
    assert [title for title, _text in in_words(changes(wrong, after(*SAME), ZONE))]
