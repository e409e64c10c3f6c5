"""Answers grouped into themes: a page for whoever groups, and the same as a fragment for its script."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.middleware import HtmxDetails

from agenda import access
from agenda.access import AtDesk
from agenda.replies import ours, say, to_scripts
from agenda.services import Refused
from feedback import sent, theme_forms, theme_votes, theming
from feedback import themes as reads
from feedback.queue_forms import MeTooForm


class ThemesRequest(HttpRequest):
    """Somebody who groups, with what django-htmx says of the request."""

    htmx: HtmxDetails


PRESSES: dict[str, tuple[type[Form], Callable[..., None], str]] = {
    "begin": (theme_forms.NamedForm, theming.begin, _("A new theme.")),
    "put": (theme_forms.PutForm, theming.put, _("Put in the theme.")),
    "take-out": (theme_forms.TakeOutForm, theming.take_out, _("Taken out of the theme.")),
    "rename": (theme_forms.RenameForm, theming.rename, _("The theme has its new name.")),
    "move": (theme_forms.MoveForm, theming.move, _("Moved.")),
    "nest": (theme_forms.NestForm, theming.nest, _("Moved.")),
    "merge": (theme_forms.MergeForm, theming.merge, _("Merged.")),
    "split": (theme_forms.SplitForm, theming.split, _("Split: the ticked answers have a theme of their own.")),
    "dissolve": (theme_forms.ThemeForm, theming.dissolve, _("Dissolved. Its answers are back in the list.")),
    "undo": (theme_forms.UndoForm, theming.undo, _("Undone.")),
}
GONE_WITH_IT = {"merge", "dissolve"}  # the theme that was looked at


@never_cache
@require_GET
def themes(request: ThemesRequest, workshop_id: str) -> HttpResponse:
    """Owner, facilitator, scribe: the answers and the themes they are grouped into."""
    return _page(request, access.workshop_for_notes(request, workshop_id))


@never_cache
@require_GET
def news(request: ThemesRequest, workshop_id: str) -> HttpResponse:
    """The same: whether the page would look different from the one with this mark."""
    at_desk = access.workshop_for_notes(request, workshop_id)
    mark = reads.mark(at_desk.workshop)
    status = 204 if theme_forms.MarkForm(request.GET).seen == mark else 200
    return ours(HttpResponse(mark if status == 200 else "", status=status, content_type="text/plain"))


@never_cache
@require_POST
def votes(request: ThemesRequest, workshop_id: str) -> HttpResponse:
    """Owner and facilitator: ask the room which themes are theirs too, or stop asking."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    form = MeTooForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        theme_votes.ask_for_votes(workshop=at_desk.workshop, on=form.cleaned_data["on"])
    except Refused as refused:
        return _page(request, at_desk, notice=str(refused), refused=True, status=409)
    if request.htmx:
        return _page(request, at_desk)
    return redirect("feedback:themes", workshop_id=workshop_id)


@never_cache
@require_POST
@to_scripts
def mine_too(request: HttpRequest, workshop_id: str, theme_id: UUID) -> HttpResponse:
    """A phone: this theme is mine too, or not any more."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    is_script = sent.is_script(request)
    form = MeTooForm(sent.json_of(request)) if is_script else MeTooForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = {"workshop": at_phone.workshop, "seat": at_phone.seat, "on": form.cleaned_data["on"]}
    try:
        theme_votes.mine_too(theme_id=theme_id, **given)
    except Refused as refused:
        if is_script:
            return say(sent.status(refused), message=str(refused))
    return say(200, **form.heard) if is_script else redirect("live:phone", workshop_id=workshop_id)


@never_cache
@require_POST
def press(request: ThemesRequest, workshop_id: str, press: str) -> HttpResponse:
    """The same: one press on them."""
    at_desk = access.workshop_for_notes(request, workshop_id)
    if press not in PRESSES:
        raise Http404
    ThisForm, verb, done = PRESSES[press]
    form: Any = ThisForm(request.POST)
    if not form.is_valid():
        return _refused(request, at_desk, form, form.wrong, 422)
    who = {} if press == "undo" else {"actor": at_desk.user}
    try:
        verb(workshop=at_desk.workshop, **who, **form.said)
    except Refused as refused:
        return _refused(request, at_desk, form, str(refused), 409)
    if request.htmx:
        return _page(request, at_desk, notice=reads.put_in_words(form.said) if press == "put" else str(done))
    path = redirect("feedback:themes", workshop_id=workshop_id)
    path["Location"] += "" if press in GONE_WITH_IT or not request.GET else f"?{request.GET.urlencode()}"
    return path


def _refused(request: ThemesRequest, at_desk: AtDesk, form: Any, why: str, status: int) -> HttpResponse:
    """Why not, with what was ticked, and the name of a new theme as it was typed."""
    typed = form["name"].value() if "name" in form.fields and "expect" not in form.fields else ""
    ticked = form["answer"].value() if "answer" in form.fields else []
    return _page(request, at_desk, notice=why, refused=True, status=status, typed=typed or "", ticked=ticked or [])


def _page(request: ThemesRequest, at_desk: AtDesk, *, status: int = 200, **said: Any) -> HttpResponse:
    wanted = theme_forms.WantedForm(request.GET).wanted
    mark = reads.mark(at_desk.workshop)  # read first, so that the page is never older than it says
    table = reads.table(at_desk.workshop, wanted)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "workshop": at_desk.workshop,
        "table": table,
        "mark": mark,
        "tree": reads.put_together(table.groups),
        "presses": [(edit, reads.in_words(edit)) for edit in table.presses],
        "here": f"?{request.GET.urlencode()}" if request.GET else "",
        "kept": kept.urlencode(),
        "number": uuid4(),
        "may_run": at_desk.role in access.RUN,
        "asks_for_votes": theme_votes.is_open(at_desk.workshop),
        **said,
    }
    name = "_themes" if request.htmx else "themes"
    if request.htmx:
        status = 200  # also for a refusal: the sentence is the answer, and the page must show it
    return ours(render(request, f"feedback/{name}.html", context, status=status))
