"""Bringing an agenda: paste it or choose a file, look at what was understood of it, and create the day."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from agenda import access, importing
from agenda.import_forms import BringForm, EditForm, ReadingForm
from agenda.import_models import Reading
from agenda.importers.source import Unreadable
from agenda.models import User, Workshop
from agenda.new_days import NotMade
from agenda.reading_page import context, reading_page
from agenda.replies import ours
from agenda.services import Refused


class ReadingRequest(HttpRequest):
    """A press at what was read, with what django-htmx says of it."""

    htmx: HtmxDetails


@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Everybody with an account: start a day from what they have."""
    if not request.user.is_authenticated:
        return redirect("agenda:sign_in")
    return _bring(request, access.account(request), None)


@never_cache
@require_http_methods(["GET", "POST"])
def bring_again(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: put what they have into the draft of a day that is there."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    return _bring(request, at_desk.user, at_desk.workshop)


def _bring(request: HttpRequest, user: User, workshop: Workshop | None) -> HttpResponse:
    if request.method == "GET":
        return render(request, "agenda/import.html", {"form": BringForm(), "workshop": workshop})
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            name, source = importing.source_of(form.brought, form.cleaned_data["text"])
            reading = importing.begin(user=user, name=name, source=source, workshop=workshop, now=timezone.now())
            return redirect("agenda:reading", reading_id=reading.pk)
        except (Unreadable, Refused) as refused:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refused))
    return render(request, "agenda/import.html", {"form": form, "workshop": workshop}, status=422)


@never_cache
@require_http_methods(["GET", "POST"])
def reading(request: ReadingRequest, reading_id: uuid.UUID) -> HttpResponse:
    """Whoever brought it: its lines beside the day they would make, until that is made."""
    if not request.user.is_authenticated:
        return redirect("agenda:sign_in")
    user = access.account(request)
    found = importing.find(reading_id, user, timezone.now())
    if found is None:
        return _gone(request, reading_id, user)
    if found.workshop:
        access.workshop_for_plan(request, found.workshop.pk)
    try:
        return _page(request, found, None) if request.method == "GET" else _pressed(request, found, user)
    except Unreadable as refused:
        return render(request, "agenda/reading_not_now.html", {"reading": found, "refused": refused}, status=422)


def _pressed(request: ReadingRequest, found: Reading, user: User) -> HttpResponse:
    form = ReadingForm(request.POST)
    importing.press(reading=found, pressed=form.pressed)
    if form.is_create:
        return _put(request, found, user) if found.workshop else _create(request, found, user, form)
    return _changes(request, found) if request.htmx else redirect("agenda:reading", reading_id=found.pk)


def _create(request: ReadingRequest, found: Reading, user: User, form: ReadingForm) -> HttpResponse:
    if form.is_valid():
        try:
            workshop = importing.create_day(reading=found, user=user, now=timezone.now(), **form.cleaned_data)
            return _to_plan(request, workshop)
        except NotMade as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _page(request, found, form)


def _put(request: ReadingRequest, found: Reading, user: User) -> HttpResponse:
    form = EditForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        edit = form.cleaned_data["edit"]
        workshop = importing.put_into_draft(reading=found, user=user, edit=edit, now=timezone.now())
        return redirect(f"{reverse('agenda:plan', args=[workshop.pk])}?did=read")
    except Refused as refused:
        return _page(request, found, None, refused=refused)


def _to_plan(request: ReadingRequest, workshop: Workshop) -> HttpResponse:
    answer = redirect("agenda:plan", workshop_id=workshop.pk)
    return HttpResponseClientRedirect(answer["Location"]) if request.htmx else answer


def _page(
    request: HttpRequest, found: Reading, form: ReadingForm | None, refused: Refused | None = None
) -> HttpResponse:
    found.refresh_from_db()
    page = reading_page(found)
    shown = context(page, form=form or ReadingForm(initial=page.words), refused=refused)
    return render(request, "agenda/reading.html", shown, status=422 if form or refused else 200)


def _changes(request: HttpRequest, found: Reading) -> HttpResponse:
    """What a press has changed, to a script."""
    found.refresh_from_db()
    page = reading_page(found)
    shown = context(page, form=ReadingForm(initial=page.words), oob=True)
    return ours(render(request, "agenda/reading/changes.html", shown))


def _gone(request: ReadingRequest, reading_id: uuid.UUID, user: User) -> HttpResponse:
    """It became a day, was kept for long enough, or is somebody else's: which of the last two is nobody's business."""
    try:
        return _to_plan(request, importing.made_of(reading_id, user))
    except Refused as refused:
        return render(request, "agenda/reading_gone.html", {"refused": refused}, status=404)
