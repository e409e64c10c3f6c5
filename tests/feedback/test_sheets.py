"""A sheet takes several notes of one phone, and joins them no longer than it has to."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from agenda.models import Workshop
from agenda.services import Refused
from feedback import counting, sealing, services, taking_back
from feedback.handing_in import Handed, Receipt, hand_in_together
from feedback.models import Answer, Question
from feedback.queries import mine
from tests.feedback.sealed_room import end

from .room import give, new_question, released, seat_in, stored


@pytest.fixture
def sheet(workshop: Workshop) -> Question:
    return new_question(workshop, "sheet", occasion="flipchart", most_each=3)


def count(question: Question) -> int:
    return counting.totals([question]).get(question.pk, counting.Totals()).given


def test_one_phone_puts_several_notes_on_a_sheet_and_changes_each_by_its_key(sheet: Question) -> None:
    seat, keys = seat_in(sheet.workshop), [uuid.uuid4() for _ in range(2)]
    for key in (*keys, *keys):  # each twice is once
        give(sheet, f"note {keys.index(key)}", seat, key=key)
    assert stored(sheet) == ["note 0", "note 1"]
    assert give(sheet, "note 1, changed", seat, key=keys[1], edit=2).edit == 2
    assert stored(sheet) == ["note 0", "note 1, changed"]
    assert [row.pk for row in mine(sheet.workshop, seat)] == keys
    assert count(sheet) == 2


def test_notes_that_come_within_the_same_moment_are_all_kept(sheet: Question) -> None:
    seat, keys = seat_in(sheet.workshop), [uuid.uuid4() for _ in range(4)]
    handed = [
        Handed(seat, sheet.pk, key=key, edit=1, raw=f"note {number}") for number, key in enumerate([keys[0], *keys])
    ]
    outcomes = hand_in_together(workshop_id=sheet.workshop_id, handed=handed)
    assert [isinstance(outcome, Receipt) for outcome in outcomes] == [True] * 4 + [False]  # a sheet of three
    assert {row.pk: row.nth for row in mine(sheet.workshop, seat)} == dict(zip(keys[:3], (1, 2, 3), strict=True))
    assert sorted(stored(sheet)) == ["note 0", "note 2", "note 3"]


def test_one_phone_puts_no_more_notes_on_a_sheet_than_it_may(sheet: Question) -> None:
    seat = seat_in(sheet.workshop)
    receipts = [give(sheet, f"note {number}", seat) for number in range(3)]
    with pytest.raises(Refused, match="You have 3 notes on this sheet"):
        give(sheet, "one too many", seat)
    give(sheet, "somebody else's")
    taking_back.take_back(workshop=sheet.workshop, seat=seat, question_id=sheet.pk, key=receipts[1].key)
    give(sheet, "in its place", seat)
    assert sorted(Answer.objects.filter(question=sheet).values_list("nth", flat=True)) == [1, 1, 2, 3]
    assert stored(sheet) == ["in its place", "note 0", "note 2", "somebody else's"]


def test_a_note_that_is_taken_back_leaves_the_others(sheet: Question) -> None:
    seat = seat_in(sheet.workshop)
    first, second = (give(sheet, words, seat).key for words in ("first", "second"))
    for _ in range(2):  # twice is once
        taking_back.take_back(workshop=sheet.workshop, seat=seat, question_id=sheet.pk, key=first)
        assert stored(sheet) == ["second"]
    with pytest.raises(Refused, match="You have deleted this answer"):
        give(sheet, "first", seat, key=first)
    taking_back.take_back(workshop=sheet.workshop, seat=seat_in(sheet.workshop), question_id=sheet.pk, key=second)
    assert stored(sheet) == ["second"]
    assert taking_back.take_back_all(workshop=sheet.workshop, seat=seat) == 1
    assert (stored(sheet), count(sheet)) == ([], 0)


def test_notes_of_fewer_than_three_phones_are_not_read(sheet: Question) -> None:
    """Three notes of one phone would say whose thumb has just moved."""
    writer, other = seat_in(sheet.workshop), seat_in(sheet.workshop)
    for number in range(3):
        give(sheet, f"note {number}", writer)
    give(sheet, "another's", other)
    assert released(sheet) == []
    give(sheet, "the third phone's")
    assert released(sheet) == ["another's", "note 0", "note 1", "note 2", "the third phone's"]


def test_a_note_for_a_table_is_read_at_once_with_how_many_sit_there(sheet: Question) -> None:
    services.set_hand(sheet, "scribe")
    key, seat = uuid.uuid4(), seat_in(sheet.workshop)
    give(sheet, "from the table", seat, table="4", people=6, key=key)
    assert released(sheet) == ["from the table"]
    row = Answer.objects.get(pk=key)
    assert (row.table, row.people) == ("4", 6)
    give(sheet, "for the other table", seat, table="5", people=None, key=key, edit=2)
    row.refresh_from_db()
    assert (row.table, row.people) == ("5", None)


def test_sealed_notes_of_one_phone_do_not_join(sheet: Question) -> None:
    for seat in (seat_in(sheet.workshop), seat_in(sheet.workshop)):
        for number in range(3):
            give(sheet, f"note {number} of {seat.attendee_id}", seat)
    before = Answer.objects.filter(question=sheet)
    assert len(set(before.values_list("respondent", flat=True))) == 2
    end(sheet.workshop, days=4)
    sealing.seal_all_due()
    rows = list(Answer.objects.filter(question=sheet))
    assert len({row.respondent for row in rows}) == len(rows) == 6
    assert {row.nth for row in rows} == {1}


def test_a_seats_notes_stay_with_it(workshop: Workshop) -> None:
    named = new_question(workshop, "named", occasion="flipchart", most_each=3, mode="named")
    seat = seat_in(workshop)
    for number in range(3):
        give(named, f"note {number}", seat)
    assert [row.value for row in mine(workshop, seat)] == ["note 0", "note 1", "note 2"]
    assert len(released(named)) == 3


@pytest.mark.parametrize(
    "wrong",
    [{"most_each": 0}, {"most_each": 51}, {"most_each": 2, "bundle": "form"}, {"most_each": 2, "bundle": "pair"}],
)
def test_the_database_keeps_how_many_notes_a_sheet_takes_sensible(sheet: Question, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=sheet.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"nth": 0}, {"nth": 51}, {"nth": 1}, {"people": 6}, {"table": "4", "people": 0}])
def test_the_database_keeps_notes_apart(sheet: Question, wrong: dict[str, object]) -> None:
    seat = seat_in(sheet.workshop)
    give(sheet, "first", seat)
    second = give(sheet, "second", seat)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(pk=second.key).update(**wrong)
