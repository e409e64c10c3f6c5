"""The questions before the day: open from the publishing of the plan until the day starts. It is one form, and who has
joined by its link has a seat that waits for them."""

from django.db import transaction
from django.db.models import QuerySet

from agenda import changes, clock
from agenda import queries as agenda
from agenda.models import PlanVersion, Workshop

from . import services
from .models import Question
from .preparing import NOT_ASKED

SURVEY = Question.Occasion.SURVEY


def state(workshop: Workshop) -> str:
    """ "to come" until the plan is published, "open" until the day starts, then "over"."""
    try:
        begun = agenda.day(workshop).progress.state != "before"
    except PlanVersion.DoesNotExist:
        return "to come"
    return "over" if begun else "to come" if workshop.template else "open"


def is_open(workshop: Workshop) -> bool:
    return state(workshop) == "open"


def has_questions(workshop: Workshop) -> bool:
    return _questions(workshop).exists()


def open_when_due(workshop: Workshop) -> bool:
    """Whether it is open. The first who comes to it has its questions asked; until then all of them may be changed."""
    if not is_open(workshop):
        return False
    if _questions(workshop).filter(status__in=NOT_ASKED).exists():
        _open(workshop)
    return True


@transaction.atomic
def _open(workshop: Workshop) -> None:
    workshop.touch(phones=False)
    if is_open(workshop):
        for question in _questions(workshop).filter(status__in=NOT_ASKED):
            services.open_to_room(question, now=clock.now(workshop))
    changes.announce(workshop)


def close(workshop: Workshop) -> None:
    """The day starts. What was said may still be changed and taken back on the phone that said it.

    The caller has touched the workshop.
    """
    for question in _questions(workshop).exclude(status__in=NOT_ASKED).select_related("workshop"):
        services.settle_approval(question)
    services.close_for_good(_questions(workshop), now=clock.now(workshop))


def open_again(workshop: Workshop) -> None:
    """The day has not started after all. The caller has touched the workshop."""
    asked = _questions(workshop).filter(sealed_at=None).exclude(status__in=NOT_ASKED)
    asked.update(status=Question.Status.OPEN, closed_at=None)


def _questions(workshop: Workshop) -> QuerySet[Question]:
    return Question.objects.filter(workshop=workshop, occasion=SURVEY, hand=Question.Hand.PHONES)
