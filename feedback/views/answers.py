"""How an attendee's answer comes in, by script or by plain form."""

import json
import uuid
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agenda import access, origins
from agenda.access import AtPhone
from agenda.replies import say, to_scripts
from agenda.services import Refused
from feedback import queries, services
from feedback.forms import HandInForm, raw_from_post, words_from_post
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
    body = _body(request)
    if body is None:
        return say(413, message=_("This is too long to send. Your text is still here: shorten it and send it again."))
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        return say(400, message=_("This could not be read. Your text is still here: send it again."))
    form = HandInForm(data)
    if not form.is_valid():
        return say(422, message=_wrong(form))
    try:
        receipt = _hand_in(at_phone, form, data.get("value"))
    except (Refused, NotAnAnswer) as refused:
        return say(_status(refused), key=str(form.cleaned_data["key"]), message=str(refused))
    return say(200, key=str(receipt.key), edit=receipt.edit, late=receipt.late)


def _body(request: HttpRequest) -> bytes | None:
    """What was sent, or None if it is more than an answer can be."""
    try:
        return request.body if len(request.body) <= MOST_BYTES else None
    except RequestDataTooBig:
        return None


def _by_form(request: HttpRequest, at_phone: AtPhone) -> HttpResponse:
    form = HandInForm(request.POST)
    question = _question(at_phone, form)
    raw = (
        raw_from_post(kinds[question.kind], question.config, request.POST)
        if question
        else words_from_post(request.POST)
    )
    if not form.is_valid():
        return _again(request, at_phone, question, raw, error=_wrong(form), status=422)
    try:
        receipt = _hand_in(at_phone, form, raw)
    except (Refused, NotAnAnswer) as refused:
        return _again(request, at_phone, question, raw, error=str(refused), status=_status(refused))
    if receipt.edit > form.cleaned_data["edit"]:
        error = _("A newer answer of yours is already saved. Send this one again to put it in its place.")
        return _again(request, at_phone, question, raw, error=error, status=409)
    return redirect("live:phone", workshop_id=at_phone.workshop.pk)


def _question(at_phone: AtPhone, form: HandInForm) -> Question | None:
    """The question that is answered, if it was ever put to this room; the rest of the form may be wrong."""
    form.is_valid()
    if "question" not in form.cleaned_data:
        return None
    found = queries.workshop_questions(at_phone.workshop).exclude(status=Question.Status.DRAFT)
    return found.filter(pk=form.cleaned_data["question"]).first()


def _wrong(form: HandInForm) -> str:
    """The first sentence about what came with the answer."""
    return next(str(error) for errors in form.errors.values() for error in errors)


def _again(
    request: HttpRequest, at_phone: AtPhone, question: Question | None, raw: object, *, error: str, status: int
) -> HttpResponse:
    """The page with what was written and what is wrong; its key and edit fit what is stored, so it can be sent."""
    own = queries.mine(at_phone.workshop, at_phone.seat, [question.pk]) if question else []
    context = {
        "workshop": at_phone.workshop,
        "question": question,
        "value": raw,
        "error": error,
        "key": own[0].pk if own else uuid.uuid4(),
        "edit": own[0].edit + 1 if own else 1,
    }
    return render(request, "feedback/answer.html", context, status=status)


def _status(refused: Refused | NotAnAnswer) -> int:
    return 409 if isinstance(refused, Refused) else 422


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
