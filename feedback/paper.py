"""Forms on paper: what is printed of them, and how somebody types them in again. Each sheet is its own respondent."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from agenda import clock
from agenda.models import User, Workshop
from agenda.seat import Seat
from agenda.services import audit

from . import filling_in
from .models import Question


def on_paper(workshop: Workshop, occasion: str) -> list[Question]:
    """The questions of a form that can be answered on paper: a sheet has no name and nobody's role."""
    questions = filling_in.asked_in(workshop, occasion)
    return [question for question in questions if not question.is_linked and not question.councillors_only]


def not_on_paper(workshop: Workshop, occasion: str) -> list[Question]:
    left: Iterable[Question] = on_paper(workshop, occasion)
    kept = {question.pk for question in left}
    return [question for question in filling_in.asked_in(workshop, occasion) if question.pk not in kept]


def seat_of(sheet: str) -> Seat:
    """Whoever has written on this sheet. It is nobody's seat; what joins its answers is in the page that types it in,
    and nowhere else."""
    return Seat(uuid.uuid4(), sheet)


@transaction.atomic
def write_down(*, workshop: Workshop, actor: User | None) -> None:
    """That a sheet was typed in; not which answers it held."""
    audit(kind="paper form typed in", at=clock.now(workshop), workshop=workshop, user=actor)
