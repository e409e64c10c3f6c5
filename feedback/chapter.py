"""Feedback's part of a workshop document: the questions, in the order they are put."""

from datetime import timedelta
from typing import Annotated, Any, Literal, Self

from django.db.models import F
from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from agenda.chapter import current_plan
from agenda.chapters import Chapter
from agenda.document import DocumentRefused, Key, Line, Shape, unique, wrong
from agenda.models import Slot, Workshop

from . import carried, erasing, prepared, preparing, warning
from .kinds import free_text, kinds
from .kinds.base import Refused
from .models import MOST_EACH, Answer, Question
from .queue_models import SpeakerQuestion
from .word_list import LONGEST, MOST_WORDS

SAME_FIELDS = (
    "key",
    "version",
    "occasion",
    "kind",
    "text",
    "hint",
    "config",
    "hand",
    "mode",
    "bundle",
    "showing",
    "approval",
    "councillors_only",
    "opens_with_item",
    "minutes",
    "most_each",
)
# What an answer was given under. Changing it afterwards would break a promise or the answer itself.
FIXED_BY_ANSWERS = ("kind", "mode", "bundle", "most_each")


class QuestionEntry(Shape):
    """Something put to attendees; its settings are checked by its kind."""

    key: Key
    slot: Key
    returns_in: Key | None = None
    occasion: Literal["survey", "live", "flipchart", "feedback", "followup"] = "live"
    kind: str = free_text.name
    text: Annotated[Line, Field(min_length=1, max_length=300)]
    hint: Annotated[Line, Field(max_length=200)] = ""
    config: dict[str, Any] = {}
    hand: Literal["talk", "scribe", "phones"] = "phones"
    mode: Literal["unlinked", "facilitator", "named"] = "unlinked"
    bundle: Literal["alone", "form", "pair"] = "alone"
    showing: Literal["never", "press", "live"] = "press"
    approval: bool | None = None
    councillors_only: bool = False
    opens_with_item: bool = False
    minutes: Annotated[int, Field(ge=1, le=120)] | None = None
    most_each: Annotated[int, Field(ge=1, le=MOST_EACH)] = 1
    again_of: Key | None = None
    version: Annotated[int, Field(ge=1, le=9999)] = 1

    @model_validator(mode="after")
    def fit_the_kind(self) -> Self:
        kind = kinds.get(self.kind)
        if kind is None:
            raise wrong(_("must be one of %(kinds)s.") % {"kinds": ", ".join(kinds)}, "kind")
        try:
            self.config = kind.check_config(self.config)
        except Refused as refused:
            raise wrong(_("cannot be used. %(why)s") % {"why": refused.message}, "config") from None
        for name, value in preparing.as_it_must_be(self.kind, self.occasion).items():
            setattr(self, name, value)
        if self.most_each > 1 and not (self.occasion == "flipchart" and kind.has_cards and self.bundle == "alone"):
            said = _("is 1 but for a flipchart with words of one's own, whose answers stand by themselves.")
            raise wrong(said, "most_each")
        return self


class Part(Shape):
    """The top-level keys of feedback."""

    questions: Annotated[list[QuestionEntry], Field(max_length=500)] = []
    warn_words: Annotated[
        list[Annotated[Line, Field(min_length=1, max_length=LONGEST)]], Field(max_length=MOST_WORDS)
    ] = []

    @model_validator(mode="after")
    def name_each_once(self) -> Self:
        unique(self.questions, "questions")
        earlier: set[str] = set()
        for number, entry in enumerate(self.questions):
            if entry.again_of is not None and entry.again_of not in earlier:
                raise wrong(_("must be the key of an earlier question."), "questions", number, "again_of")
            earlier.add(entry.key)
        return self


