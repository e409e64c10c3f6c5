"""Presses at the desk while the room goes round."""

import uuid
from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agenda import access, cards
from agenda.models import Workshop
from sessions import forms, introductions

from .desk import DeskRequest, _press, _read, _shown

DONE = {
    "call": _("The room hears the next."),
    "pass": _("Passed. They are not called again unless you call them."),
    "over": _("Everybody has had their turn."),
    "undo": _("Taken back."),
    "hide": _("The card is off the screen and off the phones."),
}


@require_POST
def turn(request: DeskRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: somebody's turn comes, is passed by, or is taken back."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = _read(forms.IntroductionForm(request.POST))
    verb, seat, seen = form.cleaned_data["turn"]
    act = _act(at_desk.workshop, verb, seat, seen, form.cleaned_data["press"])
    return _press(request, at_desk, act, _shown(at_desk, DONE[verb]))


def _act(
    workshop: Workshop, verb: str, seat: uuid.UUID | None, seen: uuid.UUID | None, press: uuid.UUID
) -> Callable[[], None]:
    if verb == "hide" and seat:
        return lambda: cards.take_off_screen(workshop=workshop, seat=seat)
    if verb in {"over", "undo"}:
        plain = introductions.end if verb == "over" else introductions.undo
        return lambda: plain(workshop=workshop, seen=seen, press=press)
    if verb == "hide":
        raise Http404
    whose = introductions.call if verb == "call" else introductions.pass_by
    return lambda: whose(workshop=workshop, seat=seat, seen=seen, press=press)
