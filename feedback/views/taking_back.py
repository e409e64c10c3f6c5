"""How an attendee takes an answer back, by script or by plain form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agenda import access
from agenda.access import AtPhone
from agenda.replies import say, to_scripts
from agenda.services import Refused
from feedback import sent, taking_back
from feedback.forms import TakeBackForm


@never_cache
@require_POST
@to_scripts
def take_back(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """One answer."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return _not_done(request, at_phone, sent.wrong(form), 422)
    which = {"question_id": form.cleaned_data["question"], "key": form.cleaned_data["key"]}
    try:
        taking_back.take_back(workshop=at_phone.workshop, seat=at_phone.seat, **which)
    except Refused as refused:
        return _not_done(request, at_phone, str(refused), 409)
    return _done(request, at_phone)


@never_cache
@require_POST
@to_scripts
def take_back_all(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Every answer of this phone that can still be found."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    taking_back.take_back_all(workshop=at_phone.workshop, seat=at_phone.seat)
    return _done(request, at_phone)


def _done(request: HttpRequest, at_phone: AtPhone) -> HttpResponse:
    if request.headers.get("X-Live") == "1":
        return say(200, done=True)
    return redirect(reverse("live:phone", args=[at_phone.workshop.pk]) + "#mine")


def _not_done(request: HttpRequest, at_phone: AtPhone, message: str, status: int) -> HttpResponse:
    if request.headers.get("X-Live") == "1":
        return say(status, message=message)
    context = {"workshop": at_phone.workshop, "message": message}
    return render(request, "feedback/not_taken_back.html", context, status=status)
