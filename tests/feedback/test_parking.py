"""The parking lot: made when somebody uses it, read at once, ticked off."""

import uuid

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from agenda.models import Workshop
from agenda.services import Refused
from feedback import asking, parking, speaker_queue
from feedback.models import Answer, Question
from feedback.queue_models import SpeakerQuestion
from sessions import room, sheets
from sessions import services as live
from tests.live import day

from .room import give, seat_in


@pytest.fixture
def lot(workshop: Workshop) -> Question:
    day.begin(workshop)
    return sheets.open_parking_lot(workshop=workshop)


def texts(workshop: Workshop) -> list[str]:
    return sorted(row.text for row in parking.parked(workshop, day.live(workshop) or "") if not row.dealt_with)


def test_the_lot_is_made_once_and_only_while_the_day_runs(workshop: Workshop) -> None:
    with pytest.raises(Refused, match="while the day runs"):
        sheets.open_parking_lot(workshop=workshop)
    day.begin(workshop)
    first, again = (sheets.open_parking_lot(workshop=workshop) for _ in range(2))
    assert first == again
    assert Question.objects.filter(workshop=workshop, key="parking_lot", status="open").count() == 1


def test_what_one_phone_parks_is_read_at_once(lot: Question) -> None:
    give(lot, "Who pays for the buses?")
    assert texts(lot.workshop) == ["Who pays for the buses?"]


def test_the_lot_stays_open_when_its_item_is_over_and_beside_a_question(lot: Question) -> None:
    day.begin(lot.workshop, until="lunch")
    day.ask(lot.workshop, "lunch_new")
    give(lot, "still taken")
    assert day.status(lot.workshop, "parking_lot") == "open"
    assert texts(lot.workshop) == ["still taken"]


def test_parked_questions_to_a_speaker_and_those_nobody_came_to_are_in_it(lot: Question) -> None:
    workshop = lot.workshop
    day.begin(workshop, until="how-digital")
    for text in ("Parked?", "Not come to?", "Answered?"):
        asking.ask(
            workshop=workshop, seat=seat_in(workshop), slot_key="how-digital", key=uuid.uuid4(), edit=1, raw=text
        )
    by_text = {row.text: row for row in SpeakerQuestion.objects.all()}
    speaker_queue.put(by_text["Parked?"], "parked")
    speaker_queue.put(by_text["Answered?"], "answered")
    assert texts(workshop) == ["Parked?"]
    live.move_on(workshop=workshop, expect="how-digital", actor=None)
    assert texts(workshop) == ["Not come to?", "Parked?"]


def test_what_is_dealt_with_is_ticked_off_and_can_come_back(lot: Question) -> None:
    workshop = lot.workshop
    note = give(lot, "Who pays?").key
    for how, said in (("Ann writes to them", "Ann writes to them"), ("", "dealt with")):
        parking.deal_with(workshop=workshop, parked_id=note, how=how)
        assert Answer.objects.get(pk=note).dealt_with == said
        assert (texts(workshop), parking.left(workshop, "")) == ([], 0)
        parking.put_back(workshop=workshop, parked_id=note)
        assert (texts(workshop), parking.left(workshop, "")) == (["Who pays?"], 1)
    with pytest.raises(Refused, match="not in the parking lot any more"):
        parking.deal_with(workshop=workshop, parked_id=uuid.uuid4(), how="")


def test_a_hidden_note_is_out_of_the_lot(lot: Question) -> None:
    note = give(lot, "by mistake").key
    Answer.objects.filter(pk=note).update(hidden=True)
    assert texts(lot.workshop) == []


def test_the_desk_says_before_the_close_what_is_still_parked(lot: Question) -> None:
    workshop = lot.workshop
    give(lot, "Who pays?")
    looked = room.look(workshop, real=timezone.now())
    assert (looked.is_near_the_close, looked.still_parked) == (False, 1)
    day.begin(workshop, until="close")
    assert room.look(workshop, real=timezone.now()).is_near_the_close


def test_phones_hear_when_the_lot_opens_and_of_nothing_that_is_parked_after(lot: Question) -> None:
    workshop = lot.workshop
    rev, control_rev = day.revisions(workshop)
    sheets.open_parking_lot(workshop=workshop)
    assert day.revisions(workshop) == (rev + 1, control_rev)
    Question.objects.filter(pk=lot.pk).update(status="closing")
    sheets.open_parking_lot(workshop=workshop)
    assert day.revisions(workshop)[1] == control_rev + 1


def test_the_lot_is_read_in_two_queries_and_counted_in_two(
    lot: Question, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for words in (("one",), ("two", "three")):
        for each in words:
            give(lot, each)
        with django_assert_num_queries(2):
            assert words[-1] in str(parking.parked(lot.workshop, ""))
        with django_assert_num_queries(2):
            parking.left(lot.workshop, "")
