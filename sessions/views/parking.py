"""The parking lot: a phone parks something, the desk ticks off what was dealt with."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda import access
from agenda import queries as agenda
from agenda.access import AtDesk, AtPhone
from agenda.services import Refused
from feedback import desk_notes, parking
from feedback.handing_in import Handed, hand_in
from feedback.kinds.base import Refused as NotANote
from feedback.sheet_forms import DealtWithForm, ParkForm
from sessions import forms, sheets

from .desk import _read


@never_cache
@require_http_methods(["GET", "POST"])
def park(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """An attendee parks something; once somebody has, it is a sheet like any other."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = ParkForm(request.POST or None, initial={"key": uuid.uuid4()})
    lot = parking.lot(at_phone.workshop)
    if request.method == "GET" and lot and lot.takes_answers:
        return redirect("live:sheet_on_phone", workshop_id=workshop_id, question_id=lot.pk)
    if not form.is_valid():
        return _park_page(request, at_phone, form)
    try:
        lot = sheets.open_parking_lot(workshop=at_phone.workshop)
        said = form.cleaned_data
        handed = Handed(at_phone.seat, lot.pk, key=said["key"], edit=1, raw=said["value"])
        hand_in(workshop=at_phone.workshop, handed=handed)
    except (Refused, NotANote) as refused:
        return _park_page(request, at_phone, form, str(refused))
    return redirect("live:sheet_on_phone", workshop_id=workshop_id, question_id=lot.pk)


def _park_page(request: HttpRequest, at_phone: AtPhone, form: ParkForm, error: str = "") -> HttpResponse:
    context = {"workshop": at_phone.workshop, "form": form, "error": error or form.wrong}
    return render(request, "live/phone/park.html", context, status=422 if context["error"] else 200)


@never_cache
@require_GET
def show(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner, facilitator and scribe: what is in it, and what was dealt with."""
    return _page(request, access.workshop_for_notes(request, workshop_id))


def _page(request: HttpRequest, at_desk: AtDesk, *, notice: str = "", form: ParkForm | None = None) -> HttpResponse:
    day = agenda.day(at_desk.workshop)
    rows = parking.parked(at_desk.workshop, day.progress.live or "")
    titles = {key: item.title for key, item in day.items.items()}
    context = {
        "workshop": at_desk.workshop,
        "still": [(row, titles.get(row.slot_key, "")) for row in rows if not row.dealt_with],
        "done": [(row, titles.get(row.slot_key, "")) for row in rows if row.dealt_with],
        "form": form or ParkForm(initial={"key": uuid.uuid4()}),
        "notice": notice,
        "may_run": at_desk.role in access.RUN,
    }
    return render(request, "live/sheets/parking.html", context, status=422 if notice else 200)


@require_POST
def park_at_desk(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: something said in the room."""
    at_desk = access.workshop_for_notes(request, workshop_id)
    form = ParkForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise Refused(form.wrong)
        lot = sheets.open_parking_lot(workshop=at_desk.workshop, actor=at_desk.user)
        said = form.cleaned_data
        desk_notes.type_note(
            workshop=at_desk.workshop, question_id=lot.pk, key=said["key"], raw=said["value"], table="", people=None
        )

    return _try(request, at_desk, act, form)


@require_POST
def deal_with(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: tick something off."""
    at_desk = access.workshop_for_notes(request, workshop_id)
    form = DealtWithForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise Refused(form.wrong)
        said = form.cleaned_data
        parking.deal_with(workshop=at_desk.workshop, parked_id=said["parked"], how=said["how"])

    return _try(request, at_desk, act)


@require_POST
def put_back(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: not dealt with after all."""
    at_desk = access.workshop_for_notes(request, workshop_id)
    parked_id = _read(forms.ParkedForm(request.POST)).cleaned_data["parked"]
    return _try(request, at_desk, lambda: parking.put_back(workshop=at_desk.workshop, parked_id=parked_id))


def _try(
    request: HttpRequest, at_desk: AtDesk, act: Callable[[], object], form: ParkForm | None = None
) -> HttpResponse:
    try:
        act()
    except (Refused, NotANote) as refused:
        return _page(request, at_desk, notice=str(refused), form=form)
    return redirect("live:parking", workshop_id=at_desk.workshop.pk)
