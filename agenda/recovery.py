"""Ways to make up lost time: for the first fixed time in danger, what a person may choose, best first.

Nothing here changes the day. Each option is ordinary events, and says what the day looks like with them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from .timing import Event, Plan, Refused, Row, Standing, lay_out, replay

MINUTE = timedelta(minutes=1)
FIVE = timedelta(minutes=5)
MUCH = 2
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
Kind = Literal["tighten", "drop", "move", "carry_on"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an option's title: a message id for gettext and what goes into it. `slot` in it is a slot's id."""

    message: str
    params: Mapping[str, str | int | datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a day would go: when the anchored slot starts, and when the day finishes. In UTC."""

    start: datetime
    finish: datetime


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to do about `anchor`, the id of the slot that is late.

    `left`: how far behind the time it had it would still start. `lost`: planned time given up.
    """

    kind: Kind
    anchor: str
    title: tuple[Piece, ...]
    events: tuple[Event, ...]
    before: Outlook
    after: Outlook
    left: timedelta
    lost: timedelta = timedelta(0)


Offer = Callable[[Kind, Sequence[Piece], Sequence[Event], timedelta], Option | None]


def options(plan: Plan, log: Sequence[Event], now: datetime) -> tuple[Option, ...]:
    """What may be done about the first anchored slot a minute late or more; empty when there is none.

    Ranked by `_rank`; then moving the anchor, then carrying on.
    """
    standing = replay(plan, log)
    schedule = lay_out(standing.progress, now)
    rows = [row for row in schedule.rows if row.state == "pending"]
    breached = next((i for i, row in enumerate(rows) if row.slot.anchored and row.late >= MINUTE), None)
    if breached is None or schedule.live is None:
        return ()
    anchor, leg = rows[breached], _leg(rows[:breached])
    offer = _offers(standing, max(event.seq for event in log) + 1, now, anchor.slot.id)
    found = [_tighten(leg, anchor, offer), *(_drop(row, offer) for row in leg if row.slot.droppable)]
    useful = [option for option in found if option and option.left < anchor.late]
    ranked = sorted(useful, key=lambda option: _rank(option, anchor.late))
    last = (_move(anchor, offer), offer("carry_on", [Piece("Carry on as it is")], [], timedelta(0)))
    return (*ranked, *(option for option in last if option))


def _rank(option: Option, late: timedelta) -> tuple[bool, timedelta, timedelta, int]:
    """What leaves least late, gives up least, touches fewest slots; what costs much more than is late comes last."""
    return option.lost > MUCH * late, max(option.left, timedelta(0)), option.lost, len(option.events)


def _leg(upstream: Sequence[Row]) -> Sequence[Row]:
    """What can still help: from the last fixed time before on, because earlier gains would only become free time."""
    fixed = [i for i, row in enumerate(upstream) if row.slot.anchored]
    return upstream[fixed[-1] :] if fixed else upstream


def _tighten(leg: Sequence[Row], anchor: Row, offer: Offer) -> Option | None:
    """Shorten the slots that may be, in proportion to their room above the floor."""
    rows = [row for row in leg if _room(row) > 0]
    cuts = _share(-(-anchor.late // MINUTE), [_room(row) for row in rows])
    title, events, lost = [], [], timedelta(0)
    for row, cut in zip(rows, cuts, strict=True):
        if cut:
            was = _length(row) // MINUTE
            params: dict[str, str | int | datetime] = {"slot": row.slot.id, "was": was, "now": was - cut}
            title.append(Piece("%(slot)s %(was)d → %(now)d min", params))
            events.append(_event("retime", row, minutes=was - cut))
            lost += _length(row) - (was - cut) * MINUTE
    return offer("tighten", title, events, lost) if events else None


def _drop(row: Row, offer: Offer) -> Option | None:
    return offer("drop", [Piece("Drop %(slot)s", {"slot": row.slot.id})], [_event("skip", row)], _length(row))


def _move(anchor: Row, offer: Offer) -> Option | None:
    """Give the late slot the next time on the five minutes that it can keep."""
    if anchor.start is None:
        return None
    to = FIRST + -(-(anchor.start - FIRST) // FIVE) * FIVE
    title = Piece("Move %(slot)s to %(to)s", {"slot": anchor.slot.id, "to": to})
    return offer("move", [title], [_event("move_anchor", anchor, to=to)], timedelta(0))


def _event(kind: str, row: Row, minutes: int | None = None, to: datetime | None = None) -> Event:
    """An event without its place in the log yet."""
    return Event(0, kind, FIRST, None, row.slot.id, minutes, to)


def _offers(standing: Standing, first: int, now: datetime, anchor: str) -> Offer:
    """Makes options of events, from seq `first` on, by trying them; None for those that the day does not allow."""
    before, promised = _outlook(standing, now, anchor)

    def offer(
        kind: Kind,
        title: Sequence[Piece],
        events: Sequence[Event],
        lost: timedelta,
    ) -> Option | None:
        placed = tuple(replace(event, seq=first + i, at=now, choice=first) for i, event in enumerate(events))
        tried = standing.copy()
        try:
            for event in placed:
                tried.press(event)
        except Refused:
            return None
        after, _ = _outlook(tried, now, anchor)
        return Option(kind, anchor, tuple(title), placed, before, after, after.start - promised, lost)

    return offer


def _outlook(standing: Standing, now: datetime, anchor: str) -> tuple[Outlook, datetime]:
    """How the day would go, and the time that the anchored slot has been given."""
    schedule = lay_out(standing.progress, now)
    row = next(row for row in schedule.rows if row.slot.id == anchor)
    assert row.start is not None
    assert row.slot.start is not None
    assert schedule.finish is not None
    return Outlook(row.start, schedule.finish), row.slot.start


def _length(row: Row) -> timedelta:
    return row.end - row.start if row.start and row.end else timedelta(0)


def _room(row: Row) -> int:
    """Whole minutes that may be proposed away; without a floor nothing may."""
    if row.slot.absorb != "offer" or row.slot.floor is None:
        return 0
    return max(0, _length(row) // MINUTE - -(-row.slot.floor // MINUTE))


def _share(wanted: int, rooms: Sequence[int]) -> list[int]:
    """`wanted` minutes, or all there is, in proportion to `rooms`; odd minutes go to the largest remainders."""
    total = sum(rooms)
    wanted = min(wanted, total)
    shares = [wanted * room // total for room in rooms]
    by_remainder = sorted(range(len(rooms)), key=lambda i: -(wanted * rooms[i] % total))
    for i in by_remainder[: wanted - sum(shares)]:
        shares[i] += 1
    return shares
