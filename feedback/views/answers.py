"""How an attendee's answer comes in, by script or by plain form, and how the phone finds its own again."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from agenda import access, origins
from agenda.access import AtPhone
from agenda.replies import say, to_scripts
from agenda.services import Refused
from feedback import queries, services
from feedback.forms import HandInForm, raw_from_post
from feedback.kinds import kinds
from feedback.kinds.base import Refused as NotAnAnswer
from feedback.models import Question

MOST_BYTES = 16 * 1024


@never_cache
@require_POST
@to_scripts
def answers(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Both doors: JSON from the page's script, anything else from the same form without a script."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    if request.content_type == "application/json":
        return _by_script(request, at_phone)
    return _by_form(request, at_phone)


def _by_script(request: HttpRequest, at_phone: AtPhone) -> HttpResponse:
    origin = request.headers.get("Origin", "")
    if request.headers.get("X-Live") != "1" or not origins.is_our_origin(origin, request.get_host()):
        return say(403, message=_("This came from another page, so it was not taken. Open the page of the day again."))
    if len(request.body) > MOST_BYTES:
        return say(413, message=_("This is too long to send. Your text is still here: shorten it and send it again."))
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        return say(400, message=_("This could not be read. Your text is still here: send it again."))
    form = HandInForm(data)
    if not form.is_valid():
        return say(422, message=next(iter(form.errors.values()))[0])
    try:
        receipt = _hand_in(at_phone, form, data.get("value"))
    except (Refused, NotAnAnswer) as refused:
        return say(409 if isinstance(refused, Refused) else 422, key=str(data.get("key"))[:40], message=str(refused))
    return say(200, key=str(receipt.key), edit=receipt.edit, late=receipt.late)


def _by_form(request: HttpRequest, at_phone: AtPhone) -> HttpResponse:
    form = HandInForm(request.POST)
    question = _question(at_phone, form)
    if question is None:
        raise Http404
    raw = raw_from_post(kinds[question.kind], question.config, request.POST)
    try:
        _hand_in(at_phone, form, raw)
    except (Refused, NotAnAnswer) as refused:
        context = {"workshop": at_phone.workshop, "question": question, "value": raw, "error": str(refused)}
        return render(request, "feedback/answer.html", context | {"sent": form.data}, status=422)
    return redirect("live:phone", workshop_id=at_phone.workshop.pk)


def _question(at_phone: AtPhone, form: HandInForm) -> Question | None:
    if not form.is_valid():
        return None
    return queries.workshop_questions(at_phone.workshop).filter(pk=form.cleaned_data["question"]).first()


def _hand_in(at_phone: AtPhone, form: HandInForm, raw: Any) -> services.Receipt:
    sent = form.cleaned_data
    return services.hand_in(
        workshop=at_phone.workshop,
        seat=at_phone.seat,
        question_id=sent["question"],
        key=sent["key"],
        edit=sent["edit"],
        raw=raw,
    )


@never_cache
@require_GET
@to_scripts
def mine(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """What is this phone's own: its answers, and whether it agreed. Nobody else can ask for it."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    own = queries.mine(at_phone.workshop, at_phone.seat)
    answers = {str(row.question_id): {"key": str(row.pk), "edit": row.edit, "value": row.value} for row in own}
    return say(200, v=1, name=at_phone.attendee.name, agreed=hasattr(at_phone.attendee, "agreement"), answers=answers)
