"""What phone and screen will show of a question that is still prepared: their own fragments, of a made-up room."""

from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

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


@dataclass(frozen=True)
class Preview:
    """One question on both faces. `writing` and `talking` are for phones; `waiting` and `telling` for the screen.

    `talking` is there if the room talks about it: then nobody writes unless the desk says so. `telling` is there if
    the room ever sees the answers, and if somebody could think of any.
    """

    writing: MadeUp
    talking: MadeUp | None
    waiting: MadeUp
    telling: MadeUp | None


def preview(workshop: Workshop, question: Question, *, real: datetime) -> Preview:
    """The room with this question put to it. For owner and facilitator."""
    seen = room.look(workshop, real=real)
    talks = question.hand == Question.Hand.TALK
    counted = examples(kinds[question.kind], question.config)
    told = kinds[question.kind].tally(question.config, counted) if counted.n else None
    is_told = told is not None and question.showing != Question.Showing.NEVER
    return Preview(
        writing=_put(seen, question, hand=Question.Hand.PHONES if talks else question.hand),
        talking=_put(seen, question) if talks else None,
        waiting=_put(seen, question),
        telling=_put(seen, question, told=told, n=counted.n) if is_told else None,
    )


def _put(seen: Room, question: Question, *, hand: str = "", told: Any | None = None, n: int = 0) -> MadeUp:
    put = copy(question)
    put.status, put.hand, put.shown = Question.Status.OPEN, hand or question.hand, told is not None
    stage = copy(seen.stage)
    stage.face, stage.question_id, stage.blank, stage.frozen = Stage.Face.QUESTION, put.pk, False, None
    stage.out_since = None
    same = {name: getattr(seen, name) for name in Room.__dataclass_fields__}
    return replace(MadeUp(**same), stage=stage, asked=[Asked(put, Totals(given=n, released=n))], told=told)
