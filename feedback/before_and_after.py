"""The one question that is asked before the day and after it, and how the group has moved in between."""

from dataclasses import dataclass

from agenda.models import Workshop

from .kinds import kinds
from .models import Answer, Question
from .preparing import NOT_ASKED
from .shift import Shift, shifts


@dataclass(frozen=True)
class Moved:
    """What was asked, and the group's shift in each statement of it."""

    question: Question
    shifts: list[Shift]


def moved(workshop: Workshop) -> Moved | None:
    """None with fewer than ten pairs of released answers: a smaller group would give people away.

    For everybody with a role on the day. Two queries, one without such questions.
    """
    before, after = _pair(workshop)
    if before is None or after is None or (before.kind, before.config) != (after.kind, after.config):
        return None
    if {before.status, after.status} & set(NOT_ASKED):
        return None
    said: dict[str, dict[object, object]] = {}
    rows = Answer.objects.filter(question__in=[before, after], released_value__isnull=False)
    for respondent, question_id, value in rows.values_list("respondent", "question_id", "released_value"):
        said.setdefault(respondent or "", {})[question_id] = value
    pairs = [(one[before.pk], one[after.pk]) for one in said.values() if len(one) == len([before, after])]
    found = shifts(kinds[after.kind], after.config, pairs)  # type: ignore[arg-type]
    return Moved(after, found) if found else None


def _pair(workshop: Workshop) -> tuple[Question | None, Question | None]:
    """The first that was asked before the feedback form, and the first in it."""
    pair = Question.objects.filter(workshop=workshop, bundle=Question.Bundle.PAIR, mode=Question.Mode.UNLINKED)
    rows = list(pair.filter(again_of=None).order_by("position"))
    after = [row for row in rows if row.occasion == Question.Occasion.FEEDBACK]
    before = [row for row in rows if row.occasion != Question.Occasion.FEEDBACK]
    return next(iter(before), None), next(iter(after), None)
