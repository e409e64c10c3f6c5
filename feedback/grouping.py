"""Answers and the themes they stand in: what each press makes of them, and how it is undone.

A press makes one board of another. What differs between the two is an `Edit`, whose opposite leads back: so every press
can be undone in the same way, whatever it did, and none can lose an answer. Themes are nested one level deep.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from uuid import UUID

Place = tuple[UUID, UUID]  # a theme, and an answer in it
MOST_THEMES = 60  # more than anybody can group by


class NotPossible(Exception):
    """The press does not fit the board. The message is the name of a sentence in theming.py."""


@dataclass(frozen=True)
class Theme:
    """A name, the theme it is nested in, and its place: the lowest comes first."""

    name: str
    parent: UUID | None
    position: int


@dataclass(frozen=True)
class Board:
    """All the themes of a day, and which answers stand in which: an answer may stand in several."""

    themes: Mapping[UUID, Theme] = field(default_factory=dict)
    places: frozenset[Place] = frozenset()

    def answers(self, theme: UUID) -> set[UUID]:
        return {answer for one, answer in self.places if one == theme}

    def among(self, parent: UUID | None) -> Sequence[UUID]:
        """The themes nested in `parent`, or those that are nested in none, in their order."""
        return self._among.get(parent, ())

    @cached_property
    def _among(self) -> Mapping[UUID | None, Sequence[UUID]]:
        found: dict[UUID | None, list[UUID]] = {}
        for id in sorted(self.themes, key=lambda id: (self.themes[id].position, str(id))):
            found.setdefault(self.themes[id].parent, []).append(id)
        return found

    @property
    def order(self) -> list[UUID]:
        """All of them as they are read: each followed by those nested in it."""
        return [id for top in self.among(None) for id in (top, *self.among(top))]


@dataclass(frozen=True)
class Edit:
    """What a press changed. `themes`: as they were before, and after; None where there was none."""

    themes: Mapping[UUID, tuple[Theme | None, Theme | None]] = field(default_factory=dict)
    put: frozenset[Place] = frozenset()
    taken: frozenset[Place] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.themes or self.put or self.taken)

    @property
    def opposite(self) -> "Edit":
        themes = {id: (after, before) for id, (before, after) in self.themes.items()}
        return Edit(themes, put=self.taken, taken=self.put)


def between(before: Board, after: Board) -> Edit:
    """The edit that leads from one board to the other."""
    ids = [*before.themes, *(id for id in after.themes if id not in before.themes)]
    themes = {id: (before.themes.get(id), after.themes.get(id)) for id in ids}
    return Edit(
        {id: pair for id, pair in themes.items() if pair[0] != pair[1]},
        put=after.places - before.places,
        taken=before.places - after.places,
    )


def made(board: Board, edit: Edit) -> Board:
    """The board after an edit."""
    themes = {**board.themes}
    for id, (_before, after) in edit.themes.items():
        themes.pop(id, None)
        if after is not None:
            themes[id] = after
    return Board(themes, (board.places | edit.put) - edit.taken)


def begin(board: Board, theme: UUID, name: str, answers: Iterable[UUID] = (), parent: UUID | None = None) -> Board:
    """A new theme at the end, with these answers in it. The same once more is the same theme."""
    if theme in board.themes:
        return board
    if len(board.themes) >= MOST_THEMES:
        raise NotPossible("too_many")
    if any(one.name.casefold() == name.casefold() for one in board.themes.values()):
        raise NotPossible("same_name")
    themes = {**board.themes, theme: Theme(name, parent, _next(board))}
    return Board(themes, board.places | {(theme, answer) for answer in answers})


def put(board: Board, theme: UUID, answers: Iterable[UUID], out_of: UUID | None = None) -> Board:
    """Answers into a theme; out of another one where they are dragged from it."""
    _check(board, theme)
    moved = frozenset(answers)
    places = board.places | {(theme, answer) for answer in moved}
    if out_of is not None and out_of != theme:
        places -= {(out_of, answer) for answer in moved}
    return replace(board, places=places)


def take_out(board: Board, theme: UUID, answers: Iterable[UUID]) -> Board:
    _check(board, theme)
    return replace(board, places=board.places - {(theme, answer) for answer in answers})


def rename(board: Board, theme: UUID, name: str, expect: str) -> Board:
    """`expect`: the name that the person saw."""
    stands = _check(board, theme)
    if stands.name == name:
        return board
    if stands.name != expect:
        raise NotPossible("renamed")
    if any(id != theme and one.name.casefold() == name.casefold() for id, one in board.themes.items()):
        raise NotPossible("same_name")
    return _with(board, theme, replace(stands, name=name))


def move(board: Board, theme: UUID, *, up: bool) -> Board:
    """One place up or down among its neighbours."""
    stands = _check(board, theme)
    row = board.among(stands.parent)
    place = row.index(theme) + (-1 if up else 1)
    if not 0 <= place < len(row):
        raise NotPossible("at_the_end")
    other = board.themes[row[place]]
    changed = _with(board, theme, replace(stands, position=other.position))
    return _with(changed, row[place], replace(other, position=stands.position))


def nest(board: Board, theme: UUID, under: UUID | None) -> Board:
    """Under another theme, at its end, or under none."""
    stands = _check(board, theme)
    if stands.parent == under:
        return board
    if under is not None and (under == theme or _check(board, under).parent is not None or board.among(theme)):
        raise NotPossible("too_deep")
    return _with(board, theme, replace(stands, parent=under, position=_next(board)))


def merge(board: Board, theme: UUID, into: UUID) -> Board:
    """All answers of a theme, and the themes nested in it, go to another one; its name goes."""
    stands, other = _check(board, theme), _check(board, into)
    if theme == into:
        raise NotPossible("itself")
    if other.parent == theme:
        other = replace(other, parent=None, position=stands.position)
        board = _with(board, into, other)
    for child in board.among(theme):
        board = _with(board, child, replace(board.themes[child], parent=other.parent or into))
    themes = {id: one for id, one in board.themes.items() if id != theme}
    places = {(into if one == theme else one, answer) for one, answer in board.places}
    return Board(themes, frozenset(places))


def split(board: Board, theme: UUID, new: UUID, name: str, answers: Iterable[UUID]) -> Board:
    """Some answers of a theme become one of their own beside it."""
    stands = _check(board, theme)
    if new in board.themes:
        return board
    own = board.answers(theme) & set(answers)
    if not own:
        raise NotPossible("nothing_ticked")
    return take_out(begin(board, new, name, own, stands.parent), theme, own)


def dissolve(board: Board, theme: UUID) -> Board:
    """The theme goes; its answers are where they were before, and what was nested in it stands alone."""
    _check(board, theme)
    for child in board.among(theme):
        board = _with(board, child, replace(board.themes[child], parent=None))
    themes = {id: one for id, one in board.themes.items() if id != theme}
    return Board(themes, frozenset(place for place in board.places if place[0] != theme))


def _check(board: Board, theme: UUID) -> Theme:
    if theme not in board.themes:
        raise NotPossible("gone")
    return board.themes[theme]


def _with(board: Board, id: UUID, theme: Theme) -> Board:
    return replace(board, themes={**board.themes, id: theme})


def _next(board: Board) -> int:
    return max((theme.position for theme in board.themes.values()), default=0) + 1
