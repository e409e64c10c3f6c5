"""A shared tablet, which goes from hand to hand: how it is opened, taken, and handed on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import access, seat
from agenda import services as agenda
from agenda.models import Attendee
from agenda.replies import say, to_scripts
from sessions import tablets

from .live import workshop_for_tablet


@never_cache
@require_http_methods(["GET", "POST"])
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A tablet's link: looking at it changes nothing, its button makes this browser the tablet."""
    found = tablets.find(secret)
    if found is None:
        raise Http404
    if request.method == "GET":
        return render(request, "live/tablet/link.html", {"workshop": found.workshop})
    tablet = tablets.open_with(token=secret)
    if tablet is None:
        raise Http404
    response = redirect("live:tablet", workshop_id=tablet.workshop_id)
    seat.forget(response, tablet.workshop_id)
    tablets.keep(response, tablet)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The tablet between two people. A press takes a seat; whoever has one goes on to what is asked.

    Django's token changes here and not as the tablet is handed on: an answer that was still under way to the page
    before brings that person's token again.
    """
    workshop = workshop_for_tablet(request, workshop_id)
    if access.attendee(request.COOKIES, workshop_id):
        return redirect("live:phone", workshop_id=workshop_id)
    if request.method == "GET":
        rotate_token(request)
        return render(request, "live/tablet/start.html", {"workshop": workshop})
    response = redirect("live:phone", workshop_id=workshop_id)
    seat.keep(response, workshop_id, agenda.join(workshop=workshop, device=Attendee.Device.TABLET))
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@to_scripts
def next_person(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Hand the tablet on: seat and answer secret go off it. The page's script asks after it has sent everything."""
    workshop = workshop_for_tablet(request, workshop_id)
    if request.method == "GET":
        return render(request, "live/tablet/next.html", {"workshop": workshop})
    by_script = request.headers.get("X-Live") == "1"
    url = reverse("live:tablet", args=[workshop_id])
    response: HttpResponse = say(200, url=url) if by_script else redirect(url)
    seat.forget(response, workshop_id)
    if request.is_secure():  # browsers heed it nowhere else; the page's own script clears all the same
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response
