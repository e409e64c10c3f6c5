"""Questions that are open at once, as over lunch, on each face."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.utils.translation import gettext as _

from agenda import words
from feedback import together
from feedback.models import Question
from feedback.queries import Asked

from .models import Stage

if TYPE_CHECKING:
    from .room import Room

COUNCILLOR, OTHERS = "councillor", "other unsaid"


@dataclass(frozen=True)
class Link:
    """What leads a phone to the page of them all. `who`: whose phones have it, empty for everybody's. `said` is how
    many of them this phone has answered."""

    ids: tuple[UUID, ...]
    who: str = ""
    said: int = 0
    is_theirs: bool = True

    @property
    def says(self) -> list[str]:
        """What it says when none is answered, when one is, and so on."""
        n = len(self.ids)
        some = [
            _("You have answered %(some)s of %(all)s. Go on") % {"some": words.number(m), "all": words.number(n)}
            for m in range(1, n)
        ]
        return [questions_for_you(n), *some, _all_answered(n)]


def questions_for_you(n: int) -> str:
    """ "Three questions for you"."""
    if n == 1:
        return _("One question for you")
    return _("%(n)s questions for you") % {"n": words.number(n).capitalize()}


def _all_answered(n: int) -> str:
    if n == 1:
        return _("You have answered it. Change your answer")
    if n == 2:
        return _("You have answered both. Change an answer")
    return _("You have answered all %(n)s. Change an answer") % {"n": words.number(n)}


class WithTogether:
    """Those of a Room."""

    @cached_property
    def together(self) -> list[Asked]:
        """All that are open at once, wherever the day stands: the desk's."""
        return [one for one in cast("Room", self).asked if together.is_open(one.question)]

    @property
    def together_told(self) -> list[Asked]:
        """What phones and the screen say of them: nothing while somebody is talked at, or the day does not run."""
        room = cast("Room", self)
        return self.together if room.state == "running" and room.phase != Stage.Phase.TALK else []

    @property
    def together_answered(self) -> int:
        """How many have answered: as many as have answered the question that most of them did."""
        return max((one.count for one in self.together), default=0)

    @property
    def together_on_screen(self) -> str:
        n = len(self.together_told)
        if n < 2:
            return _("One question is on your phone") if n else ""
        return _("%(n)s questions are on your phone") % {"n": words.number(n).capitalize()}

    @property
    def together_title(self) -> str:
        """The same for the desk."""
        n = len(self.together)
        if n < 2:
            return _("One question is open on phones")
        return _("%(n)s questions are open together") % {"n": words.number(n).capitalize()}

    @property
    def together_links(self) -> list[Link]:
        """For phones, which show the one that is theirs."""
        asked = [one.question for one in self.together_told]
        others = tuple(one.pk for one in asked if not one.councillors_only)
        if len(others) == len(asked):
            return [Link(others)] if asked else []
        all_of_them = Link(tuple(one.pk for one in asked), COUNCILLOR)
        return [all_of_them, Link(others, OTHERS, is_theirs=False)] if others else [all_of_them]

    @property
    def to_ask_together(self) -> list[Question]:
        """What the desk offers to ask at once: two or more of this item that nobody was asked, where nobody is
        talked at."""
        return self._in_quiet(
            [one.question for one in cast("Room", self).questions_now if together.can_be(one.question)]
        )

    @property
    def to_open_together(self) -> list[Question]:
        """The same of those that were open together and are closed."""
        closed = [one.question for one in cast("Room", self).questions_now if together.was_closed(one.question)]
        return self._in_quiet(closed)

    def _in_quiet(self, found: list[Question]) -> list[Question]:
        room = cast("Room", self)
        is_quiet = room.state == "running" and room.live is not None and room.live.item.kind in together.QUIET
        return found if is_quiet and len(found) >= together.FEWEST else []

    @property
    def ask_together(self) -> str:
        """What the press says: "Ask all three together"."""
        n = len(self.to_ask_together)
        return _("Ask both together") if n == 2 else _("Ask all %(n)s together") % {"n": words.number(n)}

    @property
    def open_together(self) -> str:
        n = len(self.to_open_together)
        return _("Open both again") if n == 2 else _("Open all %(n)s again") % {"n": words.number(n)}


def own_links(room: "Room", answered: Collection[UUID], role: str) -> list[Link]:
    """The same for the page of one phone, which has answered these."""
    links = [replace(link, said=sum(key in answered for key in link.ids)) for link in room.together_links]
    is_councillor = role == COUNCILLOR
    return [replace(link, is_theirs=link.who in {"", COUNCILLOR if is_councillor else OTHERS}) for link in links]


def keep(room: "Room") -> dict[str, int]:
    """What a frozen screen keeps of them: which are open, and how many have answered each."""
    return {str(one.question.pk): one.count for one in room.together}
