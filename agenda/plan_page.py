"""What the plan page shows of a draft: its rows with their times, and what is said about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import words
from .chapters import typing_asked
from .draft_notes import Note
from .draft_times import Layout, Line, lay_out
from .drafting import Row, floor_of
from .publishing import NotPublished
from .services import Refused
from .slot_kinds import KINDS
from .working_copy import WorkingCopy

DETAILS = {"byline", "floor", "detail", "notes", "speakers"}


@dataclass(frozen=True)
class Said:
    """A note as a sentence, what the row is called, and the id of the field it is about."""

    text: str
    name: str
    target: str
    serious: bool


def say(note: Note, name: str = "") -> Said:
    params = {name: words.minutes(held) if isinstance(held, timedelta) else held for name, held in note.params.items()}
    target = f"{note.field}-{note.row}" if note.row else f"day-{note.field}"
    return Said(_(note.message) % params, name, target, note.serious)


@dataclass(frozen=True)
class RowOnPage:
    """A row of the page. `state`: done and live rows stand; `asked_at`: where its questions are shown, or ""."""

    line: Line
    zone: str
    notes: tuple[Note, ...]
    state: str
    asked_at: str

    @property
    def typed(self) -> Row:
        return self.line.row

    @property
    def key(self) -> str:
        return self.line.row.key

    @property
    def start(self) -> str:
        return words.at(self.line.start, self.zone)

    @property
    def end(self) -> str:
        """Nothing for an item that takes no time."""
        return words.at(self.line.end, self.zone) if self.line.minutes else ""

    @property
    def kind(self) -> str:
        return _(KINDS[self.typed.kind].name)

    @property
    def name(self) -> str:
        return self.typed.title.strip() or self.kind

    @property
    def stands(self) -> bool:
        return self.state != "pending"

    @cached_property
    def said(self) -> list[Said]:
        return [say(note) for note in self.notes]

    @cached_property
    def wrong(self) -> set[str]:
        """The fields in which something has to be put right."""
        return {note.field for note in self.notes if note.serious}

    @property
    def opens(self) -> bool:
        """Something in its details has to be put right."""
        return any(field in DETAILS or field.startswith("speaker-") for field in self.wrong)

    @property
    def usually_shortened(self) -> str:
        return _(ABSORB[KINDS[self.typed.kind].absorb])

    @property
    def usual_floor(self) -> str:
        """The least it may be shortened to if nothing is typed, as a hint."""
        floor = (
            None if self.typed.floor.strip() or self.line.minutes is None else floor_of(self.typed, self.line.minutes)
        )
        return "" if floor is None else _("%(minutes)s if you leave it empty") % {"minutes": floor}

    @property
    def about(self) -> str:
        """What its details hold, in a few words."""
        row, held = self.typed, []
        if people := sum(not person.is_blank for person in row.speakers):
            held.append(ngettext("%(n)d speaker", "%(n)d speakers", people) % {"n": people})
        held += [_("hand-out")] if row.detail.strip() else []
        held += [_("notes")] if row.notes.strip() else []
        held += [_("may be dropped")] if row.droppable else []
        return ", ".join(held)


ABSORB = {"never": "no", "offer": "if I agree", "auto": "by itself"}


@dataclass(frozen=True)
class PlanPage:
    """Everything the page shows. For those who may edit the day."""

    copy: WorkingCopy
    layout: Layout

    @cached_property
    def rows(self) -> list[RowOnPage]:
        notes = _by_row(self.layout.notes)
        return [self._row(line, tuple(notes.get(line.row.key, ()))) for line in self.layout.lines]

    def _row(self, line: Line, notes: tuple[Note, ...]) -> RowOnPage:
        key = line.row.key
        state = "done" if key in self.copy.done else "live" if key == self.copy.live else "pending"
        return RowOnPage(line, self.layout.zone, notes, state, self._questions(key))

    def _questions(self, key: str) -> str:
        if all(row.key != key for row in self.copy.published.rows):
            return ""
        return reverse("feedback:plan_questions", args=[self.copy.workshop.pk, key])

    @cached_property
    def said(self) -> list[Said]:
        names = {row.key: row.name for row in self.rows}
        return [say(note, names.get(note.row, "")) for note in self.layout.notes]

    @cached_property
    def wrong(self) -> list[Said]:
        return [said for said in self.said if said.serious]

    @cached_property
    def about_day(self) -> list[Said]:
        return [say(note) for note in self.layout.notes if note.row == ""]

    @cached_property
    def wrong_of_day(self) -> set[str]:
        return {note.field for note in self.layout.notes if note.row == ""}

    @property
    def start(self) -> str:
        if self.layout.lines and self.layout.lines[0].at_press:
            return ""
        return words.at(self.layout.start, self.layout.zone)

    @property
    def finish(self) -> str:
        return words.at(self.layout.finish, self.layout.zone)

    @property
    def items(self) -> str:
        count = len(self.layout.lines)
        return ngettext("%(n)d item", "%(n)d items", count) % {"n": count}

    @property
    def span(self) -> str:
        start, finish = self.layout.start, self.layout.finish
        return words.minutes(finish - start) if self.start and start and finish else ""

    @property
    def to_look_at(self) -> str:
        if not self.said:
            return ""
        return ngettext("%(n)d thing to look at", "%(n)d things to look at", len(self.said)) % {"n": len(self.said)}

    @property
    def state(self) -> str:
        """How the draft stands to what is published."""
        copy, now = self.copy, timezone.now()
        if copy.is_changed and copy.saved_at:
            time = words.when(copy.saved_at, now, copy.workshop.time_zone)
            return _("Draft saved %(time)s, not published.") % {"time": time}
        if not copy.newest:
            return _("Nothing is published yet.")
        return _("As published: version %(number)d.") % {"number": copy.newest}


def _by_row(notes: Iterable[Note]) -> dict[str, Sequence[Note]]:
    found: dict[str, list[Note]] = {}
    for note in notes:
        found.setdefault(note.row, []).append(note)
    return {**found}


def plan_page(copy: WorkingCopy, refused: Refused | None = None) -> PlanPage:
    """The page of a draft. What the day itself refused of a row is said beside it."""
    layout = lay_out(copy.draft, copy.workshop.time_zone, typing_asked(copy.workshop))
    if isinstance(refused, NotPublished) and refused.row:
        note = Note(refused.row, "title", "%(sentence)s", {"sentence": str(refused)})
        layout = replace(layout, notes=(note, *layout.notes))
    return PlanPage(copy, layout)


def context(page: PlanPage, **more: Any) -> dict[str, Any]:
    """For the page's templates."""
    workshop = page.copy.workshop
    kinds = [(name, _(kind.name)) for name, kind in KINDS.items()]
    return {"page": page, "workshop": workshop, "copy": page.copy, "kinds": kinds, **more}
