"""The published versions of a running order, and what differs between them. For those who may edit the day."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from . import plan, queries, words
from .draft_times import lay_out
from .models import Audit, PlanVersion, Workshop
from .plan_changes import Difference, differences
from .working_copy import working_copy

Changes = list[tuple[str, str]]  # what an item is called, "" for the day, and what differs in it


@dataclass(frozen=True)
class Published:
    """A version as its pages show it. `who` is "" where nobody knows; `changes`: against the version before."""

    version: PlanVersion
    when: str
    who: str
    counts: bool
    changes: Changes

    @property
    def number(self) -> int:
        return self.version.number

    @property
    def published(self) -> str:
        """When, and by whom."""
        told = {"when": self.when, "who": self.who}
        return (_("Published %(when)s by %(who)s") if self.who else _("Published %(when)s")) % told


def all_versions(workshop: Workshop) -> list[Published]:
    """Newest first. Queries do not grow with their number."""
    rows = list(PlanVersion.objects.filter(workshop=workshop).order_by("number"))
    who, in_force = _publishers(workshop), queries.published(workshop)
    before = [None, *rows]
    return [
        Published(
            version=row,
            when=words.when(row.published_at, timezone.now(), workshop.time_zone),
            who=who.get(row.number, ""),
            counts=in_force == row,
            changes=in_words(differences(earlier.value, row.value)) if earlier else [],
        )
        for earlier, row in reversed(list(zip(before, rows, strict=False)))
    ]


def _publishers(workshop: Workshop) -> dict[int, str]:
    """Number of the version -> who pressed Publish, as far as anybody knows."""
    presses = Audit.objects.filter(workshop=workshop, kind="published", user__isnull=False).select_related("user")
    return {
        press.detail["version"]: press.user.get_full_name() or press.user.get_username()
        for press in presses
        if press.user
    }


def in_words(found: list[Difference]) -> Changes:
    """Sentences for people, an item each."""
    return [(each.title, ", ".join(_(piece.message) % piece.params for piece in each.pieces)) for each in found]


def unpublished(workshop: Workshop) -> Changes | None:
    """What publishing the draft would change in the running order; None while it cannot be published."""
    copy = working_copy(workshop)
    layout = lay_out(copy.draft, workshop.time_zone)
    if not layout.is_sound:
        return None
    document = layout.document()
    ends = document.get("ends")
    value = plan.make_value(date.fromisoformat(document["date"]), workshop.time_zone, document["slots"], ends)
    published = queries.published(workshop)
    return in_words(differences(published.value, value)) if published else []
