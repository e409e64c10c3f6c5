"""A person's introduction: on their own phone, or typed at the desk for somebody without one."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import access, cards
from agenda import queries as agenda
from agenda.cards import Introduction
from agenda.models import Attendee
from agenda.services import Refused
from feedback.said_before import said_before
from sessions.card_form import CardForm, SeenForm


@never_cache
@require_http_methods(["GET", "POST"])
def own_card(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """An attendee says who they are to the room, or does not."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    attendee, kept = at_phone.attendee, cards.said_by(at_phone.attendee)
    shared = attendee.device == Attendee.Device.TABLET
    form = CardForm(request.POST or None, said=kept or _as_said_before(attendee), shared=shared)
    if form.is_valid() and _introduced(attendee, form):
        return redirect("live:phone", workshop_id=workshop_id)
    context = {
        "form": form,
        "workshop": at_phone.workshop,
        "facilitator": agenda.facilitator(at_phone.workshop),
        "from_before": kept is None and form.initial["interest"] + form.initial["key_point"],
    }
    return render(request, "live/phone/card.html", context, status=422 if form.errors else 200)


def _introduced(attendee: Attendee, form: CardForm, seen: str | None = None) -> bool:
    """Whether the card is kept; if not, the form says why."""
    try:
        cards.introduce(attendee=attendee, said=form.said, seen=seen)
    except cards.Overtaken:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
    return not form.errors


def _as_said_before(attendee: Attendee) -> Introduction:
    """Nothing of it is kept, nor shown to anybody, before its owner has read and sent it."""
    before = said_before(attendee)
    return Introduction(
        name=attendee.name,
        council=attendee.council,
        interest=before.goal,
        key_point=before.ask,
        is_ask=bool(before.ask),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def card_of_somebody(request: HttpRequest, workshop_id: str, seat: uuid.UUID) -> HttpResponse:
    """Owner and facilitator: the card of somebody without a phone, as they have told it."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    kept = Attendee.objects.filter(workshop=at_desk.workshop, pk=seat, device=Attendee.Device.NONE)
    person = kept.select_related("workshop").first()
    if person is None:
        raise Http404
    said, seen = cards.standing(person), _seen(request)
    form = CardForm(request.POST or None, said=said, theirs=True)
    overtaken: cards.Overtaken | None = None
    try:
        if form.is_valid() and _introduced(person, form, seen):
            return redirect("live:people", workshop_id=workshop_id)
    except cards.Overtaken as why:
        overtaken, seen = why, why.stands.mark
    context = {"form": form, "workshop": at_desk.workshop, "person": person, "overtaken": overtaken}
    context["seen"] = SeenForm(initial={"seen": seen if form.is_bound else said.mark})
    status = 409 if overtaken else 422 if form.errors else 200
    return render(request, "live/desk/card.html", context, status=status)


def _seen(request: HttpRequest) -> str:
    form = SeenForm(request.POST)
    return str(form.cleaned_data["seen"]) if form.is_valid() else ""
