"""What somebody has said before the day and kept with their name: nobody is asked the same twice."""

from dataclasses import dataclass

from agenda.models import Attendee

from .models import Answer
from .queries import in_words

GOAL, ASK = "pre_goal", "pre_ask"


@dataclass(frozen=True)
class SaidBefore:
    """In words, "" for what was not said: what they want from the day, and what they ask of the others."""

    goal: str = ""
    ask: str = ""


def said_before(attendee: Attendee) -> SaidBefore:
    """One query. For that person alone; answers that are not kept with a name are not found."""
    answers = Answer.objects.filter(attendee=attendee, question__key__in=(GOAL, ASK)).select_related("question")
    words = {answer.question.key: in_words(answer) for answer in answers}
    return SaidBefore(goal=words.get(GOAL, ""), ask=words.get(ASK, ""))
