"""What each kind of event does to the day, and when it is refused. One function a kind, gathered in `VERBS`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from .progress import Event, Progress, Refused, Stale
from .running_order import ZERO, Slot, allotted, gap


def is_expected(progress: Progress, expect: str | None) -> bool:
    return progress.finished_at is None and progress.live == expect


def _advance(progress: Progress, event: Event, at: datetime) -> Progress:
    if not is_expected(progress, event.expect):
        raise Stale(progress.live)
    following = [slot.id for slot in progress.coming if slot.id not in progress.skipped]
    if not following:
        return progress._replace(finished_at=at)
    return progress._replace(
        started=(*progress.started, following[0]),
        starts=(*progress.starts, at),
        passed=progress.place(following[0]) + 1,
        extended=ZERO,
        held=ZERO,
        held_since=None,
    )


def _close(progress: Progress, event: Event, at: datetime) -> Progress:
    """The day ends here; what is left does not take place."""
    if progress.live is None or not is_expected(progress, event.expect):
        raise Stale(progress.live)
    return progress._replace(finished_at=at)


def _reopen(progress: Progress, event: Event, at: datetime) -> Progress:
    """The day goes on with the item it ended with, as though it had not ended."""
    if progress.finished_at is None:
        raise Refused("The day is not over. Nothing was changed by this press.")
    return progress._replace(finished_at=None)


def _extend(progress: Progress, event: Event, at: datetime) -> Progress:
    if progress.live is None or event.slot != progress.live:
        raise Stale(progress.live)
    more = _minutes(event)
    if progress.live_length + more < ZERO:
        raise Refused("Nothing is shorter than no time at all. The length stays as it was.")
    return progress._replace(extended=progress.extended + more)


def _retime(progress: Progress, event: Event, at: datetime) -> Progress:
    slot, length = _pending(progress, event), _minutes(event)
    if length < ZERO:
        raise Refused("Nothing is shorter than no time at all. The length stays as it was.")
    return progress._replace(lengths={**progress.lengths, slot.id: length})


def _skip(progress: Progress, event: Event, at: datetime) -> Progress:
    skipped = progress.skipped | {_pending(progress, event).id}
    if len(skipped) == len(progress.slots):
        raise Refused("A day keeps at least one item. This one was not skipped.")
    return progress._replace(skipped=skipped)


def _unskip(progress: Progress, event: Event, at: datetime) -> Progress:
    if event.slot not in progress.skipped:
        raise Refused("This item is not skipped. Nothing was changed by this press.")
    if event.slot not in {slot.id for slot in progress.coming}:
        raise Refused("The day has gone past this item. Nothing was changed by this press.")
    return progress._replace(skipped=progress.skipped - {event.slot})


def _move_anchor(progress: Progress, event: Event, at: datetime) -> Progress:
    """A promise: the item starts at `to`, and not before. An item without a fixed time has one from now on."""
    slot = _pending(progress, event)
    if slot.start is None or event.to is None or event.to.utcoffset() is None:
        raise Refused("Say a time for an item of the plan. Nothing was changed by this press.")
    anchors = {**progress.anchors, slot.id: event.to.astimezone(UTC)}
    moved = progress._replace(anchors=anchors)
    if not _fixed_in_order(moved, moved.coming):
        raise Refused("Another fixed time stands in between. The fixed times stay as they were.")
    return moved


def _fixed_in_order(progress: Progress, coming: Sequence[Slot]) -> bool:
    """Whether the fixed times of what will take place come one after the other."""
    fixed = [progress.fixed(slot) for slot in coming if slot.id not in progress.skipped]
    return all(earlier < later for earlier, later in pairwise(time for time in fixed if time is not None))


def _reorder(progress: Progress, event: Event, at: datetime) -> Progress:
    """Another order of what is to come. Its planned times follow on from each other again; fixed ones stay."""
    coming = {slot.id: slot for slot in progress.coming}
    if sorted(event.order) != sorted(coming) or not coming:
        raise Refused("The items to come have changed. The order stays as it was.")
    if next(iter(coming.values())).start is None:
        raise Refused("The first item begins when the day is started. The order stays as it was.")
    if not _fixed_in_order(progress, [coming[id] for id in event.order]):
        raise Refused("A fixed time would come after a later one. Move that time first; the order stays as it was.")
    lasting = {slot.id: slot for slot in _with_lengths(progress)}
    begun = [lasting[slot.id] for slot in progress.begun]
    return progress._replace(slots=(*begun, *_follow_on(progress, [lasting[id] for id in event.order])))


def _with_lengths(progress: Progress) -> list[Slot]:
    """The same slots, none of which lasts until the next one any more."""
    return [
        replace(slot, length=allotted(progress.slots, i, slot.start or progress.starts[0]))
        if slot.length is None
        else slot
        for i, slot in enumerate(progress.slots)
    ]


def _follow_on(progress: Progress, order: Sequence[Slot]) -> list[Slot]:
    """These slots in this order, with planned starts one after the other; a gap stays between old neighbours."""
    places = {slot.id: i for i, slot in enumerate(progress.slots)}
    time = progress.coming[0].start
    assert time is not None
    placed: list[Slot] = []
    for slot in order:
        place = places[slot.id]
        if placed and places[placed[-1].id] == place - 1:
            time += gap(progress.slots, place)
        start = slot.start if slot.anchored and slot.start is not None else time
        placed.append(slot if start == slot.start else replace(slot, start=start))
        time = start + (slot.length or ZERO)
    return placed


def _replan(progress: Progress, event: Event, at: datetime) -> Progress:
    """Another plan is in force. What has begun stays; changes to what is to come are forgotten, unless its times and
    its order are those of the old plan, and only its words are new."""
    if event.plan is not None and event.plan.slots == progress.plan.slots:
        return progress._replace(plan=event.plan)
    begun = [slot.id for slot in progress.begun]
    if event.plan is None or [slot.id for slot in event.plan.slots[: len(begun)]] != begun:
        raise Refused("What has begun keeps its place in a new plan. The old plan stays in force.")
    return progress._replace(
        plan=event.plan,
        slots=event.plan.slots,
        lengths={id: length for id, length in progress.lengths.items() if id in begun},
        anchors={id: time for id, time in progress.anchors.items() if id in begun},
        skipped=progress.skipped & set(begun),
    )


def _hold(progress: Progress, event: Event, at: datetime) -> Progress:
    if progress.live is None:
        raise Refused("Nothing is on, so there is no clock to hold. Nothing was changed by this press.")
    if progress.held_since is not None:
        raise Refused("The clock is on hold already. Nothing was changed by this press.")
    return progress._replace(held_since=at)


def _release(progress: Progress, event: Event, at: datetime) -> Progress:
    if progress.live is None or progress.held_since is None:
        raise Refused("The clock is not on hold. Nothing was changed by this press.")
    return progress._replace(held=progress.held + at - progress.held_since, held_since=None)


def _correct(progress: Progress, event: Event, at: datetime) -> Progress:
    """The newest advance happened at `to`. After a hold only an earlier time fits what is known."""
    if not progress.starts or event.to is None or event.to.utcoffset() is None:
        raise Refused("Nothing has begun whose time could be put right. Nothing was changed by this press.")
    to, ended = event.to.astimezone(UTC), progress.finished_at is not None
    earlier = progress.starts[-1:] if ended else progress.starts[-2:-1]
    known = progress.starts[-1] if progress.held or progress.held_since else at
    if to > (at if ended else known) or any(to < start for start in earlier):
        raise Refused("That time does not fit what happened before and after. The times stay as they were.")
    if ended:
        return progress._replace(finished_at=to)
    return progress._replace(starts=(*progress.starts[:-1], to))


def _pending(progress: Progress, event: Event) -> Slot:
    """The slot the event is about; Refused unless it is still to come and not skipped."""
    slot = next((slot for slot in progress.coming if slot.id == event.slot), None)
    if slot is None:
        raise Refused("This item has begun already, or is not in the plan. Nothing was changed by this press.")
    if slot.id in progress.skipped:
        raise Refused("This item is skipped. Bring it back first; nothing was changed by this press.")
    return slot


def _minutes(event: Event) -> timedelta:
    if event.minutes is None:
        raise Refused("Say how many minutes. Nothing was changed by this press.")
    return timedelta(minutes=event.minutes)


VERBS: dict[str, Callable[[Progress, Event, datetime], Progress]] = {
    "advance": _advance,
    "close": _close,
    "reopen": _reopen,
    "extend": _extend,
    "retime": _retime,
    "skip": _skip,
    "unskip": _unskip,
    "reorder": _reorder,
    "move_anchor": _move_anchor,
    "replan": _replan,
    "hold": _hold,
    "release": _release,
    "correct": _correct,
}
