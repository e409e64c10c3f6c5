"""Verbs of preparing a day: which questions its items ask, and in which order.

Each raises `Refused` with a sentence for the person who prepares. `dump_document` and `load_document` hold after
every one of them.
"""

import hashlib
import json
import uuid
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda import changes, clock
from agenda.chapter import current_plan
from agenda.models import Slot, User, Workshop
from agenda.services import Refused, Stale, audit

from .confidentiality import may_become
from .kinds import kinds
from .kinds.lines import key_from
from .models import Question

MOST_QUESTIONS = 500
LAST_VERSION = 9999
NOTES_EACH = 20  # of one phone on one sheet, as usual
NOT_ASKED = (Question.Status.DRAFT, Question.Status.READY)


@dataclass(frozen=True)
class Settings:
    """What is settled before a question is asked and stays as it is from then on."""

    kind: str
    config: dict[str, object]
    hand: str
    mode: str
    occasion: str = Question.Occasion.LIVE
    bundle: str = Question.Bundle.ALONE
    showing: str = Question.Showing.PRESS
    approval: bool | None = None
    councillors_only: bool = False
    opens_with_item: bool = False
    minutes: int | None = None
    most_each: int = 1


@dataclass(frozen=True)
class Wanted:
    """What somebody wants a question to say. Without settings, it keeps those it has, but for a stricter `mode`.

    `key` and `version` are those of the ready questions; a question of one's own gets a key made from its words.
    """

    text: str
    hint: str
    settings: Settings | None = None
    key: str = ""
    version: int = 1
    mode: str = ""


class Gone(Stale):
    """The question, or its item, is not there any more."""


def mark(question: Question) -> str:
    """What a form saw of a question, in 16 hex digits; another mark means that somebody has changed it since."""
    settings = asdict(_settings(question))
    seen = [question.text, question.hint, question.version, settings, question.status in NOT_ASKED]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


def is_free(question: Question) -> bool:
    """Nobody was asked and nobody has answered, nor put a photo on it: all of it may change."""
    return question.status in NOT_ASKED and not (question.answers.exists() or has_photo(question))


def has_photo(question: Question) -> bool:
    """Of a sheet on paper; nothing else takes one."""
    return question.is_sheet and question.photos.exists()


@transaction.atomic
def add(*, workshop: Workshop, slot_key: str, question_id: uuid.UUID, wanted: Wanted) -> Question:
    """A new question at the end of its item. Adding the same one again, by the id its form carried, is harmless."""
    workshop.touch(phones=False)
    question = put(workshop, slot_key, question_id, wanted)
    changes.announce(workshop)
    return question


def put(workshop: Workshop, slot_key: str, question_id: uuid.UUID, wanted: Wanted) -> Question:
    """The same, for who has touched the workshop and will announce it.

    A question of one's own is the same one again while it says the same; a ready one whatever it says by now.
    """
    order = _in_order(workshop)
    again = next((row for row in order if (row.pk, row.slot.key) == (question_id, slot_key)), None)
    if again and (wanted.key or again.text == wanted.text):
        return again
    if len(order) >= MOST_QUESTIONS:
        raise Refused(_("This day has %(n)s questions, which is as many as it can hold.") % {"n": len(order)})
    place = _end_of_item(workshop, order, slot_key)
    question = Question(
        id=uuid.uuid4() if Question.objects.filter(pk=question_id).exists() else question_id,
        workshop=workshop,
        slot=Slot.objects.get(workshop=workshop, key=slot_key),
        position=len(order),
        key=key_from(wanted.key or wanted.text, {row.key for row in order}, "question"),
        version=wanted.version,
    )
    _write(question, wanted)
    _lay_out(workshop, [*order[:place], question, *order[place:]])
    return question


@transaction.atomic
def change(*, workshop: Workshop, question_id: uuid.UUID, expect: str, wanted: Wanted, actor: User | None) -> Question:
    """Other words, which are a new version; and other settings while nobody was asked, then only a stricter mode.

    `expect` is the mark of what the person saw. Raises Stale when it says something else by now.
    """
    workshop.touch(phones=True)
    question = _find(workshop, question_id)
    free = is_free(question)
    if expect != mark(question) or (wanted.settings and not free):
        raise Stale(_changed_meanwhile(free))
    before = _said(question)
    _write(question, wanted)
    if wanted.mode and not wanted.settings:
        _keep_from_more_eyes(question, wanted.mode, actor)
    if _said(question) != before:
        question.version = min(question.version + 1, LAST_VERSION)
        if not free:
            _write_down(question, actor)
    question.save()
    changes.announce(workshop)
    return question


@transaction.atomic
def move(*, workshop: Workshop, question_id: uuid.UUID, next_to: uuid.UUID, above: bool) -> int:
    """Put a question above or below another one of the same item; its place among them, from 1. Twice is once."""
    workshop.touch(phones=False)
    question, other = _find(workshop, question_id), _find(workshop, next_to)
    if question.slot_id != other.slot_id or question == other:
        raise Gone(_not_here())
    order = [row for row in _in_order(workshop) if row != question]
    place = order.index(other) + (0 if above else 1)
    _lay_out(workshop, [*order[:place], question, *order[place:]])
    changes.announce(workshop)
    return 1 + sum(row.slot_id == question.slot_id for row in order[:place])


