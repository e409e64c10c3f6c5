"""A frozen screen: which picture it keeps.

What is stored names places and questions and holds numbers, and never a word that somebody said: the picture is drawn
anew from the rows each time, so that what is hidden, taken back or erased leaves it at once, and a restart brings none
of it back.
"""

from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from agenda import words
from agenda.models import Workshop
from feedback import services as feedback
from feedback.models import Question

from . import asks, introducing, queue, summary_pages, together
from .models import Stage

if TYPE_CHECKING:
    from feedback.queries import Asked

    from .room import Room


def take(room: "Room") -> dict[str, Any]:
    """What has to be kept of the room to show this picture again."""
    asked = room.question or (room.leaf and room.leaf.asked)
    return {
        **asks.keep(room),
        **summary_pages.keep(room),
        "face": room.stage.face,
        "phase": room.stage.phase,
        "table": room.stage.table,
        "seen": room.day.seen,
        "at": room.now.isoformat(),
        "agreed": room.agreed,
        "seats": room.seats,
        "queue": queue.keep(room),
        "call": introducing.keep(room),
        "together": together.keep(room),
        "question": asked
        and {
            "id": str(asked.question.pk),
            "status": asked.question.status,
            "hand": asked.question.hand,
            "shown": asked.question.shown,
            "count": asked.count,
            "live": asked.question.showing == Question.Showing.LIVE,
            "time_up_at": asked.question.time_up_at and asked.question.time_up_at.isoformat(),
        },
    }


def kept(room: "Room") -> "Room":
    """The room as its screen shows it: as it was when somebody froze it, or as it is."""
    picture = room.stage.frozen
    if picture is None:
        return room
    now = datetime.fromisoformat(picture["at"])
    day = replace(room.day, entries=[row for row in room.day.entries if row.seq <= picture["seen"]])
    return replace(
        room,
        now=now,
        day=day,
        schedule=day.schedule(now),
        stage=_stage(room.stage, picture),
        asked=[_asked(_together(_counted(one, picture), picture), picture["question"]) for one in room.asked],
        agreed=picture["agreed"],
        seats=picture["seats"],
        kept_queue=picture.get("queue", []),
        kept_summary=picture,
        kept_asks=picture.get("asks", []),
        kept_call=picture.get("call", []),
        is_left=False,
        is_kept=True,
    )


def _stage(stage: Stage, picture: dict[str, Any]) -> Stage:
    """The way out and a blank screen are those of this moment."""
    before = copy(stage)
    before.face, before.phase, before.frozen = picture["face"], picture["phase"], None
    before.table = picture.get("table", "")  # a picture from before there was any has none
    before.page = picture.get("page", "")
    before.question_id = picture["question"] and UUID(picture["question"]["id"])
    return before


def _asked(one: "Asked", question: dict[str, Any] | None) -> "Asked":
    if question is None or str(one.question.pk) != question["id"]:
        return one
    before = copy(one.question)
    before.status, before.hand = question["status"], question["hand"]
    before.shown = before.shown and question["shown"]
    time_up_at = question.get("time_up_at")  # a picture from before there was any has none
    before.time_up_at = datetime.fromisoformat(time_up_at) if time_up_at else None
    return replace(one, question=before, totals=one.totals._replace(given=question["count"]))


def _together(one: "Asked", picture: dict[str, Any]) -> "Asked":
    """Those that were open at once then are the ones it names."""
    kept = picture.get("together", {})
    given = kept.get(str(one.question.pk))
    if given is None and not one.question.together:
        return one
    before = copy(one.question)
    before.together = given is not None
    if given is None:
        return replace(one, question=before)
    before.status, before.hand = Question.Status.OPEN, Question.Hand.PHONES
    return replace(one, question=before, totals=one.totals._replace(given=given))


def _counted(one: "Asked", picture: dict[str, Any]) -> "Asked":
    """The page of all closing questions says of each how many answers there were."""
    given = picture.get("counts", {}).get(str(one.question.pk), one.count)
    return one if given == one.count else replace(one, totals=one.totals._replace(given=given))


def without_answers(workshop: Workshop, question: Question) -> None:
    """The answers were hidden: a picture that held them does not hold them again, whatever is shown later."""
    stage = Stage.objects.get(pk=workshop.pk)
    if stage.frozen and stage.frozen["question"] and stage.frozen["question"]["id"] == str(question.pk):
        stage.frozen["question"]["shown"] = False
        stage.save(update_fields=["frozen"])
    if stage.frozen and any(one[2] == str(question.pk) for one in stage.frozen.get("asks", [])):
        stage.frozen["asks"] = [one for one in stage.frozen["asks"] if one[2] != str(question.pk)]
        stage.save(update_fields=["frozen"])
    if stage.frozen and str(question.pk) in stage.frozen.get("quotes", []):
        stage.frozen["quotes"].remove(str(question.pk))
        stage.save(update_fields=["frozen"])


def pause_live(workshop: Workshop, picture: dict[str, Any]) -> None:
    """Nothing comes into a picture by itself: answers that are shown as they come wait until the screen goes on."""
    for question in _live(workshop, picture):
        feedback.pause_live(question)


def resume_live(workshop: Workshop, picture: dict[str, Any] | None) -> None:
    for question in _live(workshop, picture):
        feedback.resume_live(question)


def _live(workshop: Workshop, picture: dict[str, Any] | None) -> QuerySet[Question]:
    asked = picture["question"] if picture else None
    theirs = [asked["id"]] if asked and asked.get("live") else []
    theirs += picture.get("live", []) if picture else []
    return Question.objects.filter(workshop=workshop, pk__in=theirs)


def without_speaker_question(workshop: Workshop, question_id: UUID) -> None:
    """The same for a question to the speaker that was hidden."""
    stage = Stage.objects.get(pk=workshop.pk)
    if stage.frozen and stage.frozen.get("queue"):
        stage.frozen["queue"] = [one for one in stage.frozen["queue"] if one[0] != str(question_id)]
        stage.save(update_fields=["frozen"])


def since(stage: Stage, zone: str) -> str:
    """Since when it stands, "11:20"; empty when it does not."""
    return words.at(datetime.fromisoformat(stage.frozen["at"]), zone) if stage.frozen else ""
