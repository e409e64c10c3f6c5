"""The page on which a facilitator keeps the words of which the desk should warn."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import access
from agenda.services import Refused
from feedback import warning
from feedback.queue_forms import WordsForm


@never_cache
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: one word or phrase on a line."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    form = WordsForm(request.POST or None, initial={"words": "\n".join(warning.kept(at_desk.workshop))})
    if form.is_valid():
        try:
            warning.settle(workshop=at_desk.workshop, typed=form.cleaned_data["words"])
            return redirect(f"{request.path}?saved=1")
        except Refused as refused:
            form.add_error("words", str(refused))
    context = {"workshop": at_desk.workshop, "form": form, "saved": "saved" in request.GET and not form.is_bound}
    return render(request, "feedback/word_list.html", context, status=422 if form.is_bound else 200)
