"""What people with an account find: their days, the templates, and how a new day is started."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agenda import access, new_days
from agenda.forms import NewDayForm, TemplateForm
from agenda.services import Refused


@never_cache
def days(request: HttpRequest) -> HttpResponse:
    """Everybody with an account: the days they have a role on, and the templates."""
    if not request.user.is_authenticated:
        return redirect("agenda:sign_in")
    return _days_page(request)


def _days_page(request: HttpRequest, notice: str = "") -> HttpResponse:
    own = access.days_of(request)
    roles = {day.workshop.pk: day.role for day in own}
    templates = [day for day in access.days_to_start_from(request) if day.template]
    context = {
        "days": [day for day in own if not day.workshop.template],
        "templates": [{"workshop": day, "role": roles.get(day.pk)} for day in templates],
        "run": access.RUN,
        "notice": notice,
    }
    return render(request, "agenda/days.html", context, status=422 if notice else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def new_day(request: HttpRequest) -> HttpResponse:
    """Everybody with an account: start a new day, blank, from a template or as a copy of one they run."""
    if not request.user.is_authenticated:
        return redirect("agenda:sign_in")
    chosen = {"start_from": request.GET.get("from", "")}
    form = NewDayForm(request.POST or None, initial=chosen, days=access.days_to_start_from(request))
    if form.is_valid():
        try:
            workshop = new_days.start(user=request.user, now=timezone.now(), **form.cleaned_data)
            return redirect("agenda:plan", workshop_id=workshop.pk)
        except new_days.NotMade as refused:
            form.add_error(refused.field, str(refused))
    return render(request, "agenda/new_day.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def template(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The owner lets others start days from this one, or no longer."""
    at_desk = access.workshop_for_owner(request, workshop_id)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        new_days.set_template(
            workshop=at_desk.workshop, on=form.cleaned_data["on"], user=at_desk.user, now=timezone.now()
        )
    except Refused as refused:
        return _days_page(request, notice=str(refused))
    return redirect("agenda:days")
