"""How people come in: the front page, the join page, and who they say they are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import access, seat, services
from agenda.forms import CodeForm, WhoForm


@never_cache
@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Anyone: type a join code, or go and sign in."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            workshop = access.workshop_to_join(form.cleaned_data["code"])
            return redirect("agenda:join", code=workshop.join_code)
        except Http404:
            form.add_error(
                "code", _("No day has this code. Look at the screen again: six letters, never an I, an L or an O.")
            )
    staff = access.staff_allowed_from(request.META.get("REMOTE_ADDR", ""))
    return render(request, "agenda/home.html", {"form": form, "staff": staff}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """An attendee, by typed code or scanned link. One press makes a seat; a phone that has one goes straight in, and
    one that has only answered before the day with the same press."""
    workshop = access.workshop_to_join(code)
    at_phone = access.attendee(request.COOKIES, workshop.pk)
    if at_phone and at_phone.attendee.arrived:
        return redirect("live:phone", workshop_id=workshop.pk)
    if request.method == "GET":
        return render(request, "agenda/join.html", {"workshop": workshop, "attendee": at_phone and at_phone.attendee})
    response = redirect("live:phone", workshop_id=workshop.pk)
    if at_phone:
        services.arrive(attendee=at_phone.attendee)
    else:
        seat.keep(response, workshop.pk, services.join(workshop=workshop))
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """An attendee says who they are, or does not."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = WhoForm(request.POST or None, instance=at_phone.attendee)
    if form.is_valid():
        services.say_who(attendee=at_phone.attendee, **form.cleaned_data)
        return redirect("live:phone", workshop_id=workshop_id)
    context = {"form": form, "workshop": at_phone.workshop}
    return render(request, "agenda/who.html", context, status=422 if form.errors else 200)
