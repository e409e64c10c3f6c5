"""Six weeks later, on whatever device the mail is read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from agenda import access, seat
from agenda import queries as agenda
from agenda.access import AtPhone
from feedback import commitments, filling_in
from feedback import followup as later
from feedback.filling_in import Part


@never_cache
@require_http_methods(["GET", "POST"])
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """The private link of a mail: looking at it changes nothing, its button opens that person's seat on this device."""
    letter = later.find(secret)
    if letter is None:
        raise Http404
    workshop = letter.attendee.workshop
    if request.method == "GET":
        return render(request, "feedback/followup_begin.html", {"workshop": workshop})
    held = seat.read(request.COOKIES, workshop.pk)
    response = redirect("feedback:followup", workshop_id=workshop.pk)
    seat.keep(response, workshop.pk, later.seat_of(letter, held))
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def followup(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A seat: what they said they would do, and how it went."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    workshop = at_phone.workshop
    questions = filling_in.asked_in(workshop, later.FOLLOWUP) if later.is_open(workshop) else []
    form = filling_in.parts(workshop, at_phone.seat, questions, agenda.facilitator(workshop))
    if request.method == "GET":
        return _page(request, at_phone, form)
    form = filling_in.store_from_post(workshop, at_phone.seat, form, request.POST)
    if any(part.error for part in form):
        return _page(request, at_phone, form, status=422)
    return redirect("feedback:followup_thanks", workshop_id=workshop.pk)


def _page(request: HttpRequest, at_phone: AtPhone, form: list[Part], status: int = 200) -> HttpResponse:
    context = {
        "workshop": at_phone.workshop,
        "attendee": at_phone.attendee,
        "form": form,
        "wrong": [part for part in form if part.error],
        "commitments": commitments.words_of(at_phone.attendee),
    }
    return render(request, "feedback/followup.html", context, status=status)


@never_cache
@require_GET
def thanks(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A seat that has answered."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    return render(request, "feedback/followup_thanks.html", {"workshop": at_phone.workshop})
