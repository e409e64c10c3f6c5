"""The two templates of each kind, rendered."""

import re
import uuid
from html.parser import HTMLParser

import pytest
from django.template import Context, Template

from feedback.kinds import kinds
from feedback.models import Question

from .tallied import tallied

EVIL = "<script>alert(1)</script>"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"
INPUT = Template("{% load kinds %}{% question_input question value error %}")
SUMMARY = Template("{% load kinds %}{% question_summary question tally %}")
VOID = {"input", "rect", "br"}

CONFIGS: dict[str, dict[str, object]] = {
    "text": {"max_length": 1000},
    "choice": {"options": [{"key": "a", "label": EVIL}, {"key": "b", "label": "B"}], "none": True},
    "scale": {
        "statements": [{"key": "s", "text": EVIL}, {"key": "t", "text": "T"}],
        "points": [{"key": key, "label": f"{key} {EVIL}"} for key in ("low", "mid", "high")],
    },
}
VALUES: dict[str, object] = {"text": EVIL, "choice": "b", "scale": {"s": "mid", "t": "skip"}}
KINDS = sorted(CONFIGS)


class Page(HTMLParser):
    """Checks that tags close in order and ids are unique; remembers what refers to what."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.roots = 0
        self.ids: list[str] = []
        self.references: list[str] = []
        self.checked: list[str] = []
        self.names: list[str] = []
        self.feed(html)
        assert self.open == []
        assert len(set(self.ids)) == len(self.ids)
        assert set(self.references) <= set(self.ids)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.roots += not self.open
        if tag not in VOID:
            self.open.append(tag)
        if one := found.get("id"):
            self.ids.append(one)
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.references += (found.get(name) or "").split()
        if name := found.get("name"):
            self.names.append(name)
        if "checked" in found:
            self.checked.append(found.get("value") or "")
        assert not {"style", "placeholder", "required", "maxlength", "onclick"} & set(found)
        assert tag not in {"form", "script", "style"}

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def question(kind: str) -> Question:
    return Question(id=uuid.uuid4(), kind=kind, text=f"What? {EVIL}", hint=f"Hint {EVIL}", config=CONFIGS[kind])


def input_html(kind: str, value: object = None, error: str | None = None, asked: Question | None = None) -> str:
    return INPUT.render(Context({"question": asked or question(kind), "value": value, "error": error}))


def summary_html(kind: str, values: list[object]) -> str:
    asked = question(kind)
    tally = tallied(kinds[kind], asked.config, values)
    return SUMMARY.render(Context({"question": asked, "tally": tally}))


class TestInputs:
    @pytest.mark.parametrize("kind", KINDS)
    def test_everything_people_wrote_is_escaped(self, kind: str) -> None:
        html = input_html(kind, VALUES[kind], f"Error {EVIL}")
        assert "<script" not in html
        assert f"What? {SHOWN}" in html
        assert f"Hint {SHOWN}" in html
        assert f"Error {SHOWN}" in html

    @pytest.mark.parametrize("kind", KINDS)
    def test_one_root_with_the_question_as_heading_and_every_reference_kept(self, kind: str) -> None:
        asked = question(kind)
        page = Page(input_html(kind, VALUES[kind], "Say more.", asked))
        assert page.roots == 1
        assert f"answer-{asked.id}" in page.ids  # where the error summary leads
        assert f"error-{asked.id}" in page.references
        assert re.search(r'<h2 class="question-text"', input_html(kind))

    @pytest.mark.parametrize("kind", KINDS)
    def test_nothing_is_chosen_for_anybody(self, kind: str) -> None:
        assert Page(input_html(kind)).checked == []

    def test_the_own_answer_comes_back(self) -> None:
        assert Page(input_html("choice", "b")).checked == ["b"]
        assert Page(input_html("scale", VALUES["scale"])).checked == ["mid", "skip"]
        assert ">\nmy words</textarea>" in input_html("text", "my words")

    def test_names_are_those_of_the_fields(self) -> None:
        assert Page(input_html("text")).names == ["value"]
        assert Page(input_html("choice")).names == ["value"] * 3
        assert Page(input_html("scale")).names == ["value.s"] * 4 + ["value.t"] * 4

    def test_a_limit_is_announced(self) -> None:
        assert "Up to 1,000 characters." in input_html("text")


class TestSummaries:
    @pytest.mark.parametrize("kind", KINDS)
    def test_everything_people_wrote_is_escaped(self, kind: str) -> None:
        html = summary_html(kind, [VALUES[kind]] * 3)
        assert "<script" not in html
        assert SHOWN in html

    @pytest.mark.parametrize("kind", KINDS)
    def test_one_root_that_closes(self, kind: str) -> None:
        assert Page(summary_html(kind, [VALUES[kind]] * 3)).roots == 1
        assert Page(summary_html(kind, [])).roots == 1

    @pytest.mark.parametrize("kind", KINDS)
    def test_an_empty_one_says_so(self, kind: str) -> None:
        assert "No answers to read yet." in summary_html(kind, [])

    def test_cards_keep_their_lines(self) -> None:
        assert '<li class="card" dir="auto">one<br>two</li>' in summary_html("text", ["one\ntwo"])

    def test_a_bar_says_its_number_beside_it(self) -> None:
        html = summary_html("choice", ["b"] * 7 + ["a"] * 16)
        assert "7 of 23 (30%)" in html
        assert '<rect class="bar-fill" width="30" height="6" />' in html

    def test_a_scale_says_its_middle_and_its_skips(self) -> None:
        html = summary_html("scale", [{"s": "low", "t": "skip"}, {"s": "high", "t": "skip"}])
        assert f"Middle answer: between low {SHOWN} and high {SHOWN}" in html
        assert "2 skipped" in html
