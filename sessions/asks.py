"""The board of what people ask of the room, as each face has it, and the press that puts it on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes, clock
from agenda import services as agenda
from agenda.models import User, Workshop
from agenda.services import Refused
from feedback import asks
from feedback import services as feedback
from feedback.asks import Asked, AtDesk, Board
from feedback.models import Question

from .models import Stage
from .stage import turn_to

if TYPE_CHECKING:
    from .room import Room

FEW, MOST = 4, 6  # asks in large type, and in all, that a screen can show; the rest is on the phones
LONG = 420  # characters that a few may have in large type
Kept = list[Any]  # what pages call an ask, how many can help, and its question


@dataclass(frozen=True, kw_only=True)
class WithAsks:
    """The asks of a Room. `kept_asks`: what a frozen screen keeps of them, see `keep`."""

    kept_asks: Sequence[Kept] | None = None

    @cached_property
    def board(self) -> Board:
        """What the room may see, read when a face asks for it, and then once."""
        found = asks.board(cast("Room", self).workshop)
        if self.kept_asks is None:
            return found
        there = {one.key: one for one in found.asks}
        stood = [replace(there[key], helpers=n) for key, n, _question in self.kept_asks if key in there]
        return replace(found, asks=stood)

    @property
    def board_is_on(self) -> bool:
        """Everybody looks at it."""
        room = cast("Room", self)
        return room.stage.face == Stage.Face.ASKS and bool(room.board.asks)

    @property
    def board_on_screen(self) -> list[Asked]:
        return self.board.asks[:MOST]

    @property
    def board_unseen(self) -> int:
        """How many asks the screen has no room for."""
        return len(self.board.asks) - len(self.board_on_screen)

    @property
    def board_is_full(self) -> bool:
        """So many or so long that they are set in smaller type."""
        shown = self.board_on_screen
        return len(shown) > FEW or sum(len(one.words) for one in shown) > LONG

    @property
    def asks_that_wait(self) -> int:
        """For the desk to approve them."""
        return sum(one.waits and not one.is_hidden for one in self.asks_at_desk)

    @cached_property
    def asks_at_desk(self) -> list[AtDesk]:
        """What the desk may read of them, with numbers."""
        room = cast("Room", self)
        if not any(one.released and one.question.kind in asks.CONNECTING for one in room.asked):
            return []
        return asks.at_desk(cast("Room", self).workshop)


def keep(room: "Room") -> dict[str, Any]:
    """What a frozen screen keeps of it: names of asks and numbers, never a word."""
    if not room.board_is_on:
        return {"asks": []}
    asked = asks.by_id(room.workshop)
    kept = [(one, asked[one.id].question) for one in room.board.asks if one.id in asked]
    live = {str(question.pk) for _one, question in kept if question.showing == Question.Showing.LIVE}
    return {"asks": [[one.key, one.helpers, str(question.pk)] for one, question in kept], "live": sorted(live)}


@transaction.atomic
def put_board_on_screen(*, workshop: Workshop, actor: User | None) -> None:
    """The room looks at what people ask of it, as far as the desk has read it by now, and at how many can help."""
    workshop.touch(phones=True)
    for question in asks.questions(workshop).exclude(showing=Question.Showing.NEVER):
        feedback.show(question)
        n = question.answers.count()
        detail = {"question": question.key, "answers": n}
        agenda.audit(kind="answers shown", at=clock.now(workshop), workshop=workshop, user=actor, **detail)
    if not asks.board(workshop).asks:
        raise Refused(
            _("There is no ask yet that the room may see. Ask people for one first, or approve what has come.")
        )
    turn_to(workshop, face=Stage.Face.ASKS)
    changes.announce(workshop)
