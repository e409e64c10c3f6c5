"""The report as it is begun: what it says of each item, and whom it quotes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from agenda.markdown import to_html_once
from feedback.exports.tables import AnsweredQuestion, CountedHands, Event, GivenAnswer, Life
from feedback.exports.whole import Item, Whole
from feedback.kinds import kinds
from feedback.report_text import Came, LeftOpen, plain, quoted, report

AT = datetime(2020, 2, 7, 11, 15, tzinfo=UTC)
NOBODY = Came(0, [], 0)
NOTHING = LeftOpen([], 0)
CHOICE: dict[str, object] = {"options": [{"key": "yes", "label": "Yes"}, {"key": "no", "label": "No"}]}
HOSTILE = [
    "# Heading",
    "<script>alert(1)</script>",
    "[x](http://example.org)",
    "1. one",
    "> quoted",
    "*b* _i_ `c`",
    "a|b",
]


def given(words: str, number: int = 1, **more: object) -> GivenAnswer:
    return replace(GivenAnswer(f"{number:04}", words), **{"is_quotable": True} | more)  # type: ignore[arg-type]


def asked(*answers: GivenAnswer, **fields: object) -> AnsweredQuestion:
    life = Life("", "phones", "closed", AT, AT, None, 1, len(answers), len(answers), None)
    question = AnsweredQuestion("q", 1, "What?", "live", 1, "text", {}, "unlinked", "alone", answers, life=life)
    return replace(question, **fields)  # type: ignore[arg-type]


def day(*questions: AnsweredQuestion, **item: object) -> Whole:
    talk = Item(1, "talk", "speaker", "A talk", "Ann Ash, chair", False, "done", AT, 45, AT, AT)
    return Whole(
        event=Event("day", date(2020, 2, 7)),
        title="A day",
        place="Newcastle",
        host="",
        time_zone="Europe/London",
        how_far="",
        is_over=True,
        planned_end=None,
        came=0,
        invited=0,
        items=[replace(talk, **item)],  # type: ignore[arg-type]
        questions=questions,
        photos=[],
        queue_hidden=0,
    )


def test_it_has_each_item_with_what_was_asked_and_of_how_many() -> None:
    text = report(
        day(asked(given("Share data"), given("Ask", 2))), Came(26, [("councillor", 20), ("officer", 6)], 9), NOTHING
    )
    assert text.split("\n\n") == [
        "# A day",
        "7 February 2020, Newcastle",
        "## Who came",
        "26 people (councillor 20, officer 6). They came from 9 councils.",
        "## 11:15 A talk",
        "Ann Ash, chair",
        "### What?",
        "2 answers.",
        "> Share data",
        "> Ask\n",
    ]


def test_only_what_the_room_was_shown_is_quoted_and_no_more_than_five() -> None:
    answers = [given(f"Shown {number}", number) for number in range(7)]
    answers += [given("Never shown", 8, is_quotable=False), given("Pinned", 9, is_pinned=True)]
    text = report(day(asked(*answers)), NOBODY, NOTHING)
    assert [line for line in text.splitlines() if line.startswith(">")] == [
        "> Pinned",
        *(f"> Shown {n}" for n in range(4)),
    ]
    assert "Never shown" not in text
    assert "9 answers." in text


def test_choices_are_figures_and_hands_stand_apart() -> None:
    answers = [given("yes", number) for number in range(2)] + [given("no", 3)]
    vote = asked(*answers, kind="choice", config=CHOICE, hands=(CountedHands("", "yes", "Yes", 12),))
    text = report(day(vote), NOBODY, NOTHING)
    assert "- Yes: 2 of 3 (67%)\n- No: 1 of 3 (33%)\n- Yes: 12 hands" in text
    assert ">" not in text


def test_of_words_and_phrases_the_most_often_said_are_listed() -> None:
    said = [given("", number, value={"1": f"Word {number}", "2": "Buses"}) for number in range(30)]
    text = report(day(asked(*said, kind="words", config=kinds["words"].check_config({}))), NOBODY, NOTHING)
    found = [line for line in text.splitlines() if line.startswith("- ")]
    assert (len(found), found[0]) == (20, "- Buses: 30 of 30 (100%)")


def test_themes_are_named_with_how_many_answers_stand_in_them() -> None:
    answers = [given("a", 1, themes=("Money", "Time")), given("b", 2, themes=("Money",)), given("c", 3)]
    assert "Themes: Money (2), Time (1)" in report(day(asked(*answers)), NOBODY, NOTHING)


def test_the_closing_questions_stand_last_and_once() -> None:
    closing = asked(given("Ring Ann"), key="sum_connections", text="What connections?")
    text = report(day(closing, asked(given("First"))), NOBODY, LeftOpen(["Who pays?"], 2))
    parts = [line for line in text.splitlines() if line.startswith("#")]
    assert parts == [
        "# A day",
        "## 11:15 A talk",
        "### What?",
        "## What we take with us",
        "### What connections?",
        "## Still open",
    ]
    assert text.endswith("- Who pays?\n\n2 things in the parking lot, not yet dealt with.\n")


def test_what_was_asked_in_an_item_that_is_gone_is_not_lost() -> None:
    text = report(day(asked(given("Words"), slot_no=0)), NOBODY, NOTHING)
    assert "## Besides\n\n### What?\n\n1 answer.\n\n> Words" in text


def test_an_item_that_was_left_out_says_so() -> None:
    assert "This was left out on the day." in report(day(state="skipped"), NOBODY, NOTHING)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(words: str) -> None:
    html = to_html_once(quoted(words))
    assert html.count("<blockquote>") == 1
    assert not any(f"<{tag}" in html for tag in ("h3", "script", "a ", "ol", "em", "strong", "code"))
    title = to_html_once(f"### {plain(words)}")
    assert title.count("<h3>") == 1
    assert not any(f"<{tag}" in title for tag in ("script", "a ", "em", "strong", "code"))


def test_a_quotation_of_several_lines_is_one() -> None:
    assert quoted(" One\n\n- two\n") == "> One\n>\n> \\- two"
