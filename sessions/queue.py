"""The questions to the speaker of the item that is on, as each face reads them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from agenda.models import Workshop
from feedback import speaker_queue, warning
from feedback.speaker_queue import Queued, Status

if TYPE_CHECKING:
    from .room import Room

Kept = tuple[str, int, bool]  # the id of a question, its votes, whether it was being answered
OPEN = {"questions", "discussion"}
LONG = 300  # characters that three questions may have in large type


@dataclass(frozen=True)
class Queue:
    """`rows` are all of the day, in the order of the queue. `item` is the one that is on, if a speaker has it."""

    workshop: Workshop
    item: str
    is_open: bool
    rows: list[Queued]
    kept: Sequence[Kept] | None = None

    @property
    def own(self) -> list[Queued]:
        """Those to the speaker who is on."""
        return [row for row in self.rows if row.slot_key == self.item]

    @cached_property
    def listed(self) -> list[Queued]:
        """What phones read."""
        return speaker_queue.listed(self.own)

    @cached_property
    def shown(self) -> list[Queued]:
        """What screen and speaker read; a frozen screen those it had, but for what was hidden since."""
        return speaker_queue.first(self.own) if self.kept is None else self._as_kept(self.kept)

    def _as_kept(self, kept: Sequence[Kept]) -> list[Queued]:
        rows = {str(row.id): row for row in self.rows if row.approved and row.status != Status.HIDDEN}
        return [replace(rows[key], votes=votes, taken=taken) for key, votes, taken in kept if key in rows]

    @property
    def is_long(self) -> bool:
        return sum(len(row.text) for row in self.shown) > LONG

    @cached_property
    def marked(self) -> list[Queued]:
        """The same rows for the desk, with the words of its list that they hold."""
        words = warning.word_list(self.workshop) if self.rows else None
        return [replace(row, held=tuple(words.held_by(row.text))) for row in self.rows] if words else self.rows

    def _of(self, status: str) -> list[Queued]:
        return [row for row in self.marked if row.slot_key == self.item and row.status == status]

    @property
    def waiting(self) -> list[Queued]:
        return self._of(Status.WAITING)

    @property
    def answered(self) -> list[Queued]:
        return self._of(Status.ANSWERED)

    @property
    def hidden(self) -> list[Queued]:
        return self._of(Status.HIDDEN)

    @property
    def parked(self) -> list[Queued]:
        """For the parking lot: of the whole day, with what nobody came to in the items before."""
        rows = [row for row in self.marked if not row.dealt_with]
        left = (row for row in rows if row.slot_key != self.item and row.status == Status.WAITING)
        return [*(row for row in rows if row.status == Status.PARKED), *left]


@dataclass(frozen=True, kw_only=True)
class WithQueue:
    """Questions to a speaker, and words to be warned of. `kept_queue`: what a frozen screen keeps of the questions."""

    kept_queue: Sequence[Kept] | None = None

    @cached_property
    def warned(self) -> list[warning.Warned]:
        """For the desk: answers to the questions of this item that hold a word of its list, before they are shown."""
        room = cast("Room", self)
        asked = [one.question for one in room.questions_now if one.unshown or one.totals.unapproved]
        return warning.warned(asked, warning.word_list(room.workshop)) if asked else []

    @cached_property
    def queue(self) -> Queue:
        """Read when somebody asks for it, and then once."""
        room = cast("Room", self)
        item = room.live.item.key if room.live and room.phase else ""
        is_open = room.phase in OPEN and room.question is None and room.state == "running"
        return Queue(room.workshop, item, is_open, speaker_queue.queued(room.workshop), self.kept_queue)


def own(room: "Room", mine: dict[str, Any]) -> dict[str, Any]:
    """For the page of one phone, what it has asked and voted for; `mine` as `speaker_queue.mine` has it."""
    asked = mine["own"].get(room.queue.item, {})
    state = asked.get("state", "")
    if state not in {"seen", "waits"}:
        asked = {}
    return {
        "asked_own": asked,
        "asked_state": state,
        "ask_key": asked.get("key") or uuid.uuid4(),
        "ask_edit": asked.get("edit", 0) + 1,
        "voted": mine["votes"],
    }


def keep(room: "Room") -> list[Kept]:
    """What has to be kept to show the same again: places and numbers, never a word."""
    return [(str(row.id), row.votes, row.taken) for row in room.queue.shown] if room.queue.is_open else []
