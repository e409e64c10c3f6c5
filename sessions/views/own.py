"""What a phone does with what is its own, on pages of their own: they work without a script."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from agenda import access
from agenda import queries as agenda
from feedback import queries
from sessions import my_notes


@never_cache
@require_GET
def own_answer(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """An attendee changes what they said, whether or not the room is at that question."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    workshop = at_phone.workshop
    own = queries.mine(workshop, at_phone.seat, [question_id])
    for said in my_notes.of(workshop, at_phone.seat, own, agenda.facilitator(workshop)).said:
        if not said.stands:
            return render(request, "live/phone/own_answer.html", {"workshop": workshop, "said": said})
    return redirect(reverse("live:phone", args=[workshop.pk]) + "#mine")
