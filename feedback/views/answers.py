"""How an attendee's answer comes in, by script or by plain form."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agenda import access, origins
from agenda.access import AtPhone
from agenda.replies import say, to_scripts
from agenda.services import Refused
from feedback import queries, sent
from feedback.forms import HandInForm, raw_from_post, words_from_post
from feedback.handing_in import Handed, hand_in, hand_in_together
from feedback.kinds import kinds
from feedback.kinds.base import Refused as NotAnAnswer
from feedback.models import Question
from feedback.turned_back import NoTable


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
    found = sent.read(sent.body_of(request), at_phone.seat)
    if isinstance(found, Handed):
        (outcome,) = hand_in_together(workshop_id=at_phone.workshop.pk, handed=[found])
        found = sent.reply(found, outcome)
    response = say(found.status, **found.body)
    for name, value in found.headers.items():
        response[name] = value
    return response


def _by_form(request: HttpRequest, at_phone: AtPhone) -> HttpResponse:
    form = HandInForm(request.POST)
    question = _question(at_phone, form)
    raw = (
        raw_from_post(kinds[question.kind], question.config, request.POST)
        if question
        else words_from_post(request.POST)
    )
    if not form.is_valid():
        return _again(request, at_phone, question, raw, form, error=sent.wrong(form), status=422)
    try:
        receipt = hand_in(workshop=at_phone.workshop, handed=sent.handed(form, at_phone.seat, raw))
    except (Refused, NotAnAnswer) as refused:
        if isinstance(refused, NoTable):
            form.add_error("table", str(refused))
        return _again(request, at_phone, question, raw, form, error=str(refused), status=sent.status(refused))
    if receipt.edit > form.cleaned_data["edit"]:
        error = _("A newer answer of yours is already saved. Send this one again to put it in its place.")
        return _again(request, at_phone, question, raw, form, error=error, status=409)
    return redirect("live:phone", workshop_id=at_phone.workshop.pk)


def _question(at_phone: AtPhone, form: HandInForm) -> Question | None:
    """The question that is answered, if it was ever put to this room; the rest of the form may be wrong."""
    form.is_valid()
    if "question" not in form.cleaned_data:
        return None
    found = queries.workshop_questions(at_phone.workshop).exclude(status=Question.Status.DRAFT)
    return found.filter(pk=form.cleaned_data["question"]).first()


def _again(
    request: HttpRequest,
    at_phone: AtPhone,
    question: Question | None,
    raw: object,
    form: HandInForm,
    *,
    error: str,
    status: int,
) -> HttpResponse:
    """The page with what was written and what is wrong; its key and edit fit what is stored, so it can be sent."""
    own = queries.mine(at_phone.workshop, at_phone.seat, [question.pk]) if question else []
    if question and question.takes_several:
        own = [row for row in own if row.pk == form.cleaned_data.get("key")]
    context = {
        "workshop": at_phone.workshop,
        "question": question,
        "value": raw,
        "error": error,
        "table": form["table"].value(),
        "people": form["people"].value(),
        "is_table_wrong": question is not None and list(form.errors) in (["table"], ["people"]),
        "key": own[0].pk if own else uuid.uuid4(),
        "edit": own[0].edit + 1 if own else 1,
    }
    return render(request, "feedback/answer.html", context, status=status)
