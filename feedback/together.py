"""Questions of one item that are open at once, as over lunch. Each phone has them on one page, and the screen is left
as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from agenda.models import Attendee, Workshop

from . import services
from .models import Question
from .preparing import NOT_ASKED

QUIET = {"lunch", "break", "reflection"}  # kinds of items in which nobody is talked at
FEWEST = 2
OPEN, LATE, OVER, NOTHING = "open", "late", "over", "nothing"


def can_be(question: Question) -> bool:
    """It can be asked together with others: nobody was asked yet, and everybody answers on their phone. What is for its
    author alone has a page of its own."""
    is_live = question.occasion == Question.Occasion.LIVE and not question.is_private
    return is_live and question.hand == Question.Hand.PHONES and question.status in NOT_ASKED


def of_item(workshop: Workshop, slot_key: str) -> list[Question]:
    """The questions of an item, and those that come back in it."""
    here = Q(slot__key=slot_key) | Q(returns_in__key=slot_key)
    return list(Question.objects.filter(here, workshop=workshop).order_by("position"))


def all_of(workshop: Workshop) -> list[Question]:
    """Whatever is, or was, asked together with others."""
    rows = Question.objects.filter(workshop=workshop, together=True).select_related("slot", "returns_in")
    return list(rows.order_by("position"))


def is_open(question: Question) -> bool:
    """Phones can answer it now, with the others."""
    return question.together and question.status == Question.Status.OPEN and question.hand == Question.Hand.PHONES


def was_closed(question: Question) -> bool:
    """It was open with the others, and still takes what somebody was writing."""
    return question.together and question.status == Question.Status.CLOSING


def is_for(question: Question, role: str) -> bool:
    """Whoever says they are this is asked it."""
    return not question.councillors_only or role == Attendee.Role.COUNCILLOR


def open_all(questions: Iterable[Question], *, now: datetime) -> None:
    """Put them to the room at once. The caller has touched the workshop."""
    for question in questions:
        services.open_to_room(question, now=now, together=True)


@dataclass(frozen=True)
class Page:
    """What one phone has of them. Those that are open; once none is, those that were, where late answers still go."""

    state: str
    questions: list[Question]


def page(workshop: Workshop, role: str) -> Page:
    """For everybody with a seat; `role` is what they say they are."""
    asked = [question for question in all_of(workshop) if is_for(question, role)]
    by_phone = [question for question in asked if question.hand == Question.Hand.PHONES and question.sealed_at is None]
    for state, status in ((OPEN, "open"), (LATE, "closing"), (OVER, "closed")):
        if found := [question for question in by_phone if question.status == status]:
            return Page(state, found)
    return Page(NOTHING, [])


def asks_councillors(workshop: Workshop, role: str) -> bool:
    """Some of what is open is for councillors, and this phone has not said whether it is one's."""
    return not role and any(is_open(one) and one.councillors_only for one in all_of(workshop))
