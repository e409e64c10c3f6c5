"""The state of the room for every audience: what a page starts from, and what a page without a socket asks for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from agenda import access
from agenda.models import Workshop
from agenda.replies import to_scripts
from sessions import pairing, presence, snapshots, speaker_links, tablets
from sessions.follower import NOTHING
from sessions.hub import hub


@never_cache
@require_GET
@to_scripts
def state(request: HttpRequest, workshop_id: str, audience: str) -> HttpResponse:
    """The snapshot, or 204 when what the page has is the newest."""
    check(request, workshop_id, audience)
    snapshot = hub.current(workshop_id, audience)
    if snapshot.is_news_to(snapshots.read_stamp(request.GET.get("have", "")) or NOTHING):
        response = HttpResponse(snapshot.frame(), content_type="application/json")
    else:
        response = HttpResponse(status=204)
    response["X-Live"] = "1"
    return response


def check(request: HttpRequest, workshop_id: str, audience: str) -> Workshop:
    """The workshop, if whoever asks may see this audience's state; otherwise 404."""
    if audience == "phone":
        at_phone = access.workshop_for_phone(request, workshop_id)
        presence.polled(workshop_id, str(at_phone.attendee.pk), request.GET.get("w") == "1")
        return at_phone.workshop
    if audience == "desk":
        return access.workshop_for_desk(request, workshop_id).workshop
    if audience == "screen":
        workshop = workshop_for_screen(request, workshop_id)
        presence.screen_polled(workshop_id, pairing.name_of(request.COOKIES, workshop_id) or str(request.user.pk))
        return workshop
    if audience == "speaker":
        return workshop_for_speaker(request, workshop_id)
    raise Http404


def workshop_for_screen(request: HttpRequest, workshop_id: str) -> Workshop:
    """A paired projector, or anybody with a role on the day."""
    if pairing.may_show(request.COOKIES, workshop_id):
        return Workshop.objects.get(pk=workshop_id)
    return access.workshop_for_summary(request, workshop_id).workshop


def workshop_for_speaker(request: HttpRequest, workshop_id: str, slot_key: str = "") -> Workshop:
    """Whoever has opened a speaker's link of this day (of that item, if one is named), owner and facilitator."""
    for link in speaker_links.held(request.COOKIES, workshop_id):
        if slot_key in {"", link.slot.key}:
            return link.workshop
    return access.workshop_for_desk(request, workshop_id).workshop


def workshop_for_tablet(request: HttpRequest, workshop_id: str) -> Workshop:
    """A shared tablet of this day, whether somebody has a seat on it or not."""
    tablet = tablets.of(request.COOKIES, workshop_id)
    if tablet is None:
        raise Http404
    return tablet.workshop


def page_context(workshop: Workshop, audience: str) -> dict[str, Any]:
    """What a live page embeds: its regions and the stamp they carry, so that nothing is lost before it connects."""
    snapshot = hub.current(workshop.pk, audience)
    return {"workshop": workshop, "audience": audience, "snapshot": snapshot, "server_ms": snapshots.server_ms()}
