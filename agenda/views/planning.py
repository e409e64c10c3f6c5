"""The plan page: one draft of the day, typed and pressed at until it is published."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event
from django_htmx.middleware import HtmxDetails

from agenda import access, publishing
from agenda.access import AtDesk
from agenda.draft_form import DraftForm
from agenda.draft_presses import Press
from agenda.plan_page import context, plan_page
from agenda.plan_told import changes, told_after, told_of
from agenda.publishing import Did, Overtaken, Sent
from agenda.replies import ours
from agenda.services import Refused
from agenda.working_copy import WorkingCopy, working_copy

WHOLE_PAGE = {"publish", "words", "restart", "keep", "up", "down"}  # after these a script loads the page anew


class PlanRequest(HttpRequest):
    """A press at the plan, with what django-htmx says of it."""

    htmx: HtmxDetails


@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: PlanRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: prepare the day."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    if request.method == "GET":
        return _show(request, at_desk)
    sent = _read(DraftForm(request.POST))
    try:
        did = publishing.press(workshop=at_desk.workshop, sent=sent, actor=at_desk.user)
    except Refused as refused:
        return _refuse(request, at_desk, sent, refused)
    return _answer(request, at_desk, sent, did)


@require_POST
def reflow(request: PlanRequest, workshop_id: str) -> HttpResponse:
    """The same people, while they type: save quietly, and give back times and notes, never a field."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    sent = replace(_read(DraftForm(request.POST)), pressed=Press("save"))
    try:
        publishing.press(workshop=at_desk.workshop, sent=sent, actor=at_desk.user)
    except Refused as refused:
        return _refuse(request, at_desk, sent, refused)
    return _changes(request, working_copy(at_desk.workshop), saved=True)


def _read(form: DraftForm) -> Sent:
    """What was sent, or 404 for what our own page did not send."""
    if not form.is_valid():
        raise Http404
    return form.sent()


def _show(request: HttpRequest, at_desk: AtDesk) -> HttpResponse:
    copy = working_copy(at_desk.workshop)
    did, row = request.GET.get("did", ""), request.GET.get("row", "")
    return _page(request, copy, told=told_after(copy, did, row), did=did, looked_at=row)


def _page(
    request: HttpRequest, copy: WorkingCopy, *, refused: Refused | None = None, status: int = 200, **more: object
) -> HttpResponse:
    return render(request, "agenda/plan.html", context(plan_page(copy, refused), **more), status=status)


def _refuse(request: PlanRequest, at_desk: AtDesk, sent: Sent, refused: Refused) -> HttpResponse:
    """The page as it was sent, with what stands in the way; to a script as changes, for it shows only successes."""
    copy = _as_sent(working_copy(at_desk.workshop), sent, refused)
    if request.htmx:
        saved = not isinstance(refused, Overtaken)
        response = _changes(request, copy, refused=refused, saved=saved, told=told_of(refused))
        return trigger_client_event(response, "plan:refused", {"text": str(refused)}, after="settle")
    status = 409 if isinstance(refused, Overtaken) else 422
    return _page(request, copy, refused=refused, status=status, told=told_of(refused))


def _as_sent(copy: WorkingCopy, sent: Sent, refused: Refused) -> WorkingCopy:
    """What was not saved stands on the page all the same, and the page stays as far behind as it is."""
    if not isinstance(refused, Overtaken):
        return copy
    return replace(copy, draft=publishing.beside_history(copy, sent.draft), edit=sent.edit, version=sent.version)


def _answer(request: PlanRequest, at_desk: AtDesk, sent: Sent, did: Did) -> HttpResponse:
    """To a script what has changed, to a browser without one the way back to the page."""
    address = reverse("agenda:plan", args=[at_desk.workshop.pk])
    about = sent.pressed.key if did.what == "remove" else did.row  # the row to look at afterwards is another then
    back = f"{address}?{urlencode({'did': did.what, 'row': about})}"
    if not request.htmx:
        return redirect(f"{back}#row-{did.row}" if did.row else back)
    if did.what in WHOLE_PAGE:
        return HttpResponseClientRedirect(back)
    copy = working_copy(at_desk.workshop)
    told = told_after(copy, did.what, about)
    response = _changes(request, copy, did=did, pressed=sent.pressed, saved=True, told=told)
    seen = {"what": did.what, "row": did.row, "text": told.text if told else ""}
    return trigger_client_event(response, "plan:done", seen, after="settle")


def _changes(request: HttpRequest, copy: WorkingCopy, *, refused: Refused | None = None, **more: Any) -> HttpResponse:
    did, pressed = more.pop("did", Did("save")), more.pop("pressed", Press("save"))
    page = plan_page(copy, refused)
    shown = context(page, **changes(page, did, pressed), **more, oob=True)
    return ours(render(request, "agenda/plan/changes.html", shown))
