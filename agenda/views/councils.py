"""The names of councils, for a field that offers them while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from agenda import access, councils
from agenda.replies import say, to_scripts

KEPT_SECONDS = 600


@require_GET
@to_scripts
def offered(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Everybody with a role or a seat. All names at once: so what somebody types is in no address and in no log."""
    workshop = access.workshop_for_order(request, workshop_id).workshop
    response = say(200, v=1, names=councils.offered(workshop))
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return response
