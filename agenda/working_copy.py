"""The draft of a day as it stands, and what it stands on: for those who may edit the day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from . import drafting, plan
from .chapter import chapter
from .drafting import Draft
from .models import PlanDraft, PlanVersion, User, Workshop
from .queries import day
from .running_order import ZERO, Slot
from .timing import Progress


@dataclass(frozen=True)
class WorkingCopy:
    """A draft, or the published day if nobody has changed anything since.

    `edit` counts the saves; `version` is the one the draft was begun from, `newest` the one in force, 0 for none.
    The rows of `done` and the row `live` stand as they are. `changed_at_desk`: what the desk has changed of the rest.
    """

    workshop: Workshop
    draft: Draft
    published: Draft
    edit: int
    version: int
    newest: int
    done: tuple[str, ...]
    live: str | None
    changed_at_desk: Literal["", "times", "order"]
    saved_by: User | None
    saved_at: datetime | None

    @property
    def begun(self) -> int:
        """How many rows, from the first, have begun."""
        return len(self.done) + (self.live is not None)

    @property
    def is_changed(self) -> bool:
        return self.draft != self.published


def working_copy(workshop: Workshop) -> WorkingCopy:
    """What the plan page works on. Holds private notes. Queries do not grow with the number of slots."""
    today = day(workshop) if workshop.plan_versions.exists() else None
    document = chapter.dump(workshop)
    published = drafting.from_document(_in_its_order(document, today.progress) if today else document)
    row = PlanDraft.objects.filter(workshop=workshop).select_related("saved_by").first()
    done, live = _past(today.progress) if today else ((), None)
    newest = today.in_force.number if today else 0
    draft = drafting.read(row.value) if row and row.value else published
    return WorkingCopy(
        workshop=workshop,
        draft=drafting.keep_history(draft, published, len(done) + (live is not None)),
        published=published,
        edit=row.edit if row else 0,
        version=row.value["version"] if row and row.value else newest,
        newest=newest,
        done=done,
        live=live,
        changed_at_desk=_changed_at_desk(today.progress) if today else "",
        saved_by=row.saved_by if row else None,
        saved_at=row.saved_at if row else None,
    )


def _in_its_order(document: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The document with the slots in the order in which the day takes them, and in another order with other times."""
    slots = {slot["key"]: slot for slot in document["slots"]}
    if list(slots) == [slot.id for slot in progress.slots]:
        return document
    standing = _rising(progress.slots, len(progress.begun))
    return {**document, "slots": [_retimed(slots[slot.id], slot, document["time_zone"]) for slot in standing]}


def _rising(slots: Sequence[Slot], begun: int) -> list[Slot]:
    """The slots with planned starts that rise: what would cross follows on instead.

    A fixed time that is still to come is left for somebody to put right.
    """
    rising: list[Slot] = []
    for place, slot in enumerate(slots):
        last = rising[-1] if rising else slot
        if last.start and slot.start and slot.start <= last.start and last is not slot:
            follows = last.start + max(last.length or ZERO, timedelta(minutes=1))
            slot = slot if slot.anchored and place >= begun else replace(slot, start=follows)
        rising.append(slot)
    return rising


def _retimed(written: dict[str, Any], slot: Slot, zone: str) -> dict[str, Any]:
    if slot.start is None or slot.length is None:
        return written
    return {**written, "start": plan.shown_at(slot.start, zone), "minutes": int(slot.length.total_seconds()) // 60}


def _changed_at_desk(progress: Progress) -> Literal["", "times", "order"]:
    """What presses at the desk have changed of what is to come, against the plan in force."""
    coming = {slot.id for slot in progress.coming}
    if coming and [slot.id for slot in progress.slots] != [slot.id for slot in progress.plan.slots]:
        return "order"
    return "times" if coming & {*progress.lengths, *progress.anchors, *progress.skipped} else ""


def _past(progress: Progress) -> tuple[tuple[str, ...], str | None]:
    """The keys of what the day has gone past, in its order, and of what is on."""
    return tuple(slot.id for slot in progress.begun if slot.id != progress.live), progress.live


def keys_ever_used(workshop: Workshop) -> set[str]:
    """Every key that any version gave to a slot: a new slot gets none of them."""
    values = PlanVersion.objects.filter(workshop=workshop).values_list("value", flat=True)
    return {key for value in values for key in plan.items(value)}
