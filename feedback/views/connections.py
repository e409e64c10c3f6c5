"""Asks of the room on a phone: who can help, and how two people are put in touch. All of it works without a script."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda import access
from agenda.access import AtPhone
from agenda.models import Attendee
from agenda.replies import ours, say, to_scripts
from agenda.services import Refused
from feedback import asks, connecting, in_touch, sent
from feedback.connection_forms import AskerForm, ContactForm, SideForm
from feedback.queue_forms import MeTooForm

PRESSES = {"take-back": connecting.take_back, "remove": connecting.remove}


@never_cache
@require_GET
def board(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """An attendee: what the room is asked for, and what this phone can help with."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    return _board(request, at_phone)


@never_cache
@require_POST
@to_scripts
def can_help(request: HttpRequest, workshop_id: str, ask: uuid.UUID) -> HttpResponse:
    """A phone can help, or not any more."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    is_script = sent.is_script(request)
    form = MeTooForm(sent.json_of(request)) if is_script else MeTooForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        _check_own_phone(at_phone)
        connecting.can_help(workshop=at_phone.workshop, seat=at_phone.seat, ask=ask, on=form.cleaned_data["on"])
    except Refused as refused:
        status = sent.status(refused)
        return say(status, message=str(refused)) if is_script else _board(request, at_phone, str(refused), status)
    return say(200, **form.heard) if is_script else redirect("feedback:asks", workshop_id=workshop_id)


@never_cache
@require_http_methods(["GET", "POST"])
def helper_contact(request: HttpRequest, workshop_id: str, ask: uuid.UUID) -> HttpResponse:
    """Whoever offered help says how they can be reached: that is their yes."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    found = next((one for one in in_touch.mine(at_phone.workshop, at_phone.seat).offered if one.ask == ask), None)
    if found is None:
        return _to_mine(workshop_id)
    form = ContactForm(request.POST or None)
    message = cannot_pass(request, at_phone)
    if form.is_valid() and not message:
        try:
            connecting.agree_as_helper(workshop=at_phone.workshop, seat=at_phone.seat, ask=ask, contact=form.contact)
            return _to_mine(workshop_id)
        except Refused as refused:
            message = str(refused)
    context = {"about": found.about, "is_helper": True, "n": 1}
    return _contact_page(request, at_phone, form, message, context)


@never_cache
@require_http_methods(["GET", "POST"])
def asker_contact(request: HttpRequest, workshop_id: str, question_id: uuid.UUID, nth: int) -> HttpResponse:
    """Whoever asks says yes to those who offered, and how they can be reached."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    own = in_touch.mine(at_phone.workshop, at_phone.seat).asked
    found = next((one for one in own if (one.question, one.nth) == (question_id, nth)), None)
    if found is None or not (found.offers or request.method == "POST"):
        return _to_mine(workshop_id)
    form = AskerForm(request.POST or None)
    message = cannot_pass(request, at_phone)
    if form.is_valid() and not message:
        try:
            which = {"question_id": question_id, "nth": nth, "offers": form.cleaned_data["offers"]}
            connecting.agree_as_asker(workshop=at_phone.workshop, seat=at_phone.seat, contact=form.contact, **which)
            return _to_mine(workshop_id)
        except Refused as refused:
            message = str(refused)
    offers = form["offers"].value() if form.is_bound else [one.pk for one in found.offers]
    return _contact_page(request, at_phone, form, message, {"about": found.about, "offers": offers, "n": len(offers)})


@never_cache
@require_GET
@to_scripts
def mine(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A phone's own asks and offers, and whom it is in touch with; its page asks for it anew."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    context = {"workshop": at_phone.workshop, "in_touch": in_touch.mine(at_phone.workshop, at_phone.seat)}
    return ours(render(request, "feedback/_in_touch.html", context))


@never_cache
@require_POST
def press(request: HttpRequest, workshop_id: str, press: str) -> HttpResponse:
    """A phone takes its yes back, or removes both contacts for good."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = SideForm(request.POST)
    if press not in PRESSES or not form.is_valid():
        raise Http404
    try:
        PRESSES[press](workshop=at_phone.workshop, seat=at_phone.seat, keys=form.cleaned_data["key"])
    except Refused as refused:
        return _board(request, at_phone, str(refused), 409)
    return _to_mine(workshop_id)


def cannot_pass(request: HttpRequest, at_phone: AtPhone) -> str:
    """Why no contact is taken here; empty where one is."""
    if at_phone.attendee.device == Attendee.Device.TABLET:
        return _(
            "This tablet goes from hand to hand, so no contact is typed here. Tell the facilitator that you can help."
        )
    if not request.is_secure():
        return _("This network is not encrypted, so no contact is typed here: somebody on the same wifi could read it.")
    return ""


def _check_own_phone(at_phone: AtPhone) -> None:
    """On a shared tablet nobody would find their offer again."""
    if at_phone.attendee.device == Attendee.Device.TABLET:
        raise Refused(_("This tablet goes from hand to hand. Tell the facilitator that you can help."))


def _board(request: HttpRequest, at_phone: AtPhone, message: str = "", status: int = 200) -> HttpResponse:
    helped, own = in_touch.told(at_phone.workshop, at_phone.seat)
    context = {
        "workshop": at_phone.workshop,
        "board": asks.board(at_phone.workshop),
        "voted": helped,
        "own": own,
        "message": message,
    }
    return render(request, "feedback/asks.html", context, status=status)


def _contact_page(
    request: HttpRequest, at_phone: AtPhone, form: ContactForm, message: str, context: dict[str, Any]
) -> HttpResponse:
    may = not cannot_pass(request, at_phone)
    status = 409 if message and form.is_bound else 422 if form.errors else 200
    shown = context | {"workshop": at_phone.workshop, "form": form, "message": message, "may": may}
    return render(request, "feedback/contact.html", shown, status=status)


def _to_mine(workshop_id: str) -> HttpResponse:
    return redirect(reverse("live:phone", args=[workshop_id]) + "#mine")
