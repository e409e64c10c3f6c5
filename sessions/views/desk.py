"""The desk: one page, and a press for everything that can be done from it."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.middleware import HtmxDetails

from agenda import access
from agenda.access import AtDesk
from agenda.replies import ours
from agenda.services import Refused, Stale
from sessions import forms, services
from sessions.models import Stage

from .live import page_context


class DeskRequest(HttpRequest):
    """A press at the desk, with what django-htmx says of it."""

    htmx: HtmxDetails


AnyForm = TypeVar("AnyForm", bound=Form)


@never_cache
@require_GET
def desk(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: run the day."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    return _page(request, at_desk)


@never_cache
@require_GET
def remote(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: the few presses a phone in the hand or a small window needs, and time cards."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    context = page_context(at_desk.workshop, "desk") | {"press": uuid.uuid4()}
    return render(request, "live/desk/remote.html", context)


def _page(
    request: HttpRequest, at_desk: AtDesk, notice: str = "", status: int = 200, quick: forms.QuickForm | None = None
) -> HttpResponse:
    context = page_context(at_desk.workshop, "desk") | {"at_desk": at_desk, "notice": notice, "press": uuid.uuid4()}
    context["quick"] = quick or forms.QuickForm(auto_id="quick-%s")
    return render(request, "live/desk/page.html", context, status=status)


def _press(
    request: DeskRequest,
    at_desk: AtDesk,
    act: Callable[[], object],
    done: str,
    quick: forms.QuickForm | None = None,
) -> HttpResponse:
    """Do it, and say so: as a fragment to the page's script, as the page itself to a browser without one.

    `quick` is what was typed, and stays where it cannot be asked.
    """
    try:
        act()
        said, status = done, 200
    except Refused as refused:
        said, status = str(refused), 409 if isinstance(refused, Stale) else 422
    if request.htmx:
        # 200 also for a refusal: the sentence is the answer, and the page must show it.
        return ours(render(request, "live/desk/_notice.html", {"notice": said, "refused": status != 200}))
    if status == 200:
        return redirect("live:desk", workshop_id=at_desk.workshop.pk)
    return _page(request, at_desk, notice=said, status=status, quick=quick)


def _shown(at_desk: AtDesk, done: str) -> str:
    """What is said after a press that changes the screen, unless the screen stands still."""
    if not Stage.objects.filter(pk=at_desk.workshop.pk, frozen__isnull=False).exists():
        return done
    return _("%(done)s The screen is frozen and keeps its picture.") % {"done": done}


def _read(form: AnyForm) -> AnyForm:
    """The press, or 404 for one that our own page did not make."""
    if not form.is_valid():
        raise Http404
    return form


@require_POST
def move_on(request: DeskRequest, workshop_id: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = _read(forms.PressForm(request.POST))

    def act() -> None:
        services.move_on(workshop=at_desk.workshop, expect=form.seen, actor=at_desk.user, press=form.number)

    done = _("Moved on.") if form.seen else _("The day has started.")
    return _press(request, at_desk, act, _shown(at_desk, done))


CHANGED = {
    "extend": _("The time has changed."),
    "hold": _("The clock stands. Let it go on when you are back."),
    "release": _("The clock runs again."),
    "skip": _("Skipped. It keeps its place and can be brought back."),
    "unskip": _("It is back."),
    "reorder": _("The order has changed."),
    "correct": _("The start is put right."),
    "close": _("The day is closed."),
    "reopen": _("The day goes on."),
}


@require_POST
def change(request: DeskRequest, workshop_id: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = _read(forms.ChangeForm(request.POST))
    seen, events = form.cleaned_data["change"]
    given = {"workshop": at_desk.workshop, "actor": at_desk.user, "press": form.cleaned_data["press"]}
    done = CHANGED.get(events[0].kind, _("Done. Undo takes it back."))
    return _press(request, at_desk, lambda: services.change(events=events, seen=seen, **given), done)


@require_POST
def undo(request: DeskRequest, workshop_id: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = _read(forms.UndoForm(request.POST))
    given = {"workshop": at_desk.workshop, "actor": at_desk.user, **form.cleaned_data}
    return _press(
        request, at_desk, lambda: services.undo(**given), _("Taken back. The day stands where it stood before.")
    )


@require_POST
def begin_again(request: DeskRequest, workshop_id: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)

    def act() -> None:
        services.begin_again(workshop=at_desk.workshop, actor=at_desk.user)

    return _press(request, at_desk, act, _("The rehearsal is wiped. Start the day when you are ready."))


@require_POST
def face(request: DeskRequest, workshop_id: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    chosen = _read(forms.FaceForm(request.POST)).cleaned_data["face"]
    return _press(
        request,
        at_desk,
        lambda: services.put_on_screen(workshop=at_desk.workshop, face=chosen),
        _shown(at_desk, _("The screen has changed.")),
    )


@require_POST
def blank(request: DeskRequest, workshop_id: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    on = _read(forms.OnForm(request.POST)).cleaned_data["on"]
    done = _("The screen is blank.") if on else _("The screen is back.")
    return _press(request, at_desk, lambda: services.blank(workshop=at_desk.workshop, on=on), done)


@require_POST
def pair(request: DeskRequest, workshop_id: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = forms.DigitsForm(request.POST)
    digits = form.cleaned_data["digits"] if form.is_valid() else ""

    def act() -> None:
        services.pair_screen(workshop=at_desk.workshop, digits=digits, actor=at_desk.user)

    return _press(request, at_desk, act, _("Connected. The screen shows the room now."))
