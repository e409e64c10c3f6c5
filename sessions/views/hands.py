"""The desk's page for a show of hands."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import access
from agenda.services import Refused
from feedback import hands as counted
from feedback.models import Question
from sessions import hands
from sessions.forms import HandsForm


@never_cache
@require_http_methods(["GET", "POST"])
def show_of_hands(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """Owner and facilitator: how many hands went up for each option."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    question = get_object_or_404(Question, pk=question_id, workshop=at_desk.workshop)
    if question.kind not in counted.KINDS:
        raise Http404
    form = HandsForm(request.POST or None, question=question, counts=counted.counts(question))
    if form.is_valid():
        try:
            hands.record(workshop=at_desk.workshop, question=question, counts=form.counts)
            return redirect(f"{reverse('live:desk', args=[workshop_id])}#asked-{question.pk}")
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"workshop": at_desk.workshop, "question": question, "form": form}
    return render(request, "live/desk/hands.html", context, status=422 if form.errors else 200)
