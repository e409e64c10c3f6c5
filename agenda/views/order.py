"""The running order to keep: for a calendar, and for paper."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from agenda import access, calendar, plan, queries, words
from agenda.models import PlanVersion, Speaker, Workshop

Line = tuple[plan.Item, str, list[Speaker]]


@never_cache
@require_GET
def running_order(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Everybody with a role or a seat: the running order as a page to read, keep and print."""
    came_in = access.workshop_for_order(request, workshop_id)
    workshop, version = came_in.workshop, queries.published(came_in.workshop)
    context = {
        "workshop": workshop,
        "date": _date(version) if version else workshop.date,
        "lines": _lines(workshop, version) if version else [],
        "seated": isinstance(came_in, access.AtPhone),
    }
    return render(request, "agenda/order.html", context)


@never_cache
@require_GET
def calendar_file(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Everybody with a role or a seat: the day for their calendar; with `items=1` each item as well."""
    workshop = access.workshop_for_order(request, workshop_id).workshop
    version = queries.published(workshop)
    if version is None:
        raise Http404
    content = calendar.write(_programme(workshop, version), each_item=request.GET.get("items") == "1")
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_date(version)}_{workshop.slug}.ics"'
    return response


def _date(version: PlanVersion) -> date:
    return date.fromisoformat(version.value["date"])


def _lines(workshop: Workshop, version: PlanVersion) -> list[Line]:
    """Each item, when it is planned to start ("" if it begins when the day is started), and who speaks."""
    zone, speakers = version.value["time_zone"], queries.speakers(workshop)
    items = plan.items(version.value).values()
    return [(item, words.at(item.start, zone), speakers.get(item.key, [])) for item in items]


def _programme(workshop: Workshop, version: PlanVersion) -> calendar.Programme:
    speakers = queries.speakers(workshop)
    return calendar.Programme(
        id=workshop.pk,
        title=workshop.title,
        place=workshop.place,
        date=_date(version),
        time_zone=version.value["time_zone"],
        version=version.number,
        published_at=version.published_at,
        items=list(plan.items(version.value).values()),
        speakers={key: [_line(speaker) for speaker in there] for key, there in speakers.items()},
        first=_("first"),
    )


def _line(speaker: Speaker) -> str:
    return ", ".join(filter(None, [speaker.name, speaker.role, speaker.organisation]))
