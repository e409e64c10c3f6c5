"""The draft of the report: as it stands, saved by whoever saw what stands, begun anew from the summary. For owner and
facilitator."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.models import Workshop
from agenda.services import Refused

from . import next_day, report_text
from .exports import take_home
from .report_models import DraftReport


class Overtaken(Refused):
    """Somebody saved since the page was opened. `stands` is what they saved."""

    def __init__(self, stands: "Report") -> None:
        super().__init__(_("Somebody else has saved this report since you opened it. What you typed is all here."))
        self.stands = stands


@dataclass(frozen=True)
class Report:
    """`edit` is 0 until somebody has saved it: then it is as the summary has it at this moment."""

    text: str
    edit: int

    @property
    def is_saved(self) -> bool:
        return self.edit > 0


def report(workshop: Workshop) -> Report:
    """As it stands, or as it would be begun. One query, or as many as the file of the day has."""
    row = DraftReport.objects.filter(workshop=workshop).first()
    return Report(row.text, row.edit) if row else Report(from_summary(workshop), 0)


def from_summary(workshop: Workshop) -> str:
    """What the summary says, as a text to edit."""
    who_came = next_day.came(workshop).in_short
    return report_text.report(take_home.whole(workshop), who_came, next_day.left_open(workshop))


@transaction.atomic
def save(*, workshop: Workshop, edit: int, text: str) -> None:
    """Keep what was typed, unless somebody else has saved in the meantime. No touch(), for no live page shows it."""
    rows = DraftReport.objects.filter(workshop=workshop)
    if rows.filter(edit=edit).update(text=text, edit=edit + 1):
        return
    if edit == 0:
        _row, is_new = DraftReport.objects.get_or_create(workshop=workshop, defaults={"text": text})
        if is_new:
            return
    raise Overtaken(report(workshop))


def begin_anew(*, workshop: Workshop, edit: int) -> None:
    """Let go of what was typed: it is as the summary has it now. That is made before the database is locked."""
    if edit:
        save(workshop=workshop, edit=edit, text=from_summary(workshop))
