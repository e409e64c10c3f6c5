"""Answers that come together: one transaction for each sort, and one that cannot be stored spoils no other."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.models import Attendee, Workshop
from agenda.seat import Seat
from feedback import services
from feedback.handing_in import Handed, Receipt, hand_in_together
from feedback.models import Answer, Question
from tests.cast import newcastle

from .room import new_question, seat_in, stored


@pytest.fixture
def unlinked(db: None) -> Question:
    return new_question(newcastle(), "words")


@pytest.fixture
def linked(unlinked: Question) -> Question:
    return new_question(unlinked.workshop, "named", mode="named")


def said(question: Question, raw: object, seat: Seat | None = None, **sent: Any) -> Handed:
    sent = {"key": uuid.uuid4(), "edit": 1} | sent
    return Handed(seat or seat_in(question.workshop), question.pk, raw=raw, **sent)


def rev(workshop: Workshop) -> int:
    return Workshop.objects.values_list("rev", flat=True).get(pk=workshop.pk)


def test_answers_with_a_name_and_without_never_share_a_transaction(unlinked: Question, linked: Question) -> None:
    """Each transaction touches the day once, which raises its revision by one."""
    seats = [seat_in(unlinked.workshop) for _ in range(4)]
    handed = [said([unlinked, linked][n % 2], f"words {n}", seats[n]) for n in range(4)]
    before = rev(unlinked.workshop)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        outcomes = hand_in_together(workshop_id=unlinked.workshop_id, handed=handed)
    assert [outcome.key for outcome in outcomes if isinstance(outcome, Receipt)] == [one.key for one in handed]
    assert rev(unlinked.workshop) == before + 2
    for query in asked.captured_queries:
        if query["sql"].startswith('INSERT INTO "feedback_answer"'):
            assert ("words 0" in query["sql"]) != ("words 1" in query["sql"])


def test_many_answers_cost_as_many_questions_to_the_database_as_one(unlinked: Question) -> None:
    counts = []
    for size in (3, 3, 30):
        handed = [said(unlinked, f"words {size} {n}") for n in range(size)]
        with CaptureQueriesContext(connection) as asked:
            hand_in_together(workshop_id=unlinked.workshop_id, handed=handed)
        counts.append(len(asked))
    assert counts[2] == counts[1]  # the first also begins the counts
    assert len(stored(unlinked)) == 36


def test_two_edits_of_one_answer_that_come_together_are_one_answer_the_newer(unlinked: Question) -> None:
    seat, key = seat_in(unlinked.workshop), uuid.uuid4()
    for edits in ((1, 2), (4, 3)):
        handed = [said(unlinked, f"edit {edit}", seat, key=key, edit=edit) for edit in edits]
        outcomes = hand_in_together(workshop_id=unlinked.workshop_id, handed=handed)
        assert [outcome.edit for outcome in outcomes if isinstance(outcome, Receipt)] == [edits[0], max(edits)]
        assert stored(unlinked) == [f"edit {max(edits)}"]


def test_each_is_refused_as_it_would_be_alone(unlinked: Question) -> None:
    closed = new_question(unlinked.workshop, "closed", status="closed")
    taken = uuid.uuid4()
    handed = [
        said(unlinked, "first", key=taken),
        said(unlinked, ""),
        said(closed, "late"),
        said(unlinked, "somebody else's key", key=taken),
        said(unlinked, "last"),
    ]
    outcomes = hand_in_together(workshop_id=unlinked.workshop_id, handed=handed)
    assert [isinstance(outcome, Receipt) for outcome in outcomes] == [True, False, False, False, True]
    assert "Write something" in str(outcomes[1])
    assert "takes no more answers" in str(outcomes[2])
    assert "could not be saved from this page" in str(outcomes[3])
    assert stored(unlinked) == ["first", "last"]


@pytest.mark.django_db(transaction=True)
def test_a_seat_that_is_gone_spoils_nobodys_answer() -> None:
    question = new_question(newcastle(), "named", mode="named")
    gone = Seat(uuid.uuid4(), "secret")  # its row was deleted a moment ago
    handed = [said(question, "before"), said(question, "from nobody", gone), said(question, "after")]
    outcomes = hand_in_together(workshop_id=question.workshop_id, handed=handed)
    assert [isinstance(outcome, Receipt) for outcome in outcomes] == [True, False, True]
    assert stored(question) == ["after", "before"]


def test_a_day_that_is_gone_takes_nothing_and_says_so(unlinked: Question) -> None:
    handed = said(unlinked, "words")
    Question.objects.all().delete()
    services.begin_again(unlinked.workshop)
    Workshop.objects.all().delete()
    (outcome,) = hand_in_together(workshop_id=unlinked.workshop_id, handed=[handed])
    assert "not part of the day any more" in str(outcome)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("mode", ["unlinked", "named"])
@pytest.mark.parametrize(
    ("role", "sentence"), [("", "Say first that you are one"), ("officer", "so it was not taken"), ("councillor", "")]
)
def test_a_question_for_councillors_takes_answers_from_their_seats_alone(
    workshop: Workshop, mode: str, role: str, sentence: str
) -> None:
    question = new_question(workshop, "ours", councillors_only=True, mode=mode)
    seat = seat_in(workshop)
    Attendee.objects.filter(pk=seat.attendee_id).update(role=role)
    (outcome,) = hand_in_together(workshop_id=workshop.pk, handed=[said(question, "More buses", seat)])
    assert isinstance(outcome, Receipt) == (role == "councillor")
    assert sentence in str(outcome)
    assert Answer.objects.count() == (role == "councillor")


def test_one_who_may_not_answer_holds_up_nobody_else(workshop: Workshop) -> None:
    ours, everybodys = new_question(workshop, "ours", councillors_only=True), new_question(workshop, "all")
    seats = [seat_in(workshop) for _ in range(2)]
    Attendee.objects.filter(pk=seats[0].attendee_id).update(role="councillor")
    group = [said(question, "More buses", seat) for question in (ours, everybodys) for seat in seats]
    outcomes = hand_in_together(workshop_id=workshop.pk, handed=group)
    assert [isinstance(one, Receipt) for one in outcomes] == [True, False, True, True]
