"""What the desk does with one answer, or with all that wait for it. Whose it is plays no part.

Each verb is harmless when it is done already. The caller has touched the workshop.
"""

from collections.abc import Callable

from .counting import Books, count_anew, may_be_shown
from .models import Answer, Question

FIELDS = ["hidden", "pinned", "approved", "shown_value"]


def hide(answer: Answer) -> None:
    """Off every screen at once, and not shown again until it is put back."""
    answer.hidden, answer.shown_value = True, None


def put_back(answer: Answer) -> None:
    """The room may see it again, and does if the answers are shown."""
    answer.hidden = False
    _show_if_shown(answer)


def pin(answer: Answer) -> None:
    """It is read first."""
    answer.pinned = True


def unpin(answer: Answer) -> None:
    answer.pinned = False


def approve(answer: Answer) -> None:
    """The room may see it, and does if the answers are shown."""
    answer.approved = True
    _show_if_shown(answer)


def unapprove(answer: Answer) -> None:
    """Off every screen at once, until it is approved anew."""
    answer.approved, answer.shown_value = False, None


def _show_if_shown(answer: Answer) -> None:
    if answer.question.shown and may_be_shown(answer, answer.question):
        answer.shown_value = answer.released_value


def change(answer: Answer, verb: Callable[[Answer], None]) -> None:
    """Do it, store it, and keep the counts."""
    books = Books(answer.question)
    books.before(answer)
    verb(answer)
    books.after(answer)
    answer.save(update_fields=FIELDS)
    books.write()


def approve_all(question: Question) -> int:
    """All that the desk may read and has not hidden; how many waited for it."""
    waiting = list(question.answers.filter(released_value__isnull=False, hidden=False, approved=False))
    for answer in waiting:
        answer.question = question
        approve(answer)
    Answer.objects.bulk_update(waiting, FIELDS, batch_size=100)
    count_anew(question)
    return len(waiting)
