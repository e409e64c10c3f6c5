"""The questions of one item, for the plan page: a fragment to htmx, a page of its own to a browser without it."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.middleware import HtmxDetails

from agenda import access
from agenda.access import AtDesk
from agenda.replies import ours
from agenda.services import Refused
from feedback import offering, prepared, preparing
from feedback.models import Question
from feedback.plan_forms import MoveForm, ReadyForm
from feedback.question_forms import AskedForm, ExpectForm, QuestionForm, WordsForm

TALKED_ABOUT = {"speaker", "discussion"}


class PlanRequest(HttpRequest):
    """Somebody at the plan page, with what django-htmx says of the request."""

    htmx: HtmxDetails


@never_cache
@require_GET
def questions(request: PlanRequest, workshop_id: str, slot_key: str) -> HttpResponse:
    """Owner and facilitator: what is asked in this item."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    return _page(request, at_desk, slot_key)


@never_cache
@require_http_methods(["GET", "POST"])
def ready(request: PlanRequest, workshop_id: str, slot_key: str) -> HttpResponse:
    """The same: put some of the ready questions into it."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    form = ReadyForm(request.POST or None, item=slot_key)
    if not form.is_valid():
        return _page(request, at_desk, slot_key, ready=form)
    try:
        added = offering.add_ready(
            workshop=at_desk.workshop, slot_key=slot_key, number=form.cleaned_data["number"], ready=form.chosen
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, at_desk, slot_key, ready=form, status=409)
    said = ngettext("Added. The desk offers it when this item is on.", "Added %(n)s questions.", len(added))
    return _done(request, at_desk, slot_key, said % {"n": len(added)}, added[0].pk)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: PlanRequest, workshop_id: str, slot_key: str) -> HttpResponse:
    """The same: ask one more."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    form = QuestionForm(request.POST or None, item=slot_key, hand=_usual_hand(at_desk, slot_key))
    if not form.is_valid():
        return _page(request, at_desk, slot_key, form=form)
    try:
        added = preparing.add(
            workshop=at_desk.workshop,
            slot_key=slot_key,
            question_id=form.cleaned_data["number"],
            wanted=form.wanted,
        )
    except Refused as refused:
        return _refused(request, at_desk, slot_key, form, refused)
    return _done(request, at_desk, slot_key, _("Added. The desk offers it when this item is on."), added.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def question(request: PlanRequest, workshop_id: str, slot_key: str, question_id: uuid.UUID) -> HttpResponse:
    """The same: change one, all of it while nobody was asked, then only its words."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    found = preparing.find(at_desk.workshop, slot_key, question_id)
    if found is None:
        return _gone(request, at_desk, slot_key)
    ThisForm = QuestionForm if preparing.is_free(found) else AskedForm
    form = ThisForm(request.POST or None, item=slot_key, question=found)
    if not form.is_valid():
        return _page(request, at_desk, slot_key, form=form)
    expect = form.cleaned_data["expect"]
    try:
        preparing.change(
            workshop=at_desk.workshop, question_id=question_id, expect=expect, actor=at_desk.user, wanted=form.wanted
        )
    except Refused as refused:
        form.catch_up(preparing.find(at_desk.workshop, slot_key, question_id) or found)
        return _refused(request, at_desk, slot_key, form, refused)
    return _done(request, at_desk, slot_key, _("Saved."), question_id)


@require_POST
def move(request: PlanRequest, workshop_id: str, slot_key: str, question_id: uuid.UUID) -> HttpResponse:
    """The same: put one above or below another."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Http404
    above = form.cleaned_data["above"] is not None
    try:
        place = preparing.move(workshop=at_desk.workshop, question_id=question_id, next_to=form.next_to, above=above)
    except Refused as refused:
        return _page(request, at_desk, slot_key, notice=str(refused), refused=True, status=409)
    said = _("Moved to place %(place)s.") % {"place": place}
    return _done(request, at_desk, slot_key, said, question_id, focus="up" if above else "down")


@require_POST
def delete(request: PlanRequest, workshop_id: str, slot_key: str, question_id: uuid.UUID) -> HttpResponse:
    """The same: take away one that nobody was asked."""
    at_desk = access.workshop_for_plan(request, workshop_id)
    form = ExpectForm(request.POST)
    expect = form.cleaned_data["expect"] if form.is_valid() else ""
    try:
        preparing.delete(workshop=at_desk.workshop, question_id=question_id, expect=expect)
    except Refused as refused:
        return _page(request, at_desk, slot_key, notice=str(refused), refused=True, status=409)
    return _done(request, at_desk, slot_key, _("Deleted."))


def _page(
    request: PlanRequest,
    at_desk: AtDesk,
    slot_key: str,
    *,
    form: WordsForm | None = None,
    ready: ReadyForm | None = None,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    """The item as it stands, with a form or the ready questions in it if they are open."""
    item = prepared.item_questions(at_desk.workshop, slot_key)
    if item is None:
        raise Http404
    name = "_plan_questions" if request.htmx else "plan_questions"
    if request.htmx:
        status = 200  # also for a refusal: the sentence is the answer, and the page must show it
    elif status == 200 and ((form and form.errors) or (ready and ready.errors)):
        status = 422
    context = {"workshop": at_desk.workshop, "item": item, "form": form, **said}
    if ready is not None:
        context |= {"ready": ready, "offered": offering.offered(item.item.kind, item.taken)}
    return ours(render(request, f"feedback/{name}.html", context, status=status))


def _refused(request: PlanRequest, at_desk: AtDesk, slot_key: str, form: WordsForm, refused: Refused) -> HttpResponse:
    """The form again, with everything that was typed, and what the question says now."""
    form.add_error(None, str(refused))
    return _page(request, at_desk, slot_key, form=form, stale=True, status=409)


def _gone(request: PlanRequest, at_desk: AtDesk, slot_key: str) -> HttpResponse:
    """Somebody has deleted the question whose form this is: what was typed can be added anew."""
    form = QuestionForm(request.POST or None, item=slot_key)
    if not form.is_bound:
        said = _("This question is not in this item any more: somebody has moved or deleted it.")
        return _page(request, at_desk, slot_key, notice=said, refused=True, status=404)
    form.add_error(None, _("Somebody has deleted this question. What you wrote is still here: you can add it anew."))
    return _page(request, at_desk, slot_key, form=form, status=409)


def _done(
    request: PlanRequest,
    at_desk: AtDesk,
    slot_key: str,
    said: str,
    question_id: uuid.UUID | None = None,
    focus: str = "edit",
) -> HttpResponse:
    if request.htmx:
        return _page(request, at_desk, slot_key, notice=said, at=question_id, focus=focus)
    path = redirect("feedback:plan_questions", workshop_id=at_desk.workshop.pk, slot_key=slot_key)
    if question_id:
        path["Location"] += f"#question-{question_id}"
    return path


def _usual_hand(at_desk: AtDesk, slot_key: str) -> str:
    """In talks and discussions the room talks; everywhere else people write."""
    item = prepared.item_questions(at_desk.workshop, slot_key)
    if item is None:
        raise Http404
    return Question.Hand.TALK if item.item.kind in TALKED_ABOUT else Question.Hand.PHONES
