"""The speaker's view, the private link to it, and the page on which the desk makes and revokes such links."""

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda import access, origins, queries
from agenda.access import AtDesk
from agenda.models import Slot, Workshop
from sessions import room, speaker_links, turns

from .live import page_context, workshop_for_speaker


@never_cache
@require_http_methods(["GET", "POST"])
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A speaker's link: looking at it changes nothing, its button lets this device show that speaker's time."""
    link = speaker_links.find(secret)
    if link is None:
        raise Http404
    if request.method == "GET":
        item = queries.day(link.workshop).items.get(link.slot.key)
        return render(request, "live/speaker/link.html", {"workshop": link.workshop, "item": item})
    response = redirect("live:speaker", workshop_id=link.workshop_id, slot_key=link.slot.key)
    speaker_links.keep(response, link)
    return response


@never_cache
@require_GET
def own(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """To the item of the newest link that this browser has opened; for owner and facilitator to the list."""
    workshop_for_speaker(request, workshop_id)
    for link in speaker_links.held(request.COOKIES, workshop_id):
        return redirect("live:speaker", workshop_id=workshop_id, slot_key=link.slot.key)
    return redirect("live:speakers", workshop_id=workshop_id)


@never_cache
@require_GET
def speaker(request: HttpRequest, workshop_id: str, slot_key: str) -> HttpResponse:
    """Whoever holds that item's link, owner and facilitator: the speaker's own time. No controls."""
    workshop = workshop_for_speaker(request, workshop_id, slot_key)
    context = page_context(workshop, "speaker") | {"slot_key": slot_key}
    if slot_key not in context["snapshot"].regions:
        raise Http404
    return render(request, "live/speaker/page.html", context)


@never_cache
@require_GET
def speakers(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: every item that has a speaker, and whether a link to it is out."""
    return _page(request, access.workshop_for_desk(request, workshop_id))


def _page(request: HttpRequest, at_desk: AtDesk, **fresh: object) -> HttpResponse:
    seen = room.look(at_desk.workshop, real=timezone.now())
    linked = speaker_links.out(at_desk.workshop)
    items = [
        {"turn": turn, "speakers": seen.speakers.get(turn.key, []), "is_linked": turn.key in linked}
        for turn in turns.all_of(seen)
    ]
    return render(request, "live/speaker/list.html", {"workshop": at_desk.workshop, "items": items, **fresh})


@never_cache
@require_POST
def make(request: HttpRequest, workshop_id: str, slot_key: str) -> HttpResponse:
    """A new link, shown on this answer and never again."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    slot = _speaking_or_404(at_desk.workshop, slot_key)
    token = speaker_links.make_link(workshop=at_desk.workshop, slot=slot, actor=at_desk.user)
    address = f"{origins.room_address()}{reverse('live:speaker_link', args=[token])}"
    picture = segno.make(address, error="m").svg_data_uri(scale=4, dark="#000", light="#fff")
    return _page(request, at_desk, fresh=slot.key, address=address, picture=picture)


@require_POST
def revoke(request: HttpRequest, workshop_id: str, slot_key: str) -> HttpResponse:
    """Take a link away: what it has opened closes."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    slot = get_object_or_404(Slot, workshop=at_desk.workshop, key=slot_key)
    speaker_links.revoke_link(workshop=at_desk.workshop, slot=slot, actor=at_desk.user)
    return redirect("live:speakers", workshop_id=workshop_id)


def _speaking_or_404(workshop: Workshop, slot_key: str) -> Slot:
    """The slot, if somebody speaks in it."""
    seen = room.look(workshop, real=timezone.now())
    if slot_key not in {line.item.key for line in turns.speaking(seen)}:
        raise Http404
    return get_object_or_404(Slot, workshop=workshop, key=slot_key)
