"""What the plan page says of a press, and what the press has changed on it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .draft_presses import Press
from .plan_page import PlanPage
from .publishing import Did
from .services import Refused
from .slot_kinds import KINDS
from .working_copy import WorkingCopy


def changes(page: PlanPage, did: Did, pressed: Press) -> dict[str, Any]:
    """What a press has added to the page or taken from it, for a page that keeps all its other fields."""
    rows = {row.key: row for row in page.rows}
    keys = list(rows)
    if did.what in {"add", "duplicate", "restore"} and did.row in rows:
        place = keys.index(did.row)
        return {"new": rows[did.row], "after": keys[place - 1] if place else ""}
    if did.what == "remove" and pressed.key not in rows:
        return {"gone": pressed.key}
    if did.what in {"add-speaker", "remove-speaker"} and did.row in rows:
        return {"speakers_of": rows[did.row]}
    return {}


@dataclass(frozen=True)
class Told:
    """What the page says at its top. `keep`, `over`: the save and the version that a further press may go over."""

    text: str
    serious: bool = False
    keep: int | None = None
    over: int | None = None


def told_of(refused: Refused) -> Told:
    return Told(str(refused), True, getattr(refused, "edit", None), getattr(refused, "newest", None))


DONE = {
    "save": gettext_lazy("Saved. The room sees nothing of it until you publish."),
    "keep": gettext_lazy("Saved: yours is the draft now."),
    "up": gettext_lazy("“%(name)s” has moved up."),
    "down": gettext_lazy("“%(name)s” has moved down."),
    "add": gettext_lazy("A new item is there."),
    "duplicate": gettext_lazy("“%(name)s” is there twice now."),
    "remove": gettext_lazy("“%(name)s” is taken out. It can be brought back below the last item."),
    "restore": gettext_lazy("“%(name)s” is back."),
    "add-speaker": gettext_lazy("There is a line for one more speaker of “%(name)s”."),
    "remove-speaker": gettext_lazy("One speaker fewer for “%(name)s”."),
    "publish": gettext_lazy("Published as version %(number)d. Phones and screens show it now."),
    "same": gettext_lazy("Nothing differs from version %(number)d, so there is nothing to publish."),
    "words": gettext_lazy("Published. The running order is still that of version %(number)d."),
    "full": gettext_lazy("A day has at most 200 items, so nothing was added."),
    "read": gettext_lazy("What was read is in the draft. The room sees nothing of it until you publish."),
    "restart": gettext_lazy("This is the day as it is published."),
}


def told_after(copy: WorkingCopy, did: str, key: str) -> Told | None:
    """What a press has done; None for what is no press."""
    if did not in DONE:
        return None
    rows = [*copy.draft.rows, *(gone.row for gone in copy.draft.removed)]
    name = next((row.title.strip() or _(KINDS[row.kind].name) for row in rows if row.key == key), "…")
    return Told(str(DONE[did]) % {"name": name, "number": copy.newest}, serious=did == "full")
