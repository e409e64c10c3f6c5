"""The facilitator's own words: kept, and looked for in what the desk may read. Nothing is withheld because of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from agenda import changes
from agenda.models import Workshop
from agenda.services import Refused

from .kinds import kinds
from .models import Answer, Question
from .queue_models import WordList as Kept
from .word_list import NotAList, WordList, read

MOST_LOOKED_AT = 2000  # answers to one item's questions; more than that are not looked through at each change


def kept(workshop: Workshop) -> list[str]:
    """The list as it was typed. For owner and facilitator."""
    row = Kept.objects.filter(workshop=workshop).first()
    return list(row.words) if row else []


def keep(workshop: Workshop, words: Sequence[str]) -> None:
    """It becomes this list. The caller has touched the workshop."""
    if words:
        Kept.objects.update_or_create(workshop=workshop, defaults={"words": list(words)})
    else:
        Kept.objects.filter(workshop=workshop).delete()


@transaction.atomic
def settle(*, workshop: Workshop, typed: str) -> int:
    """Keep what stands on each line; how many there are now. Raises Refused. The desk looks again at what came in."""
    try:
        words = read(typed)
    except NotAList as wrong:
        raise Refused(str(wrong)) from None
    workshop.touch(phones=False)
    keep(workshop, words)
    changes.announce(workshop)
    return len(words)


def word_list(workshop: Workshop) -> WordList:
    """Ready to be looked for. One query. For the desk."""
    return WordList(kept(workshop))


@dataclass(frozen=True)
class Warned:
    """One answer that the desk may read and the room does not see yet, and the words of the list it holds."""

    question: Question
    text: str
    held: list[str]


def warned(questions: Sequence[Question], words: WordList) -> list[Warned]:
    """Those of the answers to these questions, in the order of their random ids. One query, none without a list.

    For the desk: answers that were released, that it has not hidden, and that are not shown as they are now.
    """
    read_one_by_one = [question for question in questions if kinds[question.kind].is_read]
    return list(_warned(read_one_by_one, words)) if words and read_one_by_one else []


def _warned(questions: Sequence[Question], words: WordList) -> Iterator[Warned]:
    rows = Answer.objects.filter(question__in=questions, released_value__isnull=False, hidden=False).order_by("pk")
    known = {question.pk: question for question in questions}
    for key, released, shown in rows.values_list("question_id", "released_value", "shown_value")[:MOST_LOOKED_AT]:
        if released is None or released == shown:
            continue
        text = kinds[known[key].kind].words(known[key].config, released)
        if held := words.held_by(text):
            yield Warned(known[key], text, held)
