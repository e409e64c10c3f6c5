"""Photos of sheets on paper: sent from the desk, by a scribe with an account, or from a phone."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from agenda import access
from agenda.services import Refused
from feedback import photos
from feedback.models import Question
from feedback.sheet_forms import OnePhotoForm, PhotoForm

from .sheets import _page, _try


@require_POST
def send(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """Owner, facilitator and scribe."""
    at_desk = access.workshop_for_notes(request, workshop_id)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, at_desk, notice=form.wrong, at=question_id)
    said = form.cleaned_data

    def act() -> None:
        given = {"key": said["key"], "data": form.data_of_photo, "table": said["table"]}
        photos.keep(workshop=at_desk.workshop, question_id=question_id, **given)

    return _try(request, at_desk, act, at=question_id)


@require_POST
def type_out(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: what a photo says."""
    at_desk = access.workshop_for_notes(request, workshop_id)
    form = OnePhotoForm(request.POST)
    written = form["typed"].value() or ""
    if not form.is_valid():
        return _page(request, at_desk, notice=form.wrong, written=written)
    said = form.cleaned_data
    given = {"key": said["photo"], "typed": said["typed"], "expect": said["expect"]}
    return _try(request, at_desk, lambda: photos.type_out(workshop=at_desk.workshop, **given), written=written)


@require_POST
def remove(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: a photo goes for good."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = OnePhotoForm(request.POST)
    if not form.is_valid():
        raise Http404
    key = form.cleaned_data["photo"]
    return _try(request, at_desk, lambda: photos.remove(workshop=at_desk.workshop, key=key))


@never_cache
@require_GET
def image(request: HttpRequest, workshop_id: str, photo_id: uuid.UUID) -> HttpResponse:
    """Everybody with a role."""
    at_desk = access.workshop_for_summary(request, workshop_id)
    return _jpeg(photos.image(at_desk.workshop, photo_id))


@never_cache
@require_GET
def own_image(request: HttpRequest, workshop_id: str, photo_id: uuid.UUID) -> HttpResponse:
    """The phone that has sent it."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    return _jpeg(photos.own_image(at_phone.workshop, photo_id, at_phone.seat))


def _jpeg(content: bytes | None) -> HttpResponse:
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg", headers={"Content-Disposition": "inline"})


@require_POST
def send_from_phone(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """An attendee: a photo of the paper at their table."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = PhotoForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise Refused(form.wrong)
        said = form.cleaned_data
        given = {"key": said["key"], "data": form.data_of_photo, "table": said["table"], "seat": at_phone.seat}
        photos.keep(workshop=at_phone.workshop, question_id=question_id, **given)
    except Refused as refused:
        sheet = Question.objects.filter(workshop=at_phone.workshop, pk=question_id).first()
        context = {"workshop": at_phone.workshop, "question": sheet, "message": str(refused)}
        return render(request, "live/phone/no_photo.html", context, status=422)
    return _back(workshop_id, question_id)


@require_POST
def take_back(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """The phone that has sent it takes it back."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    form = OnePhotoForm(request.POST)
    if not form.is_valid():
        raise Http404
    key = form.cleaned_data["photo"]
    try:
        photos.take_back(workshop=at_phone.workshop, seat=at_phone.seat, question_id=question_id, key=key)
    except Refused as refused:
        context = {"workshop": at_phone.workshop, "question": None, "message": str(refused)}
        return render(request, "live/phone/no_photo.html", context, status=409)
    return _back(workshop_id, question_id)


def _back(workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    return redirect(reverse("live:sheet_on_phone", args=[workshop_id, question_id]) + "#photos")
