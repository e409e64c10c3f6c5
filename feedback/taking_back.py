"""Taking an answer back: it goes from everywhere, and no late try to hand it in brings it again.

What is remembered for that is the random id under which it came, and nothing else: see `TakenBack`.

`Gone` keeps something from coming back too, and is a table of its own. It is the desk's word: it outlives the
answers, is in a file beside the database, covers seats, and the phone is told to copy what it wrote. This is a
phone's own word: any phone can write it, so a day has so many and no more, no file grows by it, it goes with the
answers or when a rehearsal begins again, and the phone is told to send anew. In one table each row would say which it
is, and each reader would ask.
"""

import uuid
from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes
from agenda.models import Workshop
from agenda.seat import Seat
from agenda.services import Refused

from . import asking, connecting, connection_keeping, queries, report_keeping, theme_votes
from .connection_models import Connection
from .counting import Books
from .handing_in import whose
from .models import Answer, Question, TakenBack
from .queue_models import SpeakerQuestion
from .theme_models import ThemeVote

MOST_REMEMBERED = 2000  # of one day; a phone that takes back what was never there does not fill the disk


@transaction.atomic
def take_back(*, workshop: Workshop, seat: Seat, question_id: uuid.UUID, key: uuid.UUID) -> None:
    """Delete this phone's answer to a question, open or closed; twice is once. Raises Refused once it is too late.

    `key` is the id of the answer, or the one under which it may still be on its way. A repeat that comes after a newer
    answer leaves that alone: it was given under another id.
    """
    workshop.touch(phones=True)
    question = _not_sealed(Question.objects.filter(workshop=workshop, pk=question_id).first())
    own = question.answers.filter(**whose(question, seat))
    answer = (own.filter(pk=key) if question.takes_several else own).first()
    is_repeat = TakenBack.objects.filter(pk=key).exists()
    if answer and (answer.pk == key or not is_repeat):
        _delete(answer, question)
        remember(workshop, {answer.pk, key})
    elif not Answer.objects.filter(pk=key).exists():
        remember(workshop, {key})
    changes.announce(workshop)


def take_back_all(*, workshop: Workshop, seat: Seat) -> int:
    """Delete everything this phone has said and can still find, questions to speakers too; how many answers that was.

    Each in a transaction of its own, in the order of random ids: no one commit holds two answers that nothing joins.
    """
    own = [answer for answer in queries.mine(workshop, seat) if not answer.question.sealed_at]
    for answer in sorted(own, key=lambda answer: answer.pk):
        with suppress(Refused):  # sealed, or gone with its question, in this very moment
            take_back(workshop=workshop, seat=seat, question_id=answer.question_id, key=answer.pk)
    if SpeakerQuestion.objects.filter(workshop=workshop).exists():
        asking.take_all_back(workshop=workshop, seat=seat)
    if ThemeVote.objects.filter(theme__workshop=workshop).exists():
        theme_votes.take_all_back(workshop=workshop, seat=seat)
    if Connection.objects.filter(workshop=workshop).exists():
        connecting.take_offers_back(workshop=workshop, seat=seat)
    return len(own)


def _not_sealed(question: Question | None) -> Question:
    if question is None:
        raise Refused(_("This question is not part of the day any more, and neither are the answers to it."))
    if question.sealed_at and question.is_linked:
        raise Refused(_("The answers to this question can no longer be changed or deleted here."))
    if question.sealed_at:
        raise Refused(_("It is too late to delete this answer: nobody can tell any more which one is yours."))
    return question


def _delete(answer: Answer, question: Question) -> None:
    books = Books(question)
    books.before(answer)
    connection_keeping.cut_loose([answer])
    report_keeping.take_out(answer, question)
    Answer.objects.filter(pk=answer.pk).delete()
    books.write()


def remember(workshop: Workshop, ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """What comes under these ids is not taken any more; gives all such ids of the day. Written in their own order."""
    known = set(TakenBack.objects.filter(workshop=workshop).values_list("pk", flat=True))
    wanted = known | set(ids)
    if wanted == known or len(known) >= MOST_REMEMBERED:
        return known
    TakenBack.objects.filter(workshop=workshop).delete()
    rows = [TakenBack(id=one, workshop=workshop) for one in sorted(wanted)]
    TakenBack.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return wanted
