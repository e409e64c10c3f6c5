"""Presses at the desk that change what everybody looks at, over whatever is on."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agenda import access
from sessions import asks, forms, staging, summary_presses

from .desk import DeskRequest, _press, _read, _shown

PHASES = {
    "talk": _("Phones rest while the speaker speaks."),
    "questions": _("Phones take questions to the speaker; they and the screen say: put your hand up."),
    "discussion": _("Phones and the screen say that we discuss this together."),
}


@require_POST
def out(request: DeskRequest, workshop_id: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    on = _read(forms.OnForm(request.POST)).cleaned_data["on"]
    act, done = (
        (staging.everyone_out, _("Everyone is sent out. Phones and the screen say “Leave now”."))
        if on
        else (staging.everyone_back, _("Everyone is back. Phones and the screen show what they showed before."))
    )
    return _press(request, at_desk, lambda: act(workshop=at_desk.workshop, actor=at_desk.user), done)


@require_POST
def freeze(request: DeskRequest, workshop_id: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    on = _read(forms.OnForm(request.POST)).cleaned_data["on"]
    done = _("The screen is frozen. It keeps this picture until you let it go on.") if on else _("The screen goes on.")
    return _press(request, at_desk, lambda: staging.freeze(workshop=at_desk.workshop, on=on), done)


@require_POST
def phase(request: DeskRequest, workshop_id: str, phase: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    if phase not in PHASES:
        raise Http404
    seen = _read(forms.PressForm(request.POST)).seen

    def act() -> None:
        staging.set_phase(workshop=at_desk.workshop, phase=phase, expect=seen)

    return _press(request, at_desk, act, _shown(at_desk, PHASES[phase]))


@require_POST
def summary(request: DeskRequest, workshop_id: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    page = _read(forms.PageForm(request.POST)).cleaned_data["page"]

    def act() -> None:
        summary_presses.put_on_screen(workshop=at_desk.workshop, page=page)

    return _press(request, at_desk, act, _shown(at_desk, _("The screen shows the summary.")))


@require_POST
def board(request: DeskRequest, workshop_id: str) -> HttpResponse:
    """What people ask of the room."""
    at_desk = access.workshop_for_desk(request, workshop_id)

    def act() -> None:
        asks.put_board_on_screen(workshop=at_desk.workshop, actor=at_desk.user)

    return _press(request, at_desk, act, _shown(at_desk, _("The screen shows what people ask, and how many can help.")))
