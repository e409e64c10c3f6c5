"""The ready questions: each can be asked as it stands, and what has a name keeps it."""

import tomllib

import pytest

from feedback import bank
from feedback.bank import Ready
from feedback.kinds import kinds
from tests.cast import SAMPLE

HEARD = ["How digital is helping councils", "Deriving benefits from data", "¿?", "¿¿"]


@pytest.mark.parametrize("ready", bank.on_offer().values(), ids=bank.on_offer())
def test_a_ready_question_can_be_asked_as_it_stands(ready: Ready) -> None:
    kind = kinds[ready.kind]
    for titles in ([], HEARD):
        config = ready.settings(titles)
        assert kind.check_config(config) == config
        assert kind.settle(kind.typed(config), config) == config  # and prepared again, without losing anything


def test_every_ready_question_has_a_key_of_its_own_and_a_group() -> None:
    keys = [one.key for one in bank.everything()]
    assert len(set(keys)) == len(keys)
    written = tomllib.loads(bank.FILE.read_text("utf-8"))
    assert {one.group for one in bank.everything()} == {group["name"] for group in written["groups"]}
    assert sum(len(ready) for _group, ready in bank.groups()) == len(bank.on_offer())


def test_the_core_is_there() -> None:
    core = {
        "before": ["pre_goal", "pre_conf", "pre_challenge", "pre_ask", "pre_offer", "pre_access"],
        "reflections": ["lunch_new", "lunch_relevant", "lunch_not_relevant"],
        "closing": ["sum_connections", "sum_insights", "sum_questions", "sum_do_now"],
        "feedback": ["fb_overall", "fb_relevant", "fb_learn", "fb_facil", "fb_conf", "fb_better"],
    }
    found = {group.name: [one.key for one in ready] for group, ready in bank.groups()}
    assert {name: found[name] for name in core} == core


def test_the_sample_day_asks_its_questions_in_the_same_words() -> None:
    """Where key and version are the same, so is what people read: otherwise days could not be compared."""
    sample = tomllib.loads(SAMPLE.read_text("utf-8"))["questions"]
    told = {(one["key"], one.get("version", 1)): one for one in sample}
    same = [one for one in bank.everything() if (one.key, one.version) in told]
    assert len(same) >= 15
    for one in same:
        entry = told[one.key, one.version]
        assert (one.kind, one.text, one.hint) == (entry["kind"], entry["text"], entry.get("hint", ""))
        check = kinds[one.kind].check_config
        assert check(one.config) == check(entry.get("config", {}))
        assert (one.mode, one.bundle) == (entry.get("mode", "unlinked"), entry.get("bundle", "alone"))


def test_confidence_is_asked_in_the_same_words_before_and_after() -> None:
    before, after = bank.on_offer()["pre_conf"], bank.on_offer()["fb_conf"]
    assert (before.kind, before.text, before.hint) == (after.kind, after.text, after.hint)
    assert (before.config, before.bundle, after.bundle) == (after.config, "pair", "pair")


def test_extent_is_measured_as_evaluations_report_it() -> None:
    for key in ("fb_relevant", "fb_learn"):
        points = [option["key"] for option in bank.on_offer()[key].config["options"]]
        assert points == ["great", "moderate", "small", "not_at_all", "dont_know"]


def test_no_name_is_kept_in_the_feedback_form() -> None:
    form = [one for one in bank.everything() if one.bundle != "alone"]
    assert len(form) >= 10
    assert {one.mode for one in form} == {"unlinked"}


def test_the_parts_of_the_day_are_asked_about_by_name() -> None:
    items = [("arrival", "Arrival"), ("speaker", "A talk"), ("lunch", "Lunch"), ("discussion", "We talk")]
    titles = bank.heard([*items, ("speaker", "A talk")])
    assert titles == ["A talk", "We talk"]
    statements = bank.on_offer()["fb_sessions"].settings(titles)["statements"]
    assert statements == [{"key": "a_talk", "text": "A talk"}, {"key": "we_talk", "text": "We talk"}]


def test_a_long_day_is_asked_about_in_part() -> None:
    titles = bank.heard([("speaker", f"Talk {number}") for number in range(30)])
    config = bank.on_offer()["fb_sessions"].settings([*titles, "One too many"])
    assert isinstance(config["statements"], list)
    assert len(config["statements"]) == bank.MOST_HEARD