@transaction.atomic
def delete(*, workshop: Workshop, question_id: uuid.UUID, expect: str) -> None:
    """Take away a question that nobody was asked. One that is gone already is no mistake."""
    workshop.touch(phones=False)
    question = _questions(workshop).filter(pk=question_id).first()
    if question is None:
        return
    if answers := question.answers.count():
        sentence = ngettext(
            "This question has %(n)s answer, so it stays. Its words can still change.",
            "This question has %(n)s answers, so it stays. Its words can still change.",
            answers,
        )
        raise Refused(sentence % {"n": answers})
    if has_photo(question):
        raise Refused(_("This sheet has a photo, so it stays. Its words can still change."))
    if question.status not in NOT_ASKED:
        raise Refused(_("The room was asked this question, so it stays. Its words can still change."))
    if expect != mark(question):
        raise Stale(_("Somebody has changed this question meanwhile, so it was not deleted. See what it says now."))
    question.delete()
    changes.announce(workshop)


def find(workshop: Workshop, slot_key: str, question_id: uuid.UUID) -> Question | None:
    """A question that belongs to this item."""
    return _questions(workshop).filter(pk=question_id, slot__key=slot_key).first()


def _questions(workshop: Workshop) -> QuerySet[Question]:
    return Question.objects.filter(workshop=workshop).select_related("slot")


def _in_order(workshop: Workshop) -> list[Question]:
    return list(_questions(workshop).order_by("position"))


def _find(workshop: Workshop, question_id: uuid.UUID) -> Question:
    question = _questions(workshop).filter(pk=question_id).first()
    if question is None:
        raise Gone(_not_here())
    return question


def _settings(question: Question) -> Settings:
    return Settings(**{field.name: getattr(question, field.name) for field in fields(Settings)})


def _said(question: Question) -> tuple[object, ...]:
    """What people read when they are asked; whenever it changes, it is another version."""
    return question.text, question.hint, question.kind, question.config


OWN = {"mode": Question.Mode.FACILITATOR, "bundle": Question.Bundle.ALONE, "showing": Question.Showing.NEVER}


def as_it_must_be(kind: str, occasion: str) -> dict[str, Any]:
    """What is settled for a question of this kind and occasion, whatever else was wanted: what only its author reads,
    and what is asked six weeks later, is kept with the seat, which finds it again, and not shown to the room."""
    own = {**OWN, "most_each": 1} if kinds[kind].is_private else {}
    return {**OWN, "most_each": 1, "hand": Question.Hand.PHONES} if occasion == Question.Occasion.FOLLOWUP else own


def _write(question: Question, wanted: Wanted) -> None:
    question.text, question.hint = wanted.text, wanted.hint
    settings = asdict(wanted.settings or _settings(question))
    for name, value in (settings | as_it_must_be(settings["kind"], settings["occasion"])).items():
        setattr(question, name, value)


def _keep_from_more_eyes(question: Question, mode: str, actor: User | None) -> None:
    """People were told who would see their answers: from then on only fewer may."""
    before = question.mode
    if not may_become(before, mode):
        raise Refused(_("The room was asked this question, so who sees the names can only become stricter."))
    if mode != before:
        question.mode = mode
        detail = {"question": question.key, "before": before, "after": mode}
        at = clock.now(question.workshop)
        audit(kind="question made stricter", at=at, workshop=question.workshop, user=actor, **detail)


def _write_down(question: Question, actor: User | None) -> None:
    detail = {"question": question.key, "version": question.version, "answers": question.answers.count()}
    at = clock.now(question.workshop)
    audit(kind="question reworded", at=at, workshop=question.workshop, user=actor, **detail)


def _end_of_item(workshop: Workshop, order: list[Question], slot_key: str) -> int:
    """Where a new question goes among those of the whole day: behind all that are put in its item or before it."""
    value = current_plan(workshop) or {"slots": []}
    ranks = {slot["key"]: rank for rank, slot in enumerate(value["slots"])}
    if slot_key not in ranks:
        raise Gone(_("This item is not in the running order any more. Nothing was added."))
    earlier = [place for place, row in enumerate(order) if ranks.get(row.slot.key, len(ranks)) <= ranks[slot_key]]
    return earlier[-1] + 1 if earlier else 0


def _lay_out(workshop: Workshop, order: list[Question]) -> None:
    """Number the day's questions anew; first all of them out of the way, for no two may ever share a position."""
    beyond = 1 + max(len(order), *(row.position for row in order))
    _questions(workshop).update(position=F("position") + beyond)
    for position, row in enumerate(order):
        row.position = position
    Question.objects.bulk_update([row for row in order if not row._state.adding], ["position"])
    for row in order:
        if row._state.adding:
            row.save(force_insert=True)


def _not_here() -> str:
    return _("A question is not in this item any more: somebody has moved or deleted it. Nothing was changed.")


def _changed_meanwhile(free: bool) -> str:
    if free:
        return _(
            "Somebody has changed this question meanwhile, so yours is not saved yet. What you wrote is still here."
        )
    return _(
        "This question has changed or was asked meanwhile, so yours is not saved yet. What you wrote is still here. "
        "Once a question was asked only its words can change."
    )
