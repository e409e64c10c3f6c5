"""Feedback's part of a day that is carried: its questions as they stand, and every answer."""

from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agenda import rows
from agenda.models import Attendee, Slot, Workshop
from agenda.rows import Entry, Tables, Unreadable

from . import connection_keeping, taking_back, theme_carried
from .counting import count_anew
from .kinds import kinds
from .kinds.base import Refused
from .models import Answer, Gone, Keeping, Note, Question, ShowOfHands, TakenBack
from .queue_models import SpeakerQuestion, Vote, WordList
from .report_models import DraftReport
from .sheet_models import SheetPhoto
from .survey_models import PersonalLink

REPLACED = {
    "questions": _("questions"),
    "answers": _("answers"),
    "notes": _("what people wrote to themselves"),
    "shows_of_hands": _("shows of hands"),
    "keeping": _("how long words are kept"),
    "speaker_questions": _("questions to a speaker"),
    "votes": _("votes for them"),
    "photos": _("photos of sheets"),
    "word_list": _("words to be warned of"),
    "personal_links": _("personal links to the questions before the day"),
    "draft_report": _("the report somebody is working on"),
    **theme_carried.REPLACED,
}


def pack(workshop: Workshop) -> Tables:
    """Table -> its rows. Answers in the order of their random ids, so that the file says nothing of who came when."""
    questions = Question.objects.filter(workshop=workshop).order_by("position")
    questions = questions.select_related("slot", "returns_in", "again_of")
    answers = Answer.objects.filter(question__workshop=workshop).order_by("pk")
    hands = ShowOfHands.objects.filter(question__workshop=workshop).order_by("pk")
    notes = Note.objects.filter(workshop=workshop).select_related("slot").order_by("pk")
    return {
        "questions": [
            rows.write(
                row,
                slot=row.slot.key,
                returns_in=row.returns_in and row.returns_in.key,
                again_of=row.again_of and row.again_of.key,
            )
            for row in questions
        ],
        "answers": [
            rows.write(row, question=str(row.question_id), attendee=row.attendee_id and str(row.attendee_id))
            for row in answers
        ],
        "notes": [rows.write(row, slot=row.slot and row.slot.key) for row in notes],
        "taken_back": [rows.write(row) for row in TakenBack.objects.filter(workshop=workshop).order_by("pk")],
        "keeping": [rows.write(row) for row in Keeping.objects.filter(workshop=workshop)],
        "gone": [rows.write(row) for row in Gone.objects.filter(workshop=workshop).order_by("mark")],
        "shows_of_hands": [rows.write(row, question=str(row.question_id)) for row in hands],
        "personal_links": _pack_links(workshop),
        "draft_report": [rows.write(row) for row in DraftReport.objects.filter(workshop=workshop)],
        "photos": [_pack_photo(row) for row in SheetPhoto.objects.filter(question__workshop=workshop).order_by("pk")],
    } | (_pack_queue(workshop) | theme_carried.pack(workshop))


def _pack_links(workshop: Workshop) -> list[Entry]:
    links = PersonalLink.objects.filter(workshop=workshop).order_by("pk")
    return [rows.write(row, attendee=row.attendee_id and str(row.attendee_id)) for row in links]


def _pack_photo(photo: SheetPhoto) -> Entry:
    return rows.write(photo, question=str(photo.question_id), image=b64encode(bytes(photo.image)).decode())


def _unpack_photos(tables: Tables, asked: dict[str, Question]) -> None:
    for entry in sorted(tables.get("photos", []), key=lambda entry: str(entry.get("id"))):
        plain = {name: value for name, value in entry.items() if name != "image"}
        try:
            image = b64decode(str(entry.get("image")), validate=True)
        except ValueError as error:
            raise Unreadable(_("A photo in it cannot be read.")) from error
        values = rows.read(SheetPhoto, plain, "question")
        SheetPhoto.objects.create(question=rows.needed(entry, "question", asked), image=image, **values)


def _pack_queue(workshop: Workshop) -> Tables:
    asked = SpeakerQuestion.objects.filter(workshop=workshop).order_by("pk").select_related("slot")
    votes = Vote.objects.filter(question__workshop=workshop).order_by("pk")
    return {
        "speaker_questions": [rows.write(row, slot=row.slot.key) for row in asked],
        "votes": [rows.write(row, question=str(row.question_id)) for row in votes],
        "word_list": [rows.write(row) for row in WordList.objects.filter(workshop=workshop)],
    }


def unpack(workshop: Workshop, tables: Tables) -> None:
    """Questions and answers become those of the file. They are written in its order, that of the random ids.

    What was taken back here or there does not come again.
    """
    in_touch = connection_keeping.set_aside(workshop)
    Question.objects.filter(workshop=workshop).delete()
    slots = {slot.key: slot for slot in Slot.objects.filter(workshop=workshop)}
    asked = _unpack_questions(workshop, tables, slots)
    seats = {str(seat.pk): seat for seat in Attendee.objects.filter(workshop=workshop)}
    gone = _unpack_answers(workshop, tables, asked, seats)
    connection_keeping.put_back(in_touch)
    _unpack_links(workshop, tables, seats)
    _unpack_kept(workshop, tables, asked)
    _unpack_photos(tables, asked)
    _unpack_notes(workshop, tables, slots, gone)
    _unpack_queue(workshop, tables, slots)
    theme_carried.unpack(workshop, tables)


