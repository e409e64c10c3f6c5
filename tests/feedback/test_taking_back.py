"""What somebody takes back is gone, for good and everywhere, and only they can take it."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import Workshop
from agenda.seat import Seat
from agenda.services import Refused
from feedback import services
from feedback.counting import count_anew
from feedback.models import Answer, Count, Question, TakenBack
from feedback.queries import released_tally, shown_tally
from feedback.taking_back import MOST_REMEMBERED, remember, take_back, take_back_all
from tests.cast import newcastle

from .room import give, new_question, released, seat_in, stored


@pytest.fixture
def question(workshop: Workshop) -> Question:
    return new_question(workshop, "words")


def taken_back(question: Question, seat: Seat, key: uuid.UUID | None = None) -> None:
    workshop = Workshop.objects.get(pk=question.workshop_id)
    take_back(workshop=workshop, seat=seat, question_id=question.pk, key=key or uuid.uuid4())


def counts(question: Question) -> set[tuple[object, ...]]:
    return set(Count.objects.filter(question=question).values_list("of", "part", "key", "n"))


def close_for_good(question: Question) -> None:
    services.close_for_good(Question.objects.filter(pk=question.pk), now=timezone.now())
    question.refresh_from_db()


@pytest.mark.parametrize("mode", ["unlinked", "facilitator", "named"])
def test_an_answer_goes_from_what_desk_and_room_may_see_and_from_the_counts(workshop: Workshop, mode: str) -> None:
    question = new_question(workshop, "words", mode=mode)
    seats = [seat_in(workshop) for _ in range(4)]
    for number, seat in enumerate(seats):
        give(question, f"words {number}", seat)
    close_for_good(question)
    services.show(question)
    shown = shown_tally(question)
    assert shown
    assert (released_tally(question).n, shown.n) == (4, 4)
    taken_back(question, seats[2])
    kept = ["words 0", "words 1", "words 3"]
    shown = shown_tally(question)
    assert shown
    assert (stored(question), released(question)) == (kept, kept)
    assert (released_tally(question).n, shown.n) == (3, 3)
    stands = counts(question)
    count_anew(question)
    assert counts(question) == stands


def test_an_answer_that_waits_for_others_goes_as_well(question: Question) -> None:
    seats = [seat_in(question.workshop) for _ in range(3)]
    for seat in seats[:2]:
        give(question, "words", seat)
    taken_back(question, seats[0])
    give(question, "the third phone, and the second answer", seats[2])
    assert released(question) == []  # two are too few to be read
    assert Count.objects.get(question=question).n == 2


def test_only_the_phone_that_gave_an_answer_takes_it_back(question: Question) -> None:
    seat, other = seat_in(question.workshop), seat_in(question.workshop)
    key = uuid.uuid4()
    give(question, "mine", seat, key=key)
    taken_back(question, other, key)
    taken_back(question, Seat(seat.attendee_id, other.secret), key)  # the seat does not help: the secret does
    assert stored(question) == ["mine"]
    give(question, "mine, changed", seat, key=key, edit=2)  # and nobody has barred its id
    assert stored(question) == ["mine, changed"]


def test_a_try_that_comes_late_does_not_bring_it_back(question: Question) -> None:
    seat, key, another = seat_in(question.workshop), uuid.uuid4(), uuid.uuid4()
    give(question, "first", seat, key=key, edit=2)
    taken_back(question, seat, key)
    for edit in (1, 2, 3):
        with pytest.raises(Refused, match="You have deleted this answer"):
            give(question, "first", seat, key=key, edit=edit)
    assert stored(question) == []
    give(question, "second thoughts", seat, key=another)
    assert stored(question) == ["second thoughts"]


def test_what_has_not_arrived_yet_can_be_taken_back_too(question: Question) -> None:
    seat, key = seat_in(question.workshop), uuid.uuid4()
    taken_back(question, seat, key)
    with pytest.raises(Refused, match="You have deleted this answer"):
        give(question, "slow", seat, key=key)
    assert stored(question) == []


def test_a_repeat_that_comes_late_leaves_a_newer_answer_alone(question: Question) -> None:
    seat, key = seat_in(question.workshop), uuid.uuid4()
    give(question, "first", seat, key=key)
    for _ in range(2):
        taken_back(question, seat, key)
    give(question, "second thoughts", seat)
    taken_back(question, seat, key)
    assert stored(question) == ["second thoughts"]


def test_an_answer_stored_from_another_page_of_the_phone_goes_under_both_ids(question: Question) -> None:
    seat, here, there = seat_in(question.workshop), uuid.uuid4(), uuid.uuid4()
    give(question, "from another page", seat, key=there)
    taken_back(question, seat, here)
    for key in (here, there):
        with pytest.raises(Refused):
            give(question, "late", seat, key=key)


def test_until_sealing_a_closed_question_lets_go_and_after_it_none_does(question: Question) -> None:
    seats = [seat_in(question.workshop) for _ in range(2)]
    for seat in seats:
        give(question, "words", seat)
    close_for_good(question)
    taken_back(question, seats[0])
    assert stored(question) == ["words"]
    Question.objects.filter(pk=question.pk).update(sealed_at=timezone.now())
    with pytest.raises(Refused, match="nobody can tell any more which one is yours"):
        taken_back(question, seats[1])
    Question.objects.filter(pk=question.pk).update(mode="named")
    with pytest.raises(Refused, match="can no longer be changed or deleted here"):
        taken_back(question, seats[1])
    assert stored(question) == ["words"]


def test_an_own_answer_can_be_changed_when_new_ones_are_no_longer_taken(question: Question) -> None:
    seat = seat_in(question.workshop)
    give(question, "words", seat)
    close_for_good(question)
    give(question, "better words", seat, edit=2)
    assert stored(question) == ["better words"]
    with pytest.raises(Refused, match="takes no more answers"):
        give(question, "a new one")
    Question.objects.filter(pk=question.pk).update(sealed_at=timezone.now())
    with pytest.raises(Refused, match="takes no more answers"):
        give(question, "too late", seat, edit=3)
    assert stored(question) == ["better words"]


def test_a_question_of_another_day_is_left_alone(question: Question) -> None:
    elsewhere = newcastle("another-day")
    seat = seat_in(question.workshop)
    give(question, "words", seat)
    with pytest.raises(Refused, match="not part of the day any more"):
        take_back(workshop=elsewhere, seat=seat, question_id=question.pk, key=uuid.uuid4())
    assert stored(question) == ["words"]


def test_all_of_a_phone_s_answers_go_and_nobody_else_s(workshop: Workshop) -> None:
    questions = [new_question(workshop, f"q{number}", mode=mode) for number, mode in enumerate(["unlinked", "named"])]
    sealed = new_question(workshop, "sealed", mode="named")
    seat = seat_in(workshop)
    for question in [*questions, sealed]:
        give(question, "mine", seat)
        give(question, "another's")
    Question.objects.filter(pk=sealed.pk).update(status="closed", sealed_at=timezone.now())
    assert take_back_all(workshop=workshop, seat=seat) == 2
    assert [stored(question) for question in questions] == [["another's"], ["another's"]]
    assert stored(sealed) == ["another's", "mine"]
    assert take_back_all(workshop=workshop, seat=seat) == 0


def test_answers_that_nothing_joins_are_never_deleted_in_one_transaction(workshop: Workshop) -> None:
    """Each transaction touches the day once."""
    seat = seat_in(workshop)
    for number in range(3):
        give(new_question(workshop, f"q{number}"), "mine", seat)
    before = Workshop.objects.get(pk=workshop.pk).rev
    take_back_all(workshop=workshop, seat=seat)
    assert Workshop.objects.get(pk=workshop.pk).rev == before + 3


def test_what_is_remembered_is_the_id_alone_in_an_order_that_says_nothing(workshop: Workshop) -> None:
    seats = [seat_in(workshop) for _ in range(3)]
    questions = [new_question(workshop, f"q{number}") for number in range(4)]
    for seat in seats:
        for question in questions:
            give(question, "words", seat)
    for seat in seats:
        take_back_all(workshop=workshop, seat=seat)
    assert {field.name for field in TakenBack._meta.get_fields()} == {"id", "workshop"}
    with connection.cursor() as cursor:
        table = "SELECT id FROM feedback_takenback"
        cursor.execute(f"{table} ORDER BY rowid" if connection.vendor == "sqlite" else table)
        as_written = [str(row[0]) for row in cursor.fetchall()]
    assert len(as_written) == 12
    assert as_written == sorted(as_written)


def test_a_flood_of_ids_is_not_remembered_without_end(workshop: Workshop) -> None:
    remember(workshop, [uuid.uuid4() for _ in range(MOST_REMEMBERED)])
    taken_back(new_question(workshop, "words"), seat_in(workshop))
    assert TakenBack.objects.count() == MOST_REMEMBERED


def test_taking_back_writes_nothing_about_a_seat(question: Question) -> None:
    seat = seat_in(question.workshop)
    give(question, "words", seat)
    with CaptureQueriesContext(connection) as asked:
        taken_back(question, seat)
    written = [one["sql"] for one in asked if re.match("INSERT|UPDATE|DELETE|REPLACE", one["sql"])]
    tables = {re.sub(r'.*?"(\w+)".*', r"\1", sql, count=1, flags=re.DOTALL) for sql in written}
    pointed = {"feedback_intheme", "feedback_editedplace", "feedback_connection"}  # at the answer that goes
    assert tables == {"agenda_workshop", "feedback_answer", "feedback_count", "feedback_takenback"} | pointed
    for sql in written:
        assert seat.attendee_id.hex not in sql.replace("-", "")
        assert seat.secret not in sql
    assert not Answer.objects.exists()


def test_a_rehearsal_that_begins_again_remembers_nothing(question: Question) -> None:
    taken_back(question, seat_in(question.workshop))
    services.begin_again(question.workshop)
    assert not TakenBack.objects.exists()
