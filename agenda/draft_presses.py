"""What a press on the plan page does to a draft. A press that cannot do anything leaves the draft as it is."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from .drafting import MOST_ITEMS, MOST_REMOVED, Draft, Person, Removed, Row
from .slot_kinds import KINDS


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed: a verb, the key of the row it is about, and for some verbs what else was chosen."""

    verb: str
    key: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """What a press acts on. The first `begun` rows stay; no new row gets one of the keys in `taken`."""

    draft: Draft
    begun: int = 0
    taken: Collection[str] = ()

    def place(self, key: str) -> int | None:
        return next((place for place, row in enumerate(self.draft.rows) if row.key == key), None)


Result = tuple[Draft, str]  # the draft afterwards, and the key of the row to look at


def press(board: Board, pressed: Press) -> Result:
    """What the draft looks like after it. Raises KeyError for a verb that no press has."""
    return VERBS[pressed.verb](board, pressed)


def _move(board: Board, key: str, by: int) -> Result:
    place = board.place(key)
    rows = list(board.draft.rows)
    if place is None or place < board.begun or not board.begun <= place + by < len(rows):
        return board.draft, key
    rows.insert(place + by, rows.pop(place))
    return replace(board.draft, rows=tuple(rows)), key


def _up(board: Board, pressed: Press) -> Result:
    return _move(board, pressed.key, -1)


def _down(board: Board, pressed: Press) -> Result:
    return _move(board, pressed.key, 1)


def _add(board: Board, pressed: Press) -> Result:
    """A new row of the chosen kind after the one pressed at; at the front when none was."""
    usual = KINDS[pressed.chosen]
    place = board.place(pressed.key)
    row = Row(
        _new_key(board, pressed.chosen),
        pressed.chosen,
        title=usual.name if pressed.chosen in {"break", "lunch", "close"} else "",
        fixed=usual.fixed,
        minutes=str(usual.minutes),
    )
    return _insert(board, 0 if place is None else place + 1, row)


def _duplicate(board: Board, pressed: Press) -> Result:
    """The same again after it: it follows on."""
    place = board.place(pressed.key)
    if place is None:
        return board.draft, pressed.key
    row = board.draft.rows[place]
    return _insert(board, place + 1, replace(row, key=_new_key(board, row.kind), at="", fixed=False))


def _insert(board: Board, place: int, row: Row) -> Result:
    draft, place = board.draft, max(place, board.begun)
    if len(draft.rows) >= MOST_ITEMS:
        return draft, ""
    return replace(draft, rows=(*draft.rows[:place], row, *draft.rows[place:])), row.key


def _new_key(board: Board, kind: str) -> str:
    """The kind with a number: never the key of a row that is there, was taken out, or was ever published."""
    removed = {gone.row.key for gone in board.draft.removed}
    taken = {*board.taken, *removed, *(row.key for row in board.draft.rows)}
    number = 1
    while (key := kind if number == 1 else f"{kind}-{number}") in taken:
        number += 1
    return key


def _remove(board: Board, pressed: Press) -> Result:
    """Out of the day, but kept, so that it can be brought back."""
    place = board.place(pressed.key)
    draft = board.draft
    if place is None or place < board.begun:
        return draft, pressed.key
    removed = (*draft.removed, Removed(place, draft.rows[place]))[-MOST_REMOVED:]
    rest = (*draft.rows[:place], *draft.rows[place + 1 :])
    return replace(draft, rows=rest, removed=removed), rest[min(place, len(rest) - 1)].key if rest else ""


def _restore(board: Board, pressed: Press) -> Result:
    draft = board.draft
    gone = next((gone for gone in draft.removed if gone.row.key == pressed.key), None)
    if gone is None or board.place(pressed.key) is not None:
        return draft, pressed.key
    without = replace(draft, removed=tuple(each for each in draft.removed if each is not gone))
    back, key = _insert(replace(board, draft=without), min(gone.place, len(draft.rows)), gone.row)
    return (back, key) if key else (draft, "")


def _add_speaker(board: Board, pressed: Press) -> Result:
    return _with_speakers(board, pressed.key, lambda speakers: (*speakers, Person()))


def _remove_speaker(board: Board, pressed: Press) -> Result:
    which = int(pressed.chosen)
    return _with_speakers(board, pressed.key, lambda speakers: (*speakers[:which], *speakers[which + 1 :]))


def _with_speakers(board: Board, key: str, change: Callable[[tuple[Person, ...]], tuple[Person, ...]]) -> Result:
    rows = tuple(replace(row, speakers=change(row.speakers)) if row.key == key else row for row in board.draft.rows)
    return replace(board.draft, rows=rows), key


VERBS: Mapping[str, Callable[[Board, Press], Result]] = {
    "up": _up,
    "down": _down,
    "add": _add,
    "duplicate": _duplicate,
    "remove": _remove,
    "restore": _restore,
    "add-speaker": _add_speaker,
    "remove-speaker": _remove_speaker,
}
