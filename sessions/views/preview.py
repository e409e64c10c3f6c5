"""A question as phone and screen will show it, for whoever prepares it. Nothing on it can be pressed."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from agenda import access
from feedback import preparing
from sessions.preview import preview


@never_cache
@require_GET
def question(request: HttpRequest, workshop_id: str, slot_key: str, question_id: uuid.UUID) -> HttpResponse:
    """Owner and facilitator: one question of one item, side by side on both faces."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    found = preparing.find(at_desk.workshop, slot_key, question_id)
    if found is None:
        raise Http404
    moments = preview(at_desk.workshop, found, real=timezone.now())
    if not moments:
        raise Http404
    context = {"workshop": at_desk.workshop, "question": found, "moments": moments}
    return render(request, "live/preview/page.html", context)
