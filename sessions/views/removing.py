"""The press that takes an answer out for good."""

import uuid

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from agenda import access
from sessions import removing

from .desk import DeskRequest, _press


@require_POST
def remove(request: DeskRequest, workshop_id: str, answer_id: uuid.UUID) -> HttpResponse:
    """Owner and facilitator."""
    at_desk = access.workshop_for_desk(request, workshop_id)
    done = _told(removing.files_that_hold(workshop=at_desk.workshop, answer_id=answer_id))

    def act() -> None:
        removing.remove_for_good(workshop=at_desk.workshop, answer_id=answer_id, actor=at_desk.user)

    return _press(request, at_desk, act, done)


def _told(files: list[str]) -> str:
    """Files that were taken cannot be called back: whoever has one should know."""
    if not files:
        return _("Removed for good. No file taken from here holds it.")
    one = _("Removed for good. A file taken before may still hold it: %(files)s.")
    many = _("Removed for good. Files taken before may still hold it: %(files)s.")
    return ngettext(one, many, len(files)) % {"files": "; ".join(files)}
