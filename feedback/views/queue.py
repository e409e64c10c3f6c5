"""Questions to a speaker as they come from phones, by script or by plain form."""

import uuid
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agenda import access
from agenda.access import AtPhone
from agenda.replies import say, to_scripts
from agenda.services import Refused
from feedback import asking, sent, speaker_queue
from feedback.kinds.base import Refused as NotAnAnswer
from feedback.queue_forms import AskForm, MeTooForm, PressForm
from feedback.turned_back import NotNow


@never_cache
@require_POST
@to_scripts
def ask(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A phone asks the speaker, or changes what it has asked."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = AskForm(sent.json_of(request)) if sent.is_script(request) else AskForm(request.POST)
    if not form.is_valid():
        return _refused(request, at_phone, form, sent.wrong(form), 422)
    own = {name: form.cleaned_data[name] for name in ("key", "edit")}
    try:
        receipt = asking.ask(
            workshop=at_phone.workshop, seat=at_phone.seat, slot_key=form.cleaned_data["slot"], raw=form.typed, **own
        )
    except (Refused, NotAnAnswer) as refused:
        return _refused(request, at_phone, form, str(refused), sent.status(refused))
    if sent.is_script(request):
        return say(200, key=str(receipt.key), edit=receipt.edit, late=False)
    if receipt.edit > own["edit"]:
        waits = _("A question of yours waits already. Change that one, or take it back first.")
        return _refused(request, at_phone, form, waits, 409)
    return redirect("live:phone", workshop_id=workshop_id)


@never_cache
@require_POST
@to_scripts
def me_too(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """A phone would like to hear this answered too, or not any more."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = MeTooForm(sent.json_of(request)) if sent.is_script(request) else MeTooForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = {"workshop": at_phone.workshop, "seat": at_phone.seat, "on": form.cleaned_data["on"]}
    try:
        asking.me_too(question_id=question_id, **given)
    except Refused as refused:
        return _refused(request, at_phone, form, str(refused), sent.status(refused))
    return say(200, **form.heard) if sent.is_script(request) else redirect("live:phone", workshop_id=workshop_id)


@never_cache
@require_POST
@to_scripts
def take_back(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """A phone takes its own question back; anybody else's stays."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = PressForm(sent.json_of(request)) if sent.is_script(request) else PressForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        asking.take_back(workshop=at_phone.workshop, seat=at_phone.seat, key=question_id)
    except Refused as refused:
        return _refused(request, at_phone, form, str(refused), sent.status(refused))
    return say(200, **form.heard) if sent.is_script(request) else redirect("live:phone", workshop_id=workshop_id)


def _refused(request: HttpRequest, at_phone: AtPhone, form: Form, message: str, status: int) -> HttpResponse:
    """Why not. What was written is still there, on the page or with the script."""
    if sent.is_script(request):
        response: HttpResponse = say(status, message=message)
    else:
        context = {"workshop": at_phone.workshop, "form": form, "message": message} | _next(at_phone, form)
        response = render(request, "feedback/ask.html", context, status=status)
    if status == sent.status(NotNow()):
        response["Retry-After"] = str(sent.RETRY_SECONDS)
    return response


def _next(at_phone: AtPhone, form: Form) -> dict[str, Any]:
    """The key and the edit with which it can be sent again: those of the question that waits, or of a new one."""
    slot = form.cleaned_data.get("slot", "")
    asked = speaker_queue.mine(at_phone.workshop, at_phone.seat)["own"].get(slot, {})
    if asked.get("state") in {"seen", "waits"}:
        return {"key": asked["key"], "edit": asked["edit"] + 1}
    return {"key": uuid.uuid4(), "edit": 1}
