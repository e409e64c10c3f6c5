"""Questions put to a room, and phones that answer them."""

import json
import uuid
from typing import Any

from django.db.models import Max
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from agenda import services as agenda
from agenda.models import Slot, Workshop
from agenda.seat import Seat
from feedback import services
from feedback.handing_in import Handed, Receipt, hand_in
from feedback.kinds import kinds
from feedback.models import Answer, Question

ORIGIN = "http://testserver"
CHOICE: dict[str, object] = {"options": [{"key": "yes", "label": "Yes"}, {"key": "no", "label": "No"}]}


def opened(workshop: Workshop, key: str) -> Question:
    """A question of the sample day, put to the room; everybody answers on their phone."""
    question = Question.objects.get(workshop=workshop, key=key)
    services.set_hand(question, "phones")
    services.open_to_room(question, now=timezone.now())
    return question


def new_question(workshop: Workshop, key: str, slot: str = "summary", **fields: Any) -> Question:
    """One more question at the end of the day's list, put to the room unless `status` says otherwise."""
    last = Question.objects.filter(workshop=workshop).aggregate(Max("position"))["position__max"]
    fields = {"kind": "text", "text": f"What about {key}?", "status": "open"} | fields
    config = kinds[fields["kind"]].check_config(fields.pop("config", {}))
    where = Slot.objects.get(workshop=workshop, key=slot)
    return Question.objects.create(
        workshop=workshop, slot=where, key=key, position=last + 1, config=config, opened_at=timezone.now(), **fields
    )


def seat_in(workshop: Workshop) -> Seat:
    return agenda.join(workshop=workshop)


def give(question: Question, raw: object, seat: Seat | None = None, **sent: Any) -> Receipt:
    """Hand in an answer from `seat`, or from somebody who joins for it; `sent` may hold the key and the edit."""
    workshop = Workshop.objects.get(pk=question.workshop_id)
    sent = {"key": uuid.uuid4(), "edit": 1} | sent
    return hand_in(workshop=workshop, handed=Handed(seat or seat_in(workshop), question.pk, raw=raw, **sent))


def stored(question: Question) -> list[Any]:
    """The values the database holds, sorted so that they can be compared."""
    return sorted(Answer.objects.filter(question=question).values_list("value", flat=True), key=str)


def released(question: Question) -> list[Any]:
    """What the desk may read, sorted likewise."""
    rows = Answer.objects.filter(question=question, released_value__isnull=False)
    return sorted(rows.values_list("released_value", flat=True), key=str)


def post_json(client: Client, workshop_id: str, body: object, **headers: str) -> HttpResponse:
    """An answer as the page's script sends it; a header given as "" is left out."""
    sent = {"X-Live": "1", "Origin": ORIGIN} | {name.replace("_", "-"): text for name, text in headers.items()}
    data = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(  # type: ignore[return-value]
        f"/w/{workshop_id}/answers/",
        data,
        content_type="application/json",
        headers={name: text for name, text in sent.items() if text},
    )
