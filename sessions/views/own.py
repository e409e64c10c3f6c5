"""What a phone does with what is its own, on pages of their own: they work without a script."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from agenda import access, seat, services
from agenda import queries as agenda
from feedback import commitments, connecting, letters, notes, queries
from sessions import my_notes


@never_cache
@require_GET
def own_answer(request: HttpRequest, workshop_id: str, question_id: uuid.UUID, nth: int = 1) -> HttpResponse:
    """An attendee changes what they said, whether or not the room is at that question. `nth`: of a phone's notes."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    workshop = at_phone.workshop
    own = queries.mine(workshop, at_phone.seat, [question_id])
    for said in my_notes.of(workshop, at_phone.seat, own, agenda.facilitator(workshop)).said:
        if not said.stands and said.answer.nth == nth:
            return render(request, "live/phone/own_answer.html", {"workshop": workshop, "said": said})
    return redirect(reverse("live:phone", args=[workshop.pk]) + "#mine")


@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """An attendee lets go of the day on this phone, once they have read what that means."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    if request.method == "GET":
        return render(request, "live/phone/leave.html", {"workshop": at_phone.workshop})
    connecting.take_offers_back(workshop=at_phone.workshop, seat=at_phone.seat)
    notes.delete_notes(workshop=at_phone.workshop, seat=at_phone.seat)
    commitments.forget(attendee=at_phone.attendee)
    letters.forget(attendee=at_phone.attendee)
    services.leave(attendee=at_phone.attendee)
    response = redirect(reverse("live:left") + f"?day={workshop_id}")  # the page's script forgets that day's drafts
    seat.forget(response, workshop_id)
    return response


@never_cache
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """Whoever has left: what is gone, and what stays. It knows of no day and opens none."""
    return render(request, "live/phone/left.html")