def _unpack_answers(
    workshop: Workshop, tables: Tables, asked: dict[str, Question], seats: dict[str, Attendee]
) -> set[UUID]:
    """Gives the ids of all that was taken back, here or there."""
    gone = taking_back.remember(workshop, [rows.read(TakenBack, entry)["id"] for entry in tables.get("taken_back", [])])
    answers = [_answer(entry, asked, seats) for entry in sorted(tables.get("answers", []), key=_id)]
    Answer.objects.bulk_create(answer for answer in answers if answer.pk not in gone)
    return gone


def _id(entry: Entry) -> str:
    return str(entry.get("id"))


def _unpack_questions(workshop: Workshop, tables: Tables, slots: dict[str, Slot]) -> dict[str, Question]:
    questions = Question.objects.bulk_create(
        Question(
            workshop=workshop,
            slot=rows.needed(entry, "slot", slots),
            returns_in=rows.link(entry, "returns_in", slots),
            **rows.read(Question, entry, "slot", "returns_in", "again_of"),
        )
        for entry in tables.get("questions", [])
    )
    for question in questions:
        _check_kind(question)
    _link_rounds(questions, tables)
    return {str(question.pk): question for question in questions}


def _unpack_kept(workshop: Workshop, tables: Tables, asked: dict[str, Question]) -> None:
    """What the answers count, how long words are kept, what is gone for good, and the hands that were counted."""
    for question in asked.values():
        count_anew(question)
    Keeping.objects.filter(workshop=workshop).delete()
    Keeping.objects.bulk_create(
        Keeping(workshop=workshop, **rows.read(Keeping, row)) for row in tables.get("keeping", [])
    )
    DraftReport.objects.filter(workshop=workshop).delete()
    DraftReport.objects.bulk_create(
        DraftReport(workshop=workshop, **rows.read(DraftReport, row)) for row in tables.get("draft_report", [])
    )
    marks = [rows.read(Gone, row)["mark"] for row in tables.get("gone", [])]
    Gone.objects.bulk_create((Gone(workshop=workshop, mark=mark) for mark in marks), ignore_conflicts=True)
    ShowOfHands.objects.bulk_create(
        ShowOfHands(question=rows.needed(entry, "question", asked), **rows.read(ShowOfHands, entry, "question"))
        for entry in tables.get("shows_of_hands", [])
    )


def _unpack_links(workshop: Workshop, tables: Tables, seats: dict[str, Attendee]) -> None:
    PersonalLink.objects.filter(workshop=workshop).delete()
    PersonalLink.objects.bulk_create(
        PersonalLink(
            workshop=workshop,
            attendee=rows.link(entry, "attendee", seats),
            **rows.read(PersonalLink, entry, "attendee"),
        )
        for entry in tables.get("personal_links", [])
    )


def _unpack_notes(workshop: Workshop, tables: Tables, slots: dict[str, Slot], gone: set[UUID]) -> None:
    Note.objects.filter(workshop=workshop).delete()
    notes = [
        Note(workshop=workshop, slot=rows.link(entry, "slot", slots), **rows.read(Note, entry, "slot"))
        for entry in sorted(tables.get("notes", []), key=_id)
    ]
    Note.objects.bulk_create(note for note in notes if note.pk not in gone)


def _unpack_queue(workshop: Workshop, tables: Tables, slots: dict[str, Slot]) -> None:
    SpeakerQuestion.objects.filter(workshop=workshop).delete()
    WordList.objects.filter(workshop=workshop).delete()
    asked = SpeakerQuestion.objects.bulk_create(
        SpeakerQuestion(
            workshop=workshop,
            slot=rows.needed(entry, "slot", slots),
            **rows.read(SpeakerQuestion, entry, "slot"),
        )
        for entry in sorted(tables.get("speaker_questions", []), key=_id)
    )
    known = {str(row.pk): row for row in asked}
    Vote.objects.bulk_create(
        Vote(question=rows.needed(entry, "question", known), **rows.read(Vote, entry, "question"))
        for entry in sorted(tables.get("votes", []), key=_id)
    )
    for entry in tables.get("word_list", []):
        WordList.objects.create(workshop=workshop, **_check_words(rows.read(WordList, entry)))


def _check_words(values: dict[str, Any]) -> dict[str, Any]:
    """The desk counts on this."""
    words = values.get("words")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise Unreadable(_("A list of words in it cannot be read."))
    return values


def _link_rounds(questions: list[Question], tables: Tables) -> None:
    """A question asked again names the one it repeats."""
    known = {question.key: question for question in questions}
    for question, entry in zip(questions, tables.get("questions", []), strict=True):
        question.again_of = rows.link(entry, "again_of", known)
    Question.objects.bulk_update(questions, ["again_of"])


def _answer(entry: Entry, asked: dict[str, Question], seats: dict[str, Attendee]) -> Answer:
    """What waits for the desk is worked out: a file from before its time does not say it."""
    read = rows.read(Answer, entry, "question", "attendee")
    read["waits"] = read.get("released_value") != read["value"]
    return Answer(question=rows.needed(entry, "question", asked), attendee=rows.link(entry, "attendee", seats), **read)


def _check_kind(question: Question) -> None:
    """Every page that shows a question counts on this."""
    try:
        kinds[question.kind].check_config(question.config)
    except (KeyError, Refused) as error:
        raise Unreadable(_("A question in it is of a kind that this version does not know.")) from error
