"""The screen: pairing a projector's browser, what it shows, and the join code as a picture."""

from io import BytesIO

import segno
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from agenda import origins
from agenda.services import Refused
from sessions import pairing

from .live import page_context, workshop_for_screen


@never_cache
@require_GET
def pair(request: HttpRequest) -> HttpResponse:
    """The lectern's computer: four digits for the desk to type in, then the room."""
    screen = pairing.of(request.COOKIES)
    if screen and screen.workshop_id:
        return redirect("live:screen", workshop_id=screen.workshop_id)
    try:
        screen = screen or pairing.ask()
    except Refused as refused:
        return render(request, "live/screen/pair.html", {"refused": refused}, status=503)
    response = render(request, "live/screen/pair.html", {"screen": screen})
    pairing.keep(response, screen)
    return response


@never_cache
@require_GET
def paired(request: HttpRequest) -> HttpResponse:
    """Whether the desk has typed the digits in."""
    screen = pairing.of(request.COOKIES)
    url = reverse("live:screen", args=[screen.workshop_id]) if screen and screen.workshop_id else ""
    return JsonResponse({"paired": bool(url), "url": url, "expired": screen is None}, headers={"X-Live": "1"})


@never_cache
@require_GET
def screen(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The room: what everybody looks at. No controls."""
    workshop = workshop_for_screen(request, workshop_id)
    return render(request, "live/screen/page.html", page_context(workshop, "screen"))


@require_GET
def join_picture(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The join address as a QR code, dark on white. It opens the join page and nothing else."""
    workshop = workshop_for_screen(request, workshop_id)
    address = f"{origins.room_address()}{reverse('agenda:join', args=[workshop.join_token])}"
    picture = BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=4, dark="#000", light="#fff", xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "no-store"})
