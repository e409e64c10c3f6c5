"""What people will do after the day. Every day has a question for it, and each person's answers are theirs alone: they
write and change them on *Your day*, also before the room is asked and for some days after the close."""

import uuid

from django.db import transaction
from django.db.models import QuerySet

from agenda import changes, clock
from agenda import queries as agenda
from agenda.chapter import current_plan
from agenda.models import Attendee, PlanVersion, Workshop
from agenda.seat import Seat

from . import bank, counting, filling_in, offering, preparing
from .filling_in import Part
from .kinds import only_for_their_author
from .models import Answer, Question
from .queries import in_words
from .services import open_for

KEY = "commitment"


def questions(workshop: Workshop) -> QuerySet[Question]:
    """In the order of the day."""
    return Question.objects.filter(workshop=workshop, kind__in=only_for_their_author).order_by("position")


def is_to_come(workshop: Workshop) -> bool:
    """The day has not started."""
    try:
        return agenda.day(workshop).progress.state == "before"
    except PlanVersion.DoesNotExist:
        return True


def is_over(workshop: Workshop) -> bool:
    """As long after the close of the day as feedback is taken, nobody writes anything new."""
    finished_at = None if is_to_come(workshop) else agenda.day(workshop).progress.finished_at
    return finished_at is not None and clock.now(workshop) >= finished_at + open_for(workshop)


def parts(workshop: Workshop, seat: Seat) -> list[Part]:
    """The form with what this seat has written, which can be changed for as long as it is kept; once it is over there
    is nothing new. A day for which nobody prepared a question gets the usual one from whoever comes first."""
    if not questions(workshop).exists() and not is_to_come(workshop):
        _make(workshop)
    is_late = is_over(workshop)
    found = filling_in.parts(workshop, seat, list(questions(workshop)), "")
    return [part for part in found if part.own or not is_late]


@transaction.atomic
def _make(workshop: Workshop) -> None:
    """In the last item; the desk may ask it there."""
    workshop.touch(phones=False)
    slots = (current_plan(workshop) or {"slots": []})["slots"]
    if slots and not questions(workshop).exists():
        preparing.put(workshop, slots[-1]["key"], uuid.uuid4(), offering.wanted(bank.on_offer()[KEY]))
    changes.announce(workshop)


def words_of(attendee: Attendee) -> list[str]:
    """What somebody has said they will do. For that person alone."""
    rows = Answer.objects.filter(attendee=attendee, question__kind__in=only_for_their_author)
    return [in_words(row) for row in rows.select_related("question").order_by("question__position")]


@transaction.atomic
def forget(*, attendee: Attendee) -> None:
    """Their author lets go of them: nobody could ever read them again."""
    attendee.workshop.touch(phones=False)
    for row in Answer.objects.filter(attendee=attendee, question__kind__in=only_for_their_author):
        books = counting.Books(row.question)
        books.before(row)
        row.delete()
        books.write()
    changes.announce(attendee.workshop)
