"""The pages of flipchart sheets: for the desk and a scribe with an account, on paper, and for a phone."""

import uuid
from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from agenda import access
from agenda import queries as agenda
from agenda.access import AtDesk
from agenda.services import Refused
from feedback import desk_notes, photos, queries
from feedback import sheets as reading
from feedback.kinds.base import Refused as NotANote
from feedback.models import Question
from feedback.sheet_forms import DeskNoteForm, PhotoForm, SheetForm, TypedNoteForm
from sessions import forms, my_notes, questions, sheets

from .desk import _read

PRESSES = {
    "ask": questions.ask_the_room,
    "close": questions.close,
    "show": questions.show_answers,
    "hide": questions.hide_answers,
}


@never_cache
@require_GET
def show(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner, facilitator and scribe: every sheet, and what may be read of it."""
    return _page(request, access.workshop_for_notes(request, workshop_id))


def _page(
    request: HttpRequest,
    at_desk: AtDesk,
    *,
    notice: str = "",
    at: object = None,
    form: Form | None = None,
    written: str = "",
) -> HttpResponse:
    """`notice`: why something was not done; then `form` is what was typed, for the sheet `at`. What has no place on the
    page any more is `written` beside the notice, to be copied."""
    new = form if isinstance(form, SheetForm) else SheetForm(initial={"number": uuid.uuid4()})
    rows = [(sheet, _note_form(sheet.question, at, form)) for sheet in reading.sheets(at_desk.workshop)]
    context = {
        "workshop": at_desk.workshop,
        "rows": rows,
        "new": new,
        "photo_key": uuid.uuid4(),
        "notice": notice,
        "written": "" if any(at == sheet.question.pk for sheet, _form in rows) else written,
        "may_run": at_desk.role in access.RUN,
    }
    return render(request, "live/sheets/page.html", context, status=422 if notice else 200)


def _note_form(question: Question, at: object, form: Form | None) -> Form:
    if form and at == question.pk:
        return form
    return DeskNoteForm(auto_id=f"note-{question.pk}-%s", initial={"key": uuid.uuid4()})


def _done(at_desk: AtDesk, question_id: object = None) -> HttpResponse:
    where = f"#sheet-{question_id}" if question_id else ""
    return redirect(reverse("live:sheets", args=[at_desk.workshop.pk]) + where)


def _try(
    request: HttpRequest,
    at_desk: AtDesk,
    act: Callable[[], object],
    *,
    at: object = None,
    form: Form | None = None,
    written: str = "",
) -> HttpResponse:
    try:
        act()
    except (Refused, NotANote) as refused:
        return _page(request, at_desk, notice=str(refused), at=at, form=form, written=written)
    return _done(at_desk, at)


@require_POST
def new(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: one more sheet."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = SheetForm(request.POST)
    if not form.is_valid():
        return _page(request, at_desk, notice=form.wrong, form=form)
    said = form.cleaned_data
    return _try(
        request,
        at_desk,
        lambda: sheets.new_sheet(
            workshop=at_desk.workshop, text=said["text"], hand=said["hand"], sheet_id=said["number"]
        ),
        form=form,
    )


@require_POST
def press(request: HttpRequest, workshop_id: str, question_id: uuid.UUID, press: str) -> HttpResponse:
    """Owner and facilitator: open a sheet, close it, show it, hide it."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    if press not in PRESSES:
        raise Http404
    sheet = _sheet(at_desk, question_id)
    given: dict[str, Any] = {"workshop": at_desk.workshop, "question": sheet, "actor": at_desk.user}
    return _try(request, at_desk, lambda: PRESSES[press](**given), at=question_id)


@require_POST
def table(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """Owner and facilitator: which table's notes the screen shows."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    chosen = _read(forms.TableForm(request.POST)).cleaned_data["table"]
    sheet = _sheet(at_desk, question_id)

    def act() -> None:
        sheets.show_table(workshop=at_desk.workshop, question=sheet, table=chosen)

    return _try(request, at_desk, act, at=question_id)


@require_POST
def note(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """Owner, facilitator and scribe: a note of what was said aloud or stands on paper."""
    at_desk = access.workshop_for_notes(request, workshop_id)
    form = DeskNoteForm(request.POST, auto_id=f"note-{question_id}-%s")
    if not form.is_valid():
        return _page(request, at_desk, notice=form.wrong, at=question_id, form=form)
    said = form.cleaned_data
    given = {"key": said["key"], "raw": said["value"], "table": said["table"], "people": said["people"]}

    def act() -> None:
        desk_notes.type_note(workshop=at_desk.workshop, question_id=question_id, **given)

    return _try(request, at_desk, act, at=question_id, form=form, written=said["value"])


@require_POST
def change_note(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: other words for one that was typed here."""
    at_desk = access.workshop_for_notes(request, workshop_id)
    said = _read(TypedNoteForm(request.POST)).cleaned_data

    given = {"key": said["answer"], "edit": said["edit"], "raw": said["value"]}

    def act() -> None:
        desk_notes.change_note(workshop=at_desk.workshop, **given)

    return _try(request, at_desk, act, written=said["value"])


@require_POST
def delete_note(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same people: one that was typed here goes."""
    at_desk = access.workshop_for_notes(request, workshop_id)
    key = _read(forms.AnswerForm(request.POST)).cleaned_data["answer"]
    return _try(request, at_desk, lambda: desk_notes.take_away(workshop=at_desk.workshop, key=key))


@never_cache
@require_GET
def paper(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """Everybody with a role: the sheets to print, a page for each table's."""
    at_desk = access.workshop_for_summary(request, workshop_id)
    context = {"workshop": at_desk.workshop, "sheets": reading.on_paper(at_desk.workshop)}
    return render(request, "live/sheets/paper.html", context)


@never_cache
@require_GET
def on_phone(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """An attendee: a sheet that is open, whatever the room is asked beside it."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    workshop = at_phone.workshop
    sheet = queries.workshop_questions(workshop).filter(pk=question_id).first()
    if sheet is None or not sheet.is_sheet or not sheet.takes_answers:
        return redirect("live:phone", workshop_id=workshop_id)
    own = queries.mine(workshop, at_phone.seat, [sheet.pk])
    facilitator = agenda.facilitator(workshop)
    written = next((row for row in reversed(own) if row.table), None)
    context = {
        "workshop": workshop,
        "question": sheet,
        "attendee": at_phone.attendee,
        "own_notes": my_notes.on_sheet(workshop, own, facilitator, sheet),
        "promise": my_notes.promise(sheet, facilitator, queries.until_when(workshop)),
        "key": uuid.uuid4(),
        "table": written.table if written else "",
        "people": written.people if written else None,
        "takes_photos": photos.is_for(at_phone.attendee, sheet),
        "photos": photos.own(sheet, at_phone.seat),
        "photo_form": PhotoForm(initial={"key": uuid.uuid4(), "table": written.table if written else ""}),
    }
    return render(request, "live/phone/sheet.html", context)


def _sheet(at_desk: AtDesk, question_id: uuid.UUID) -> Question:
    sheets_only = Question.objects.filter(workshop=at_desk.workshop, occasion=Question.Occasion.FLIPCHART)
    return get_object_or_404(sheets_only, pk=question_id)
