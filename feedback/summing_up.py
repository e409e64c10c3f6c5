"""The summary by theme, and its closing questions together. For everybody with a role on the day."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from agenda.models import Workshop

from . import theme_votes, themes
from .queries import Heard
from .room_themes import CLOSING
from .theme_models import Theme
from .themes import Group

CLOSING_KEY = "closing-questions"


@dataclass(frozen=True)
class Summed:
    """A theme with what is in it. `votes`: None where nobody was asked whether it is theirs too."""

    group: Group
    votes: int | None
    nested: list["Summed"]


def by_theme(workshop: Workshop) -> list[Summed]:
    """Every theme with all its released answers. Seven queries, and one where there is no theme."""
    if not Theme.objects.filter(workshop=workshop, dropped=False).exists():
        return []
    table = themes.table(workshop, themes.Wanted(show="all"))
    votes = theme_votes.counted(workshop)
    return [
        Summed(top, _of(votes, top), [Summed(one, _of(votes, one), []) for one in nested])
        for top, nested in themes.put_together(table.groups)
    ]


def _of(votes: Mapping[uuid.UUID, int] | None, group: Group) -> int | None:
    return None if votes is None else votes.get(group.id, 0)


def closing_together(heard: list[Heard]) -> list[Heard]:
    """The same items, and after them the closing questions, wherever in the day they were asked."""
    closing = [said for one in heard for said in one.said if said.asked.question.key in CLOSING]
    if not closing:
        return heard
    closing.sort(key=lambda said: CLOSING.index(said.asked.question.key))
    others = [replace(one, said=[said for said in one.said if said not in closing]) for one in heard]
    item = replace(heard[-1].item, key=CLOSING_KEY, title=_("What we take with us"))
    return [*others, Heard(item, "", [], closing, [])]
