"""A question that is asked a second time: a new question with the same words and settings, right behind the first."""

import uuid

from django.utils.translation import gettext as _

from agenda.services import Refused

from .models import Question
from .preparing import MOST_QUESTIONS, NOT_ASKED, _in_order, _lay_out

SAME = (
    "workshop",
    "slot",
    "returns_in",
    "occasion",
    "kind",
    "text",
    "hint",
    "config",
    "hand",
    "mode",
    "bundle",
    "showing",
    "approval",
    "councillors_only",
    "minutes",
    "most_each",
)


def repeat(question: Question, *, round_id: uuid.UUID) -> Question:
    """The same question for another round, not asked yet; the one made before when it has this id already.

    The caller has touched the workshop.
    """
    if question.status in NOT_ASKED:
        raise Refused(_("Ask the room first. Then it can be asked again."))
    if question.again_of_id:
        raise Refused(_("This was the second time already. Ask it as a question of its own."))
    made = question.rounds.first()
    if made and made.pk == round_id:
        return made
    if made:
        raise Refused(_("This question was asked again already: the second time stands right below it."))
    order = _in_order(question.workshop)
    if len(order) >= MOST_QUESTIONS:
        raise Refused(_("This day has %(n)s questions, which is as many as it can hold.") % {"n": len(order)})
    same = {name: getattr(question, name) for name in SAME}
    if question.approval_as_usual:
        same["approval"] = None  # it is settled when it is asked
    key = _next_key(question.key, {row.key for row in order})
    again = Question(id=round_id, key=key, position=len(order), again_of=question, **same)
    place = order.index(question) + 1
    _lay_out(question.workshop, [*order[:place], again, *order[place:]])
    return again


def _next_key(key: str, taken: set[str]) -> str:
    """ "lunch_new" -> "lunch_new_2", or the next that is free."""
    return next(found for n in range(2, MOST_QUESTIONS + 3) if (found := f"{key[:36]}_{n}") not in taken)
