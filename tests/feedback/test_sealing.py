"""Names are taken off for good some days after the day: nothing leads back, and the words stay."""

import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from agenda.models import Audit, Slot, Workshop
from agenda.services import Refused
from feedback import counting, sealing, services
from feedback.models import Answer, Count, Keeping, Question
from feedback.queue_models import SpeakerQuestion, Vote
from feedback.turned_back import Closed
from masterclass.management.commands import serve
from sessions import services as live
from tests.cast import browser_of, newcastle, phone_in, user_with
from tests.live import day

from .room import CHOICE, give, new_question, opened, post_json, released, seat_in, stored
from .sealed_room import end, pass_days


def sealed(question: Question) -> bool:
    return Question.objects.get(pk=question.pk).sealed_at is not None


def ids(question: Question) -> set[object]:
    return set(Answer.objects.filter(question=question).values_list("pk", flat=True))


def respondents(question: Question) -> dict[object, str]:
    return dict(Answer.objects.filter(question=question).values_list("value", "respondent"))


@pytest.fixture
def question(workshop: Workshop) -> Question:
    return opened(workshop, "sum_insights")


class TestWhatChanges:
    def test_ids_and_respondents_are_new_and_the_words_stay(self, workshop: Workshop, question: Question) -> None:
        for words in ("one", "two", "three", "four"):
            give(question, words)
        ids_before, names_before = ids(question), set(respondents(question).values())
        end(workshop, days=4)
        sealing.seal_when_due(workshop)
        assert sealed(question)
        assert stored(question) == released(question) == ["four", "one", "three", "two"]
        assert not ids(question) & ids_before
        assert not set(respondents(question).values()) & names_before

    def test_what_joined_joins_and_what_did_not_does_not(self, workshop: Workshop, question: Question) -> None:
        form = opened(workshop, "fb_better")
        more = new_question(workshop, "fb_more", occasion="feedback", bundle="form")
        pair = [new_question(workshop, key, bundle="pair") for key in ("pre_words", "fb_words")]
        seats = [seat_in(workshop) for _ in range(6)]
        for number, seat in enumerate(seats):
            for each in (question, form, more, *pair):
                give(each, str(number), seat)
        end(workshop, days=4)
        sealing.seal_when_due(workshop)
        assert respondents(form) == respondents(more)
        assert respondents(pair[0]) == respondents(pair[1])
        bundles = [set(respondents(each).values()) for each in (question, form, pair[0])]
        assert len(set.union(*bundles)) == 18

    def test_how_often_somebody_changed_it_is_forgotten(self, workshop: Workshop, question: Question) -> None:
        seat = seat_in(workshop)
        for edit in range(1, 9):
            give(question, f"edit {edit}", seat, edit=edit)
        end(workshop, days=4)
        sealing.seal_when_due(workshop)
        assert list(Answer.objects.values_list("value", "edit")) == [("edit 8", 1)]

    def test_words_that_were_shown_and_then_changed_are_not_kept(self, workshop: Workshop, question: Question) -> None:
        seat = seat_in(workshop)
        for words in ("stays", "stays too"):
            give(question, words)
        give(question, "a name I should not have said", seat)
        services.show(question)
        give(question, "changed", seat, edit=2)
        end(workshop, days=4)
        sealing.seal_when_due(workshop)
        shown = Answer.objects.exclude(shown_value=None).values_list("shown_value", flat=True)
        assert sorted(shown) == ["stays", "stays too"]

    def test_a_date_that_few_have_in_common_is_not_kept(self, workshop: Workshop, question: Question) -> None:
        for number in range(7):
            give(question, str(number))
        late = Answer.objects.filter(value__in=["5", "6"])
        late.update(answered_on="2020-02-09")
        end(workshop, days=4)
        sealing.seal_when_due(workshop)
        dates = Answer.objects.order_by("value").values_list("answered_on", flat=True)
        assert [str(date) for date in dates] == ["2020-02-07"] * 5 + ["None"] * 2

    def test_what_the_desk_did_with_an_answer_stays(self, workshop: Workshop, question: Question) -> None:
        for words in ("one", "two", "three"):
            give(question, words)
        Answer.objects.filter(value="one").update(hidden=True)
        Answer.objects.filter(value="two").update(pinned=True, approved=True, table="4")
        end(workshop, days=4)
        sealing.seal_when_due(workshop)
        rows = Answer.objects.order_by("value").values_list("value", "hidden", "pinned", "approved", "table")
        assert list(rows) == [
            ("one", True, False, False, ""),
            ("three", False, False, False, ""),
            ("two", False, True, True, "4"),
        ]

    def test_the_counts_are_those_of_before(self, workshop: Workshop) -> None:
        asked = new_question(workshop, "vote", kind="choice", config=CHOICE)
        for value in ("yes", "no", "yes", "yes"):
            give(asked, value)
        end(workshop)
        before = counting.counted(asked, Count.Of.RELEASED)
        numbers = set(Count.objects.values_list("pk", flat=True))
        pass_days(workshop, 4)
        sealing.seal_when_due(workshop)
        assert counting.counted(asked, Count.Of.RELEASED) == before
        assert before.marks == {("", "yes"): 3, ("", "no"): 1}
        assert not set(Count.objects.values_list("pk", flat=True)) & numbers

    def test_answers_kept_with_a_name_stay_as_they_are(self, workshop: Workshop) -> None:
        named = new_question(workshop, "named", mode="named")
        give(named, "mine")
        before = Answer.objects.values().get()
        end(workshop, days=30)
        sealing.seal_when_due(workshop)
        assert Answer.objects.values().get() == before
        assert not sealed(named)

    def test_nothing_points_at_an_answer(self) -> None:
        """But what is told its new id inside `seal`, or forgotten there."""
        told = {"intheme", "editedplace", "connection"}
        fields = Answer._meta.get_fields(include_hidden=True)
        assert {field.related_model._meta.model_name for field in fields if field.auto_created} == told

    def test_the_audit_says_how_many_and_names_no_answer(self, workshop: Workshop, question: Question) -> None:
        give(question, "one")
        end(workshop, days=4)
        sealing.seal_when_due(workshop)
        lines = Audit.objects.filter(kind="names taken off").values_list("detail", flat=True)
        assert {"questions": ["sum_insights"], "answers": 1} in lines


