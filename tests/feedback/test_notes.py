"""What somebody writes to themselves: kept for their phone, and for nobody else."""

import re
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agenda.models import Slot, Workshop
from agenda.seat import Seat
from agenda.services import Refused
from feedback import queries, services
from feedback.confidentiality import bundle_key, respondent
from feedback.handing_in import Receipt
from feedback.kinds.base import Refused as NotANote
from feedback.models import Note
from feedback.notes import delete_note, delete_notes, own_notes, write_note

from .room import give, new_question, seat_in


@pytest.fixture
def lunch(workshop: Workshop) -> Slot:
    return Slot.objects.get(workshop=workshop, key="lunch")


@pytest.fixture
def seat(workshop: Workshop) -> Seat:
    return seat_in(workshop)


def write(slot: Slot, seat: Seat, raw: object = "Ring the port", **sent: object) -> Receipt:
    return write_note(slot=slot, seat=seat, raw=raw, **({"key": uuid.uuid4(), "edit": 1} | sent))  # type: ignore[arg-type]


def texts(workshop: Workshop, seat: Seat) -> list[str]:
    return [note.text for note in own_notes(workshop, seat)]


def test_a_phone_finds_its_own_notes_and_no_other_s(lunch: Slot, seat: Seat) -> None:
    other = seat_in(lunch.workshop)
    write(lunch, seat, "mine")
    write(lunch, other, "another's")
    assert texts(lunch.workshop, seat) == ["mine"]
    assert texts(lunch.workshop, Seat(seat.attendee_id, other.secret)) == ["another's"]  # the seat has no part in it


def test_an_item_has_one_note_of_a_phone_and_a_newer_edit_takes_its_place(lunch: Slot, seat: Seat) -> None:
    key = uuid.uuid4()
    assert write(lunch, seat, "first", key=key, edit=2).edit == 2
    for edit, text, kept, told in ((2, "first", "first", 2), (1, "older", "first", 2), (3, "newer", "newer", 3)):
        receipt = write(lunch, seat, text, key=key, edit=edit)
        assert (texts(lunch.workshop, seat), receipt.edit) == ([kept], told)
    row = Note.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(id=uuid.uuid4(), workshop=row.workshop, slot=lunch, respondent=row.respondent, text="x")


@pytest.mark.parametrize("raw", ["", " \n\u200b", None, 7, ["x"], "x" * 2001])
def test_what_is_no_note_is_refused_with_a_sentence(lunch: Slot, seat: Seat, raw: object) -> None:
    with pytest.raises(NotANote, match=r"\.$"):
        write(lunch, seat, raw)
    assert not Note.objects.exists()
    write(lunch, seat, "x" * 2000)


def test_a_deleted_note_is_not_brought_back_by_a_late_try(lunch: Slot, seat: Seat) -> None:
    key = uuid.uuid4()
    write(lunch, seat, key=key)
    for _ in range(2):
        delete_note(workshop=lunch.workshop, seat=seat, key=key)
    with pytest.raises(Refused, match="You have deleted this note"):
        write(lunch, seat, key=key, edit=2)
    assert texts(lunch.workshop, seat) == []
    write(lunch, seat, "again")
    assert texts(lunch.workshop, seat) == ["again"]


def test_nobody_deletes_another_s_note(lunch: Slot, seat: Seat) -> None:
    key = uuid.uuid4()
    write(lunch, seat, key=key)
    delete_note(workshop=lunch.workshop, seat=seat_in(lunch.workshop), key=key)
    write(lunch, seat, "changed", key=key, edit=2)
    assert texts(lunch.workshop, seat) == ["changed"]
    with pytest.raises(Refused, match="Copy what you wrote"):
        write(lunch, seat_in(lunch.workshop), key=key)


def test_all_notes_of_a_phone_go_and_no_other_s(lunch: Slot, seat: Seat) -> None:
    other = seat_in(lunch.workshop)
    for slot in (lunch, Slot.objects.get(workshop=lunch.workshop, key="summary")):
        write(slot, seat)
        write(slot, other, "another's")
    delete_notes(workshop=lunch.workshop, seat=seat)
    assert (texts(lunch.workshop, seat), texts(lunch.workshop, other)) == ([], ["another's", "another's"])


def test_a_note_outlives_its_item(lunch: Slot, seat: Seat) -> None:
    spare = Slot.objects.create(workshop=lunch.workshop, key="spare")
    write(spare, seat, "kept")
    spare.delete()
    assert texts(lunch.workshop, seat) == ["kept"]


def test_a_rehearsal_that_begins_again_forgets_them(lunch: Slot, seat: Seat) -> None:
    write(lunch, seat)
    services.begin_again(lunch.workshop)
    assert not Note.objects.exists()


def test_a_note_leads_to_no_answer_and_no_seat(lunch: Slot, seat: Seat) -> None:
    questions = [new_question(lunch.workshop, bundle, bundle=bundle) for bundle in ("alone", "form", "pair")]
    for question in questions:
        give(question, "an answer", seat)
    with CaptureQueriesContext(connection) as asked:
        write(lunch, seat)
    written = [one["sql"] for one in asked if re.match("INSERT|UPDATE|DELETE|REPLACE", one["sql"])]
    assert [sql.split('"')[1] for sql in written] == ["feedback_note"]
    assert seat.attendee_id.hex not in written[0].replace("-", "")
    writer = Note.objects.get().respondent
    assert writer == respondent(seat.secret, lunch.workshop_id, "notes")
    assert writer not in {str(answer.respondent) for answer in queries.mine(lunch.workshop, seat)}
    names = {bundle_key(bundle, "notes", "notes") for bundle in ("alone", "form", "pair")}
    assert "notes" not in names
    told = {"id", "workshop", "slot", "respondent", "edit", "text"}
    assert {field.name for field in Note._meta.get_fields()} == told  # no seat, no time


def test_a_note_is_no_news_to_anybody(lunch: Slot, seat: Seat) -> None:
    before = Workshop.objects.values("rev", "control_rev", "epoch").get(pk=lunch.workshop_id)
    write(lunch, seat)
    assert Workshop.objects.values("rev", "control_rev", "epoch").get(pk=lunch.workshop_id) == before
