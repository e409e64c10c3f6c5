"""When the desk may read what phones have said: three of them at a time, so that nobody can watch one arrive."""

from django.db.models import F

from . import confidentiality
from .counting import Books, may_be_shown
from .models import Answer, Question


def release(question: Question, *, all_of_them: bool) -> None:
    """Let the desk see what it may: what is written for a table or by the desk itself, and of the others the new
    answers of three or more phones at once, or all of them. Of what only its author reads, nothing ever."""
    if question.is_private:
        return
    waiting = question.answers.filter(waits=True)
    found = list(waiting)
    own = [answer for answer in found if not _is_read_at_once(answer)]
    phones = {answer.respondent or answer.attendee_id for answer in own}
    if own and not confidentiality.ready_for_release(len(phones), open_=not all_of_them):
        waiting, found = waiting.exclude(table="", by_desk=False), [one for one in found if _is_read_at_once(one)]
    if not found:
        return
    is_live = question.shown and question.showing == Question.Showing.LIVE
    books = Books(question)
    shown = []
    for answer in found:
        books.before(answer)
        answer.released_value, answer.approved = answer.value, False  # these words nobody at the desk has read
        if is_live and may_be_shown(answer, question):
            answer.shown_value = answer.value
            shown.append(answer.pk)
        books.after(answer)
    if shown:
        waiting.filter(pk__in=shown).update(shown_value=F("value"))
    waiting.update(released_value=F("value"), waits=False, approved=False)
    books.write()


def _is_read_at_once(answer: Answer) -> bool:
    return bool(answer.table) or answer.by_desk
