"""What phone and screen will show of a question that is still prepared: their own fragments, of a made-up room."""

from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from agenda.models import Workshop
from feedback.counting import Totals
from feedback.examples import examples
from feedback.kinds import kinds
from feedback.models import Question
from feedback.queries import Asked

from . import room
from .lines import Line
from .models import Stage
from .room import Room


@dataclass(frozen=True)
class MadeUp(Room):
    """The room as it will be while one question is asked in its item. `told`: made-up answers, or none."""

    told: Any | None = None

    @property
    def face(self) -> str:
        return Stage.Face.QUESTION

    @cached_property
    def live(self) -> Line | None:
        asked = self.asked[0].question
        return next((line for line in self.lines if line.item.key == asked.slot.key), None)

    @cached_property
    def shown(self) -> Any | None:
        return self.told

    @cached_property
    def shown_on_screen(self) -> Any | None:
        return self.told


@dataclass(frozen=True)
class Moment:
    """The room at one moment of a question, as phone and screen will show it. `is_told`: its answers are shown."""

    title: str
    room: MadeUp
    is_told: bool = False


def preview(workshop: Workshop, question: Question, *, real: datetime) -> list[Moment]:
    """The moments of this question in its item; none where its item is in no running order. For owner and facilitator.

    With answers last, if the room ever sees them and if any could be made up.
    """
    seen = room.look(workshop, real=real)
    hand = Question.Hand(question.hand)
    moments = [Moment(_titles()[hand], _put(seen, question))]
    if hand == Question.Hand.TALK:
        moments.append(Moment(_("If you let phones answer"), _put(seen, question, hand=Question.Hand.PHONES)))
    kind = kinds[question.kind]
    counted = examples(kind, question.config)
    if counted.n and question.showing != Question.Showing.NEVER:
        told = _put(seen, question, told=kind.tally(question.config, counted), n=counted.n)
        moments.append(Moment(_("With answers, all of them made up as examples"), told, is_told=True))
    return [moment for moment in moments if moment.room.live]


def _titles() -> dict[str, str]:
    return {
        Question.Hand.TALK: _("While the room talks"),
        Question.Hand.SCRIBE: _("While one person at each table writes"),
        Question.Hand.PHONES: _("While it is open"),
    }


def _put(seen: Room, question: Question, *, hand: str = "", told: Any | None = None, n: int = 0) -> MadeUp:
    put = copy(question)
    put.status, put.hand, put.shown = Question.Status.OPEN, hand or question.hand, told is not None
    stage = copy(seen.stage)
    stage.face, stage.question_id, stage.blank, stage.frozen = Stage.Face.QUESTION, put.pk, False, None
    stage.out_since = None
    same = {name: getattr(seen, name) for name in Room.__dataclass_fields__}
    return replace(MadeUp(**same), stage=stage, asked=[Asked(put, Totals(given=n, released=n))], told=told)
