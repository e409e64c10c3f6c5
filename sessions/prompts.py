"""What is asked in the room at one moment, and the time that people have for it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from agenda import clock, queries, words
from agenda.models import Workshop
from agenda.timing import Schedule
from feedback import parking
from feedback import queries as feedback
from feedback.models import Question
from feedback.queries import Asked

from . import my_notes
from .models import Stage

if TYPE_CHECKING:
    from .lines import Line


@dataclass(frozen=True)
class Advice:
    """How long people are told they have. It ends nothing: whoever is still writing can still answer.

    `ends_ms` is in true time; where the clock stands, it is what is left instead, `left_ms`.
    """

    until: str
    ends_ms: int | None
    left_ms: int | None


@dataclass(frozen=True)
class Prompt:
    """A question as desk, phones and screen have it."""

    asked: Asked
    advice: Advice | None
    first: Asked | None  # the same question when it was asked before
    was_repeated: bool

    @property
    def question(self) -> Question:
        return self.asked.question


class Prompts:
    """The questions of a Room."""

    workshop: Workshop
    now: datetime
    day: queries.Day
    schedule: Schedule
    stage: Stage
    asked: list[Asked]
    facilitator: str
    is_kept: bool

    if TYPE_CHECKING:

        @property
        def live(self) -> Line | None: ...
        @property
        def next(self) -> Line | None: ...
        @property
        def phase(self) -> str: ...
        @property
        def clock_runs(self) -> bool: ...

    @cached_property
    def to_ask(self) -> Question | None:
        """The question the desk offers first: the next of this item that was not asked yet. None in a talk."""
        if self.phase in {Stage.Phase.TALK, Stage.Phase.QUESTIONS}:
            return None
        waiting = (Question.Status.DRAFT, Question.Status.READY)
        return next((one.question for one in self.questions_now if one.question.status in waiting), None)

    @cached_property
    def to_show(self) -> Question | None:
        """Whose answers the desk offers first to show: those of the question on the stage; else of the first that comes
        back in this item, is closed, and was not shown yet."""
        if self.question and _can_be_shown(self.question):
            return self.question.question
        live = self.live.item.key if self.live else ""
        back = (one for one in self.questions_now if one.question.returns_in and one.question.returns_in.key == live)
        closed = (one for one in back if one.question.status == Question.Status.CLOSING and not one.question.shown)
        return next((one.question for one in closed if _can_be_shown(one)), None)

    @cached_property
    def question(self) -> Asked | None:
        """The question on the stage, while the room looks at it."""
        if self.stage.face != Stage.Face.QUESTION:
            return None
        return next((asked for asked in self.asked if asked.question.pk == self.stage.question_id), None)

    @cached_property
    def shown(self) -> Any | None:
        """What the room may see of the answers to it, without a name: phones have this."""
        return self.question and feedback.shown_tally(self.question.question, table=self.stage.table)

    @cached_property
    def shown_on_screen(self) -> Any | None:
        """The same as the screen has it: with names, where people were told that the room may see them."""
        asked = self.question
        by_name = asked and _is_named(asked) and not self.stage.table
        return feedback.shown_by_name(asked.question) if asked and by_name else self.shown

    @cached_property
    def form(self) -> list[Asked]:
        """The questions about the day, which are one form."""
        return [one for one in self.asked if one.question.occasion == Question.Occasion.FEEDBACK]

    @property
    def form_is_open(self) -> bool:
        return any(one.question.takes_answers for one in self.form)

    @property
    def form_is_to_come(self) -> bool:
        """Nobody was asked yet."""
        waiting = (Question.Status.DRAFT, Question.Status.READY)
        return not self.form_is_open and any(one.question.status in waiting for one in self.form)

    @property
    def form_replied(self) -> int:
        """How many have filled it in: as many as have answered the question that most of them did."""
        return max((one.count for one in self.form), default=0)

    @property
    def has_survey(self) -> bool:
        """Something is asked before the day."""
        return any(one.question.occasion == Question.Occasion.SURVEY for one in self.asked)

    @property
    def promise(self) -> str:
        """Who will see the answer: said before it is given."""
        if self.question is None:
            return ""
        asked = self.question.question
        return my_notes.promise(asked, self.facilitator, feedback.until_when(self.workshop, self.day))

    @cached_property
    def questions_now(self) -> list[Asked]:
        """The questions of the live item, and those that come back in it."""
        key = self.live.item.key if self.live else None
        on_the_day = (asked for asked in self.asked if asked.question.occasion != Question.Occasion.FOLLOWUP)
        here = (asked for asked in on_the_day if key in _slots(asked.question))
        return [asked for asked in here if asked not in self.form and not asked.question.is_parking_lot]

    @cached_property
    def sheets(self) -> list[Question]:
        """Sheets that take notes beside what the room is asked; the parking lot is another thing."""
        on_stage = self.question.question.pk if self.question else None
        open_now = (one.question for one in self.asked if one.question.status == Question.Status.OPEN)
        fit = (sheet for sheet in open_now if sheet.is_sheet and sheet.takes_answers and not sheet.is_parking_lot)
        return [sheet for sheet in fit if sheet.pk != on_stage]

    @cached_property
    def still_parked(self) -> int:
        """How many things are in the parking lot and not dealt with."""
        return parking.left(self.workshop, self.live.item.key if self.live else "")

    @property
    def is_near_the_close(self) -> bool:
        """The item that closes the day is on, or the next one."""
        near = [line.item.kind for line in (self.live, self.next) if line]
        return "close" in near or (self.live is not None and self.next is None)

    @property
    def prompts_now(self) -> list[Prompt]:
        """The same questions, for the desk."""
        return [self._prompt(asked) for asked in self.questions_now]

    @cached_property
    def prompt(self) -> Prompt | None:
        """The question on the stage."""
        return self._prompt(self.question) if self.question else None

    def _prompt(self, asked: Asked) -> Prompt:
        own, first = asked.question.pk, asked.question.again_of_id
        before = next((one for one in self.asked if one.question.pk == first), None) if first else None
        was_repeated = any(one.question.again_of_id == own for one in self.asked)
        return Prompt(asked, self._advice(asked.question), before, was_repeated)

    @cached_property
    def shown_before(self) -> Any | None:
        """What the room may see of the first time, while it sees the second."""
        first = self.prompt.first if self.prompt else None
        return feedback.shown_tally(first.question) if first and self.shown else None

    @cached_property
    def shown_before_on_screen(self) -> Any | None:
        first = self.prompt.first if self.prompt else None
        if first and self.shown_on_screen and _is_named(first):
            return feedback.shown_by_name(first.question)
        return self.shown_before

    def _advice(self, question: Question) -> Advice | None:
        if question.status != Question.Status.OPEN or question.time_up_at is None:
            return None
        until = words.at(question.time_up_at, self.workshop.time_zone)
        held_since = self.schedule.live.held_since if self.schedule.live else None
        if held_since or self.is_kept or not self.clock_runs:
            left = question.time_up_at - (held_since or self.now)
            return Advice(until, None, round(left.total_seconds() * 1000))
        ends = clock.real_time(self.workshop, question.time_up_at)
        return Advice(until, round(ends.timestamp() * 1000), None)


def _can_be_shown(asked: Asked) -> bool:
    return asked.unshown > 0 and asked.question.showing != Question.Showing.NEVER


def _is_named(asked: Asked) -> bool:
    """People were told that the room may see their name with it."""
    return asked.question.mode == Question.Mode.NAMED


def _slots(question: Question) -> set[str]:
    return {slot.key for slot in (question.slot, question.returns_in) if slot}
