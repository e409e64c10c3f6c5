"""The page on which the questions before the day are sent out: one link for all, or one for each person."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from agenda import access, origins
from agenda.access import AtDesk
from feedback import filling_in, survey_links
from feedback import survey as before


@never_cache
@require_GET
def show(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator."""
    return _page(request, access.workshop_for_plan(request, workshop_id))


def _page(request: HttpRequest, at_desk: AtDesk, status: int = 200, **fresh: object) -> HttpResponse:
    workshop = at_desk.workshop
    address = origins.room_address() + reverse("feedback:survey_begin", args=[workshop.join_token])
    links = survey_links.links(workshop)
    context = {
        "workshop": workshop,
        "questions": filling_in.asked_in(workshop, before.SURVEY),
        "is_open": before.is_open(workshop),
        "is_published": workshop.plan_versions.exists(),
        "replied": filling_in.replied(workshop, before.SURVEY),
        "address": address,
        "picture": segno.make(address, error="m").svg_data_uri(scale=4, dark="#000", light="#fff"),
        "links": links,
        "links_replied": sum(link.replied for link in links),
    }
    return render(request, "feedback/survey_plan.html", context | fresh, status=status)
