"""What was pressed, in the room's words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import words
from .timing import Event

SENTENCES = {
    "advance": gettext_lazy("moved on from “%(title)s”"),
    "skip": gettext_lazy("skipped “%(title)s”"),
    "unskip": gettext_lazy("brought “%(title)s” back"),
    "retime": gettext_lazy("gave “%(title)s” %(minutes)s min"),
    "move_anchor": gettext_lazy("set “%(title)s” to %(time)s"),
    "correct": gettext_lazy("put the start right: %(time)s"),
    "hold": gettext_lazy("held the clock"),
    "release": gettext_lazy("let the clock go on"),
    "reorder": gettext_lazy("changed the order"),
    "replan": gettext_lazy("published a new plan"),
    "close": gettext_lazy("closed the day"),
    "reopen": gettext_lazy("opened the day again"),
    "undo": gettext_lazy("took a press back"),
}


def said(event: Event, titles: Mapping[str, str], zone: str) -> str:
    """The end of a sentence that begins with a name: "moved on from “Coffee”"."""
    if event.kind == "advance" and event.expect is None:
        return _("started the day")
    if event.kind == "extend" and event.minutes is not None:
        return _extended(event.minutes)
    about = event.slot or event.expect or ""
    given = {"title": titles.get(about, about), "minutes": event.minutes, "time": words.at(event.to, zone)}
    return str(SENTENCES[event.kind]) % given if event.kind in SENTENCES else event.kind


def together(events: Sequence[Event], titles: Mapping[str, str], zone: str) -> str:
    """Several events chosen together, as one."""
    if not events:
        return ""
    first = said(events[0], titles, zone)
    return first if len(events) == 1 else _("%(first)s and %(n)d more") % {"first": first, "n": len(events) - 1}


def _extended(minutes: int) -> str:
    if minutes < 0:
        return ngettext("took %(n)s minute off", "took %(n)s minutes off", -minutes) % {"n": -minutes}
    return ngettext("gave %(n)s more minute", "gave %(n)s more minutes", minutes) % {"n": minutes}
