"""What whoever groups does with the themes of a day. Each verb is one transaction: touch first, write, announce after.

All of them change a board (grouping.py) and keep how it differs from the one before, so that anybody who groups can
undo it. Two people who press at the same time press one after the other: neither loses what they did. Phones look
again: they may have the themes in front of them.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agenda import changes
from agenda.models import User, Workshop
from agenda.services import Refused, Stale

from . import gathered, grouping
from .grouping import Board, Edit, NotPossible, Place
from .models import Answer
from .theme_models import EditedPlace, InTheme, Theme, ThemeEdit

Kind = ThemeEdit.Kind
SENTENCES: dict[str, Any] = {
    "gone": _lazy("This theme is not there any more: somebody has merged or dissolved it. Nothing was changed."),
    "renamed": _lazy("Somebody has given this theme another name meanwhile. Nothing was changed: look again."),
    "same_name": _lazy("There is a theme of this name already. Put the answers in that one, or choose another name."),
    "too_many": _lazy("There are so many themes that nobody can read them all. Merge some first."),
    "too_deep": _lazy("Themes are nested one level deep. Nothing was changed."),
    "itself": _lazy("This is the same theme. Nothing was changed."),
    "at_the_end": _lazy("It stands at the end already."),
    "nothing_ticked": _lazy("Tick at least one answer."),
}


@dataclass(frozen=True)
class Press:
    """Whose press on which day, and how the list of presses calls it."""

    workshop: Workshop
    actor: User | None
    kind: ThemeEdit.Kind
    theme: uuid.UUID
    other: uuid.UUID | None = None


def begin(
    *, workshop: Workshop, actor: User | None, theme: uuid.UUID, name: str, answers: Iterable[uuid.UUID] = ()
) -> None:
    """A new theme, with these answers in it. `theme` is its id, made with the form: sent twice it is one theme."""
    ids, theme = list(answers), _free(workshop, theme)
    press = Press(workshop, actor, Kind.BEGIN, theme)
    _make(press, lambda board: grouping.begin(board, theme, name, _released(workshop, ids)))


def put(
    *,
    workshop: Workshop,
    actor: User | None,
    theme: uuid.UUID,
    answers: Iterable[uuid.UUID],
    out_of: uuid.UUID | None = None,
) -> None:
    """Answers into a theme, wherever else they stand; with `out_of` not there any more."""
    ids = list(answers)

    def change(board: Board) -> Board:
        found = _released(workshop, ids)
        if not found:
            raise NotPossible("nothing_ticked")
        return grouping.put(board, theme, found, out_of)

    _make(Press(workshop, actor, Kind.PUT, theme), change)


def take_out(*, workshop: Workshop, actor: User | None, theme: uuid.UUID, answers: Iterable[uuid.UUID]) -> None:
    found = set(answers)
    if not found:
        raise Refused(SENTENCES["nothing_ticked"])
    _make(Press(workshop, actor, Kind.TAKE_OUT, theme), lambda board: grouping.take_out(board, theme, found))


def rename(*, workshop: Workshop, actor: User | None, theme: uuid.UUID, name: str, expect: str) -> None:
    _make(Press(workshop, actor, Kind.RENAME, theme), lambda board: grouping.rename(board, theme, name, expect))


def move(*, workshop: Workshop, actor: User | None, theme: uuid.UUID, up: bool) -> None:
    _make(Press(workshop, actor, Kind.MOVE, theme), lambda board: grouping.move(board, theme, up=up))


def nest(*, workshop: Workshop, actor: User | None, theme: uuid.UUID, under: uuid.UUID | None) -> None:
    _make(Press(workshop, actor, Kind.NEST, theme, under), lambda board: grouping.nest(board, theme, under))


def merge(*, workshop: Workshop, actor: User | None, theme: uuid.UUID, into: uuid.UUID) -> None:
    _make(Press(workshop, actor, Kind.MERGE, theme, into), lambda board: grouping.merge(board, theme, into))


def split(
    *,
    workshop: Workshop,
    actor: User | None,
    theme: uuid.UUID,
    new: uuid.UUID,
    name: str,
    answers: Iterable[uuid.UUID],
) -> None:
    """Some answers of a theme get one of their own beside it."""
    found, new = set(answers), _free(workshop, new)
    press = Press(workshop, actor, Kind.SPLIT, theme, new)
    _make(press, lambda board: grouping.split(board, theme, new, name, found))


def dissolve(*, workshop: Workshop, actor: User | None, theme: uuid.UUID) -> None:
    """The theme goes, its answers stay."""
    _make(Press(workshop, actor, Kind.DISSOLVE, theme), lambda board: grouping.dissolve(board, theme))


def undo(*, workshop: Workshop, edit: int) -> None:
    """Take the newest press back, whoever made it. `edit`: the press that the person saw on top."""
    with gathered.same_afterwards(workshop):
        _undo(workshop, edit)


@transaction.atomic
def _undo(workshop: Workshop, edit: int) -> None:
    workshop.touch(phones=True)
    last = ThemeEdit.objects.filter(workshop=workshop).last()
    if last is None or last.pk != edit:
        raise Stale(
            _("Something else was done meanwhile. Nothing was undone: look at what came last, and press again.")
        )
    made = _read(last)
    _write(workshop, made.opposite)
    begun = [id for id, (before, _after) in made.themes.items() if before is None]
    Theme.objects.filter(workshop=workshop, pk__in=begun).delete()
    last.delete()
    changes.announce(workshop)


def board(workshop: Workshop) -> Board:
    """The themes as they stand. Two queries."""
    rows = Theme.objects.filter(workshop=workshop, dropped=False)
    themes = {row.pk: grouping.Theme(row.name, row.parent_id, row.position) for row in rows}
    places = InTheme.objects.filter(theme__workshop=workshop, theme__dropped=False)
    return Board(themes, frozenset(places.order_by().values_list("theme_id", "answer_id")))


def _free(workshop: Workshop, theme: uuid.UUID) -> uuid.UUID:
    """The id of a new theme: another one where another day has it, or a theme that can still be brought back."""
    is_taken = Theme.objects.filter(pk=theme).exclude(workshop=workshop, dropped=False).exists()
    return uuid.uuid4() if is_taken else theme


def _released(workshop: Workshop, answers: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of them that may be read and grouped; one that was taken back meanwhile is left out."""
    rows = Answer.objects.filter(
        question__workshop=workshop,
        question__occasion__in=gathered.OCCASIONS,
        released_value__isnull=False,
        pk__in=list(answers),
    )
    return set(rows.order_by().values_list("pk", flat=True))


