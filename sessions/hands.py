"""A show of hands, as the desk types it in."""

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes
from agenda.models import Workshop
from agenda.services import Refused
from feedback import hands
from feedback.models import Question


@transaction.atomic
def record(*, workshop: Workshop, question: Question, counts: hands.Counts) -> None:
    """Keep what was counted in place of what was there. The room sees it as soon as it sees the answers."""
    workshop.touch(phones=True)
    question.refresh_from_db()
    if not hands.can_be_counted(question):
        raise Refused(_("Ask the room first. Then count the hands."))
    hands.record(question, counts)
    changes.announce(workshop)
