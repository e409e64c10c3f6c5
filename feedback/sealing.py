"""Taking names off for good: afterwards nothing that is stored tells which answer came from which phone, when, or which
answers to other questions came from the same one.

Until then an answer can be changed by the phone that gave it, and a database numbers its rows as they are written. So
some days after the close of the day the answers not kept with a name are taken out and written anew in random order,
under new random ids and respondents. What was which before is stored nowhere. The files are written anew afterwards,
see sweeping.py.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from random import SystemRandom
from secrets import token_hex
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, QuerySet

from agenda import changes, clock
from agenda import queries as agenda
from agenda.models import PlanVersion, Workshop
from agenda.services import audit

from . import connection_keeping, photos, theme_keeping
from .confidentiality import bundle_key
from .counting import count_anew
from .erasing import leave_to_sweep
from .models import Answer, Question
from .queries import answers_until
from .queue_models import SpeakerQuestion, Vote
from .services import close_for_good

MOST_ALONE = 4  # a date that no more than so many share would say whose answer it is to who knows who was late
chance = SystemRandom()


def seal(questions: Sequence[Question], *, now: datetime) -> int:
    """The questions of one bundle, closed for good; answers of one phone inside it still go together, but for the notes
    on a sheet: each stands by itself from then on.

    The caller has touched the workshop: all of it is one transaction. Returns how many answers there are.
    """
    rows = Answer.objects.filter(question__in=questions)
    names: dict[object, str] = defaultdict(lambda: token_hex(32))
    dates = {question.pk: _dates(rows.filter(question=question)) for question in questions}
    sheets = {question.pk for question in questions if question.takes_several}
    anew = {row.pk: _anew(row, names[_joined_by(row, sheets)], dates[row.question_id]) for row in rows}
    stood = theme_keeping.standing(rows)
    connection_keeping.cut_loose(rows)
    rows.delete()
    Answer.objects.bulk_create(chance.sample(list(anew.values()), len(anew)))
    theme_keeping.point_anew(stood, anew)
    theme_keeping.forget_presses(questions[0].workshop_id)
    photos.seal(questions)
    for question in questions:
        count_anew(question)
        question.sealed_at = now
        question.save(update_fields=["sealed_at"])
    return len(anew)


def _joined_by(row: Answer, sheets: set[uuid.UUID]) -> object:
    """What answers that go on together have in common; a note on a sheet has it with no other."""
    return row.pk if row.question_id in sheets else row.respondent


def _dates(rows: QuerySet[Answer]) -> set[object]:
    """The dates that enough answers have in common."""
    found = Counter(rows.values_list("answered_on", flat=True))
    return {date for date, n in found.items() if n > MOST_ALONE}


def _anew(row: Answer, respondent: str, dates: set[object]) -> Answer:
    """The same words, and what the desk did with them. What was shown and then changed by its author is not kept."""
    return Answer(
        id=uuid.uuid4(),
        question_id=row.question_id,
        respondent=respondent,
        value=row.value,
        released_value=row.value,
        shown_value=row.value if row.shown_value == row.value else None,
        waits=False,
        hidden=row.hidden,
        pinned=row.pinned,
        approved=row.approved,
        table=row.table,
        people=row.people,
        by_desk=row.by_desk,
        dealt_with=row.dealt_with,
        answered_on=row.answered_on if row.answered_on in dates else None,
    )


def seal_when_due(workshop: Workshop) -> None:
    """Done by the first reader after its time, or by the server itself; never while anybody runs a day."""
    if not _to_seal(workshop).exists() or not _is_due(workshop) or a_day_runs():
        return
    _close(workshop)
    seal_queue(workshop)
    for questions in _bundles(_to_seal(workshop)):
        _seal_bundle(workshop, questions)


@transaction.atomic
def seal_queue(workshop: Workshop) -> None:
    """Questions to speakers and all votes are written anew too; nothing of a phone joins them any more."""
    workshop.touch(phones=True)
    rows = list(SpeakerQuestion.objects.filter(workshop=workshop).annotate(voices=Count("votes")))
    SpeakerQuestion.objects.filter(workshop=workshop).delete()
    chance.shuffle(rows)
    for row in rows:
        row.pk, row.respondent, row.edit = uuid.uuid4(), token_hex(32), 1
    SpeakerQuestion.objects.bulk_create(rows)
    votes = [Vote(question=row, respondent=token_hex(32)) for row in rows for _ in range(row.voices)]
    chance.shuffle(votes)
    Vote.objects.bulk_create(votes)
    theme_keeping.seal_votes(workshop)
    changes.announce(workshop)


def seal_all_due() -> None:
    """Every day whose time has come."""
    for workshop in Workshop.objects.filter(pk__in=_unsealed().values("workshop")):
        seal_when_due(workshop)


def a_day_runs() -> bool:
    """Somebody's day is live at this moment: nothing is written anew while a room waits."""
    begun = Workshop.objects.filter(log__isnull=False).distinct()
    return any(_progress(workshop)[0] for workshop in begun)


def _progress(workshop: Workshop) -> tuple[bool, datetime | None]:
    """Whether the day runs, and when it ended: closed, or left by everybody."""
    try:
        day = agenda.day(workshop)
    except PlanVersion.DoesNotExist:
        return False, None
    left = day.left_at(clock.now(workshop))
    return day.progress.live is not None and left is None, day.progress.finished_at or left


def _is_due(workshop: Workshop) -> bool:
    """The day has ended, and so has the last day on which phones were told they could change what they said."""
    _, ended = _progress(workshop)
    today = clock.now(workshop).astimezone(ZoneInfo(workshop.time_zone)).date()
    return ended is not None and today > answers_until(workshop)


def _unsealed() -> QuerySet[Question]:
    asked = Question.objects.filter(mode=Question.Mode.UNLINKED, sealed_at=None)
    return asked.exclude(status__in=[Question.Status.DRAFT, Question.Status.READY])


def _to_seal(workshop: Workshop) -> QuerySet[Question]:
    return _unsealed().filter(workshop=workshop)


@transaction.atomic
def _close(workshop: Workshop) -> None:
    """Nothing is taken any more, and what waited is released."""
    workshop.touch(phones=True)
    if _is_due(workshop):
        close_for_good(_to_seal(workshop), now=clock.now(workshop))
        changes.announce(workshop)


def _bundles(questions: Iterable[Question]) -> list[list[Question]]:
    """Those that join are sealed together."""
    found: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        found[bundle_key(question.bundle, str(question.pk), question.occasion)].append(question)
    return list(found.values())


@transaction.atomic
def _seal_bundle(workshop: Workshop, questions: list[Question]) -> None:
    """Somebody else may have done it, or opened the day again, before it was this one's turn."""
    workshop.touch(phones=True)
    ids = [question.pk for question in questions]
    still = list(_to_seal(workshop).filter(pk__in=ids, status=Question.Status.CLOSED).select_related("workshop"))
    if not still or not _is_due(workshop):
        return
    now = clock.now(workshop)
    n = seal(still, now=now)
    leave_to_sweep(workshop)
    keys = [question.key for question in still]
    audit(kind="names taken off", at=now, workshop=workshop, questions=keys, answers=n)
    changes.announce(workshop)
