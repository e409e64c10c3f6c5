"""What people are called beside an answer that is kept with their name. Who may see it: docs/data-map.md."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from agenda.models import Attendee

from . import moderating
from .kinds import kinds
from .models import Answer, Question


def in_full(name: str, council: str) -> str:
    """As those who run the day read it: "Ann Ash, Exampleshire", "No name given". All that is said is optional."""
    return ", ".join(filter(None, [name or _("No name given"), council]))


def whose(answer: Answer) -> str:
    """The same of one answer; empty where none is kept."""
    seat: Attendee | None = answer.attendee
    return in_full(seat.name, seat.council) if seat else ""


@dataclass(frozen=True)
class Signed:
    """An answer, and who gave it."""

    words: str
    table: str
    who: str


def signed(questions: Sequence[Question]) -> dict[UUID, list[Signed]]:
    """Question id -> the released answers that are kept with a name, what was pinned first. One query.

    For owner and facilitator, and nobody else.
    """
    known = {question.pk: question for question in questions if question.is_linked}
    rows = Answer.objects.filter(question__in=known, released_value__isnull=False).select_related("attendee")
    found: dict[UUID, list[Signed]] = defaultdict(list)
    for row in rows.order_by("-pinned", "id"):
        question = known[row.question_id]
        words = kinds[question.kind].words(question.config, row.released_value or "")
        found[question.pk].append(Signed(words, row.table, whose(row)))
    return found


def approve_anew(attendee: Attendee) -> None:
    """Somebody is called otherwise than when the desk approved what the room may read with their name.

    Until it approves that again, neither name nor words are on any screen. The caller has touched the workshop.
    """
    named = {"question__mode": Question.Mode.NAMED, "question__approval": True}
    answers = Answer.objects.filter(attendee=attendee, approved=True, **named).select_related("question")
    for answer in answers:
        moderating.change(answer, moderating.unapprove)
    if answers:
        attendee.workshop.touch(phones=True)
