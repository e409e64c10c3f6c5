"""What phones do with the questions to a speaker: ask one, change it, take it back, and say "Me too".

Each verb is one transaction, which writes nothing that leads to a seat. Handing the same thing in again is harmless.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agenda import changes, clock
from agenda import queries as agenda
from agenda.models import Slot, Workshop
from agenda.seat import Seat
from agenda.services import Refused

from .confidentiality import respondent
from .handing_in import Receipt
from .kinds.base import Refused as NotAnAnswer
from .kinds.lines import on_one_line
from .kinds.refusals import EMPTY, TOO_LONG
from .queue_models import SpeakerQuestion, Vote
from .turned_back import Closed, NotNow

LONGEST = 300
LARGE = 60  # seats; in a larger room the desk reads a question before everybody else does
SPEAKER = "speaker"
Given = ParamSpec("Given")
Done = TypeVar("Done")


def phone_in_queue(seat: Seat, workshop_id: str, slot_key: str) -> str:
    """Who a phone is among those that ask the speaker of one item."""
    return respondent(seat.secret, workshop_id, f"queue:{slot_key}")


def phone_as_voter(seat: Seat, workshop_id: str, question_id: uuid.UUID) -> str:
    """Who a phone is among those that say "Me too" to one question: somebody else than in the queue, or at another."""
    return respondent(seat.secret, workshop_id, f"vote:{question_id}")


def read_text(raw: object) -> str:
    """The question on one line. Raises the refusal of a kind, whose sentence is for the person."""
    text = on_one_line(raw, LONGEST) if isinstance(raw, str) else ""
    if not text:
        raise NotAnAnswer(EMPTY)
    if len(text) > LONGEST:
        raise NotAnAnswer(TOO_LONG, length=len(text), limit=LONGEST)
    return text


def needs_approval(workshop: Workshop) -> bool:
    """Whether the room sees a question only when the desk has let it through: as is usual in a large room."""
    return agenda.here(workshop).count() > LARGE


def _or_not_now(verb: Callable[Given, Done]) -> Callable[Given, Done]:
    """A database that takes nothing just now is no refusal: the phone keeps what was written."""

    @wraps(verb)
    def tried(*args: Given.args, **kwargs: Given.kwargs) -> Done:
        try:
            return verb(*args, **kwargs)
        except OperationalError:
            raise NotNow from None

    return tried


@_or_not_now
def ask(*, workshop: Workshop, seat: Seat, slot_key: str, key: uuid.UUID, edit: int, raw: object) -> Receipt:
    """Put a question to the speaker, or change it while it waits. Raises Refused, or what refuses the text."""
    text, approved = read_text(raw), not needs_approval(workshop)
    phone = phone_in_queue(seat, workshop.pk, slot_key)
    with transaction.atomic():
        workshop.touch(phones=False)
        _check_open(workshop, slot_key)
        slot = Slot.objects.get(workshop=workshop, key=slot_key)
        new = SpeakerQuestion(
            id=key, workshop=workshop, slot=slot, respondent=phone, text=text, edit=edit, approved=approved
        )
        receipt = _put(workshop, new)
        changes.announce(workshop)
    return receipt


def _put(workshop: Workshop, new: SpeakerQuestion) -> Receipt:
    own = SpeakerQuestion.objects.filter(slot=new.slot, respondent=new.respondent)
    stands = own.filter(pk=new.pk).first() or own.filter(status=SpeakerQuestion.Status.WAITING).first()
    if stands is None:
        _check_free(new.pk)
        new.save(force_insert=True)
        _let_phones_hear(workshop, new)
        return Receipt(new.pk, new.edit, late=False)
    if new.edit > stands.edit:
        _change(workshop, stands, new)
    # Two pages of one phone may use the same number for different words; only one of them may say "Saved".
    return Receipt(new.pk, stands.edit if stands.text == new.text else max(stands.edit, new.edit + 1), late=False)


def _change(workshop: Workshop, question: SpeakerQuestion, new: SpeakerQuestion) -> None:
    """In a large room the desk reads other words anew before everybody else does."""
    if question.status != SpeakerQuestion.Status.WAITING:
        raise Closed(_("Your question has been dealt with. What you wrote is still here: send it as a new one."))
    _let_phones_hear(workshop, question, new)
    question.approved = new.approved or (question.approved and question.text == new.text)
    question.taken = question.taken and question.approved
    question.text, question.edit = new.text, new.edit
    question.save(update_fields=["text", "edit", "approved", "taken"])


def _let_phones_hear(workshop: Workshop, *questions: SpeakerQuestion) -> None:
    """Only of what is in their list, or comes to it: a large room would else be told of every single one."""
    if any(one.approved and one.status == SpeakerQuestion.Status.WAITING for one in questions):
        workshop.touch(phones=True)


def _check_free(key: uuid.UUID) -> None:
    if SpeakerQuestion.objects.filter(pk=key).exists():
        raise Refused(
            _("This could not be saved from this page. Copy what you wrote, open the day in a new tab and send it.")
        )


def _check_open(workshop: Workshop, slot_key: str) -> None:
    """A speaker's item that is on, or was: what somebody was still writing is taken until the day closes."""
    schedule = agenda.day(workshop).schedule(clock.now(workshop))
    begun = {row.slot.id: row.slot.kind for row in schedule.rows if row.state in {"live", "done"}}
    if schedule.state == "finished" or begun.get(slot_key) != SPEAKER:
        raise Closed(_("No questions to this speaker are taken now. What you wrote is still here for you to copy."))


@_or_not_now
@transaction.atomic
def take_back(*, workshop: Workshop, seat: Seat, key: uuid.UUID) -> None:
    """A phone's own question goes, with its votes, wherever it stands. One that is gone already is no mistake."""
    workshop.touch(phones=False)
    question = SpeakerQuestion.objects.filter(workshop=workshop, pk=key).select_related("slot").first()
    if question and question.respondent == phone_in_queue(seat, workshop.pk, question.slot.key):
        _let_phones_hear(workshop, question)
        question.delete()
    changes.announce(workshop)


@_or_not_now
@transaction.atomic
def take_all_back(*, workshop: Workshop, seat: Seat) -> None:
    """Everything a phone has asked and voted for on this day goes, for somebody who deletes all they said."""
    workshop.touch(phones=True)
    for question in SpeakerQuestion.objects.filter(workshop=workshop).select_related("slot"):
        if question.respondent == phone_in_queue(seat, workshop.pk, question.slot.key):
            question.delete()
        else:
            voter = phone_as_voter(seat, workshop.pk, question.pk)
            Vote.objects.filter(question=question, respondent=voter).delete()
    changes.announce(workshop)


@_or_not_now
@transaction.atomic
def me_too(*, workshop: Workshop, seat: Seat, question_id: uuid.UUID, on: bool) -> None:
    """A phone would like to hear this answered too, or takes that back; twice is once. No phone hears of it."""
    workshop.touch(phones=False)
    question = _seen(workshop).filter(pk=question_id).first()
    if question is None:
        raise Closed(_("This question is not in the list any more."))
    phone = phone_as_voter(seat, workshop.pk, question_id)
    if on:
        Vote.objects.get_or_create(question=question, respondent=phone)
    else:
        Vote.objects.filter(question=question, respondent=phone).delete()
    changes.announce(workshop)


def _seen(workshop: Workshop) -> QuerySet[SpeakerQuestion]:
    """Those that phones have in their list, or had a moment ago."""
    return SpeakerQuestion.objects.filter(workshop=workshop, approved=True).exclude(
        status=SpeakerQuestion.Status.HIDDEN
    )
