"""What becomes of those who are in touch, or half way there, when an ask goes, names are taken off, or the day travels.

The caller of every verb here has touched the workshop. Who is in touch stays so until one of the two removes it, the
day's date comes, or a rehearsal begins again. What is not finished goes with its ask.
"""

from collections.abc import Iterable
from random import SystemRandom

from agenda.models import Workshop

from .connection_models import Connection
from .models import Answer

chance = SystemRandom()


def cut_loose(answers: Iterable[Answer]) -> None:
    """These asks are about to go, or to lose what leads to their author. Nothing says any more what it was about; the
    rows are written anew in random order."""
    rows = [row for row in Connection.objects.filter(answer__in=list(answers)) if row.is_made]
    Connection.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        row.answer, row.offer = None, None
    chance.shuffle(rows)
    Connection.objects.bulk_create(rows)


def set_aside(workshop: Workshop) -> list[Connection]:
    """What the answers that are about to be written anew would take with them: no file ever holds any of it."""
    return list(Connection.objects.filter(workshop=workshop))


def put_back(rows: Iterable[Connection]) -> None:
    """Whatever still has its ask, or needs none."""
    rows = list(rows)
    asked = Answer.objects.filter(pk__in=[row.answer_id for row in rows if row.answer_id])
    there = {None, *asked.values_list("pk", flat=True)}
    Connection.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Connection.objects.bulk_create(row for row in rows if row.answer_id in there)
