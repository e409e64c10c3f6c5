"""What may leave the house, read from the database: the released answers of each question, and what the room asked its
speakers. For owner, facilitator and staff."""

import uuid
from collections.abc import Iterable, Mapping

from agenda import queries as agenda
from agenda.models import Attendee, Workshop
from feedback import hands, speaker_queue
from feedback.kinds import kinds
from feedback.kinds.base import Value
from feedback.models import Answer, Question
from feedback.survey_models import PersonalLink

from . import tables

NOT_IN_PLAN = 0  # slot_no counts from 1
Themes = Mapping[uuid.UUID, tuple[str, ...]]
Seats = Mapping[str, int]


def places(day: agenda.Day) -> dict[str, int]:
    """Slot key -> where it stands in the running order, from 1."""
    return {key: number for number, key in enumerate(day.items, start=1)}


def questions(
    workshop: Workshop, day: agenda.Day, *, themes: Themes | None = None, seats: Seats | None = None
) -> list[tables.AnsweredQuestion]:
    """Every question of the day in order, then those to its speakers. `themes`: of each answer, those it stands in.

    A later running order may have dropped the item that was asked in; what was said in it still leaves with the rest.
    """
    order = places(day)
    found = Question.objects.filter(workshop=workshop).select_related("slot", "again_of")
    rows = found.prefetch_related("answers", "shows_of_hands")
    asked = [
        _answered(row, order.get(row.slot.key, NOT_IN_PLAN), themes or {}, seats or {}) for row in rows if _leaves(row)
    ]
    return asked + _asked_speakers(workshop, order)


def _leaves(question: Question) -> bool:
    return not question.is_private


def seats(workshop: Workshop) -> Seats:
    """How many people could answer: those who came, the councillors among them, and those with a link of their own."""
    roles = list(Attendee.objects.filter(workshop=workshop, arrived=True).values_list("role", flat=True))
    invited = PersonalLink.objects.filter(workshop=workshop).count()
    return {"here": len(roles), "councillors": roles.count(Attendee.Role.COUNCILLOR), "invited": invited}


def _answered(question: Question, slot_no: int, themes: Themes, seats: Seats) -> tables.AnsweredQuestion:
    stored = list(question.answers.all())
    return tables.AnsweredQuestion(
        key=question.key,
        version=question.version,
        text=question.text,
        occasion=question.occasion,
        slot_no=slot_no,
        kind=question.kind,
        config=question.config,
        mode=question.mode,
        bundle=question.bundle,
        answers=tuple(
            _given(row, row.released_value, themes, shown=question.shown)
            for row in stored
            if row.released_value is not None
        ),
        hands=_counted(question),
        life=_life(question, stored, seats),
    )


def _given(answer: Answer, value: Value, themes: Themes, *, shown: bool) -> tables.GivenAnswer:
    return tables.GivenAnswer(
        id=str(answer.pk),
        value=value,
        respondent=answer.respondent or "",
        is_late=answer.is_late,
        answered_on=answer.answered_on,
        table=answer.table,
        people=answer.people,
        themes=themes.get(answer.pk, ()),
        is_hidden=answer.hidden,
        is_dealt_with=bool(answer.dealt_with),
        is_quotable=shown and not answer.hidden and answer.shown_value == value,
        is_pinned=answer.pinned,
    )


def _life(question: Question, stored: Iterable[Answer], seats: Seats) -> tables.Life:
    stored = list(stored)
    return tables.Life(
        hint=question.hint,
        hand=question.hand,
        status=question.status,
        opened_at=question.opened_at,
        closed_at=question.closed_at,
        minutes=question.minutes,
        times_asked=question.times_asked,
        given=len(stored),
        phones=len({row.respondent or row.attendee_id for row in stored if not row.by_desk}),
        asked_of=_asked_of(question, seats),
        round_of=question.again_of.key if question.again_of else "",
        is_parking_lot=question.is_parking_lot,
        councillors_only=question.councillors_only,
    )


def _asked_of(question: Question, seats: Seats) -> int | None:
    """Of a survey nobody knows whom its link has reached, unless each had a link of their own."""
    if question.hand != Question.Hand.PHONES or question.opened_at is None:
        return None
    if question.occasion == Question.Occasion.SURVEY:
        return seats.get("invited") or None
    return seats.get("councillors" if question.councillors_only else "here")


def _counted(question: Question) -> tuple[tables.CountedHands, ...]:
    counts = {(row.part, row.key): row.n for row in question.shows_of_hands.all()}
    return tuple(
        tables.CountedHands(group.text, option.key, option.label, n)
        for group in hands.groups(question, counts)
        for option, n in group.said
    )


def _asked_speakers(workshop: Workshop, order: Mapping[str, int]) -> list[tables.AnsweredQuestion]:
    """What the room asked the speakers, as one question for each item; without what the desk has hidden."""
    by_item: dict[str, list[tables.GivenAnswer]] = {}
    words = next(kind for kind in kinds.values() if kind.is_read)
    for row in speaker_queue.queued(workshop):
        if row.status != speaker_queue.Status.HIDDEN:
            by_item.setdefault(row.slot_key, []).append(tables.GivenAnswer(id=row.key, value=row.text))
    return [
        tables.AnsweredQuestion(
            key=f"queue:{key}",
            version=1,
            text="Questions to the speaker",
            occasion="queue",
            slot_no=order.get(key, NOT_IN_PLAN),
            kind=words.name,
            config=words.check_config({}),
            mode="unlinked",
            bundle="alone",
            answers=tuple(given),
        )
        for key, given in sorted(by_item.items(), key=lambda one: order.get(one[0], NOT_IN_PLAN))
    ]
