"""The feedback form, on the phone of somebody in the room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from agenda import access
from agenda import queries as agenda
from agenda.access import AtPhone
from feedback import feedback_form, filling_in, queries
from feedback.filling_in import Part


@never_cache
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A seat: the whole form, with what this phone has said so far."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    workshop = at_phone.workshop
    state = feedback_form.state(workshop)
    questions = filling_in.asked_in(workshop, feedback_form.FEEDBACK)
    form = filling_in.parts(workshop, at_phone.seat, questions, agenda.facilitator(workshop))
    if request.method == "GET":
        return _page(request, at_phone, form, state)
    form = filling_in.store_from_post(workshop, at_phone.seat, form, request.POST)
    if any(part.error for part in form):
        return _page(request, at_phone, form, state, status=422 if state == feedback_form.OPEN else 409)
    return redirect("feedback:feedback_thanks", workshop_id=workshop.pk)


def _page(request: HttpRequest, at_phone: AtPhone, form: list[Part], state: str, status: int = 200) -> HttpResponse:
    context = {
        "workshop": at_phone.workshop,
        "attendee": at_phone.attendee,
        "form": form if state != feedback_form.TO_COME else [],
        "wrong": [part for part in form if part.error],
        "state": state,
        "until": queries.until_when(at_phone.workshop),
    }
    return render(request, "feedback/feedback_form.html", context, status=status)


@never_cache
@require_GET
def thanks(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A seat that has answered."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    context = {"workshop": at_phone.workshop, "until": queries.until_when(at_phone.workshop)}
    return render(request, "feedback/feedback_thanks.html", context)
