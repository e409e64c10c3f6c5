"""What people are told of a day whose running order nobody has published: a sentence, and what there is to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from agenda import access
from agenda.models import PlanVersion
from agenda.replies import say


class NotPublishedYet(MiddlewareMixin):
    """Answers in place of a view that needs a running order. Whoever comes this far has passed the day's door."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return not_yet(request) if isinstance(exception, PlanVersion.DoesNotExist) else None


def not_yet(request: HttpRequest) -> HttpResponse:
    """409, as a page or for a script."""
    if request.headers.get("X-Live") == "1" or "text/html" not in request.headers.get("Accept", "text/html"):
        return say(409, message=_("The running order is not published yet. There is nothing to do here until it is."))
    found = request.resolver_match
    workshop_id = str(found.kwargs.get("workshop_id", "")) if found else ""
    address = request.META.get("REMOTE_ADDR", "")
    context = {"workshop_id": workshop_id, "edits": access.member(request.user, workshop_id, address, access.RUN)}
    response = render(request, "agenda/not_published.html", context, status=409)
    response["Cache-Control"] = "no-store"
    return response
