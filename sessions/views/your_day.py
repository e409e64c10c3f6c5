"""Your day: one person's own page to keep, on their phone."""

import base64
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from agenda import access
from agenda.access import AtPhone
from feedback import commitments, filling_in
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
    return redirect(reverse("live:your_day", args=[workshop_id]) + "#commitment")


def _page(request: HttpRequest, at_phone: AtPhone, day: YourDay, *, status: int = 200) -> HttpResponse:
    context = {
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
