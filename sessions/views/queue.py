"""Presses at the desk on the questions to a speaker."""

import uuid

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agenda import access
from sessions import queue_presses

from .desk import DeskRequest, _press, _shown

PRESSES = {
    "take": (queue_presses.put_on_screen, _("The screen and the speaker have this question on top.")),
    "approve": (queue_presses.let_through, _("The room sees it.")),
    "answered": (queue_presses.mark_answered, _("Answered. It has left the queue.")),
    "park": (queue_presses.park, _("Parked. It stands in the parking lot.")),
    "back": (queue_presses.put_back, _("It is back in the queue.")),
    "hide": (queue_presses.hide, _("Hidden, on every screen.")),
}


@require_POST
def speaker_question(request: DeskRequest, workshop_id: str, question_id: uuid.UUID, press: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    if press not in PRESSES:
        raise Http404
    service, done = PRESSES[press]

    def act() -> None:
        service(workshop=at_desk.workshop, question_id=question_id, actor=at_desk.user)

    return _press(request, at_desk, act, _shown(at_desk, done) if press == "take" else done)
