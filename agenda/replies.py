"""Answers to a page's script. They say who sent them: a captive portal's page is never mistaken for ours."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def say(status: int, **body: object) -> JsonResponse:
    """JSON with the mark of ours."""
    return JsonResponse(body, status=status, headers={"X-Live": "1", "Cache-Control": "no-store"})


def ours(response: HttpResponse) -> HttpResponse:
    """With our mark: a fragment without it is shown nowhere."""
    response["X-Live"] = "1"
    return response


def to_scripts(view: View[P]) -> View[P]:
    """For views that scripts ask: a refusal carries our mark as well."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.headers.get("X-Live") != "1" and "text/html" in request.headers.get("Accept", ""):
                raise
            return say(404, message=_("This phone has no seat in the room. Join again: what you wrote is still here."))

    return cast("View[P]", answer)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long or came from elsewhere."""
    if request.headers.get("X-Live") == "1":
        return say(403, message=_("This page had been open too long. Load it again: what you wrote is kept."))
    return render(request, "403_csrf.html", status=403)
