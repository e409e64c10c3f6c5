"""The questions before the day, on the phone of whoever has the link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from agenda import access, seat, services
from agenda import queries as agenda
from agenda.access import AtPhone
from agenda.forms import WhoForm
from agenda.models import Workshop
from feedback import filling_in, queries, survey_links
from feedback import survey as before
from feedback.filling_in import Part
from feedback.forms import who_from_post


@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever has the link that is one for all. One press makes a seat; a phone that has one goes straight on."""
    workshop = access.workshop_to_join(code)
    if access.attendee(request.COOKIES, workshop.pk):
        return redirect("feedback:survey", workshop_id=workshop.pk)
    if request.method == "GET" or not _can_begin(workshop):
        return _begin_page(request, workshop)
    response = redirect("feedback:survey", workshop_id=workshop.pk)
    seat.keep(response, workshop.pk, services.sign_up(workshop=workshop))
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A personal link: looking at it changes nothing, its button opens that person's seat on this phone."""
    link = survey_links.find(secret)
    if link is None:
        raise Http404
    if request.method == "GET" or (link.attendee_id is None and not _can_begin(link.workshop)):
        return _begin_page(request, link.workshop, link=link, is_personal=True)
    held = seat.read(request.COOKIES, link.workshop_id)
    opened = survey_links.open_with(workshop=link.workshop, token=secret, held=held)
    if opened is None:
        raise Http404
    response = redirect("feedback:survey", workshop_id=link.workshop_id)
    seat.keep(response, link.workshop_id, opened)
    return response


def _can_begin(workshop: Workshop) -> bool:
    return before.is_open(workshop) and before.has_questions(workshop)


def _begin_page(request: HttpRequest, workshop: Workshop, **told: object) -> HttpResponse:
    """Looking at it changes nothing; a press that cannot be done finds it with 409."""
    state = before.state(workshop)
    context = {"workshop": workshop, "is_open": _can_begin(workshop), "is_over": state == "over"}
    status = 200 if request.method == "GET" else 409
    return render(request, "feedback/survey_begin.html", context | told, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A seat: the whole form, with what this phone has said so far."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    workshop = at_phone.workshop
    is_open = before.open_when_due(workshop)
    questions = filling_in.asked_in(workshop, before.SURVEY)
    form = filling_in.parts(workshop, at_phone.seat, questions, agenda.facilitator(workshop))
    who = who_from_post(at_phone.attendee, request.POST)
    if request.method == "GET":
        return _page(request, at_phone, form, who, is_open=is_open)
    if who.is_bound and who.is_valid():
        services.say_who(attendee=at_phone.attendee, **who.cleaned_data)
    form = filling_in.store_from_post(workshop, at_phone.seat, form, request.POST)
    if who.errors or any(part.error for part in form):
        return _page(request, at_phone, form, who, is_open=is_open, status=422 if is_open else 409)
    if any(part.is_answered for part in form):
        survey_links.mark_replied(attendee=at_phone.attendee)
    return redirect("feedback:survey_thanks", workshop_id=workshop.pk)


def _page(
    request: HttpRequest, at_phone: AtPhone, form: list[Part], who: WhoForm, *, is_open: bool, status: int = 200
) -> HttpResponse:
    context = {
        "workshop": at_phone.workshop,
        "form": form,
        "who": who,
        "wrong": [part for part in form if part.error],
        "is_open": is_open,
        "until": queries.until_when(at_phone.workshop) if form else "",
        "is_personal": survey_links.is_personal(at_phone.attendee),
    }
    return render(request, "feedback/survey.html", context, status=status)


@never_cache
@require_GET
def thanks(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A seat that has answered: what happens next, when and where."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    context = {"workshop": at_phone.workshop, "is_open": before.is_open(at_phone.workshop)}
    return render(request, "feedback/survey_thanks.html", context)
