"""What the desk can do with the day as it stands: every press, ready for its button, and the ways to make up time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from agenda import log_words, presses, queries, recovery, words
from agenda.recovery import Option, Piece
from agenda.timing import Event, Refused, Row, Schedule

from . import press_text

EARLIER = (1, 2, 3, 4, 5, 8, 10, 15)
NEWEST = 12
FIVE = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Choice:
    """One thing to press: what its button says, its value, and whether that is how it is already."""

    label: str
    value: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Card:
    """A way to make up time: what it does, what the day looks like with it, and how to choose it."""

    kind: str
    does: str
    start: str
    finish: str
    left: str
    value: str


@dataclass(frozen=True)
class Done:
    """A press that was made."""

    time: str
    words: str


@dataclass(frozen=True)
class Controls:
    """Made anew for each snapshot; for the desk only."""

    day: queries.Day
    schedule: Schedule
    now: datetime
    zone: str

    @cached_property
    def titles(self) -> dict[str, str]:
        return {key: item.title for key, item in self.day.items.items()}

    @property
    def seen(self) -> int:
        return self.day.seen

    @property
    def lengths(self) -> list[tuple[Choice, str]]:
        """Less or more time for what is live, each with its key."""
        live = self.schedule.live
        if live is None:
            return []
        shown = [(-5, _("−5 min"), "["), (-1, _("−1"), "-"), (1, _("+1"), "="), (5, _("+5 min"), "]")]
        return [
            (Choice(label, press_text.write([press_text.event("extend", live.slot.id, by)])), key)
            for by, label, key in shown
        ]

    @property
    def hold(self) -> str:
        return press_text.write([press_text.event("hold")])

    @property
    def release(self) -> str:
        return press_text.write([press_text.event("release")])

    @property
    def close(self) -> str:
        live = self.schedule.live
        return press_text.write([replace(press_text.event("close"), expect=live.slot.id if live else None)])

    @property
    def reopen(self) -> str:
        return press_text.write([press_text.event("reopen")], self.seen)

    @cached_property
    def corrections(self) -> list[Choice]:
        """When the live item may really have begun."""
        starts = self.day.progress.starts
        times = [starts[-1] - by * MINUTE for by in EARLIER] if starts and self.schedule.live else []
        pressed = [(by, press_text.event("correct", to=time)) for by, time in zip(EARLIER, times, strict=False)]
        return [
            Choice(words.minutes(by * MINUTE), press_text.write([event], self.seen))
            for by, event in pressed
            if self._is_allowed([event])
        ]

    @cached_property
    def promises(self) -> list[Choice]:
        """Times at which the room may be told to be back: the next three on the five minutes."""
        row = self.schedule.next
        if row is None or row.start is None:
            return []
        first = words.next_five(row.start - MINUTE)  # as the room is told until then: a minute is let go
        events = [press_text.event("move_anchor", row.slot.id, to=first + n * FIVE) for n in range(3)]
        chosen = row.slot.start if row.promised else None
        return [
            Choice(words.at(event.to, self.zone), press_text.write([event]), event.to == chosen) for event in events
        ]

    @property
    def promised(self) -> str:
        """The time that was chosen."""
        row = self.schedule.next
        return words.at(row.slot.start, self.zone) if row and row.promised else ""

    @cached_property
    def options(self) -> tuple[Option, ...]:
        return recovery.options(self.day.plan, self.day.log, self.now)

    @cached_property
    def cards(self) -> list[Card]:
        return [self._card(option) for option in self.options]

    @property
    def breached(self) -> str:
        """What is late, in words: "Lunch is 8 minutes late"."""
        if not self.options:
            return ""
        row = next(row for row in self.schedule.rows if row.slot.id == self.options[0].anchor)
        return _("%(title)s is %(late)s") % {"title": self.titles[row.slot.id], "late": words.lateness(row.late)}

    def _card(self, option: Option) -> Card:
        kept = option.left < MINUTE
        return Card(
            kind=option.kind,
            does=", ".join(self._piece(piece) for piece in option.title),
            start="" if option.kind == "move" else self._starts(option.anchor, option.after.start),
            finish=words.at(option.after.finish, self.zone),
            left="" if kept or option.kind == "move" else _("still %(late)s") % {"late": words.lateness(option.left)},
            value=press_text.write(option.events, self.seen) if option.events else "",
        )

    def _starts(self, slot: str, time: datetime) -> str:
        return _("%(title)s %(time)s") % {"title": self.titles[slot], "time": words.at(time, self.zone)}

    def _piece(self, piece: Piece) -> str:
        params = dict(piece.params)
        for name, given in params.items():
            if name == "slot":
                params[name] = self.titles[str(given)]
            elif isinstance(given, datetime):
                params[name] = words.at(given, self.zone)
        return _(piece.message) % params

    @cached_property
    def newest(self) -> list[Event]:
        return list(self.day.standing.newest)

    @property
    def undo_takes_back(self) -> str:
        """What an undo takes back: "moved on from “Coffee”"; empty when nothing can be."""
        return log_words.together(self.newest, self.titles, self.zone)

    @cached_property
    def history(self) -> list[Done]:
        """The newest presses, the newest first."""
        rows = list(zip(self.day.entries, self.day.log, strict=True))[-NEWEST:]
        return [
            Done(words.at(event.at, self.zone), f"{presses.who(row)} {log_words.said(event, self.titles, self.zone)}")
            for row, event in reversed(rows)
        ]

    def of(self, row: Row) -> list[Choice]:
        """What can be done with an item that is still to come, or was skipped."""
        slot = row.slot.id
        order = [each.id for each in self.day.progress.coming]
        if slot not in order:
            return []
        if row.state == "skipped":
            found = [(_("Bring it back"), [press_text.event("unskip", slot)])]
        else:
            found = [(_("Skip it"), [press_text.event("skip", slot)]), *self._swaps(row, order)]
        return [
            Choice(label, press_text.write(events, self.seen)) for label, events in found if self._is_allowed(events)
        ]

    def _swaps(self, row: Row, order: Sequence[str]) -> list[tuple[str, list[Event]]]:
        """One earlier, one later. A fixed time stays where it is on the clock, or moves along: the person says."""
        rows = {each.slot.id: each for each in self.schedule.rows}
        place = order.index(row.slot.id)
        found: list[tuple[str, list[Event]]] = []
        for label, i, other in ((_("One earlier"), place - 1, place - 1), (_("One later"), place, place + 1)):
            if not 0 <= other < len(order):
                continue
            swap = _swapped(order, i)
            if not row.slot.anchored:
                found.append((label, [swap]))
                continue
            moved = press_text.event("move_anchor", row.slot.id, to=_time_beside(row, rows[order[other]], i < place))
            for event, events in ((row.slot.start, [swap]), (moved.to, [swap, moved])):
                found.append(
                    (_("%(label)s, at %(time)s") % {"label": label, "time": words.at(event, self.zone)}, events)
                )
        return found

    def _is_allowed(self, events: Sequence[Event]) -> bool:
        standing = self.day.standing.copy()
        try:
            for event in events:
                standing.press(replace(event, at=max(self.now, event.at)))
        except Refused:
            return False
        return True


def _swapped(order: Sequence[str], i: int) -> Event:
    """The order with items `i` and `i` + 1 exchanged."""
    changed = [*order[:i], order[i + 1], order[i], *order[i + 2 :]]
    return replace(press_text.event("reorder"), order=tuple(changed))


def _time_beside(row: Row, other: Row, is_earlier: bool) -> datetime | None:
    """The clock time a fixed item takes when it changes places with `other`."""
    if is_earlier or row.start is None or other.start is None or other.end is None:
        return other.start
    return row.start + (other.end - other.start)
