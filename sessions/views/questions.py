"""Presses at the desk about one question."""

import uuid
from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agenda import access
from agenda.services import Refused
from feedback.models import Question
from sessions import answers, asking_together, feedback_form, forms, questions

from .desk import DeskRequest, _press, _read, _shown


@require_POST
def quick(request: DeskRequest, workshop_id: str) -> HttpResponse:
    """Something nobody has prepared, asked at once."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = forms.QuickForm(request.POST, auto_id="quick-%s")

    def act() -> None:
        if not form.is_valid():
            raise Refused(form.wrong)
        said = {name: form.cleaned_data[name] for name in ("text", "kind")}
        question_id = form.cleaned_data["press"]
        questions.quick_question(workshop=at_desk.workshop, question_id=question_id, actor=at_desk.user, **said)

    return _press(request, at_desk, act, _shown(at_desk, _("The room is asked.")), quick=form)


@require_POST
def again(request: DeskRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """The same question a second time."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    found = get_object_or_404(Question, pk=question_id, workshop=at_desk.workshop)
    form = _read(forms.PressForm(request.POST))
    round_id, seen = form.number or uuid.uuid4(), form.seen

    def act() -> None:
        questions.ask_again(
            workshop=at_desk.workshop, question=found, actor=at_desk.user, round_id=round_id, expect=seen
        )

    return _press(request, at_desk, act, _shown(at_desk, _("The room is asked a second time.")))


@require_POST
def open_form(request: DeskRequest, workshop_id: str) -> HttpResponse:
    """The feedback form, before its item comes or after the close."""
    at_desk = access.workshop_for_desk(request, workshop_id)

    def act() -> None:
        feedback_form.open_form(workshop=at_desk.workshop, actor=at_desk.user)

    return _press(request, at_desk, act, _("The form is open. A link to it is on every phone."))


TOGETHER: dict[str, tuple[Callable[..., None], str]] = {
    "ask": (asking_together.ask, _("The room is asked, on phones. The screen stays as it is.")),
    "again": (asking_together.open_again, _("They are open again, on phones.")),
    "close": (asking_together.close, _("Closed. Anybody still writing can still send.")),
}


@require_POST
def together(request: DeskRequest, workshop_id: str, press: str) -> HttpResponse:
    """Several questions of the item at once."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    if press not in TOGETHER:
        raise Http404
    service, done = TOGETHER[press]
    seen = {} if press == "close" else {"expect": _read(forms.PressForm(request.POST)).seen}
    return _press(request, at_desk, lambda: service(workshop=at_desk.workshop, actor=at_desk.user, **seen), done)


PRESSES = {
    "ask": (questions.ask_the_room, _("The room is asked.")),
    "close": (questions.close, _("Closed. Anybody still writing can still send.")),
    "show": (questions.show_answers, _("The room sees the answers.")),
    "hide": (questions.hide_answers, _("The answers are off every screen.")),
}


@require_POST
def question(request: DeskRequest, workshop_id: str, question_id: uuid.UUID, press: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    if press not in PRESSES:
        raise Http404
    found = get_object_or_404(Question, pk=question_id, workshop=at_desk.workshop)
    service, done = PRESSES[press]
    seen = {"expect": _read(forms.PressForm(request.POST)).seen} if press == "ask" else {}

    def act() -> None:
        service(workshop=at_desk.workshop, question=found, actor=at_desk.user, **seen)

    return _press(request, at_desk, act, _shown(at_desk, done) if press in {"ask", "show"} else done)


HANDS = {
    "talk": _("The room talks; phones rest."),
    "scribe": _("One at each table writes for the table."),
    "phones": _("Everybody can answer on their phone."),
}


@require_POST
def hand(request: DeskRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    found = get_object_or_404(Question, pk=question_id, workshop=at_desk.workshop)
    chosen = _read(forms.HandForm(request.POST)).cleaned_data["hand"]

    def act() -> None:
        questions.set_hand(workshop=at_desk.workshop, question=found, hand=chosen)

    return _press(request, at_desk, act, HANDS[chosen])


@require_POST
def more_time(request: DeskRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    found = get_object_or_404(Question, pk=question_id, workshop=at_desk.workshop)
    minutes = _read(forms.MinutesForm(request.POST)).cleaned_data["minutes"]

    def act() -> None:
        questions.more_time(workshop=at_desk.workshop, question=found, minutes=minutes)

    return _press(request, at_desk, act, _("People are told that they have longer."))


ANSWER_PRESSES = {
    "hide": _("Hidden. It is off every screen."),
    "put-back": _("It is back."),
    "pin": _("Pinned: it is read first."),
    "unpin": _("Not pinned any more."),
    "approve": _("Approved."),
}


@require_POST
def answer(request: DeskRequest, workshop_id: str, press: str) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    if press not in ANSWER_PRESSES:
        raise Http404
    answer_id = _read(forms.AnswerForm(request.POST)).cleaned_data["answer"]

    def act() -> None:
        answers.press(workshop=at_desk.workshop, answer_id=answer_id, verb=press, actor=at_desk.user)

    return _press(request, at_desk, act, ANSWER_PRESSES[press])


@require_POST
def approve_all(request: DeskRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    at_desk = access.workshop_for_desk(request, workshop_id)
    found = get_object_or_404(Question, pk=question_id, workshop=at_desk.workshop)

    def act() -> None:
        answers.approve_all(workshop=at_desk.workshop, question=found, actor=at_desk.user)

    return _press(request, at_desk, act, _("All of them are approved."))
