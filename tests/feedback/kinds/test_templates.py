"""The two templates of every kind, with the example that its tests bring."""

import re

import pytest

from feedback.kinds import kinds

from .example import EVIL, SHOWN, example
from .rendered import Page, input_html, question, summary_html

KINDS = list(kinds)


@pytest.mark.parametrize("kind", KINDS)
class TestInputs:
    def test_everything_people_wrote_is_escaped(self, kind: str) -> None:
        html = input_html(kind, example(kind).value, f"Error {EVIL}")
        assert "<script" not in html
        assert f"What? {SHOWN}" in html
        assert f"Hint {SHOWN}" in html
        assert f"Error {SHOWN}" in html

    def test_one_root_with_the_question_as_heading_and_every_reference_kept(self, kind: str) -> None:
        asked = question(kind)
        page = Page(input_html(kind, example(kind).value, "Say more.", asked=asked))
        assert page.roots == 1
        assert f"answer-{asked.id}" in page.ids  # where the error summary leads
        assert f"error-{asked.id}" in page.references
        assert re.search(r'<h2 class="question-text"', input_html(kind))

    def test_nothing_is_chosen_for_anybody(self, kind: str) -> None:
        assert Page(input_html(kind)).checked == []

    def test_names_are_those_of_the_fields(self, kind: str) -> None:
        names = Page(input_html(kind)).names
        assert names == example(kind).field_names
        assert list(dict.fromkeys(names)) == [field.name for field in kinds[kind].fields(example(kind).config)]

    def test_the_own_answer_comes_back_as_it_was_given(self, kind: str) -> None:
        config, value = example(kind).config, example(kind).value
        assert kinds[kind].validate(config, value) == value
        assert Page(input_html(kind, value)).answer == value


@pytest.mark.parametrize("kind", KINDS)
class TestSummaries:
    def test_everything_people_wrote_is_escaped(self, kind: str) -> None:
        html = summary_html(kind, [example(kind).value] * 3)
        assert "<script" not in html
        assert (SHOWN in html) != kinds[kind].is_private

    def test_one_root_that_closes(self, kind: str) -> None:
        assert Page(summary_html(kind, [example(kind).value] * 3)).roots == 1
        assert Page(summary_html(kind, [])).roots == 1

    def test_an_empty_one_says_so(self, kind: str) -> None:
        assert "No answers to read yet." in summary_html(kind, [])


def test_a_limit_is_announced() -> None:
    assert "Up to 1,000 characters." in input_html("text")


def test_cards_keep_their_lines() -> None:
    assert '<li class="card" dir="auto">one<br>two</li>' in summary_html("text", ["one\ntwo"])


def test_a_bar_says_its_number_beside_it() -> None:
    html = summary_html("choice", ["b"] * 7 + ["a"] * 16)
    assert "7 of 23 (30%)" in html
    assert '<rect class="bar-fill" width="30" height="6" />' in html


def test_a_scale_says_its_middle_and_its_skips() -> None:
    html = summary_html("scale", [{"s": "low", "t": "skip"}, {"s": "high", "t": "skip"}])
    assert f"Middle answer: between low {SHOWN} and high {SHOWN}" in html
    assert "2 skipped" in html
