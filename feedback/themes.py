"""Named reads of themes and of the answers that go into them. For those who group: owner, facilitator, scribe."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.models import Workshop

from . import gathered, theming
from .alike import plain
from .gathered import Gathered, Said
from .grouping import Board
from .models import Count as Counts
from .models import Question
from .theme_models import InTheme, Theme, ThemeEdit

PER_PAGE = 40
FIRST = 3  # answers that are read under the name of a theme
MOST_PRESSES = 5  # of those made last are told


@dataclass(frozen=True)
class Group:
    """A theme with what is in it. `key` is the digit that puts an answer into it."""

    id: uuid.UUID
    name: str
    parent: uuid.UUID | None
    key: str
    said: list[Said]
    is_first: bool
    is_last: bool

    @property
    def n(self) -> int:
        return len(self.said)

    @property
    def first(self) -> list[Said]:
        return self.said[:FIRST]

    @property
    def more(self) -> int:
        return len(self.said) - len(self.first)


@dataclass(frozen=True)
class Wanted:
    """Which answers somebody looks at: of one question or all, with these words, in no theme, in one, or all; or one
    answer and those like it."""

    question: uuid.UUID | None = None
    words: str = ""
    show: str = ""  # "" in no theme yet, "all", or the id of a theme
    like: uuid.UUID | None = None
    page: int = 1


@dataclass(frozen=True)
class Table:
    """Everything on the page of the themes, read once."""

    workshop: Workshop
    wanted: Wanted
    board: Board
    gathered: Gathered
    presses: list[ThemeEdit]

    @cached_property
    def said(self) -> list[Said]:
        return said_in(self.board, self.gathered.said)

    @cached_property
    def groups(self) -> list[Group]:
        by_id = {one.id: one for one in self.said}
        inside: dict[uuid.UUID, list[Said]] = {}
        for theme, answer in sorted(self.board.places, key=lambda place: place[1].int):
            if answer in by_id:
                inside.setdefault(theme, []).append(by_id[answer])
        return [self._group(number, id, inside.get(id, [])) for number, id in enumerate(self.board.order)]

    def _group(self, number: int, id: uuid.UUID, said: list[Said]) -> Group:
        theme = self.board.themes[id]
        row = self.board.among(theme.parent)
        key = str((number + 1) % 10) if number < 10 else ""
        return Group(id, theme.name, theme.parent, key, said, is_first=row[0] == id, is_last=row[-1] == id)

    @cached_property
    def questions(self) -> list[Question]:
        """Those with an answer that can be grouped."""
        found = {one.question.pk: one.question for one in self.said}
        return sorted(found.values(), key=lambda question: question.position)

    @property
    def n_left(self) -> int:
        """Answers that stand in no theme yet."""
        return sum(not one.themes for one in self.said)

    @cached_property
    def theme(self) -> Group | None:
        """The one that is looked at, if any."""
        return next((group for group in self.groups if str(group.id) == self.wanted.show), None)

    @cached_property
    def nests_under(self) -> list[Group]:
        """Where the theme that is looked at could be nested."""
        looked_at = self.theme
        if looked_at is None or self.board.among(looked_at.id):
            return []
        return [group for group in self.groups if group.parent is None and group.id != looked_at.id]

    @cached_property
    def found(self) -> list[Said]:
        """All that fit what is looked for, in an order that no press changes."""
        if self.wanted.like:
            near = {self.wanted.like, *self._alike([self.wanted.like]).get(self.wanted.like, [])}
            return [one for one in self.said if one.id in near]
        chosen = self.theme.said if self.theme else self.said
        if not self.theme and self.wanted.show != "all":
            chosen = [one for one in chosen if not one.themes]
        if self.wanted.question:
            chosen = [one for one in chosen if one.question.pk == self.wanted.question]
        looked_for = plain(self.wanted.words)
        return [one for one in chosen if looked_for in plain(one.words)] if looked_for else chosen

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.found) // PER_PAGE))

    @property
    def page(self) -> int:
        return min(max(1, self.wanted.page), self.pages)

    @cached_property
    def listed(self) -> list[Said]:
        """Those on this page, each with those that are like it."""
        start = (self.page - 1) * PER_PAGE
        rows = self.found[start : start + PER_PAGE]
        like = self._alike([one.id for one in rows])
        return [one._replace(like=like.get(one.id, ())) for one in rows]

    def _alike(self, wanted: list[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
        return self.gathered.likeness.of(wanted)


def table(workshop: Workshop, wanted: Wanted) -> Table:
    """What whoever groups sees: every released answer in words of its own, and the themes. Five queries, or three
    where nobody has answered since it was seen last."""
    answers = gathered.gathered(workshop)
    board = theming.board(workshop)
    told = ThemeEdit.objects.filter(workshop=workshop).select_related("actor").defer("changes")
    presses = told.order_by("-seq")[:MOST_PRESSES]
    return Table(workshop, wanted, board, answers, list(presses))


def mark(workshop: Workshop) -> str:
    """Another one whenever the page of the themes could look different. Three queries."""
    presses = ThemeEdit.objects.filter(workshop=workshop).aggregate(last=Max("pk"), n=Count("pk"))
    released = Counts.objects.filter(question__workshop=workshop, of=Counts.Of.RELEASED, part="", key="")
    places = InTheme.objects.filter(theme__workshop=workshop).count()
    n = released.aggregate(n=Sum("n"))["n"]
    return ".".join(str(part or 0) for part in (presses["last"], presses["n"], n, places))


def said_in(board: Board, answers: Iterable[Said]) -> list[Said]:
    """The same answers with the themes that they stand in."""
    names = _names(board)
    return [one._replace(themes=names[one.id]) if one.id in names else one for one in answers]


def _names(board: Board) -> Mapping[uuid.UUID, list[str]]:
    """Answer -> the names of the themes it stands in, in their order."""
    found: dict[uuid.UUID, list[str]] = {}
    inside: dict[uuid.UUID, list[uuid.UUID]] = {}
    for theme, answer in board.places:
        inside.setdefault(theme, []).append(answer)
    for theme in board.order:
        for answer in inside.get(theme, []):
            found.setdefault(answer, []).append(board.themes[theme].name)
    return found


def in_words(edit: ThemeEdit) -> str:
    """What a press did, for the button that undoes it: "3 answers put in “Transport”"."""
    answers = ngettext("%(n)s answer", "%(n)s answers", edit.n) % {"n": edit.n}
    sentences = {
        "begin": _("“%(name)s” begun"),
        "put": _("%(answers)s put in “%(name)s”"),
        "take_out": _("%(answers)s taken out of “%(name)s”"),
        "rename": _("a theme called “%(name)s”"),
        "move": _("“%(name)s” moved"),
        "nest": _("“%(name)s” nested in “%(other)s”") if edit.other else _("“%(name)s” taken out of another theme"),
        "merge": _("“%(name)s” merged into “%(other)s”"),
        "split": _("“%(other)s” split from “%(name)s”"),
        "dissolve": _("“%(name)s” dissolved"),
    }
    return sentences[edit.kind] % {"name": edit.name, "other": edit.other, "answers": answers}


def put_in_words(said: Mapping[str, Any]) -> str:
    """What is said after answers were put into a theme."""
    name = Theme.objects.filter(pk=said["theme"]).values_list("name", flat=True).first()
    return _("Put in “%(name)s”.") % {"name": name}


def put_together(groups: Iterable[Group]) -> list[tuple[Group, list[Group]]]:
    """Each theme with those nested in it."""
    groups = list(groups)
    return [(top, [one for one in groups if one.parent == top.id]) for top in groups if top.parent is None]
