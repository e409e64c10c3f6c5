"""Taking something out for good: one answer, or a person with all that is kept with their name.

What is gone leaves a mark, a hash of its random id, in the database and in a file beside it: so neither a day that was
carried, nor a copy of the database that is put back, nor a phone that sends once more brings it back.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from agenda.models import Attendee, Workshop

from . import connection_keeping, report_keeping
from .connection_models import Connection
from .counting import Books, count_anew
from .models import Answer, Gone, Keeping, Question
from .sheet_models import SheetPhoto

FILE = "gone"
MOST_GONE = 5000  # marks of one day, from where on phones add none: none of them fills the disk


def mark(key: UUID) -> str:
    return hashlib.sha256(key.bytes).hexdigest()


def remove(answer: Answer) -> None:
    """Something said by mistake: the row and what it counted. The caller has touched the workshop."""
    workshop = answer.question.workshop
    connection_keeping.cut_loose([answer])
    _take_out(Answer.objects.filter(pk=answer.pk).select_related("question"))
    _mark(workshop, [answer.pk])


def erase(attendee: Attendee) -> int:
    """The seat, what was said with its name, whatever else hangs on it. How many answers these were.

    What was said without a name cannot be found. The caller has touched the workshop.
    """
    answers = Answer.objects.filter(attendee=attendee).select_related("question")
    keys = list(answers.values_list("pk", flat=True))
    _take_out(answers)
    _mark(attendee.workshop, [attendee.pk, *keys])
    Attendee.objects.filter(pk=attendee.pk).delete()
    return len(keys)


def _take_out(answers: QuerySet[Answer]) -> None:
    """The rows and what they counted."""
    by_question: dict[UUID, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_question[answer.question_id].append(answer)
    for rows in by_question.values():
        books = Books(rows[0].question)
        for row in rows:
            books.before(row)
            report_keeping.take_out(row, row.question)
        books.write()
    Answer.objects.filter(pk__in=[row.pk for rows in by_question.values() for row in rows]).delete()


def _mark(workshop: Workshop, keys: Iterable[UUID]) -> None:
    marks = [mark(key) for key in keys]
    Gone.objects.bulk_create((Gone(workshop=workshop, mark=one) for one in marks), ignore_conflicts=True)
    leave_to_sweep(workshop)
    transaction.on_commit(partial(_write_down, workshop.pk, marks))


def remember_gone(workshop: Workshop, keys: Iterable[UUID]) -> None:
    """What had these ids was taken out for good by whoever calls, who has touched the workshop."""
    _mark(workshop, keys)


def remember_contacts(workshop: Workshop, keys: list[UUID]) -> None:
    """The same for contacts that two phones had passed to each other, up to so many of one day."""
    if Gone.objects.filter(workshop=workshop).count() < MOST_GONE:
        _mark(workshop, keys)


def leave_to_sweep(workshop: Workshop) -> None:
    """Something was taken out of the database, and is still in its files: see sweeping.py."""
    Keeping.objects.update_or_create(workshop=workshop, defaults={"leftovers": True})


def _write_down(workshop_id: str, marks: list[str]) -> None:
    """In a file of its own, which no copy of the database takes back to before."""
    handle = os.open(settings.DATA_DIR / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a") as file:
        file.writelines(f"{workshop_id} {one}\n" for one in marks)
        file.flush()
        os.fsync(handle)


def are_gone(workshop_id: str, keys: Iterable[UUID]) -> set[UUID]:
    """Those of the answers that were taken out for good: a phone may still hold one, and send it again."""
    by_mark = {mark(key): key for key in keys}
    known = Gone.objects.filter(workshop_id=workshop_id, mark__in=by_mark).values_list("mark", flat=True)
    return {by_mark[one] for one in known}


def take_out_again(workshop: Workshop) -> None:
    """What has come from elsewhere, or from before: seats, answers, photos and contacts that were taken out for good go
    again."""
    marks = _known(workshop)
    seats = Attendee.objects.filter(workshop=workshop)
    back = [key for key in seats.values_list("pk", flat=True) if mark(key) in marks]
    answers = Answer.objects.filter(question__workshop=workshop)
    said = [key for key in answers.values_list("pk", flat=True) if mark(key) in marks]
    taken = SheetPhoto.objects.filter(question__workshop=workshop)
    shot = [key for key in taken.values_list("pk", flat=True) if mark(key) in marks]
    passed = Connection.objects.filter(workshop=workshop)
    held = [key for key in passed.values_list("pk", flat=True) if mark(key) in marks]
    if not (back or said or shot or held):
        return
    passed.filter(pk__in=held).delete()
    taken.filter(pk__in=shot).delete()
    answers.filter(pk__in=said).delete()
    seats.filter(pk__in=back).delete()
    for question in Question.objects.filter(workshop=workshop):
        count_anew(question)
    leave_to_sweep(workshop)


def _known(workshop: Workshop) -> set[str]:
    """The marks of a day, those included that only the file has."""
    path = settings.DATA_DIR / FILE
    lines = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
    told = {line[-1] for line in lines if line[:-1] == [workshop.pk]}
    Gone.objects.bulk_create((Gone(workshop=workshop, mark=one) for one in told), ignore_conflicts=True)
    return set(Gone.objects.filter(workshop=workshop).values_list("mark", flat=True))


@transaction.atomic
def after_restore() -> None:
    """A copy of the database from before was put in its place."""
    for workshop in Workshop.objects.all():
        take_out_again(workshop)
