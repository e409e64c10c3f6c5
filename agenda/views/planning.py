"""The plan page: one draft of the day, typed and pressed at until it is published."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import access, publishing
from agenda.access import AtDesk
from agenda.draft_form import DraftForm
from agenda.plan_page import context, plan_page, told_after, told_of
from agenda.publishing import Did, NotPublished, Overtaken, Sent
from agenda.services import Refused
from agenda.working_copy import WorkingCopy, working_copy


@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: prepare the day."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    if request.method == "GET":
        return _show(request, at_desk)
    sent = _read(DraftForm(request.POST))
    try:
        did = publishing.press(workshop=at_desk.workshop, sent=sent, actor=at_desk.user)
    except Refused as refused:
        return _show_refusal(request, at_desk, sent, refused)
    return _lead_back(at_desk, did)


def _read(form: DraftForm) -> Sent:
    """What was sent, or 404 for what our own page did not send."""
    if not form.is_valid():
        raise Http404
    return form.sent()


def _show(request: HttpRequest, at_desk: AtDesk) -> HttpResponse:
    copy = working_copy(at_desk.workshop)
    did, row = request.GET.get("did", ""), request.GET.get("row", "")
    return _page(request, copy, told=told_after(copy, did, row), did=did, looked_at=row)


def _show_refusal(request: HttpRequest, at_desk: AtDesk, sent: Sent, refused: Refused) -> HttpResponse:
    """The page as it was sent, with what stands in the way."""
    copy = _as_sent(working_copy(at_desk.workshop), sent, refused)
    status = 409 if isinstance(refused, Overtaken) else 422
    return _page(request, copy, told=told_of(refused), refused=refused, status=status)


def _as_sent(copy: WorkingCopy, sent: Sent, refused: Refused) -> WorkingCopy:
    """What was not saved stands beside what was; the next press is as late as this one unless it says otherwise."""
    if not isinstance(refused, Overtaken):
        return copy
    return replace(copy, draft=publishing.beside_history(copy, sent.draft), edit=sent.edit, version=sent.version)


def _page(
    request: HttpRequest, copy: WorkingCopy, *, refused: Refused | None = None, status: int = 200, **more: object
) -> HttpResponse:
    row = refused.row if isinstance(refused, NotPublished) else ""
    page = plan_page(copy, refused=str(refused), at=row) if row else plan_page(copy)
    return render(request, "agenda/plan.html", context(page, **more), status=status)


def _lead_back(at_desk: AtDesk, did: Did) -> HttpResponse:
    address = reverse("agenda:plan", args=[at_desk.workshop.pk])
    place = f"#row-{did.row}" if did.row else ""
    return redirect(f"{address}?{urlencode({'did': did.what, 'row': did.row})}{place}")
