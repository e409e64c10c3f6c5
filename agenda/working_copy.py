"""The draft of a day as it stands, and what it stands on: for those who may edit the day."""

from dataclasses import dataclass
from datetime import datetime

from . import drafting, plan
from .chapter import chapter
from .drafting import Draft
from .models import PlanDraft, PlanVersion, User, Workshop
from .queries import day
from .timing import Progress


@dataclass(frozen=True)
class WorkingCopy:
    """A draft, or the published day if nobody has changed anything since.

    `edit` counts the saves; `version` is the one the draft was begun from, `newest` the one in force, 0 for none.
    The rows of `done` and the row `live` stand as they are published.
    """

    workshop: Workshop
    draft: Draft
    published: Draft
    edit: int
    version: int
    newest: int
    done: tuple[str, ...]
    live: str | None
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
    published = drafting.from_document(chapter.dump(workshop))
    if today:
        published = drafting.in_order(published, [slot.id for slot in today.progress.slots])
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
        saved_by=row.saved_by if row else None,
        saved_at=row.saved_at if row else None,
    )


def _past(progress: Progress) -> tuple[tuple[str, ...], str | None]:
    """The keys of what the day has gone past, in its order, and of what is on."""
    return tuple(slot.id for slot in progress.begun if slot.id != progress.live), progress.live


def keys_ever_used(workshop: Workshop) -> set[str]:
    """Every key that any version gave to a slot: a new slot gets none of them."""
    values = PlanVersion.objects.filter(workshop=workshop).values_list("value", flat=True)
    return {key for value in values for key in plan.items(value)}
