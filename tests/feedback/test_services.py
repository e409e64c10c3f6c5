"""Answers come in once, and are kept apart from names."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import Attendee, Audit, Workshop
from agenda.services import Refused
from feedback import services
from feedback.handing_in import Handed, Receipt, hand_in
from feedback.kinds.base import Refused as NotAnAnswer
from feedback.models import Answer, Question
from feedback.turned_back import Closed
from tests.cast import newcastle

from .room import give, new_question, opened, seat_in, stored


@pytest.fixture
def question(workshop: Workshop) -> Question:
    return opened(workshop, "sum_insights")


def close(question: Question) -> None:
    question.refresh_from_db()
    services.close_to_room(question, now=timezone.now())


class TestHandIn:
    def test_the_first_is_stored_under_the_key_the_phone_made(self, question: Question) -> None:
        key = uuid.uuid4()
        receipt = give(question, "  More buses \r\n", key=key)
        row = Answer.objects.get()
        assert (row.pk, row.edit, row.value, row.question) == (key, 1, "More buses", question)
        assert receipt == Receipt(key, 1, late=False)

    def test_a_repeat_is_acknowledged_and_changes_nothing(self, question: Question) -> None:
        seat, key = seat_in(question.workshop), uuid.uuid4()
        first = give(question, "More buses", seat, key=key)
        assert give(question, "More buses", seat, key=key) == first
        assert stored(question) == ["More buses"]

    def test_a_newer_edit_takes_the_place_of_the_older(self, question: Question) -> None:
        seat, key = seat_in(question.workshop), uuid.uuid4()
        give(question, "More buses", seat, key=key)
        assert give(question, "Fewer buses", seat, key=key, edit=2).edit == 2
        assert stored(question) == ["Fewer buses"]

    def test_an_older_edit_never_overwrites_and_is_told_of_the_newer(self, question: Question) -> None:
        seat, key = seat_in(question.workshop), uuid.uuid4()
        give(question, "Newer", seat, key=key, edit=7)
        assert give(question, "Older", seat, key=key, edit=3) == Receipt(key, 7, late=False)
        assert stored(question) == ["Newer"]

    def test_other_words_under_the_same_number_are_not_called_saved(self, question: Question) -> None:
        seat = seat_in(question.workshop)
        give(question, "From one page", seat, edit=2)
        assert give(question, "From another page", seat, edit=2).edit > 2
        assert stored(question) == ["From one page"]

    def test_another_key_of_the_same_phone_edits_the_same_row(self, question: Question) -> None:
        seat, key, other = seat_in(question.workshop), uuid.uuid4(), uuid.uuid4()
        give(question, "First", seat, key=key)
        assert give(question, "Second", seat, key=other, edit=2).key == other
        row = Answer.objects.get()
        assert (row.pk, row.value) == (key, "Second")

    def test_a_key_of_another_phone_is_refused_and_nothing_is_told(self, question: Question) -> None:
        key = uuid.uuid4()
        give(question, "A secret of mine", key=key)
        with pytest.raises(Refused) as refused:
            give(question, "Mine", key=key, edit=2)
        assert "could not be saved from this page" in str(refused.value)
        assert "secret" not in str(refused.value)
        assert "another phone" not in str(refused.value)
        assert stored(question) == ["A secret of mine"]

    def test_what_is_not_an_answer_is_refused_before_anything_is_locked(self, question: Question) -> None:
        before = Workshop.objects.get().rev
        seat = seat_in(question.workshop)
        with pytest.raises(NotAnAnswer, match="Write something first"):
            give(question, " \u200b ", seat)
        assert Workshop.objects.get().rev == before + 1  # somebody joined; nothing else happened
        assert not Answer.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"status": "draft"}, "not part of the day any more"),
            ({"status": "ready"}, "takes no more answers"),
            ({"hand": "talk"}, "takes no more answers"),
            ({"status": "closed"}, "takes no more answers"),
        ],
    )
    def test_a_question_that_is_not_put_to_phones_takes_none(
        self, workshop: Workshop, fields: dict[str, str], sentence: str
    ) -> None:
        with pytest.raises(Closed, match=sentence) as refused:
            give(new_question(workshop, "extra", **fields), "More buses")
        assert "What you wrote is still here" in str(refused.value)
        assert not Answer.objects.exists()

    def test_a_question_of_another_workshop_takes_none(self, question: Question) -> None:
        other = newcastle("another-day")
        seat = seat_in(other)
        with pytest.raises(Closed, match="not part of the day"):
            hand_in(workshop=other, handed=Handed(seat, question.pk, key=uuid.uuid4(), edit=1, raw="More buses"))
        assert stored(question) == []

    def test_closed_to_the_room_it_still_takes_what_was_being_written(self, question: Question) -> None:
        close(question)
        assert give(question, "Just in time").late
        assert stored(question) == ["Just in time"]

    def test_the_desk_and_the_screen_look_again_and_phones_do_not(self, question: Question) -> None:
        seat = seat_in(question.workshop)
        before = Workshop.objects.get()
        give(question, "More buses", seat)
        after = Workshop.objects.get()
        assert (after.rev, after.control_rev) == (before.rev + 1, before.control_rev)


class TestWhatIsKept:
    def test_an_answer_without_a_name_has_no_seat_and_no_lateness(self, question: Question) -> None:
        close(question)
        seat = seat_in(question.workshop)
        give(question, "More buses", seat)
        row = Answer.objects.get()
        assert (row.attendee_id, row.is_late) == (None, False)
        assert row.respondent is not None
        assert seat.secret not in row.respondent
        assert len(row.respondent) == 64

    @pytest.mark.parametrize("mode", ["facilitator", "named"])
    def test_an_answer_with_a_name_has_the_seat_and_nothing_of_the_secret(self, workshop: Workshop, mode: str) -> None:
        question = new_question(workshop, "named", mode=mode)
        seat = seat_in(workshop)
        give(question, "In time", seat)
        close(question)
        late = seat_in(workshop)
        give(question, "Late", late)
        rows = {row.value: row for row in Answer.objects.all()}
        assert {value: row.attendee_id for value, row in rows.items()} == {
            "In time": seat.attendee_id,
            "Late": late.attendee_id,
        }
        assert {row.respondent for row in rows.values()} == {None}
        assert {value: row.is_late for value, row in rows.items()} == {"In time": False, "Late": True}

    def test_a_date_is_kept_and_no_time(self, question: Question) -> None:
        give(question, "More buses")
        answered = Answer.objects.values_list("answered_on", flat=True).get()
        assert type(answered) is date
        assert answered == date(2020, 2, 7)
        times = {"DateTimeField", "TimeField", "DurationField"}
        assert not [field for field in Answer._meta.get_fields() if field.get_internal_type() in times]

    def test_the_date_is_that_of_the_room(self, question: Question) -> None:
        just_after_midnight = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
        Workshop.objects.update(clock_shown=just_after_midnight)
        give(question, "More buses")
        assert Answer.objects.get().answered_on == date(2026, 7, 2)

    def test_a_survey_keeps_no_date(self, workshop: Workshop) -> None:
        give(new_question(workshop, "before", occasion="survey"), "More buses")
        assert Answer.objects.get().answered_on is None

    def test_the_database_holds_one_answer_of_a_phone_and_one_of_a_seat(self, workshop: Workshop) -> None:
        for question in (new_question(workshop, "apart"), new_question(workshop, "named", mode="named")):
            give(question, "First")
            row = Answer.objects.get(question=question)
            row.pk = uuid.uuid4()
            with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
                row.save(force_insert=True)

    @pytest.mark.parametrize("wrong", ["both", "neither", "late"])
    def test_the_database_holds_a_seat_or_a_respondent_and_never_both(self, question: Question, wrong: str) -> None:
        seat = Attendee.objects.create(workshop=question.workshop) if wrong == "both" else None
        with pytest.raises(IntegrityError, match="answer_is_linked_or_not"), transaction.atomic():
            Answer.objects.create(
                id=uuid.uuid4(),
                question=question,
                value="x",
                attendee=seat,
                respondent=None if wrong == "neither" else "f" * 64,
                is_late=wrong == "late",
            )

    def test_the_transaction_that_writes_an_answer_writes_no_seat(self, question: Question) -> None:
        seat = seat_in(question.workshop)
        give(question, "one")
        give(question, "two")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            give(question, "three", seat)
        writes = [one["sql"] for one in queries if one["sql"].split()[0] not in {"SELECT", "SAVEPOINT", "RELEASE"}]
        written = ["agenda_workshop", "feedback_answer", "feedback_count", "feedback_answer"]
        assert [sql.split('"')[1] for sql in writes][:4] == written
        assert {sql.split('"')[1] for sql in writes} == set(written)
        assert not [sql for sql in writes if seat.attendee_id.hex in sql.replace("-", "") or seat.secret in sql]
        assert not Audit.objects.exists()
