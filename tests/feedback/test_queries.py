"""What the desk, the room and the phone itself may read."""

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from agenda.models import PlanVersion, Workshop
from feedback import queries, services
from feedback.kinds.choice import ChoiceTally
from feedback.kinds.text import TextTally
from feedback.models import Answer, Question
from feedback.queries import Asked, Heard
from feedback.templatetags.kinds import question_summary

from .room import CHOICE, give, new_question, opened, seat_in


def numbers(question: Question) -> tuple[int, int, int]:
    """Stored, released, not shown."""
    [one] = [one for one in queries.asked(question.workshop) if one.question == question]
    return one.count, one.released, one.unshown


def in_item(workshop: Workshop, key: str) -> Heard:
    return next(item for item in queries.heard(workshop) if item.item.key == key)


def answer_with(question: Question, *words: object) -> None:
    for each in words:
        give(question, each)


class TestAsked:
    def test_every_question_of_the_day_in_order(self, workshop: Workshop) -> None:
        found = [one.question.key for one in queries.asked(workshop)]
        assert len(found) > 10
        assert found == list(Question.objects.order_by("position").values_list("key", flat=True))

    def test_counts_are_live_while_words_wait(self, workshop: Workshop) -> None:
        question = opened(workshop, "sum_insights")
        seen = [numbers(question)]
        for number in range(4):
            give(question, f"{number}")
            seen.append(numbers(question))
        assert seen == [(0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 3, 3), (4, 3, 3)]

    def test_after_the_press_only_what_came_since_is_unshown(self, workshop: Workshop) -> None:
        question = opened(workshop, "sum_insights")
        seat = seat_in(workshop)
        give(question, "a", seat)
        answer_with(question, "b", "c")
        services.show(question)
        assert numbers(question) == (3, 3, 0)
        give(question, "a, changed", seat, edit=2)
        answer_with(question, "d", "e")
        assert numbers(question) == (5, 5, 3)
        services.hide(question)
        assert numbers(question) == (5, 5, 5)

    def test_it_is_two_queries_and_answers_do_not_multiply(
        self, workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(3):
            answer_with(new_question(workshop, f"extra_{number}"), "1", "2", "3")
            with django_assert_num_queries(2):
                found = [(one.question.slot.key, one.count) for one in queries.asked(workshop)]
            assert found[-number - 1 :] == [("summary", 3)] * (number + 1)

    def test_the_desk_gets_no_tally_below_three(self, workshop: Workshop) -> None:
        question = opened(workshop, "sum_insights")
        answer_with(question, "1", "2")
        assert self.one(question).tally is None
        answer_with(question, "3")
        tally = self.one(question).tally
        assert isinstance(tally, TextTally)
        assert sorted(tally.cards) == ["1", "2", "3"]

    def test_a_tally_is_read_once(self, workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        question = opened(workshop, "sum_insights")
        answer_with(question, "1", "2", "3")
        one = self.one(question)
        with django_assert_num_queries(2):
            assert one.tally == one.tally

    def one(self, question: Question) -> Asked:
        return next(one for one in queries.asked(question.workshop) if one.question == question)


class TestTallies:
    def test_the_order_is_that_of_random_ids_and_not_of_arrival(self, workshop: Workshop) -> None:
        question = opened(workshop, "sum_insights")
        arrived = [f"{number:02}" for number in range(30)]
        answer_with(question, *arrived)
        services.show(question)
        by_id = list(Answer.objects.order_by("id").values_list("value", flat=True))
        for tally in (queries.released_tally(question), queries.shown_tally(question)):
            assert isinstance(tally, TextTally)
            assert list(tally.cards) == by_id
            assert list(tally.cards) != arrived

    def test_a_note_has_the_name_of_its_table_wherever_it_is_read(self, workshop: Workshop) -> None:
        question = opened(workshop, "sum_insights")
        services.set_hand(question, "scribe")
        give(question, "We agree", table="3")
        give(question, "We do not", table="By the door")
        services.show(question)
        wanted = {("We agree", "3", ""), ("We do not", "By the door", "")}
        (heard,) = [one.tally for item in queries.heard(workshop) for one in item.said]
        for tally in (heard, queries.released_tally(question), queries.shown_tally(question)):
            assert isinstance(tally, TextTally)
            assert set(tally.notes) == wanted
            html = question_summary(question, tally)
            assert '<span class="card-table">Table 3</span>' in html
            assert '<span class="card-table">By the door</span>' in html

    def test_while_a_change_waits_the_desk_reads_the_old_words(self, workshop: Workshop) -> None:
        question, seat = opened(workshop, "sum_insights"), seat_in(workshop)
        give(question, "a", seat)
        answer_with(question, "b", "c")
        give(question, "a, changed", seat, edit=2)
        tally = queries.released_tally(question)
        assert isinstance(tally, TextTally)
        assert sorted(tally.cards) == ["a", "b", "c"]

    def test_the_room_gets_nothing_before_the_press(self, workshop: Workshop) -> None:
        question = opened(workshop, "sum_insights")
        answer_with(question, "1", "2", "3")
        assert queries.shown_tally(question) is None
        services.show(question)
        answer_with(question, "4", "5", "6")
        tally = queries.shown_tally(question)
        assert isinstance(tally, TextTally)
        assert sorted(tally.cards) == ["1", "2", "3"]
        services.hide(question)
        assert queries.shown_tally(question) is None


class TestMine:
    def test_a_phone_finds_its_own_answers_and_no_other(self, workshop: Workshop) -> None:
        seat, other = seat_in(workshop), seat_in(workshop)
        late, early = opened(workshop, "sum_insights"), opened(workshop, "pre_conf")
        named = new_question(workshop, "named", mode="named")
        for each, words, point in ((seat, "mine", "very"), (other, "theirs", "a_little")):
            give(late, words, each)
            give(early, {"confident": point}, each)
            give(named, f"{words}, named", each)
        own = queries.mine(workshop, seat)
        assert [row.value for row in own] == [{"confident": "very"}, "mine", "mine, named"]
        said = [queries.in_words(row) for row in own]
        assert (said[0].split(": ")[1], said[1:]) == ("Very", ["mine", "mine, named"])
        assert [row.value for row in queries.mine(workshop, seat, [late.pk])] == ["mine"]
        assert queries.mine(workshop, seat_in(workshop)) == []

    def test_a_seat_with_another_secret_finds_only_what_is_kept_with_the_seat(self, workshop: Workshop) -> None:
        seat = seat_in(workshop)
        give(opened(workshop, "sum_insights"), "apart", seat)
        give(new_question(workshop, "named", mode="named"), "named", seat)
        stranger = type(seat)(seat.attendee_id, seat_in(workshop).secret)
        assert [row.value for row in queries.mine(workshop, stranger)] == ["named"]

    def test_it_is_two_queries_for_one_and_for_three_answers(
        self, workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        seat = seat_in(workshop)
        for number in range(3):
            give(new_question(workshop, f"extra_{number}"), "mine", seat)
            with django_assert_num_queries(2):
                own = [queries.in_words(row) for row in queries.mine(workshop, seat)]
            assert own == ["mine"] * (number + 1)


class TestHeard:
    def test_each_item_has_the_released_answers_to_its_questions(self, workshop: Workshop) -> None:
        answer_with(opened(workshop, "sum_insights"), "1", "2", "3", "4")
        answer_with(new_question(workshop, "few"), "waits", "waits too")
        answer_with(new_question(workshop, "vote", "culture", kind="choice", config=CHOICE), "yes", "no", "yes")
        said = [(one.asked.question.key, one.asked.count, one.tally.n) for one in in_item(workshop, "summary").said]
        assert said == [("sum_insights", 4, 3), ("few", 2, 0)]
        votes = in_item(workshop, "culture").said[0].tally
        assert isinstance(votes, ChoiceTally)
        assert [bar.count for bar in votes.bars] == [2, 1]
        assert in_item(workshop, "lunch").said == []

    def test_every_item_is_there_in_the_order_of_the_day(self, workshop: Workshop) -> None:
        heard = queries.heard(workshop)
        assert [one.item.key for one in heard][:3] == ["intros", "how-digital", "data"]
        assert (heard[1].start, [one.name for one in heard[1].speakers]) == (
            "11:15",
            ["Cllr Joyce McCarty", "Jenny Nelson"],
        )

    def test_a_question_that_was_never_asked_is_left_out(self, workshop: Workshop) -> None:
        assert not any(one.said for one in queries.heard(workshop))
        question = opened(workshop, "sum_insights")
        services.close_to_room(question, now=timezone.now())
        [only] = in_item(workshop, "summary").said
        assert (only.asked.question, only.asked.count, only.tally.n) == (question, 0, 0)

    def test_it_is_eight_queries_for_one_and_for_three_questions_of_an_item(
        self, workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(3):
            answer_with(new_question(workshop, f"extra_{number}"), "1", "2", "3")
            with django_assert_num_queries(8):
                heard = queries.heard(workshop)
            [item] = [one for one in heard if one.said]
            assert [one.tally.n for one in item.said] == [3] * (number + 1)

    def test_a_running_order_that_dropped_an_item_leaves_the_rest(self, workshop: Workshop) -> None:
        answer_with(opened(workshop, "sum_insights"), "1", "2", "3")
        drop(workshop, "culture")
        assert [one.tally.n for one in in_item(workshop, "summary").said] == [3]


def drop(workshop: Workshop, key: str) -> None:
    """Publish a running order without one item."""
    newest = workshop.plan_versions.latest("number")
    value = {**newest.value, "slots": [slot for slot in newest.value["slots"] if slot["key"] != key]}
    PlanVersion.objects.create(workshop=workshop, number=newest.number + 1, value=value)
