"""Your day: one person's own page to keep, on their phone."""

import base64
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda import access
from agenda.access import AtPhone
from agenda.services import Refused
from feedback import commitments, filling_in, followup, letters
from feedback.letter_forms import LetterForm, WhichLetterForm
from feedback.letters import Purpose
from sessions import your_day
from sessions.your_day import YourDay


@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A seat: all that is its own, and a form for what somebody will do."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    if request.method == "GET":
        return _page(request, at_phone, your_day.of(at_phone))
    form = commitments.parts(at_phone.workshop, at_phone.seat)
    form = filling_in.store_from_post(at_phone.workshop, at_phone.seat, form, request.POST)
    if any(part.error for part in form):
        return _page(request, at_phone, your_day.of(at_phone, form), status=422)
    return redirect(_address(workshop_id, "commitment"))


@never_cache
@require_POST
def ask_mail(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A seat: send this person's day to the address they type, or write to it in six weeks."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    if not letters.is_offered():
        raise Http404
    which = WhichLetterForm(request.POST)
    purpose = which.cleaned_data["purpose"] if which.is_valid() else Purpose.DAY
    form = LetterForm(request.POST, purpose=purpose)
    if form.is_valid() and which.is_valid():
        try:
            letters.ask(attendee=at_phone.attendee, now=timezone.now(), **form.cleaned_data)
            return redirect(_address(workshop_id, f"mail-{purpose}"))
        except Refused as refused:
            form.add_error("address", str(refused))
    return _page(request, at_phone, your_day.of(at_phone), tried=form, status=422)


@never_cache
@require_POST
def stop_mail(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A seat: not that mail after all."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = WhichLetterForm(request.POST)
    if form.is_valid():
        letters.stop(attendee=at_phone.attendee, purpose=form.cleaned_data["purpose"])
    return redirect(_address(workshop_id, "keep"))


def _address(workshop_id: str, place: str) -> str:
    return reverse("live:your_day", args=[workshop_id]) + f"#{place}"


def _page(
    request: HttpRequest, at_phone: AtPhone, day: YourDay, *, tried: LetterForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "mails": your_day.mails(at_phone, tried),
        "tried": tried,
        "has_followup": followup.is_open(at_phone.workshop),
        "workshop": at_phone.workshop,
        "day": day,
        "wrong": [part for part in day.commitments if part.error],
        "is_to_come": commitments.is_to_come(at_phone.workshop),
    }
    return render(request, "live/your_day/page.html", context, status=status)


@never_cache
@require_GET
def save(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same as one file that needs nothing else: no script, and nothing that is fetched from anywhere."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    context = {"workshop": at_phone.workshop, "day": your_day.of(at_phone), "style": _style()}
    response = render(request, "live/your_day/saved.html", context)
    response["Content-Disposition"] = f'attachment; filename="{your_day.file_name(at_phone.workshop)}"'
    return response


def _style() -> str:
    """The style of the file, in the file."""
    path = finders.find("css/kept.css")
    assert isinstance(path, str)
    return "data:text/css;base64," + base64.b64encode(Path(path).read_bytes()).decode()
