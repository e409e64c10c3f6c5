"""The example of every kind goes all the way: in at both doors, counted, and out to the room."""

import json
import uuid
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from agenda.chapters import dump_document, load_document
from agenda.models import Workshop
from feedback import counting, preparing, services
from feedback.kinds import kinds
from feedback.kinds.base import count
from feedback.models import Answer, Count, Question
from feedback.question_forms import QuestionForm
from tests.cast import phone_in
from tests.feedback.kinds.example import EVIL, SHOWN, example
from tests.feedback.kinds.rendered import Page
from tests.feedback.room import give, new_question, post_json, stored

KINDS = list(kinds)


def asked(workshop: Workshop, kind: str) -> Question:
    own = preparing.OWN if kinds[kind].is_private else {}
    return new_question(workshop, kind, kind=kind, config=example(kind).config, text=f"What? {EVIL}", **own)


def fields_of(value: Any) -> dict[str, Any]:
    """The value as a form without a script sends it."""
    return {f"value.{part}": one for part, one in value.items()} if isinstance(value, dict) else {"value": value}


def post_form(client: Client, question: Question, value: Any) -> Any:
    fields = {"key": uuid.uuid4(), "edit": 1, "question": question.pk, **fields_of(value)}
    return client.post(
        f"/w/{question.workshop_id}/answers/",
        urlencode(fields, doseq=True),
        content_type="application/x-www-form-urlencoded",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_both_doors_store_the_same(workshop: Workshop, kind: str) -> None:
    question, value = asked(workshop, kind), example(kind).value
    sent = {"key": str(uuid.uuid4()), "edit": 1, "question": str(question.pk), "value": value}
    assert post_json(phone_in(workshop).client, workshop.pk, sent).status_code == 200
    assert post_form(phone_in(workshop).client, question, value).status_code == 302
    assert stored(question) == [value, value]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_counted_is_what_the_answers_say(workshop: Workshop, kind: str) -> None:
    question, value = asked(workshop, kind), example(kind).value
    for _answer in range(3):
        give(question, value)
    if question.is_private:
        assert not Count.objects.filter(of=Count.Of.SHOWN).exists()
        return
    services.show(question)
    found, wanted = counting.counted(question, Count.Of.SHOWN), count(kinds[kind], question.config, [value] * 3)
    assert (found.n, found.marks, list(found.values)) == (3, wanted.marks, list(wanted.values))
    kept = set(Count.objects.values_list("of", "part", "key", "n"))
    counting.count_anew(question)
    assert set(Count.objects.values_list("of", "part", "key", "n")) == kept


def test_a_day_with_every_kind_is_a_document(workshop: Workshop) -> None:
    for kind in KINDS:
        asked(workshop, kind)
    document = dump_document(workshop)
    load_document(document)
    assert dump_document(workshop) == json.loads(json.dumps(document)) == document
    assert {one["kind"]: one["config"] for one in document["questions"][-len(KINDS) :]} == {
        kind: example(kind).config for kind in KINDS
    }


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_prepared_on_the_plan_page_by_what_is_typed(kind: str) -> None:
    typed = kinds[kind].typed(example(kind).config)
    sent = {"text": "What?", "kind": kind, "hand": "phones", "mode": "unlinked", "showing": "press", "occasion": "live"}
    sent["bundle"] = "alone"
    form = QuestionForm(sent | {f"{kind}-{name}": words for name, words in typed.items()}, item="lunch")
    assert form.is_valid(), form.errors
    assert form.wanted.settings
    config = form.wanted.settings.config
    assert kinds[kind].typed(config) == typed
    assert kinds[kind].check_config(config) == config


REFUSED: list[tuple[str, Any, str]] = [
    ("words", {"1": "trust", "2": "x" * 41, "3": ""}, "is 41 characters. Shorten it to 40: nothing is lost."),
    ("choices", ["a", "none"], "Keep one or the other."),
    ("choices", ["a", "b", "c"], "You have chosen 3. Choose 2 at most."),
    ("points", {"a": "7", "b": "", "c": "2"}, "You have shared 9 of 10 points. 1 left to share."),
    ("points", {"a": "7", "b": "half", "c": "2"}, f"Write a whole number of points, or nothing: b {SHOWN}"),
    ("number", "12 or 13", "Write a number in digits, nothing else."),
    ("number", "101", "Write a number from 0 to 100."),
]


@pytest.mark.parametrize(("kind", "value", "said"), REFUSED)
def test_a_refused_answer_comes_back_as_it_was_written(workshop: Workshop, kind: str, value: Any, said: str) -> None:
    question = asked(workshop, kind)
    response = post_form(phone_in(workshop).client, question, value)
    html = response.content.decode()
    form = html[html.index('<form method="post" action="/w/') :].split("</form>")[0]
    assert (response.status_code, Answer.objects.count()) == (422, 0)
    assert html.count(said) == 2  # above, with a link, and at the field
    assert f'href="#answer-{question.pk}"' in html
    found = Page(form[form.index("<fieldset" if "<fieldset" in form else '<div class="field') : form.index("<button")])
    assert found.answer == value
    assert "<script>" not in form
