"""What the plan page lists under an item, and how much typing it adds up to."""

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda.models import Workshop
from feedback import prepared
from feedback.models import Question
from feedback.prepared import ItemQuestions, Typing
from feedback.templatetags import kinds as tags

from .room import CHOICE, give, new_question
from .test_queries import drop


def under(workshop: Workshop, key: str) -> ItemQuestions:
    found = prepared.item_questions(workshop, key)
    assert found
    return found


class TestItemQuestions:
    def test_an_item_has_its_own_questions_in_order(self, workshop: Workshop) -> None:
        item = under(workshop, "summary")
        assert [row.question.key for row in item.rows] == [
            "sum_connections",
            "sum_insights",
            "sum_questions",
            "sum_do_now",
        ]
        assert not any(row.comes_back for row in item.rows)
        assert (item.item.title, {row.elsewhere for row in item.rows}) == ("Summary", {""})

    def test_questions_come_back_where_they_return_and_are_typed_where_they_belong(self, workshop: Workshop) -> None:
        lunch, reflections = under(workshop, "lunch"), under(workshop, "reflections")
        assert [row.question for row in reflections.rows] == [row.question for row in lunch.rows]
        assert [row.comes_back for row in lunch.rows + reflections.rows] == [False] * 3 + [True] * 3
        assert [row.elsewhere for row in lunch.rows + reflections.rows] == ["Reflections"] * 3 + ["Lunch"] * 3
        assert (lunch.here.seconds, reflections.here.seconds) == (360, 0)

    def test_neighbours_are_those_of_the_same_item(self, workshop: Workshop) -> None:
        returning = Question.objects.get(key="lunch_new")
        new_question(workshop, "own", "reflections", status="draft")
        new_question(workshop, "other", "reflections", status="draft")
        rows = under(workshop, "reflections").rows
        own, other = rows[-2:]
        assert (rows[0].question, rows[0].above, rows[0].below) == (returning, None, None)
        assert (own.above, own.below) == (None, other.question.pk)
        assert (other.above, other.below) == (own.question.pk, None)

    def test_a_row_says_kind_settings_and_promise(self, workshop: Workshop) -> None:
        overall, *_others, better = under(workshop, "close").rows
        assert (overall.kind, overall.details) == ("One of several", ["Excellent · Very good · Good · Fair · Poor"])
        assert (better.kind, better.details) == ("Words of your own", [])
        assert overall.promise == "Not kept with a name; the answers of the form stay together"

    def test_what_was_asked_or_answered_is_not_free_any_more(self, workshop: Workshop) -> None:
        give(new_question(workshop, "answered"), "yes")
        new_question(workshop, "asked")
        Question.objects.filter(key="answered").update(status="draft")
        rows = under(workshop, "summary").rows
        assert [row.count for row in rows] == [0, 0, 0, 0, 1, 0]
        assert [row.is_free for row in rows] == [True, True, True, True, False, False]

    def test_an_item_that_is_not_in_the_running_order_has_none(self, workshop: Workshop) -> None:
        drop(workshop, "summary")
        assert prepared.item_questions(workshop, "summary") is None
        assert prepared.item_questions(workshop, "nothing") is None

    def test_it_is_four_queries_for_one_and_for_three_questions(
        self, workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(3):
            new_question(workshop, f"extra_{number}", "reflections", kind="choice", config=CHOICE)
            with django_assert_num_queries(4):
                item = under(workshop, "reflections")
                assert [row.details for row in item.rows][3:] == [["Yes · No"]] * (number + 1)


class TestTyping:
    def test_what_the_room_talks_about_asks_for_none(self, workshop: Workshop) -> None:
        assert under(workshop, "culture").here.seconds == 0
        Question.objects.filter(key="culture_how_big").update(hand="phones")
        assert under(workshop, "culture").here.seconds == 120

    def test_what_was_answered_before_the_day_asks_for_none(self, workshop: Workshop) -> None:
        new_question(workshop, "before", "reflections", occasion="survey")
        assert under(workshop, "reflections").here.seconds == 0

    def test_the_day_adds_up_its_items(self, workshop: Workshop) -> None:
        assert under(workshop, "lunch").day == Typing(13, 3 * 120 + 4 * 120 + 4 * 30 + 20 + 120, 0)

    def test_one_at_each_table_writes_on_top_of_what_everybody_does(self, workshop: Workshop) -> None:
        Question.objects.filter(slot__key="summary").update(hand="scribe")
        Question.objects.filter(key__in=["fb_relevant", "fb_learn"]).delete()
        day = under(workshop, "lunch").day
        assert day == Typing(7, 3 * 120 + 2 * 30 + 20 + 120, 4 * 120)
        assert (day.is_much, day.is_much_for_a_scribe) == (False, True)
        assert prepared.typing_minutes(workshop)["summary"] == 8  # whoever writes needs the time

    @pytest.mark.parametrize(
        ("seconds", "scribe", "much", "much_for_a_scribe"),
        [
            (600, 0, False, False),
            (601, 0, True, False),
            (601, 60, True, False),
            (540, 60, False, False),
            (540, 61, False, True),
        ],
    )
    def test_more_than_ten_minutes_is_much(
        self, seconds: int, scribe: int, much: bool, much_for_a_scribe: bool
    ) -> None:
        typing = Typing(5, seconds, scribe)
        assert (typing.is_much, typing.is_much_for_a_scribe) == (much, much_for_a_scribe)

    def test_minutes_are_rounded_up_item_by_item(
        self, workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            minutes = prepared.typing_minutes(workshop)
        assert minutes == {
            "intros": 0,
            "how-digital": 0,
            "data": 0,
            "lunch": 6,
            "culture": 0,
            "conditions": 0,
            "summary": 8,
            "close": 5,
        }


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "nothing to type"),
        (30, "less than a minute of typing"),
        (60, "about 1 minute of typing"),
        (61, "about 2 minutes of typing"),
        (3600, "about 60 minutes of typing"),
    ],
)
def test_typing_is_said_in_words(seconds: int, words: str) -> None:
    assert tags.typing(seconds) == words
