import hashlib
import hmac
from datetime import date, timedelta

import pytest

from feedback.confidentiality import bundle_key, in_short, last_day, may_become, promise, ready_for_release, respondent


def test_a_respondent_is_the_hmac_of_day_and_bundle_under_the_secret() -> None:
    expected = hmac.new(b"secret", b"day|question:7", hashlib.sha256).hexdigest()
    assert respondent("secret", "day", "question:7") == expected


def test_answers_join_inside_a_bundle_and_nowhere_else() -> None:
    names = {
        respondent(secret, day, bundle)
        for secret in ("one", "two")
        for day in ("monday", "tuesday")
        for bundle in ("question:7", "question:8", "form:feedback", "pair:conf")
    }
    assert len(names) == 16
    assert respondent("one", "monday", "pair:conf") == respondent("one", "monday", "pair:conf")


def test_a_phone_without_a_secret_has_no_name() -> None:
    with pytest.raises(ValueError, match="secret"):
        respondent("", "day", "question:7")


def test_a_question_alone_is_a_bundle_of_its_own() -> None:
    assert bundle_key("alone", "7", "live") == "question:7"
    assert bundle_key("form", "7", "feedback") == bundle_key("form", "8", "feedback") == "form:feedback"
    assert bundle_key("pair", "7", "survey") == bundle_key("pair", "8", "feedback") == "pair:conf"
    with pytest.raises(ValueError, match="unknown bundle"):
        bundle_key("all", "7", "live")


@pytest.mark.parametrize(
    ("unreleased", "open_", "ready"),
    [(0, True, False), (1, True, False), (2, True, False), (3, True, True), (9, True, True)]
    + [(0, False, False), (1, False, True), (2, False, True)],
)
def test_an_open_question_releases_three_at_a_time(unreleased: int, open_: bool, ready: bool) -> None:
    assert ready_for_release(unreleased, open_) is ready


UNTIL = "the end of 10 February"
CHANGES = f"You can change or delete it on this phone until {UNTIL}"


def test_promises_are_the_sentences_of_the_privacy_notice() -> None:
    nobody = f"{CHANGES}; after that nobody can tell which are yours."
    assert promise("unlinked", "alone", "Ann", UNTIL) == (
        f"Your name is not kept with this answer. The room may see your words. {nobody}"
    )
    assert promise("unlinked", "form", "Ann", UNTIL) == (
        f"Your answers here stay together, but are not kept with your name or your other answers. {nobody}"
    )
    assert promise("facilitator", "alone", "Ann Other", UNTIL) == f"Only Ann Other sees your name. {CHANGES}."
    assert promise("facilitator", "form", "", UNTIL) == f"Only the facilitator sees your name. {CHANGES}."
    assert promise("named", "alone", "Ann", UNTIL) == (
        f"Your name is kept with this answer. The room may see both. {CHANGES}."
    )


def test_whoever_writes_for_a_table_is_told_whose_name_is_kept() -> None:
    said = {mode: promise(mode, "alone", "Ann", UNTIL, for_table=True) for mode in ("unlinked", "facilitator", "named")}
    assert said["unlinked"].startswith("Your table's name is kept with this note, yours is not.")
    assert "Only Ann sees your name." in said["facilitator"]
    assert said["named"].startswith("Your table's name and yours are kept with this note.")
    with pytest.raises(ValueError, match="unknown mode"):
        promise("secret", "alone", "Ann", UNTIL, for_table=True)


@pytest.mark.parametrize("mode", ["unlinked", "facilitator", "named"])
@pytest.mark.parametrize("bundle", ["alone", "form", "pair"])
def test_no_promise_is_larger_than_what_is_kept(mode: str, bundle: str) -> None:
    sentence = promise(mode, bundle, "Ann", UNTIL).lower()
    assert "anonymous" not in sentence
    assert CHANGES.lower() in sentence
    assert ("not kept with" in sentence) is (mode == "unlinked")
    assert ("nobody can tell" in sentence) is (mode == "unlinked")  # with a name, they always can


@pytest.mark.parametrize(
    ("last_press", "last"),
    [(None, date(2027, 3, 2)), (date(2027, 2, 27), date(2027, 3, 2)), (date(2027, 2, 28), date(2027, 3, 3))]
    + [(date(2027, 1, 5), date(2027, 3, 2))],  # rehearsed long before
)
def test_answers_can_be_changed_for_some_days_after_the_day_was_run(last_press: date | None, last: date) -> None:
    assert last_day(date(2027, 2, 27), last_press, timedelta(days=3)) == last


def test_an_unknown_mode_promises_nothing() -> None:
    with pytest.raises(ValueError, match="unknown mode"):
        promise("secret", "alone", "Ann", UNTIL)
    with pytest.raises(ValueError, match="unknown bundle"):
        promise("unlinked", "all", "Ann", UNTIL)
    with pytest.raises(ValueError, match="unknown mode"):
        in_short("secret", "alone")
    with pytest.raises(ValueError, match="unknown bundle"):
        in_short("unlinked", "all")


@pytest.mark.parametrize(
    ("mode", "bundle", "line"),
    [
        ("unlinked", "alone", "Not kept with a name"),
        ("unlinked", "form", "Not kept with a name; the answers of the form stay together"),
        ("unlinked", "pair", "Not kept with a name; the answers before and after the day stay together"),
        ("facilitator", "form", "Only the facilitator sees the name"),
        ("named", "alone", "Kept with the name; the room may see both"),
    ],
)
def test_the_promise_in_short_says_what_is_kept_together(mode: str, bundle: str, line: str) -> None:
    assert in_short(mode, bundle) == line


def test_a_promise_only_ever_gets_stricter() -> None:
    modes = ("unlinked", "facilitator", "named")
    other = {(mode, wanted) for mode in modes for wanted in modes if mode != wanted and may_become(mode, wanted)}
    assert other == {("named", "facilitator")}
    assert all(may_become(mode, mode) for mode in modes)
