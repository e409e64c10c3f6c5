"""A whole day as it is taken home: what the pure tables and sheets are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .tables import AnsweredQuestion, Event

CLOSING = ("sum_connections", "sum_insights", "sum_questions", "sum_do_now")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Item:
    """One item of the running order, as planned and as it went. Times are UTC; None for what nobody knows."""

    no: int
    key: str
    kind: str
    title: str
    speakers: str
    is_fixed: bool
    state: str
    planned_start: datetime | None
    planned_minutes: int | None
    start: datetime | None
    end: datetime | None

    @property
    def minutes(self) -> int | None:
        """How long it took, in whole minutes."""
        return round((self.end - self.start) / MINUTE) if self.start and self.end else None

    @property
    def minutes_late(self) -> int | None:
        """Of its start; negative when it was early."""
        return round((self.start - self.planned_start) / MINUTE) if self.start and self.planned_start else None


@dataclass(frozen=True)
class Photo:
    """A photo of a sheet on paper, as somebody has typed it out."""

    question_key: str
    table: str
    typed: str


@dataclass(frozen=True)
class Whole:
    """A day. `how_far`: a sentence that says when it was taken. `queue_hidden`: questions to a speaker left out."""

    event: Event
    title: str
    place: str
    host: str
    time_zone: str
    how_far: str
    is_over: bool
    planned_end: datetime | None
    came: int
    invited: int
    items: Sequence[Item]
    questions: Sequence[AnsweredQuestion]
    photos: Sequence[Photo]
    queue_hidden: int
    profile: str = "shareable"

    def at(self, moment: datetime | None) -> str:
        """What clocks in the room showed, "" for no time."""
        return f"{moment.astimezone(ZoneInfo(self.time_zone)):%H:%M}" if moment else ""

    def on(self, moment: datetime | None) -> str:
        """The same with the date: "2020-02-07 11:15"."""
        return f"{moment.astimezone(ZoneInfo(self.time_zone)):%Y-%m-%d %H:%M}" if moment else ""

    def item(self, question: AnsweredQuestion) -> str:
        """The title of the item a question was asked in; empty where a later plan has dropped it."""
        return next((item.title for item in self.items if item.no == question.slot_no), "")

    @property
    def asked(self) -> list[AnsweredQuestion]:
        """The questions that were put to anybody."""
        return [one for one in self.questions if one.life is None or one.life.opened_at or one.life.given]

    @property
    def form(self) -> list[AnsweredQuestion]:
        """Those of the feedback form whose answers may stand side by side."""
        return [one for one in self.questions if one.is_form]

    @property
    def closing(self) -> list[AnsweredQuestion]:
        """The closing questions, in their own order; asked again, both times."""
        found = [one for one in self.asked if _first_key(one) in CLOSING]
        return sorted(found, key=lambda one: CLOSING.index(_first_key(one)))


def _first_key(question: AnsweredQuestion) -> str:
    return (question.life and question.life.round_of) or question.key


def utc(moment: datetime | None) -> str:
    """As a file for machines has it: "2020-02-07T11:15:00Z"."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""
