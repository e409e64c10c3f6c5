"""The day after: what is left to do, who came, and the report to edit and take away."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from agenda import access, clock, services
from agenda.access import AtDesk
from agenda.markdown import to_html_once
from agenda.queries import day
from feedback import followup, next_day, report
from feedback.report_forms import EditForm, ReportForm


@never_cache
@require_GET
def show(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    stands = report.report(at_desk.workshop)
    form = ReportForm(initial={"edit": stands.edit, "text": stands.text})
    return _page(request, at_desk, form, stands=stands)


def _page(
    request: HttpRequest,
    at_desk: AtDesk,
    form: ReportForm,
    *,
    stands: report.Report,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """`said`: why nothing was saved; `stands` is shown beside what was typed then."""
    context = {
        "workshop": at_desk.workshop,
        "form": form,
        "stands": stands,
        "said": said,
        "left": next_day.next_day(at_desk.workshop),
        "later": followup.told(at_desk.workshop),
        "is_closed": day(at_desk.workshop).progress.finished_at is not None,
    }
    return render(request, "feedback/next_day.html", context, status=status)


@require_POST
def save(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, at_desk, form, stands=report.report(at_desk.workshop), status=422)
    try:
        report.save(workshop=at_desk.workshop, **form.cleaned_data)
    except report.Overtaken as overtaken:
        return _overtaken(request, at_desk, form.cleaned_data["text"], overtaken)
    return redirect("feedback:next_day", workshop_id=at_desk.workshop.pk)


def _overtaken(request: HttpRequest, at_desk: AtDesk, typed: str, why: report.Overtaken) -> HttpResponse:
    """Both texts; saving once more puts what was typed in the place of the other."""
    form = ReportForm(initial={"edit": why.stands.edit, "text": typed})
    return _page(request, at_desk, form, stands=why.stands, said=str(why), status=409)


@require_POST
def begin_anew(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: as the summary has it."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = EditForm(request.POST)
    stands = report.report(at_desk.workshop)
    try:
        report.begin_anew(workshop=at_desk.workshop, edit=form.cleaned_data["edit"] if form.is_valid() else -1)
    except report.Overtaken:
        said = _("Somebody has saved this report since you opened it. Nothing was let go of.")
        shown = ReportForm(initial={"edit": stands.edit, "text": stands.text})
        return _page(request, at_desk, shown, stands=report.Report("", 0), said=said, status=409)
    return redirect("feedback:next_day", workshop_id=at_desk.workshop.pk)


@never_cache
@require_GET
def read(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: the report to read and to print."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    text = report.report(at_desk.workshop).text
    context = {"workshop": at_desk.workshop, "report": to_html_once(text, top=2)}
    return render(request, "feedback/report.html", context)


@never_cache
@require_POST
def take(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: the report as a file. Who took it is written down."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    workshop = at_desk.workshop
    content = report.report(workshop).text.encode()
    name = f"{workshop.date:%Y-%m-%d}_{workshop.slug}_report.md"
    taken = {"file": name, "rows": content.count(b"\n"), "sha256": hashlib.sha256(content).hexdigest()}
    now = clock.now(workshop, real=timezone.now())
    services.audit(kind="export", at=now, workshop=workshop, user=at_desk.user, **taken)
    response = HttpResponse(content, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