class TestWhen:
    def test_not_before_the_end_of_the_last_day_that_phones_were_told(
        self, workshop: Workshop, question: Question
    ) -> None:
        give(question, "one")
        end(workshop, days=3)
        sealing.seal_when_due(workshop)
        assert not sealed(question)
        pass_days(workshop, 1)
        sealing.seal_when_due(workshop)
        assert sealed(question)

    def test_the_number_of_days_can_be_set(self, workshop: Workshop, question: Question) -> None:
        Keeping.objects.create(workshop=workshop, open_days=10)
        end(workshop, days=10)
        sealing.seal_when_due(workshop)
        assert not sealed(question)
        pass_days(workshop, 1)
        sealing.seal_when_due(workshop)
        assert sealed(question)

    def test_never_while_another_day_is_live(self, workshop: Workshop, question: Question) -> None:
        elsewhere = newcastle("another-day")
        day.begin(elsewhere)
        end(workshop, days=4)
        sealing.seal_all_due()
        assert not sealed(question)
        while day.live(elsewhere):
            live.move_on(workshop=elsewhere, expect=day.live(elsewhere), actor=None)
        sealing.seal_all_due()
        assert sealed(question)

    def test_a_day_that_nobody_closed_is_over_when_everybody_has_left(
        self, workshop: Workshop, question: Question
    ) -> None:
        day.begin(workshop)
        give(question, "one")
        pass_days(workshop, 2)
        sealing.seal_all_due()
        assert not sealed(question)
        pass_days(workshop, 2)
        sealing.seal_all_due()
        assert sealed(question)
        assert Question.objects.get(pk=question.pk).status == "closed"

    def test_a_day_opened_again_before_its_turn_is_left_alone(self, workshop: Workshop, question: Question) -> None:
        end(workshop, days=4)
        again = [Question.objects.get(pk=question.pk)]
        day.change(workshop, "reopen")
        sealing._seal_bundle(workshop, again)
        assert not sealed(question)

    def test_a_second_look_changes_nothing(self, workshop: Workshop, question: Question) -> None:
        give(question, "one")
        end(workshop, days=4)
        sealing.seal_all_due()
        before = ids(question), Workshop.objects.get(pk=workshop.pk).rev
        sealing.seal_all_due()
        assert (ids(question), Workshop.objects.get(pk=workshop.pk).rev) == before


def test_questions_to_a_speaker_lead_to_no_phone_either(workshop: Workshop, question: Question) -> None:
    slot = Slot.objects.get(workshop=workshop, key="how-digital")
    for number in range(3):
        kept = {"slot": slot, "respondent": f"{number}" * 64, "text": f"Why {number}?", "edit": 2, "approved": True}
        asked = SpeakerQuestion.objects.create(id=uuid4(), workshop=workshop, **kept)
    for number in range(3):
        Vote.objects.create(question=asked, respondent=f"{number + 5}" * 64)
    rows = list(SpeakerQuestion.objects.values_list("pk", "respondent", "text"))
    voters = set(Vote.objects.values_list("respondent", flat=True))
    end(workshop, days=4)
    sealing.seal_when_due(workshop)
    after = list(SpeakerQuestion.objects.values_list("pk", "respondent", "text"))
    assert sorted(row[2] for row in after) == sorted(row[2] for row in rows)
    assert not {row[i] for row in after for i in (0, 1)} & {row[i] for row in rows for i in (0, 1)}
    assert set(SpeakerQuestion.objects.values_list("edit", flat=True)) == {1}
    assert Vote.objects.filter(question__text=asked.text).count() == len(voters) > 0
    assert not set(Vote.objects.values_list("respondent", flat=True)) & voters