def _make(press: Press, change: Callable[[Board], Board]) -> None:
    """Make a press, and keep how to undo it. One that changes nothing leaves no trace."""
    with gathered.same_afterwards(press.workshop):
        _pressed(press, change)


@transaction.atomic
def _pressed(press: Press, change: Callable[[Board], Board]) -> None:
    workshop = press.workshop
    workshop.touch(phones=True)
    before = board(workshop)
    try:
        after = change(before)
    except NotPossible as refused:
        raise Refused(SENTENCES[str(refused)]) from None
    edit = grouping.between(before, after)
    if edit:
        _write(workshop, edit)
        _keep(press, edit, {**before.themes, **after.themes})
    changes.announce(workshop)


def _write(workshop: Workshop, edit: Edit) -> None:
    """Themes first, so that an answer finds the one it goes into."""
    for id, (_before, after) in edit.themes.items():
        if after is None:
            Theme.objects.filter(pk=id).update(dropped=True, parent=None)
        else:
            fields = {"name": after.name, "parent_id": after.parent, "position": after.position, "dropped": False}
            if not Theme.objects.filter(pk=id, workshop=workshop).update(**fields):
                Theme.objects.create(pk=id, workshop=workshop, **fields)
    taken: dict[uuid.UUID, list[uuid.UUID]] = {}
    for theme, answer in edit.taken:
        taken.setdefault(theme, []).append(answer)
    for theme, answers in taken.items():
        InTheme.objects.filter(theme=theme, answer__in=answers).delete()
    rows = [InTheme(theme_id=theme, answer_id=answer) for theme, answer in edit.put]
    InTheme.objects.bulk_create(sorted(rows, key=lambda row: row.pk), ignore_conflicts=True)


def _keep(press: Press, edit: Edit, themes: Mapping[uuid.UUID, grouping.Theme]) -> None:
    workshop = press.workshop
    last = ThemeEdit.objects.filter(workshop=workshop).aggregate(Max("seq"))["seq__max"] or 0
    row = ThemeEdit.objects.create(
        workshop=workshop,
        seq=last + 1,
        kind=press.kind,
        name=themes[press.theme].name,
        other=themes[press.other].name if press.other else "",
        n=len({answer for _theme, answer in edit.put | edit.taken}),
        changes={str(id): [_packed(before), _packed(after)] for id, (before, after) in edit.themes.items()},
        actor=press.actor,
    )
    EditedPlace.objects.bulk_create([*_moved(row, edit.put, is_put=True), *_moved(row, edit.taken, is_put=False)])


def _moved(row: ThemeEdit, places: Iterable[Place], *, is_put: bool) -> list[EditedPlace]:
    return [EditedPlace(edit=row, theme_id=theme, answer_id=answer, is_put=is_put) for theme, answer in places]


def _read(row: ThemeEdit) -> Edit:
    """What it did, but for answers that are gone since."""
    places: dict[bool, set[Place]] = {True: set(), False: set()}
    for theme, answer, is_put in row.places.values_list("theme_id", "answer_id", "is_put"):
        places[is_put].add((theme, answer))
    themes = {uuid.UUID(id): (_unpacked(before), _unpacked(after)) for id, (before, after) in row.changes.items()}
    return Edit(themes, put=frozenset(places[True]), taken=frozenset(places[False]))


def _packed(theme: grouping.Theme | None) -> list[Any] | None:
    return [theme.name, theme.parent and str(theme.parent), theme.position] if theme else None


def _unpacked(said: list[Any] | None) -> grouping.Theme | None:
    return grouping.Theme(said[0], said[1] and uuid.UUID(said[1]), said[2]) if said else None
