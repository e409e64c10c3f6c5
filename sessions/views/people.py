"""The desk's page for people without a phone of their own."""

import uuid

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agenda import access, origins
from agenda import services as agenda
from agenda.access import AtDesk
from agenda.forms import SeatForm
from sessions import forms, seats, tablets

from .desk import _read


@never_cache
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: who is here without a phone, and a seat for one more."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = SeatForm(request.POST or None)
    if form.is_valid():
        agenda.add_seat(workshop=at_desk.workshop, **form.cleaned_data)
        return _again(at_desk)
    return _page(request, at_desk, form)


def _page(request: HttpRequest, at_desk: AtDesk, form: SeatForm, **fresh: object) -> HttpResponse:
    context = {
        "workshop": at_desk.workshop,
        "form": form,
        "kept": seats.kept(at_desk.workshop),
        "tablets": tablets.out(at_desk.workshop),
    }
    return render(request, "live/desk/people.html", context | fresh, status=422 if form.errors else 200)


def _again(at_desk: AtDesk) -> HttpResponse:
    return redirect("live:people", workshop_id=at_desk.workshop.pk)


@require_POST
def agreed(request: HttpRequest, workshop_id: str, seat: uuid.UUID) -> HttpResponse:
    """Somebody without a phone agrees to the ground rules, or does not after all."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    on = _read(forms.OnForm(request.POST)).cleaned_data["on"]
    seats.set_agreed(workshop=at_desk.workshop, seat=seat, on=on)
    return _again(at_desk)


@require_POST
def remove(request: HttpRequest, workshop_id: str, seat: uuid.UUID) -> HttpResponse:
    """Take a seat away that the desk has added."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    agenda.remove_seat(workshop=at_desk.workshop, seat=seat)
    return _again(at_desk)


@never_cache
@require_POST
def make_tablet(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """A link that opens one shared tablet, shown on this answer and never again."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    token = tablets.make_link(workshop=at_desk.workshop, actor=at_desk.user)
    address = f"{origins.room_address()}{reverse('live:tablet_link', args=[token])}"
    picture = segno.make(address, error="m").svg_data_uri(scale=4, dark="#000", light="#fff")
    return _page(request, at_desk, SeatForm(), address=address, picture=picture)


@require_POST
def revoke_tablet(request: HttpRequest, workshop_id: str, tablet: uuid.UUID) -> HttpResponse:
    """Take a tablet away: nobody takes a seat on it any more."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    tablets.revoke(workshop=at_desk.workshop, tablet=tablet, actor=at_desk.user)
    return _again(at_desk)
