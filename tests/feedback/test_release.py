"""Answers reach the desk three at a time, and the room when somebody presses."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from agenda import presses
from agenda.models import Workshop
from agenda.services import Refused
from feedback import services
from feedback.counting import count_anew, totals
from feedback.models import Answer, Count, Question
from feedback.turned_back import Closed

from .room import give, new_question, opened, released, seat_in, stored


@pytest.fixture
def question(workshop: Workshop) -> Question:
    return opened(workshop, "sum_insights")


def shown(question: Question) -> list[str]:
    rows = Answer.objects.filter(question=question, shown_value__isnull=False)
    return sorted(rows.values_list("shown_value", flat=True))


def close(question: Question) -> None:
    question.refresh_from_db()
    services.close_to_room(question, now=timezone.now())


class TestRelease:
    def test_the_desk_reads_answers_three_at_a_time(self, question: Question) -> None:
        seen = []
        for number in range(7):
            give(question, f"{number}")
            seen.append(released(question))
        first, second = ["0", "1", "2"], ["0", "1", "2", "3", "4", "5"]
        assert seen == [[], [], first, first, first, second, second]

    def test_other_words_than_those_approved_are_not(self, question: Question) -> None:
        seats = [seat_in(question.workshop) for _ in range(3)]
        for seat in seats:
            give(question, "kind words", seat)
        Question.objects.filter(pk=question.pk).update(approval=True)
        Answer.objects.filter(question=question).update(approved=True)
        question.refresh_from_db()
        count_anew(question)
        services.show(question)
        give(question, "kind words", seats[0], edit=2)  # nothing new
        for number, seat in enumerate(seats):
            give(question, f"rude words {number}" if number else "kind words", seat, edit=3)
        assert released(question) == ["kind words"] * 3  # two changes are too few to be read
        close(question)
        assert released(question) == ["kind words", "rude words 1", "rude words 2"]
        question.refresh_from_db()
        services.show(question)
        assert shown(question) == ["kind words"] * 3
        stands = set(Count.objects.filter(question=question).values_list("of", "part", "key", "n"))
        count_anew(question)
        assert set(Count.objects.filter(question=question).values_list("of", "part", "key", "n")) == stands

    def test_an_edit_waits_for_the_next_batch_and_the_old_words_stay(self, question: Question) -> None:
        seat = seat_in(question.workshop)
        for words in ("b", "c"):
            give(question, words)
        give(question, "a", seat)
        give(question, "a, changed", seat, edit=2)
        assert released(question) == ["a", "b", "c"]
        give(question, "d")
        assert released(question) == ["a", "b", "c"]
        give(question, "e")
        assert released(question) == ["a, changed", "b", "c", "d", "e"]

    def test_what_is_written_for_a_table_is_read_at_once_and_takes_nobody_elses_answer_along(
        self, question: Question
    ) -> None:
        waits = seat_in(question.workshop)
        give(question, "my own", waits)
        give(question, "another's own")
        services.set_hand(question, "scribe")
        scribe = seat_in(question.workshop)
        give(question, "we at three", scribe, table="3")
        assert released(question) == ["we at three"]
        give(question, "we at three, changed", scribe, edit=2, table="3")
        give(question, "we at four", table="4")
        assert released(question) == ["we at four", "we at three, changed"]
        assert totals([question])[question.pk].released == 2
        services.set_hand(question, "phones")
        give(question, "a third", waits, edit=2)
        give(question, "a fourth")
        assert released(question) == ["a fourth", "a third", "another's own", "we at four", "we at three, changed"]

    def test_one_phone_that_changes_its_mind_three_times_is_no_batch(self, question: Question) -> None:
        seat = seat_in(question.workshop)
        for edit in range(1, 5):
            give(question, f"{edit}", seat, edit=edit)
        assert released(question) == []

    def test_closing_releases_the_rest_and_late_ones_come_in_threes_again(self, question: Question) -> None:
        for words in ("1", "2", "3", "4"):
            give(question, words)
        close(question)
        assert released(question) == ["1", "2", "3", "4"]
        give(question, "5")
        give(question, "6")
        assert released(question) == ["1", "2", "3", "4"]
        give(question, "7")
        assert released(question) == ["1", "2", "3", "4", "5", "6", "7"]

    def test_asked_and_closed_again_and_again_it_hands_out_no_single_answer(self, question: Question) -> None:
        give(question, "one")
        close(question)
        assert released(question) == ["one"]
        for words in ("two", "three"):
            question.refresh_from_db()
            services.open_to_room(question, now=timezone.now())
            give(question, words)
            close(question)
            assert released(question) == ["one"]
        give(question, "four")
        assert released(question) == ["four", "one", "three", "two"]

    @pytest.mark.parametrize("mode", ["facilitator", "named"])
    def test_answers_with_a_name_are_released_at_once(self, workshop: Workshop, mode: str) -> None:
        question = new_question(workshop, "named", mode=mode)
        seat = seat_in(workshop)
        give(question, "Mine", seat)
        assert released(question) == ["Mine"]
        give(question, "Mine, changed", seat, edit=2)
        assert released(question) == ["Mine, changed"]

    def test_a_scale_is_released_like_words(self, workshop: Workshop) -> None:
        question = opened(workshop, "pre_conf")
        for point in ("very", "quite", "skip"):
            give(question, {"confident": point})
        assert [value["confident"] for value in released(question)] == ["quite", "skip", "very"]


class TestShow:
    def test_the_room_sees_what_the_desk_saw_at_the_press(self, question: Question) -> None:
        for words in ("1", "2", "3", "4"):
            give(question, words)
        services.show(question)
        assert shown(question) == ["1", "2", "3"]
        for words in ("5", "6"):
            give(question, words)
        assert released(question) == ["1", "2", "3", "4", "5", "6"]
        assert shown(question) == ["1", "2", "3"]
        services.show(question)
        assert shown(question) == ["1", "2", "3", "4", "5", "6"]

    def test_an_edit_reaches_the_room_with_the_next_press_only(self, question: Question) -> None:
        seat = seat_in(question.workshop)
        give(question, "a", seat)
        give(question, "b")
        give(question, "c")
        services.show(question)
        give(question, "a, changed", seat, edit=2)
        close(question)
        assert (released(question), shown(question)) == (["a, changed", "b", "c"], ["a", "b", "c"])
        services.show(question)
        assert shown(question) == ["a, changed", "b", "c"]

    def test_hide_takes_all_of_them_away_at_once(self, question: Question) -> None:
        for words in ("1", "2", "3"):
            give(question, words)
        services.show(question)
        services.hide(question)
        question.refresh_from_db()
        assert (question.shown, shown(question), released(question)) == (False, [], ["1", "2", "3"])


class TestClosing:
    def test_closed_for_good_releases_everything_and_takes_no_more(self, question: Question) -> None:
        give(question, "1")
        services.close_for_good(Question.objects.filter(pk=question.pk), now=timezone.now())
        assert released(question) == ["1"]
        with pytest.raises(Closed, match="takes no more answers"):
            give(question, "2")
        with pytest.raises(Refused, match="The day is closed"):
            services.open_to_room(Question.objects.get(pk=question.pk), now=timezone.now())
        assert stored(question) == ["1"]

    def test_late_answers_that_were_waiting_are_released_with_the_close_of_the_day(self, question: Question) -> None:
        close(question)
        give(question, "late")
        assert released(question) == []
        services.close_for_good(Question.objects.filter(pk=question.pk), now=timezone.now())
        assert released(question) == ["late"]

    def test_only_the_questions_it_is_given_are_closed(self, workshop: Workshop, question: Question) -> None:
        feedback = opened(workshop, "fb_better")
        running_order = Question.objects.filter(workshop=workshop).exclude(occasion="feedback")
        services.close_for_good(running_order, now=timezone.now())
        give(feedback, "A longer lunch")
        assert stored(feedback) == ["A longer lunch"]
        status = dict(Question.objects.filter(workshop=workshop).values_list("key", "status"))
        assert (status["sum_insights"], status["fb_better"], status["data_issues"]) == ("closed", "open", "draft")

    def test_asked_again_it_keeps_its_answers_and_when_it_was_first_opened(self, question: Question) -> None:
        give(question, "1")
        first_opened = Question.objects.get(pk=question.pk).opened_at
        close(question)
        services.open_to_room(question, now=timezone.now())
        give(question, "2")
        question.refresh_from_db()
        assert (question.status, question.closed_at, question.opened_at) == ("open", None, first_opened)
        assert stored(question) == ["1", "2"]
        assert released(question) == ["1"]


class TestFeedbackAfterTheDay:
    """It stays open three days after the close; whoever looks later finds all of it."""

    def test_what_came_late_is_read_three_days_later_and_not_before(self, workshop: Workshop) -> None:
        question = opened(workshop, "fb_better")
        moves = (None, *(slot.key for slot in workshop.slots.all()))
        for expect in moves:
            presses.advance(workshop=workshop, expect=expect, actor=None)
        close(question)
        give(question, "a late word")
        services.close_feedback_when_due(workshop)
        assert released(question) == []
        Workshop.objects.filter(pk=workshop.pk).update(clock_real=F("clock_real") - timedelta(days=4, minutes=1))
        workshop.refresh_from_db()
        services.close_feedback_when_due(workshop)
        assert released(question) == ["a late word"]
        question.refresh_from_db()
        assert question.status == Question.Status.CLOSED
