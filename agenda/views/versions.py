"""What was published: every version of a running order, one of them, and two side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from agenda import access, versions, words
from agenda.forms import CompareForm
from agenda.plan import items
from agenda.plan_changes import differences


@never_cache
@require_GET
def list_versions(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: all of them, and what the draft would change."""
    workshop = access.workshop_for_plan(request, workshop_id).workshop
    found = versions.all_versions(workshop)
    form = CompareForm(numbers=[each.number for each in found])
    context = {"workshop": workshop, "versions": found, "form": form, "draft": versions.unpublished(workshop)}
    return render(request, "agenda/versions.html", context)


@never_cache
@require_GET
def version(request: HttpRequest, workshop_id: str, number: int) -> HttpResponse:
    """The same people: one running order as it was published."""
    workshop = access.workshop_for_plan(request, workshop_id).workshop
    shown = next((each for each in versions.all_versions(workshop) if each.number == number), None)
    if shown is None:
        raise Http404
    value = shown.version.value
    lines = [(item, words.at(item.start, value["time_zone"])) for item in items(value).values()]
    return render(request, "agenda/version.html", {"workshop": workshop, "shown": shown, "lines": lines})


@never_cache
@require_GET
def compare(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: what differs between two of them."""
    workshop = access.workshop_for_plan(request, workshop_id).workshop
    found = {each.number: each for each in versions.all_versions(workshop)}
    form = CompareForm(request.GET, numbers=list(found))
    if not form.is_valid():
        raise Http404
    older, newer = (found[number] for number in form.pair)
    changes = versions.in_words(differences(older.version.value, newer.version.value))
    context = {
        "workshop": workshop,
        "form": form,
        "older": older,
        "newer": newer,
        "pair": (older, newer),
        "changes": changes,
    }
    return render(request, "agenda/compare.html", context)
