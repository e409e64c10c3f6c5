"""The feedback form: opened as a whole, and open some days longer than the day."""

from datetime import datetime

from django.db.models import QuerySet

from agenda.models import Workshop

from . import services
from .models import Answer, Question
from .preparing import NOT_ASKED

FEEDBACK = Question.Occasion.FEEDBACK
TO_COME, OPEN, OVER = "to come", "open", "over"


def questions(workshop: Workshop) -> QuerySet[Question]:
    """All of it, also what cannot be answered on phones."""
    return Question.objects.filter(workshop=workshop, occasion=FEEDBACK)


def state(workshop: Workshop) -> str:
    """Whether it can be filled in; it takes no answers once it is over."""
    services.close_feedback_when_due(workshop)
    found = list(questions(workshop))
    if any(question.takes_answers for question in found):
        return OPEN
    return TO_COME if any(question.status in NOT_ASKED for question in found) else OVER


def stands_in(workshop: Workshop, slot_key: str) -> bool:
    """Whether the form, or some of it, belongs to this item."""
    return questions(workshop).filter(slot__key=slot_key).exists()


def open_form(workshop: Workshop, *, now: datetime, is_late: bool = False) -> int:
    """Whatever of it was not asked yet; how many questions that are. The caller has touched the workshop.

    `is_late`: the day is closed already, so it takes answers as every form does that was still open then.
    """
    waiting = list(questions(workshop).filter(status__in=NOT_ASKED))
    for question in waiting:
        services.open_to_room(question, now=now)
        if is_late:
            services.close_to_room(question, now=now)
    return len(waiting)


def take_back(workshop: Workshop, *, now: datetime) -> None:
    """It was opened too early; where somebody has answered, it stays open. The caller has touched the workshop."""
    asked = questions(workshop)
    if not Answer.objects.filter(question__in=asked).exists():
        for question in asked.filter(status=Question.Status.OPEN):
            services.unask(question, now=now)
