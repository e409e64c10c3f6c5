"""A hall that joins and answers in an order that is known, and a day that ends and is left alone."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.db.models import F

from agenda import presses
from agenda import services as agenda
from agenda.models import Workshop
from agenda.seat import Seat
from feedback.handing_in import Handed, hand_in_together
from feedback.models import Question
from sessions import services as live
from tests.cast import newcastle

from .room import new_question, opened


@dataclass
class Hall:
    """`truth`: of each question, by words, the number of the person in the order of joining."""

    workshop: Workshop
    questions: dict[str, Question]
    seats: list[Seat] = field(default_factory=list)
    truth: dict[str, dict[str, int]] = field(default_factory=dict)

    def join(self, people: int) -> None:
        self.seats += [agenda.join(workshop=self.workshop) for _ in range(people)]

    def say(self, number: int, key: str, words: str = "", edit: int = 1) -> str:
        """The person says something nobody else says."""
        words = words or f"words {uuid4().hex}"
        handed = Handed(self.seats[number], self.questions[key].pk, key=uuid4(), edit=edit, raw=words)
        hand_in_together(workshop_id=self.workshop.pk, handed=[handed])
        self.truth.setdefault(key, {})[words] = number
        return words


def hall() -> Hall:
    """Questions that stand alone, two of the form, and a pair."""
    write_without_waiting()
    workshop = newcastle()
    questions = {key: opened(workshop, key) for key in ("sum_insights", "sum_questions", "fb_better")}
    for key, bundle in (("fb_more", "form"), ("pre_words", "pair"), ("fb_words", "pair")):
        questions[key] = new_question(workshop, key, "close", occasion="feedback", bundle=bundle)
    return Hall(workshop, questions)


def write_without_waiting() -> None:
    """The disk gets the same bytes, later: these tests write a lot and pull no plug."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


def end(workshop: Workshop, *, days: float = 0) -> None:
    """The day is run to its close, and lies so many days back."""
    for expect in (None, *(slot.key for slot in workshop.slots.all())):
        presses.advance(workshop=workshop, expect=expect, actor=None)
    live.settle(Workshop.objects.get(pk=workshop.pk))
    pass_days(workshop, days)


def pass_days(workshop: Workshop, days: float) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(clock_real=F("clock_real") - timedelta(days=days))
    workshop.refresh_from_db()
