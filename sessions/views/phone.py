"""The phone."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from agenda import access
from agenda import queries as agenda
from agenda.access import AtPhone
from agenda.replies import ours, say, to_scripts
from feedback import in_touch, notes, queries, speaker_queue, theme_votes
from sessions import my_notes, queue, room, services, snapshots, tablets, together

from .live import page_context

OWN = ("question", "ask", "together", "queue", "themes", "asks", "rules")  # regions over which a phone's own is laid


@never_cache
@require_GET
def phone(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """An attendee: what is on now, what is asked now, the rules, the day, and what they said."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    if not at_phone.attendee.arrived:
        return redirect("agenda:join", code=at_phone.workshop.join_code)
    context = page_context(at_phone.workshop, "phone")
    return render(request, "live/phone/page.html", context | _own(request, at_phone, context["snapshot"]))


def _own(request: HttpRequest, at_phone: AtPhone, snapshot: snapshots.Snapshot) -> dict[str, object]:
    """What is this phone's own, laid over the regions here for pages without a script (a script does it itself)."""
    seen = room.look(at_phone.workshop, real=snapshots.moment(snapshot.stamp))
    question = seen.question.question if seen.question else None
    own = queries.mine(at_phone.workshop, at_phone.seat)
    is_single = question is not None and not question.takes_several
    answer = next((row for row in own if is_single and question and row.question_id == question.pk), None)
    asked = _queue(at_phone)
    context = (
        snapshots.context(seen, "phone")
        | queue.own(seen, asked)
        | {"own": answer, "agreed": hasattr(at_phone.attendee, "agreement")}
    )
    written = answer or next((row for row in reversed(own) if row.table), None)
    context["table"], context["people"] = (written.table, written.people) if written else ("", None)
    context["own_notes"] = my_notes.on_sheet(at_phone.workshop, own, seen.facilitator, question)
    context["own_asks"] = [one["key"] for name, one in asked["own"].items() if name.startswith("ask:")]
    context["attendee"] = at_phone.attendee
    context["own_links"] = together.own_links(seen, {row.question_id for row in own}, at_phone.attendee.role)
    context["tablet"] = tablets.of(request.COOKIES, at_phone.workshop.pk)
    return context | {
        "in_touch": in_touch.mine(at_phone.workshop, at_phone.seat),
        "asked": speaker_queue.asked_by(at_phone.workshop, at_phone.seat),
        "mine": my_notes.of(at_phone.workshop, at_phone.seat, own, seen.facilitator, seen.day),
        "key": answer.pk if answer else uuid.uuid4(),
        "edit": answer.edit + 1 if answer else 1,
        "overlay": {name: render_to_string(f"live/phone/_{name}.html", context, request) for name in OWN},
    }


def _queue(at_phone: AtPhone) -> dict[str, Any]:
    """What this phone has asked speakers and the room, for which questions and themes it has voted, and which asks it
    can help with."""
    asked = speaker_queue.mine(at_phone.workshop, at_phone.seat)
    helped, own = in_touch.told(at_phone.workshop, at_phone.seat)
    votes = asked["votes"] + theme_votes.mine(at_phone.workshop, at_phone.seat) + helped
    return {"own": asked["own"] | {f"ask:{key}": {"key": key} for key in own}, "votes": votes}


@never_cache
@require_GET
@to_scripts
def mine(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """What is this phone's own: its answers, who it says it is, whether it agreed. Nobody else can ask for it."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    own = queries.mine(at_phone.workshop, at_phone.seat)
    answers = {row.place: {"key": str(row.pk), "edit": row.edit, "value": row.value} for row in own}
    for note in notes.own_notes(at_phone.workshop, at_phone.seat):
        if note.slot:
            answers[f"note:{note.slot.key}"] = {"key": str(note.pk), "edit": note.edit, "value": note.text}
    who = at_phone.attendee
    told: dict[str, object] = {"name": who.name, "role": who.role, "agreed": hasattr(who, "agreement")}
    asked = _queue(at_phone)
    return say(200, v=1, answers=answers, queue=asked, **told)


@never_cache
@require_GET
@to_scripts
def my_answers(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """An attendee's own answers as a list; the page's script asks for it after each answer."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    workshop, own = at_phone.workshop, queries.mine(at_phone.workshop, at_phone.seat)
    notes = my_notes.of(workshop, at_phone.seat, own, agenda.facilitator(workshop))
    response = render(request, "live/phone/_mine.html", {"mine": notes, "workshop": workshop})
    response["X-Live"] = "1"
    return response


@never_cache
@require_GET
@to_scripts
def my_sheet(request: HttpRequest, workshop_id: str, question_id: uuid.UUID) -> HttpResponse:
    """The same for what an attendee has put on one sheet."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    workshop, own = at_phone.workshop, queries.mine(at_phone.workshop, at_phone.seat, [question_id])
    notes = my_notes.on_sheet(workshop, own, agenda.facilitator(workshop), own[0].question if own else None)
    return ours(render(request, "live/phone/_own_notes.html", {"own_notes": notes, "workshop": workshop}))


@never_cache
@require_GET
@to_scripts
def my_questions(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """The same for what an attendee has asked speakers."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    asked = speaker_queue.asked_by(at_phone.workshop, at_phone.seat)
    return ours(render(request, "live/phone/_asked.html", {"workshop": at_phone.workshop, "asked": asked}))


@require_POST
def agree(request: HttpRequest, workshop_id: str) -> HttpResponse:
    """An attendee agrees to the ground rules."""
    at_phone = access.workshop_for_phone(request, workshop_id)
    services.agree(attendee=at_phone.attendee)
    return redirect("live:phone", workshop_id=workshop_id)
