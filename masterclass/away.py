"""What people are told while the database cannot be reached: a sentence, and when to try again."""

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from agenda.replies import say

RETRY_AFTER = "5"


class DatabaseAway(MiddlewareMixin):
    """Answers in place of a view that could not read or write; pages and scripts come back by themselves."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return come_back(request) if isinstance(exception, OperationalError | InterfaceError) else None


def come_back(request: HttpRequest) -> HttpResponse:
    """503, as a page or for a script."""
    if "text/html" in request.headers.get("Accept", "") and request.headers.get("X-Live") != "1":
        response = render(request, "503.html", status=503)
    else:
        response = say(503, message=_("The day cannot be reached for a moment. What was saved is safe."))
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    # The hub logs that the database is away; a line for each page would add who asked for what.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