class TestWhoDoesIt:
    """Whoever looks first; the server itself; a command."""

    @pytest.fixture
    def due(self, workshop: Workshop, question: Question) -> Question:
        give(question, "one")
        end(workshop, days=4)
        return question

    def test_the_first_who_reads_the_summary(self, workshop: Workshop, due: Question) -> None:
        viewer = browser_of(user_with("vera", workshop, "viewer"))
        assert "Names are being taken off for good." in viewer.get(f"/w/{workshop.pk}/summary/").text
        assert sealed(due)

    def test_the_first_who_looks_at_what_is_in_the_file(self, workshop: Workshop, due: Question) -> None:
        owner = browser_of(user_with("olive", workshop, "owner"))
        assert ">one</td>" in owner.get(f"/w/{workshop.pk}/export/").text
        assert sealed(due)

    def test_the_first_who_takes_the_file_of_answers(self, workshop: Workshop, due: Question) -> None:
        owner = browser_of(user_with("olive", workshop, "owner"))
        assert "one" in owner.post(f"/w/{workshop.pk}/export/answers.csv").text
        assert sealed(due)

    def test_the_command(self, due: Question) -> None:
        said = StringIO()
        call_command("seal", stdout=said)
        assert sealed(due)
        asked = Question.objects.exclude(sealed_at=None).count()
        assert f"taken off the answers to {asked} questions for good" in said.getvalue()

    @pytest.mark.django_db(transaction=True)
    def test_the_server_itself_once_a_minute(self) -> None:
        due = opened(newcastle(), "sum_insights")
        end(due.workshop, days=4)
        serve.keep_promises()
        assert sealed(due)
        assert not Keeping.objects.get().leftovers


class TestUntilThen:
    def test_what_was_said_can_be_changed_after_the_day(self, workshop: Workshop, question: Question) -> None:
        seat = seat_in(workshop)
        give(question, "one", seat)
        end(workshop)
        assert Question.objects.get(pk=question.pk).status == "closed"
        assert give(question, "one, changed", seat, edit=2).edit == 2
        assert stored(question) == ["one, changed"]
        assert released(question) == ["one"]  # a change waits for two others, or for the names to be taken off
        with pytest.raises(Closed):
            give(question, "somebody new")

    def test_the_last_changes_are_read_once_names_are_off(self, workshop: Workshop, question: Question) -> None:
        seat = seat_in(workshop)
        give(question, "one", seat)
        end(workshop)
        give(question, "one, changed", seat, edit=2)
        pass_days(workshop, 4)
        sealing.seal_all_due()
        assert released(question) == ["one, changed"]


class TestForGood:
    @pytest.fixture
    def over(self, workshop: Workshop, question: Question) -> Question:
        end(workshop, days=4)
        sealing.seal_all_due()
        question.refresh_from_db()
        return question

    def test_a_late_post_is_refused_and_its_words_are_left_with_the_phone(
        self, workshop: Workshop, question: Question
    ) -> None:
        phone, key = phone_in(workshop), str(uuid4())
        body = {"key": key, "edit": 1, "question": str(question.pk), "value": "mine"}
        assert post_json(phone.client, workshop.pk, body).status_code == 200
        end(workshop, days=4)
        sealing.seal_all_due()
        reply = post_json(phone.client, workshop.pk, body | {"edit": 2, "value": "mine, changed"})
        assert reply.status_code == 409
        assert "What you wrote is still here" in json.loads(reply.content)["message"]
        assert stored(question) == ["mine"]

    def test_no_press_opens_it_again(self, workshop: Workshop, over: Question) -> None:
        day.change(workshop, "reopen")
        over.refresh_from_db()
        assert (over.status, over.sealed_at is None) == ("closed", False)
        with pytest.raises(Refused, match="Names were taken off"):
            services.open_to_room(over, now=timezone.now() + timedelta(days=1))

    def test_undoing_the_close_does_not_open_it_either(self, workshop: Workshop, over: Question) -> None:
        live.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
        over.refresh_from_db()
        assert over.status == "closed"
