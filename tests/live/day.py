"""The verbs of a day, short enough for a test."""

import uuid
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from agenda import queries
from agenda.models import Workshop
from agenda.seat import Seat, new_secret
from agenda.timing import Schedule
from feedback.handing_in import Handed, hand_in
from feedback.models import Answer, Question
from sessions import press_text, questions, services
from sessions.models import Stage


def schedule(workshop: Workshop, now: datetime | None = None) -> Schedule:
    return queries.day(workshop).schedule(now or timezone.now())


def live(workshop: Workshop) -> str | None:
    """The key of the item that is on, None before and after the day."""
    row = schedule(workshop).live
    return row.slot.id if row else None


def seen(workshop: Workshop) -> int:
    """The number of the newest press."""
    return queries.day(workshop).seen


def change(workshop: Workshop, text: str) -> None:
    """A press of the desk, as its button has it but for what was seen."""
    services.change(workshop=workshop, events=press_text.read("-;" + text)[1], seen=seen(workshop), actor=None)


def begin(workshop: Workshop, until: str = "intros") -> None:
    """Start the day, and move on until that item is live."""
    now = live(workshop)
    while now != until:
        services.move_on(workshop=workshop, expect=now, actor=None)
        now = live(workshop)


def set_clock(workshop: Workshop, clock: str) -> None:
    """Let the rehearsal's clock run from here. It cannot go back behind what has happened."""
    shown = datetime.combine(workshop.date, time.fromisoformat(clock), ZoneInfo(workshop.time_zone))
    Workshop.objects.filter(pk=workshop.pk).update(clock_shown=shown, clock_real=timezone.now())
    workshop.refresh_from_db()


def question(workshop: Workshop, key: str) -> Question:
    return Question.objects.get(workshop=workshop, key=key)


def ask(workshop: Workshop, key: str) -> Question:
    """Put it to the room, on phones."""
    Question.objects.filter(workshop=workshop, key=key).update(hand="phones")
    asked = question(workshop, key)
    questions.ask_the_room(workshop=workshop, question=asked, actor=None)
    return asked


def show(workshop: Workshop, key: str) -> None:
    """Show the room what the desk may read of it."""
    questions.show_answers(workshop=workshop, question=question(workshop, key), actor=None)


def answer(question: Question, raw: object, seat: Seat | None = None) -> Answer:
    """Somebody hands an answer in: a phone of its own unless a seat is given."""
    handed = Handed(seat or Seat(uuid.uuid4(), new_secret()), question.pk, key=uuid.uuid4(), edit=1, raw=raw)
    receipt = hand_in(workshop=Workshop.objects.get(pk=question.workshop_id), handed=handed)
    return Answer.objects.get(pk=receipt.key)


def status(workshop: Workshop, key: str) -> str:
    return question(workshop, key).status


def stage(workshop: Workshop) -> Stage:
    return Stage.objects.get(pk=workshop.pk)


def revisions(workshop: Workshop) -> tuple[int, int]:
    """`rev` and `control_rev` as they are stored."""
    rev, control_rev = Workshop.objects.values_list("rev", "control_rev").get(pk=workshop.pk)
    return rev, control_rev