def load(workshop: Workshop, part: Part) -> None:
    slots = _planned_slots(workshop)
    answered = set(Answer.objects.filter(question__workshop=workshop).values_list("question__key", flat=True))
    _delete_missing(workshop, part, answered)
    questions = {row.key: row for row in Question.objects.filter(workshop=workshop)}
    _free_positions(workshop, part, questions)
    for position, entry in enumerate(part.questions):
        question = questions.get(entry.key) or Question(workshop=workshop)
        if entry.key in answered:
            _keep_promises(question, entry, position)
        usual = question.approval if question.approval_as_usual and entry.approval is None else None
        for name in SAME_FIELDS:
            setattr(question, name, getattr(entry, name))
        if usual is not None:
            question.approval = usual
        question.approval_as_usual = usual is not None
        question.slot = _slot(slots, entry.slot, position, "slot")
        question.returns_in = _slot(slots, entry.returns_in, position, "returns_in") if entry.returns_in else None
        question.again_of = questions.get(entry.again_of) if entry.again_of else None
        question.position = position
        question.save()
        questions[entry.key] = question
    warning.keep(workshop, part.warn_words)


def _planned_slots(workshop: Workshop) -> dict[str, Slot]:
    """Those of the newest running order: a slot the document has dropped is still in its table at this point."""
    value = current_plan(workshop) or {"slots": []}
    keys = [slot["key"] for slot in value["slots"]]
    return {slot.key: slot for slot in Slot.objects.filter(workshop=workshop, key__in=keys)}


def _slot(slots: dict[str, Slot], key: str, position: int, name: str) -> Slot:
    if key not in slots:
        raise DocumentRefused(
            _('names a slot that is not there: "%(key)s".') % {"key": key}, ("questions", position, name)
        )
    return slots[key]


def _delete_missing(workshop: Workshop, part: Part, answered: set[str]) -> None:
    gone = Question.objects.filter(workshop=workshop).exclude(key__in=[entry.key for entry in part.questions])
    for question in gone:
        if question.key in answered:
            reason = _('leaves out "%(key)s", which has answers. Keep it, or delete its answers first.')
            raise DocumentRefused(reason % {"key": question.key}, ("questions",))
    gone.delete()


def _free_positions(workshop: Workshop, part: Part, questions: dict[str, Question]) -> None:
    """Move all of them out of the way when their order changes, for no two may share a position at any moment."""
    wanted = [(entry.key, position) for position, entry in enumerate(part.questions) if entry.key in questions]
    if all(questions[key].position == position for key, position in wanted):
        return
    beyond = max(len(part.questions), *(row.position + 1 for row in questions.values()))
    Question.objects.filter(workshop=workshop).update(position=F("position") + beyond)


def _keep_promises(question: Question, entry: QuestionEntry, position: int) -> None:
    for name in FIXED_BY_ANSWERS:
        if getattr(question, name) != getattr(entry, name):
            reason = _('cannot change any more: "%(key)s" has answers. Ask it as a new question with another key.')
            raise DocumentRefused(reason % {"key": entry.key}, ("questions", position, name))


def purge(workshop: Workshop) -> None:
    """The questions hold on to their slots."""
    SpeakerQuestion.objects.filter(workshop=workshop).delete()
    Question.objects.filter(workshop=workshop).delete()


def dump(workshop: Workshop) -> dict[str, Any]:
    rows = Question.objects.filter(workshop=workshop).select_related("slot", "returns_in", "again_of")
    return {"questions": [_entry(row) for row in rows], "warn_words": warning.kept(workshop)}


def _entry(question: Question) -> dict[str, Any]:
    entry: dict[str, Any] = {name: getattr(question, name) for name in SAME_FIELDS}
    entry["slot"] = question.slot.key
    if question.approval_as_usual:
        entry["approval"] = None  # it is settled anew wherever it is asked
    if question.returns_in is not None:
        entry["returns_in"] = question.returns_in.key
    if question.again_of is not None:
        entry["again_of"] = question.again_of.key
    return {name: value for name, value in entry.items() if value is not None}


def typing(workshop: Workshop) -> dict[str, timedelta]:
    """Slot key -> what its live questions take, for those who write."""
    return {key: timedelta(minutes=minutes) for key, minutes in prepared.typing_minutes(workshop).items()}


chapter = Chapter(
    name="feedback",
    shape=Part,
    load=load,
    dump=dump,
    purge=purge,
    pack=carried.pack,
    unpack=carried.unpack,
    unpacked=erasing.take_out_again,
    replaced=carried.REPLACED,
    typing=typing,
)
