"""A show of hands is counted apart, whatever phones say."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from agenda.models import Workshop
from feedback import counting, hands, queries
from feedback.kinds import kinds
from feedback.kinds.base import SKIP
from feedback.kinds.choice import ChoiceTally
from feedback.models import Question, ShowOfHands

from .kinds.example import EVIL, SHOWN, example
from .room import CHOICE, give, new_question, opened


@pytest.fixture
def question(workshop: Workshop) -> Question:
    return new_question(workshop, "by_hands", kind="choice", config=CHOICE | {"none": True})


def said(question: Question) -> list[tuple[str, str, int]]:
    return [(group.text, option.label, n) for group in hands.recorded(question) for option, n in group.said]


def test_what_was_counted_stands_in_the_order_of_the_question(question: Question) -> None:
    hands.record(question, {("", "none"): 1, ("", "no"): 5, ("", "yes"): 12})
    assert said(question) == [("", "Yes", 12), ("", "No", 5), ("", "None of these", 1)]


def test_a_second_count_takes_the_place_of_the_first_and_none_takes_it_back(question: Question) -> None:
    hands.record(question, {("", "yes"): 12, ("", "no"): 5})
    hands.record(question, {("", "no"): 0})
    assert said(question) == [("", "No", 0)]
    hands.record(question, {})
    assert said(question) == []


def test_hands_never_mix_with_what_phones_say(question: Question) -> None:
    for _ in range(3):
        give(question, "no")
    hands.record(question, {("", "yes"): 12})
    tally = queries.released_tally(question)
    assert isinstance(tally, ChoiceTally)
    assert [(bar.label, bar.count, bar.n) for bar in tally.bars][:2] == [("Yes", 0, 3), ("No", 3, 3)]
    assert counting.totals([question])[question.pk].given == 3
    assert question.answers.count() == 3


def test_on_a_scale_each_statement_is_counted_and_nobody_skips_by_hand(workshop: Workshop) -> None:
    scale = opened(workshop, "pre_conf")
    ((part, text, points),) = hands.options(scale)
    assert "skip" not in {point.key for point in points}
    hands.record(scale, {(part, points[-1].key): 7, (part, "skip"): 2, ("elsewhere", points[0].key): 3})
    assert said(scale) == [(text, points[-1].label, 7)]


@pytest.mark.parametrize("kind", [name for name, kind in kinds.items() if kind.takes_hands])
def test_hands_go_up_for_each_option_of_whatever_kind_has_some(workshop: Workshop, kind: str) -> None:
    question = new_question(workshop, "by_hands", kind=kind, config=example(kind).config)
    places = [(part, option.key) for part, _text, found in hands.options(question) for option in found]
    assert len(places) == len(set(places)) >= 2
    assert not [key for part, key in places if part and key == SKIP.key]
    counts = {place: n for n, place in enumerate(places)}
    hands.record(question, counts)
    assert hands.counts(question) == counts
    assert [n for _text, _label, n in said(question)] == list(counts.values())
    html = render_to_string("feedback/_hands.html", {"groups": hands.recorded(question)})
    assert (EVIL in html, SHOWN in html) == (False, True)


def test_words_and_what_nobody_was_asked_cannot_be_counted(workshop: Workshop, question: Question) -> None:
    assert hands.can_be_counted(question)
    assert not hands.can_be_counted(opened(workshop, "sum_insights"))
    question.status = "ready"
    assert not hands.can_be_counted(question)


@pytest.mark.parametrize("count", [1, 3])
def test_those_of_many_questions_are_one_query(
    workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    asked = [new_question(workshop, f"by_hands_{n}", kind="choice", config=CHOICE) for n in range(count)]
    for one in asked:
        hands.record(one, {("", "yes"): 2})
    with django_assert_num_queries(1):
        assert [len(groups) for groups in hands.recorded_each(asked).values()] == [1] * count


@pytest.mark.parametrize("n", [-1, 5001])
def test_the_database_takes_no_number_that_the_form_would_not(question: Question, n: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ShowOfHands.objects.create(question=question, key="yes", n=n)
