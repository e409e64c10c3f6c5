"""Verbs about several questions that are put to the room at once, as over lunch.

They take the screen nowhere: it keeps the face it has. Each is one transaction: touch first, write, announce after
commit.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes, clock, queries
from agenda.models import User, Workshop
from agenda.services import Refused
from agenda.timing import Slot
from feedback import services as feedback
from feedback import together
from feedback.models import Question

from .questions import _audit, _check_live


@transaction.atomic
def ask(*, workshop: Workshop, actor: User | None, expect: str | None) -> None:
    """Open whatever of the item was not asked yet and is answered on phones. Twice is once."""
    workshop.touch(phones=True)
    found = _of_live_item(workshop, expect)
    waiting = [question for question in found if together.can_be(question)]
    if not waiting and any(together.is_open(question) for question in found):
        return
    if len(waiting) < together.FEWEST:
        raise Refused(_("There are not two questions left to ask together. Ask them one by one."))
    _open(workshop, waiting, actor, clock.now(workshop))
    changes.announce(workshop)


@transaction.atomic
def open_again(*, workshop: Workshop, actor: User | None, expect: str | None) -> None:
    """Open those of the item again that were open together and are closed. Twice is once."""
    workshop.touch(phones=True)
    found = _of_live_item(workshop, expect)
    _open(workshop, [question for question in found if together.was_closed(question)], actor, clock.now(workshop))
    changes.announce(workshop)


@transaction.atomic
def close(*, workshop: Workshop, actor: User | None) -> None:
    """Close them all. Whoever is still writing may still send."""
    workshop.touch(phones=True)
    now = clock.now(workshop)
    for question in _are_open(workshop):
        feedback.close_to_room(question, now=now)
        _audit(workshop, actor, "question closed", question, now)
    changes.announce(workshop)


def begin_item(workshop: Workshop, slot: Slot, *, actor: User | None, now: datetime) -> None:
    """Move on has come to this item: what comes back in it closes, and where two or more of its questions were prepared
    to open with it, these open. The caller has touched the workshop."""
    for question in _are_open(workshop):
        if question.returns_in and question.returns_in.key == slot.id:
            feedback.close_to_room(question, now=now)
    if slot.kind not in together.QUIET:
        return
    own = [one for one in together.of_item(workshop, slot.id) if one.opens_with_item and one.slot.key == slot.id]
    # After a move that was taken back, some of them may have answers, and be closed.
    waiting = [question for question in own if together.can_be(question) or together.was_closed(question)]
    if len(waiting) >= together.FEWEST:
        _open(workshop, waiting, actor, now)


def take_back(workshop: Workshop, *, begun: set[str], pressed_at: datetime, now: datetime) -> None:
    """A press is taken back that was made at `pressed_at`: what was asked in an item that is not there yet after all is
    ready again, and what that press has closed is open again. The caller has touched the workshop."""
    for question in together.all_of(workshop):
        is_here = question.slot.key in begun or bool(question.returns_in and question.returns_in.key in begun)
        if question.status == Question.Status.OPEN and not is_here:
            feedback.unask(question, now=now)
        elif together.was_closed(question) and question.closed_at and question.closed_at >= pressed_at and is_here:
            together.open_all([question], now=now)


def _of_live_item(workshop: Workshop, expect: str | None) -> list[Question]:
    """The questions of the item that is on, which has to be one where nobody is talked at."""
    live = _check_live(workshop, expect)
    if queries.day(workshop).items[live].kind not in together.QUIET:
        raise Refused(_("Only over lunch, in a break or in a reflection are questions asked together."))
    return together.of_item(workshop, live)


def _are_open(workshop: Workshop) -> list[Question]:
    return [question for question in together.all_of(workshop) if question.status == Question.Status.OPEN]


def _open(workshop: Workshop, questions: list[Question], actor: User | None, now: datetime) -> None:
    together.open_all(questions, now=now)
    for question in questions:
        _audit(workshop, actor, "question opened", question, now)
