"""The day that a run plays in: seats with names, questions whose answers can be told apart, a desk and a screen."""

import secrets
import uuid
from dataclasses import dataclass

from django.db.models import Max
from django.http import HttpResponse
from django.test import Client as Browser

from agenda.models import Attendee, Slot, Workshop
from agenda.seat import Seat, keep, new_secret
from feedback.models import Answer, Question
from tests import cast
from tests.live import day
from tests.live.sockets import cookies as cookies_of

from .history import Row

CSRF = "c" * 32
SLOT = "summary"  # late in the day, so that moving on does not end the questions


@dataclass(frozen=True)
class Room:
    """Ids and cookies; nothing here needs the database."""

    workshop_id: str
    questions: list[str]
    phones: list[str]
    desk: str
    screen: str

    @property
    def public(self) -> frozenset[str]:
        """Ids that everybody may see."""
        return frozenset(self.questions)


def furnish(phones: int, questions: int) -> Room:
    """The sample day, begun. Every third question is kept with the name; those are never put on the screen."""
    workshop = cast.newcastle()
    seats = [_seat(workshop) for _ in range(phones)]
    Attendee.objects.bulk_create(row for row, _cookies in seats)
    asked = _questions(workshop, questions)
    desk = cast.browser_of(cast.user_with("facilitator", workshop, "facilitator"))
    screen = cast.browser_of(cast.user_with("viewer", workshop, "viewer"))
    day.begin(workshop)
    return Room(
        workshop.pk, asked, [cookies for _row, cookies in seats], f"{cookies_of(desk)}; {_csrf()}", cookies_of(screen)
    )


def _csrf() -> str:
    return f"csrftoken={CSRF}"


def _seat(workshop: Workshop) -> tuple[Attendee, str]:
    """Somebody with a name, and the cookies of their phone."""
    row = Attendee(workshop=workshop, name=f"name-{secrets.token_hex(6)}")
    response, browser = HttpResponse(), Browser()
    keep(response, workshop.pk, Seat(row.pk, new_secret()))
    browser.cookies = response.cookies
    return row, f"{cookies_of(browser)}; {_csrf()}"


def _questions(workshop: Workshop, count: int) -> list[str]:
    last = Question.objects.filter(workshop=workshop).aggregate(Max("position"))["position__max"]
    slot = Slot.objects.get(workshop=workshop, key=SLOT)
    rows = [
        Question(
            workshop=workshop,
            slot=slot,
            position=last + n,
            key=f"chaos-{n}",
            kind="text",
            text=f"Question {n}?",
            hand=Question.Hand.PHONES,
            mode=Question.Mode.UNLINKED if n % 3 else Question.Mode.FACILITATOR,
            approval=False if n % 5 else None,  # in a large room nothing is shown as usual, for nobody approves here
        )
        for n in range(1, count + 1)
    ]
    return [str(row.pk) for row in Question.objects.bulk_create(rows)]


def may_be_shown(room: Room, question: str) -> bool:
    """Some are never shown, so that whatever is heard of them is wrong."""
    return room.questions.index(question) % 3 != 2 and room.questions.index(question) % 4 != 0


def shown_words(question: str) -> frozenset[str]:
    """What of a question the desk lets the room see now."""
    found = Answer.objects.filter(question_id=uuid.UUID(question), shown_value__isnull=False)
    return frozenset(found.values_list("shown_value", flat=True))


def revision(room: Room) -> tuple[int, int]:
    """Rises with everything that is written."""
    return Workshop.objects.values_list("epoch", "rev").get(pk=room.workshop_id)


def stored(room: Room) -> list[Row]:
    """Every answer there is."""
    rows = Answer.objects.filter(question__workshop_id=room.workshop_id).select_related("question")
    return [_row(row) for row in rows]


def _row(row: Answer) -> Row:
    owner = row.respondent or str(row.attendee_id)
    return Row(str(row.pk), str(row.question_id), owner, row.edit, row.value, row.question.most_each)
