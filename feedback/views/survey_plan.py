"""The page on which the questions before the day are sent out: one link for all, or one for each person."""

import uuid
from collections.abc import Sequence
from urllib.parse import quote

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from agenda import access, origins
from agenda.access import AtDesk
from agenda.models import Workshop
from agenda.services import Refused
from feedback import filling_in, survey_links
from feedback import survey as before
from feedback.survey_forms import PeopleForm
from feedback.survey_links import Made


@never_cache
@require_GET
def show(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: the links, and how many have replied."""
    return _page(request, access.workshop_for_plan(request, workshop_id), PeopleForm())


@never_cache
@require_POST
def make(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A link for everybody on a list who has none yet. They are shown on this answer and never again."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    form = PeopleForm(request.POST)
    if not form.is_valid():
        return _page(request, at_desk, form, status=422)
    people = form.cleaned_data["people"]
    try:
        made = survey_links.make_links(
            workshop=at_desk.workshop, labels=[person.label for person in people], actor=at_desk.user
        )
    except Refused as refused:
        form.add_error("people", str(refused))
        return _page(request, at_desk, form, status=422)
    addresses = {person.label: person.address for person in people}
    had = len(people) - len(made)
    return _page(request, at_desk, PeopleForm(), fresh=_fresh(at_desk.workshop, made, addresses), had=had)


@never_cache
@require_POST
def make_anew(request: HttpRequest, workshop_id: str, link_id: uuid.UUID) -> HttpResponse:
    """Another link for somebody who has lost theirs."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    made = survey_links.make_anew(workshop=at_desk.workshop, link_id=link_id, actor=at_desk.user)
    return _page(request, at_desk, PeopleForm(), fresh=_fresh(at_desk.workshop, made, {}))


@require_POST
def delete(request: HttpRequest, workshop_id: str, link_id: uuid.UUID) -> HttpResponse:
    """A link opens nothing any more."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    survey_links.delete_link(workshop=at_desk.workshop, link_id=link_id, actor=at_desk.user)
    return redirect("feedback:survey_plan", workshop_id=at_desk.workshop.pk)


def _fresh(workshop: Workshop, made: Sequence[Made], addresses: dict[str, str]) -> list[dict[str, str]]:
    """Each link as it is copied, and a letter to send it in where an address was typed. That is kept nowhere."""
    found = []
    subject = _("Before the day: %(title)s") % {"title": workshop.title}
    before_link = _("A few questions before the day:")
    for link, token in made:
        url = origins.room_address() + reverse("feedback:personal_link", args=[token])
        body = f"{before_link}\n{url}\n"
        address = addresses.get(link.label, "")
        letter = f"mailto:{quote(address)}?subject={quote(subject)}&body={quote(body)}" if address else ""
        found.append({"label": link.label, "url": url, "letter": letter})
    return found


def _page(request: HttpRequest, at_desk: AtDesk, form: PeopleForm, status: int = 200, **told: object) -> HttpResponse:
    workshop = at_desk.workshop
    address = origins.room_address() + reverse("feedback:survey_begin", args=[workshop.join_token])
    links = survey_links.links(workshop)
    context = {
        "workshop": workshop,
        "form": form,
        "questions": filling_in.asked_in(workshop, before.SURVEY),
        "state": before.state(workshop),
        "replied": filling_in.replied(workshop, before.SURVEY),
        "address": address,
        "picture": segno.make(address, error="m").svg_data_uri(scale=4, dark="#000", light="#fff"),
        "links": links,
        "links_replied": sum(link.replied for link in links),
    }
    return render(request, "feedback/survey_plan.html", context | told, status=status)
