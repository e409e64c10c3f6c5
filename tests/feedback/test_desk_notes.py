"""What the desk types on a sheet is nobody's, read at once, and goes the way of every note."""

import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda.models import Workshop
from agenda.services import Refused, Stale
from feedback import counting, desk_notes, sealing, services
from feedback.kinds.base import Refused as NotANote
from feedback.models import Answer, Question
from feedback.sheet_models import SheetPhoto
from feedback.sheets import on_paper, sheets
from sessions import removing
from tests.feedback.sealed_room import end

from .room import give, new_question, released, stored


@pytest.fixture
def sheet(workshop: Workshop) -> Question:
    return new_question(workshop, "sheet", occasion="flipchart", most_each=3)


def type_note(sheet: Question, words: object, table: str = "", **more: object) -> uuid.UUID:
    given: dict[str, object] = {"key": uuid.uuid4(), "people": None} | more
    desk_notes.type_note(workshop=sheet.workshop, question_id=sheet.pk, raw=words, table=table, **given)  # type: ignore[arg-type]
    return given["key"]  # type: ignore[return-value]


def test_a_typed_note_is_read_at_once_and_lets_nobodys_own_note_through(sheet: Question) -> None:
    for number in range(2):
        give(sheet, f"from phone {number}")
    type_note(sheet, "said aloud")
    assert released(sheet) == ["said aloud"]
    assert counting.totals([sheet])[sheet.pk] == counting.Totals(given=3, released=1, unshown=1)
    give(sheet, "from phone 2")
    assert len(released(sheet)) == 4


def test_a_typed_note_that_is_sent_twice_is_one(sheet: Question) -> None:
    key = type_note(sheet, "once")
    type_note(sheet, "once", key=key)
    assert stored(sheet) == ["once"]
    with pytest.raises(NotANote):
        type_note(sheet, "  ")


def test_a_typed_note_is_changed_and_taken_away_and_nobody_elses_is(sheet: Question) -> None:
    key, own = type_note(sheet, "said aloud"), give(sheet, "from a phone").key
    services.show(sheet)
    desk_notes.change_note(workshop=sheet.workshop, key=key, edit=1, raw="said well")
    assert Answer.objects.get(pk=key).shown_value == "said well"
    with pytest.raises(Refused, match="cannot be changed here"):
        desk_notes.change_note(workshop=sheet.workshop, key=own, edit=1, raw="mine now")
    for taken in (own, key, key):
        desk_notes.take_away(workshop=sheet.workshop, key=taken)
    assert stored(sheet) == ["from a phone"]
    assert counting.totals([sheet])[sheet.pk].given == 1


def test_no_more_is_typed_once_names_are_off(sheet: Question) -> None:
    type_note(sheet, "in time")
    end(sheet.workshop, days=4)
    sealing.seal_all_due()
    with pytest.raises(Refused, match="Names were taken off"):
        type_note(sheet, "too late")
    assert Answer.objects.get(question=sheet).by_desk


def test_a_sheet_is_read_table_by_table_numbers_first(sheet: Question) -> None:
    for table, people in (("window", None), ("10", 4), ("2", 5), ("2", 6), ("", None)):
        type_note(sheet, f"by {table or 'nobody'}", table, people=people)
    (found,) = sheets(sheet.workshop)
    assert [(part.table, part.people, len(part.notes)) for part in found.parts] == [
        ("2", 6, 2),
        ("10", 4, 1),
        ("window", None, 1),
        ("", None, 1),
    ]


def test_paper_has_nothing_that_is_hidden_and_no_empty_sheet(sheet: Question) -> None:
    assert on_paper(sheet.workshop) == []
    key = type_note(sheet, "said by mistake")
    assert len(on_paper(sheet.workshop)) == 1
    Answer.objects.filter(pk=key).update(hidden=True)
    assert on_paper(sheet.workshop) == []


def test_a_note_that_was_removed_for_good_does_not_come_back_with_its_form(sheet: Question) -> None:
    key = type_note(sheet, "said by mistake")
    removing.remove_for_good(workshop=sheet.workshop, answer_id=key, actor=None)
    with pytest.raises(Refused, match="removed for good"):
        type_note(sheet, "said by mistake", key=key)
    assert stored(sheet) == []


def test_of_two_who_change_a_note_at_once_the_second_is_told(sheet: Question) -> None:
    """Two desks with the same page: nobody's words go unseen under somebody else's."""
    given = {"workshop": sheet.workshop, "key": type_note(sheet, "said aloud"), "edit": 1}
    for _twice in range(2):
        desk_notes.change_note(**given, raw="as Ann heard it")  # type: ignore[arg-type]
    with pytest.raises(Stale, match="Somebody has changed this note meanwhile"):
        desk_notes.change_note(**given, raw="as Bob heard it")  # type: ignore[arg-type]
    assert stored(sheet) == ["as Ann heard it"]


def test_all_sheets_are_read_in_four_queries_however_many_notes(
    sheet: Question, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for words in (("one",), ("two", "three")):
        other = new_question(sheet.workshop, words[0], occasion="flipchart", most_each=3)
        SheetPhoto.objects.create(question=other, respondent="f" * 64, image=b"a picture", width=4, height=3)
        for each in words:
            type_note(other, each, table="4")
        with django_assert_num_queries(4):
            assert words[-1] in str(sheets(sheet.workshop))
