"""The questions that are open at once, on the phone of somebody in the room: one form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import access
from agenda import queries as agenda
from agenda.access import AtPhone
from feedback import filling_in, queries
from feedback import together as asked
from feedback.filling_in import Part


@never_cache
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A seat in the room: all of them, with what this phone has said so far."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    workshop, role = at_phone.workshop, at_phone.attendee.role
    if not at_phone.attendee.arrived:
        return redirect("agenda:join", code=workshop.join_code)
    page = asked.page(workshop, role)
    questions = page.questions if request.method == "GET" else asked.all_of(workshop)
    form = filling_in.parts(workshop, at_phone.seat, questions, agenda.facilitator(workshop))
    if request.method == "GET":
        return _page(request, at_phone, form, page.state)
    form = filling_in.store_from_post(workshop, at_phone.seat, form, request.POST)
    if any(part.error for part in form):
        stays = [part for part in form if part.error or part.question in page.questions]
        return _page(request, at_phone, stays, page.state, status=422 if page.state == asked.OPEN else 409)
    return redirect("live:phone", workshop_id=workshop.pk)


def _page(request: HttpRequest, at_phone: AtPhone, form: list[Part], state: str, status: int = 200) -> HttpResponse:
    context = {
        "workshop": at_phone.workshop,
        "attendee": at_phone.attendee,
        "form": form,
        "wrong": [part for part in form if part.error],
        "state": state,
        "for_councillors": asked.asks_councillors(at_phone.workshop, at_phone.attendee.role),
        "until": queries.until_when(at_phone.workshop) if form else "",
    }
    return render(request, "feedback/together.html", context, status=status)
