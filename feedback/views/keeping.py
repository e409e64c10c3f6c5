"""How long the words of a day are kept, and a person to erase."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agenda import access
from agenda.access import AtDesk
from agenda.queries import people_to_erase
from agenda.services import Refused
from feedback import keeping, letters, services
from feedback.keeping_form import KeepingForm


@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    stands = services.keeping(at_desk.workshop)
    form = KeepingForm(request.POST or None, workshop=at_desk.workshop, keeping=stands)
    if not form.is_valid():
        return _page(request, at_desk, form, status=422 if form.is_bound else 200)
    keeping.settle(workshop=at_desk.workshop, actor=at_desk.user, **form.cleaned_data)
    return redirect("feedback:keeping", workshop_id=at_desk.workshop.pk)


@require_POST
def erase(request: HttpRequest, workshop_id: str, attendee_id: uuid.UUID) -> HttpResponse:
    """The same people."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    status = 200
    try:
        n = keeping.erase_person(workshop=at_desk.workshop, attendee_id=attendee_id, actor=at_desk.user)
        one, many = _("Erased, with %(n)s answer."), _("Erased, with %(n)s answers.")
        notice = ngettext(one, many, n) % {"n": n} + " " + _("What was said without a name cannot be found.")
    except Refused as refused:
        notice, status = str(refused), 422
    form = KeepingForm(workshop=at_desk.workshop, keeping=services.keeping(at_desk.workshop))
    return _page(request, at_desk, form, notice=notice, status=status)


def _page(request: HttpRequest, at_desk: AtDesk, form: KeepingForm, *, notice: str = "", status: int) -> HttpResponse:
    context = {
        "workshop": at_desk.workshop,
        "form": form,
        "keeping": services.keeping(at_desk.workshop),
        "people": people_to_erase(at_desk.workshop),
        "addresses": letters.addresses_kept(at_desk.workshop),
        "notice": notice,
    }
    return render(request, "feedback/keeping.html", context, status=status)
