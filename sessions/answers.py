"""Verbs of the desk about the answers to a question that is put to the room, one by one.

Each is one transaction: touch first, write, announce after commit.
"""

import uuid
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes, clock
from agenda import services as agenda
from agenda.models import User, Workshop
from agenda.services import Stale
from feedback import moderating
from feedback.models import Answer, Question

VERBS: dict[str, Callable[[Answer], None]] = {
    "hide": moderating.hide,
    "put-back": moderating.put_back,
    "pin": moderating.pin,
    "unpin": moderating.unpin,
    "approve": moderating.approve,
}
WRITTEN_DOWN = {"hide": "an answer hidden", "put-back": "an answer put back"}


@transaction.atomic
def press(*, workshop: Workshop, answer_id: uuid.UUID, verb: str, actor: User | None) -> None:
    """Hide an answer, put it back, pin, unpin or approve it: on every screen at once, and twice is once."""
    workshop.touch(phones=True)
    answer = Answer.objects.filter(pk=answer_id, question__workshop=workshop, released_value__isnull=False)
    found = answer.select_related("question").first()
    if found is None:
        raise Stale(_("This answer is not there any more: whoever gave it has taken it back."))
    moderating.change(found, VERBS[verb])
    if verb in WRITTEN_DOWN:
        at = clock.now(workshop)
        agenda.audit(kind=WRITTEN_DOWN[verb], at=at, workshop=workshop, user=actor, question=found.question.key)
    changes.announce(workshop)


@transaction.atomic
def approve_all(*, workshop: Workshop, question: Question, actor: User | None) -> None:
    """Approve every answer to a question that the desk may read and has not hidden."""
    workshop.touch(phones=True)
    question.refresh_from_db()
    approved = moderating.approve_all(question)
    at = clock.now(workshop)
    agenda.audit(kind="answers approved", at=at, workshop=workshop, user=actor, question=question.key, answers=approved)
    changes.announce(workshop)
