"""Notes to self: an attendee writes, changes and deletes them, by script or by plain form."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agenda import access
from agenda import queries as agenda
from agenda.access import AtPhone
from agenda.models import Slot
from agenda.replies import say, to_scripts
from agenda.services import Refused
from feedback import notes, sent
from feedback.forms import DeleteNoteForm, NoteForm, words_from_post
from feedback.kinds.base import Refused as NotANote
from sessions import my_notes


@never_cache
@require_http_methods(["GET", "POST"])
@to_scripts
def note(request: HttpRequest, workshop_id: str, slot_key: str) -> HttpResponse:
    """The page of one item's note, and both doors it comes in by."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    slot = Slot.objects.filter(workshop=at_phone.workshop, key=slot_key).first()
    if slot is None:
        raise Http404
    if request.method == "GET":
        return _page(request, at_phone, slot)
    if request.content_type == "application/json":
        return _by_script(request, at_phone, slot)
    return _by_form(request, at_phone, slot)


def _by_script(request: HttpRequest, at_phone: AtPhone, slot: Slot) -> HttpResponse:
    data = sent.unpack(sent.body_of(request))
    if isinstance(data, sent.Reply):
        return say(data.status, **data.body)
    form = NoteForm(data)
    if not form.is_valid():
        return say(422, message=sent.wrong(form))
    try:
        receipt = notes.write_note(slot=slot, seat=at_phone.seat, raw=data.get("value"), **form.cleaned_data)
    except (Refused, NotANote) as refused:
        return say(sent.status(refused), message=str(refused))
    return say(200, key=str(receipt.key), edit=receipt.edit, late=False)


def _by_form(request: HttpRequest, at_phone: AtPhone, slot: Slot) -> HttpResponse:
    form, raw = NoteForm(request.POST), words_from_post(request.POST)
    if not form.is_valid():
        return _page(request, at_phone, slot, raw, sent.wrong(form), 422)
    try:
        receipt = notes.write_note(slot=slot, seat=at_phone.seat, raw=raw, **form.cleaned_data)
    except (Refused, NotANote) as refused:
        return _page(request, at_phone, slot, raw, str(refused), sent.status(refused))
    if receipt.edit > form.cleaned_data["edit"]:
        return _page(request, at_phone, slot, raw, my_notes.newer_note(), 409)
    return _back(at_phone)


def _page(
    request: HttpRequest, at_phone: AtPhone, slot: Slot, raw: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    """What is kept, or what was written and what is wrong with it. Its key and edit fit what is kept."""
    kept = notes.note_on(slot, at_phone.seat)
    context = {
        "workshop": at_phone.workshop,
        "slot": slot,
        "question": notes.as_question(my_notes.title_of(agenda.day(at_phone.workshop), slot.key)),
        "note": kept,
        "value": raw if error else kept and kept.text,
        "error": error,
        "key": kept.pk if kept else uuid.uuid4(),
        "edit": kept.edit + 1 if kept else 1,
    }
    return render(request, "live/phone/note.html", context, status=status)


@never_cache
@require_POST
@to_scripts
def delete_note(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """One of an attendee's own."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = DeleteNoteForm(request.POST)
    if form.is_valid():
        notes.delete_note(workshop=at_phone.workshop, seat=at_phone.seat, key=form.cleaned_data["key"])
    if request.headers.get("X-Live") != "1":
        return _back(at_phone)
    return say(200, done=True) if form.is_valid() else say(422, message=sent.wrong(form))


def _back(at_phone: AtPhone) -> HttpResponse:
    return redirect(reverse("live:phone", args=[at_phone.workshop.pk]) + "#mine")
