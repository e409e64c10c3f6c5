"""Forms on paper, for owner, facilitator and staff: to print, and to type in what came back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from agenda import access
from agenda import queries as agenda
from agenda.access import AtDesk
from agenda.seat import new_secret
from feedback import feedback_form, filling_in, paper
from feedback.filling_in import Part
from feedback.forms import SheetForm
from feedback.models import Question


@never_cache
@require_GET
def feedback_paper(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The feedback form as a sheet."""
    return _sheet(request, access.workshop_for_export(request, workshop_id), feedback_form.FEEDBACK)


@never_cache
@require_GET
def survey_paper(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The questions before the day as a sheet."""
    return _sheet(request, access.workshop_for_export(request, workshop_id), Question.Occasion.SURVEY)


def _sheet(request: HttpRequest, at_desk: AtDesk, occasion: str) -> HttpResponse:
    workshop = at_desk.workshop
    context = {
        "workshop": workshop,
        "form": filling_in.empty(paper.on_paper(workshop, occasion), agenda.facilitator(workshop)),
        "left_out": paper.not_on_paper(workshop, occasion),
        "is_feedback": occasion == feedback_form.FEEDBACK,
    }
    return render(request, "feedback/paper.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """One sheet of the feedback form, typed in; then the next."""
    at_desk = access.workshop_for_export(request, workshop_id)
    workshop = at_desk.workshop
    sheet = SheetForm(request.POST or None)
    if request.method == "POST" and not sheet.is_valid():
        raise Http404
    secret = sheet.cleaned_data["sheet"] if sheet.is_bound else new_secret()
    questions = paper.on_paper(workshop, feedback_form.FEEDBACK)
    form = filling_in.parts(workshop, paper.seat_of(secret), questions, agenda.facilitator(workshop))
    if request.method == "GET":
        return _entry_page(request, at_desk, form, secret)
    form = filling_in.store_from_post(workshop, paper.seat_of(secret), form, request.POST)
    if any(part.error for part in form):
        return _entry_page(request, at_desk, form, secret, status=422)
    if any(part.is_answered for part in form):
        paper.write_down(workshop=workshop, actor=at_desk.user)
    return redirect(reverse("feedback:feedback_entry", args=[workshop.pk]) + "?saved=1")


def _entry_page(
    request: HttpRequest, at_desk: AtDesk, form: list[Part], secret: str, status: int = 200
) -> HttpResponse:
    context = {
        "workshop": at_desk.workshop,
        "form": form,
        "wrong": [part for part in form if part.error],
        "state": feedback_form.state(at_desk.workshop),
        "sheet": secret,
        "saved": "saved" in request.GET,
        "replied": filling_in.replied(at_desk.workshop, feedback_form.FEEDBACK),
        "left_out": paper.not_on_paper(at_desk.workshop, feedback_form.FEEDBACK),
    }
    return render(request, "feedback/entry.html", context, status=status)
