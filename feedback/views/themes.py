"""Answers grouped into themes: a page for whoever groups, and the same as a fragment for its script."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.middleware import HtmxDetails

from agenda import access
from agenda.access import AtDesk
from agenda.replies import ours
from agenda.services import Refused
from feedback import theme_forms, theming
from feedback import themes as reads


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
    return _page(request, access.workshop_for_themes(request, workshop_id))


@never_cache
@require_POST
def press(request: ThemesRequest, workshop_id: str, press: str) -> HttpResponse:
    """The same: one press on them."""
    at_desk = access.workshop_for_themes(request, workshop_id)
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
        return _page(request, at_desk, notice=str(done))
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
    table = reads.table(at_desk.workshop, wanted)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "workshop": at_desk.workshop,
        "table": table,
        "tree": reads.put_together(table.groups),
        "presses": [(edit, reads.in_words(edit)) for edit in table.presses],
        "here": f"?{request.GET.urlencode()}" if request.GET else "",
        "kept": kept.urlencode(),
        "number": uuid4(),
        **said,
    }
    name = "_themes" if request.htmx else "themes"
    if request.htmx:
        status = 200  # also for a refusal: the sentence is the answer, and the page must show it
    return ours(render(request, f"feedback/{name}.html", context, status=status))
