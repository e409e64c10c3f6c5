"""What the room said: the summary for the facilitator, the export for staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from agenda import access, clock, services
from agenda.access import AtDesk
from agenda.models import Workshop
from agenda.queries import day, named_people
from feedback import before_and_after, followup, queries, summing_up
from feedback.exports import answers, take_home
from feedback.sealing import seal_when_due
from feedback.services import close_feedback_when_due, keeping
from feedback.sweeping import sweep_when_due


@never_cache
@require_GET
def show_summary(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Facilitator, scribe, viewer: what was heard, item by item."""
    at_desk = access.workshop_for_summary(request, workshop_id)
    _do_what_is_due(at_desk.workshop)
    may_run = at_desk.role in access.RUN
    today = day(at_desk.workshop)
    heard = queries.heard(at_desk.workshop, today, with_names=may_run)
    context = {
        "workshop": at_desk.workshop,
        "heard": summing_up.closing_together(heard),
        "moved": before_and_after.moved(at_desk.workshop),
        "themes": summing_up.by_theme(at_desk.workshop),
        "may_group": at_desk.role in access.WRITE,
        "people": named_people(at_desk.workshop) if may_run else [],
        "is_left": today.left_at(clock.now(at_desk.workshop)),
        "is_closed": today.progress.finished_at is not None,
        "may_run": may_run,
        "may_write": at_desk.role in access.WRITE,
        "keeping": keeping(at_desk.workshop),
        "later": followup.told(at_desk.workshop),
    }
    return render(request, "feedback/summary.html", context)


def _do_what_is_due(workshop: Workshop) -> None:
    """Some days after the day, its first reader finds it as it stays from then on."""
    close_feedback_when_due(workshop)
    seal_when_due(workshop)
    sweep_when_due()


@never_cache
@require_GET
def export(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner, facilitator and staff: what can be taken home, and what is in its largest table."""
    at_desk = access.workshop_for_export(request, workshop_id)
    _do_what_is_due(at_desk.workshop)
    return _export_page(request, at_desk)


def _export_page(request: HttpRequest, at_desk: AtDesk, *, said: str = "", status: int = 200) -> HttpResponse:
    context = {
        "workshop": at_desk.workshop,
        "file": answers.preview(at_desk.workshop),
        "zip_name": take_home.name(at_desk.workshop),
        "said": said,
    }
    return render(request, "feedback/export.html", context, status=status)


@never_cache
@require_POST
def take_everything(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: the whole day as one ZIP."""
    at_desk = access.workshop_for_export(request, workshop_id)
    _do_what_is_due(at_desk.workshop)
    try:
        file = take_home.as_zip(at_desk.workshop)
    except services.Refused as refused:
        return _export_page(request, at_desk, said=str(refused), status=503)
    _write_down(at_desk, file, profile=take_home.PROFILE)
    return _download(file, "application/zip")


@never_cache
@require_POST
def answers_csv(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: every released answer as one table."""
    at_desk = access.workshop_for_export(request, workshop_id)
    _do_what_is_due(at_desk.workshop)
    file = answers.as_csv(at_desk.workshop)
    _write_down(at_desk, file)
    return _download(file, "text/csv; charset=utf-8")


def _write_down(at_desk: AtDesk, file: answers.File, **more: str) -> None:
    """Who took what."""
    now = clock.now(at_desk.workshop, real=timezone.now())
    taken = {"file": file.name, "rows": file.rows, "sha256": file.sha256} | more
    services.audit(kind="export", at=now, workshop=at_desk.workshop, user=at_desk.user, **taken)


def _download(file: answers.File, content_type: str) -> HttpResponse:
    response = HttpResponse(file.content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
