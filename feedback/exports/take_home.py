"""A day to take home, in one press: reads it, and has another process write it. For owner, facilitator and staff.

Nothing is locked while it is read, and the reading is one query a table: a room that is answering does not wait.
"""

import hashlib
import json
import subprocess
import sys
import threading
import uuid
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from agenda import clock, plan, running_order, words
from agenda import queries as agenda
from agenda.models import Workshop
from agenda.services import Refused
from agenda.timing import Row
from feedback import gathered, speaker_queue, themes, theming
from feedback.models import Question
from feedback.sheet_models import SheetPhoto

from . import pack, reading, readme, sheets
from .answers import File
from .columns import MEANINGS
from .tables import Event
from .tidy import tidy
from .whole import Item, Photo, Whole

PROFILE = "shareable"
MOST_SECONDS = 300  # a computer that has other things to do takes its time
ONE_AT_A_TIME = threading.Lock()


def name(workshop: Workshop) -> str:
    return f"{workshop.date:%Y-%m-%d}_{workshop.slug}_{PROFILE}.zip"


def as_zip(workshop: Workshop) -> File:
    """Everything that may leave, as it stands. `rows`: of the answers in it. Raises Refused."""
    day = payload(whole(workshop))
    content = _packed_elsewhere(day)
    rows = next(len(rows) for name, _columns, rows in day["tables"] if name == "responses_long")
    return File(name(workshop), content, rows, hashlib.sha256(content).hexdigest())


def payload(day: Whole) -> pack.Payload:
    """What is packed, as plain values."""
    tables = tidy(day)
    meanings = [(column, str(meaning)) for column, meaning in MEANINGS.items()]
    book = sheets.workbook(day, tables, meanings)
    said = {"title": day.title, "date": day.event.date.isoformat(), "readme": readme.text(day, tables, book)}
    return pack.payload(**said, tables=tables, sheets=book)


def _packed_elsewhere(day: pack.Payload) -> bytes:
    """In a process of its own, so that this one goes on serving phones; one after the other."""
    program = [sys.executable, "-m", "feedback.exports.pack"]
    with ONE_AT_A_TIME:
        try:
            sent = json.dumps(day).encode()
            done = subprocess.run(
                program, input=sent, capture_output=True, cwd=settings.BASE_DIR, timeout=MOST_SECONDS, check=True
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise Refused(_("The file could not be made, and nothing was taken. Try again.")) from error
    return done.stdout


def whole(workshop: Workshop) -> Whole:
    """The day as it stands, with what may leave the house. Fifteen queries."""
    day = agenda.day(workshop)
    seats = reading.seats(workshop)
    hidden = sum(row.status == speaker_queue.Status.HIDDEN for row in speaker_queue.queued(workshop))
    return Whole(
        event=Event(id=workshop.slug, date=workshop.date),
        title=workshop.title,
        place=workshop.place,
        host=workshop.host,
        time_zone=workshop.time_zone,
        how_far=_how_far(workshop, day),
        is_over=day.progress.finished_at is not None,
        planned_end=plan.ends(day.value),
        came=seats["here"],
        invited=seats["invited"],
        items=_items(workshop, day),
        questions=reading.questions(workshop, day, themes=_themes(workshop), seats=seats),
        photos=_photos(workshop),
        queue_hidden=hidden,
    )


def _themes(workshop: Workshop) -> dict[uuid.UUID, tuple[str, ...]]:
    said = themes.said_in(theming.board(workshop), gathered.read(workshop).said)
    return {one.id: tuple(one.themes) for one in said if one.themes}


def _photos(workshop: Workshop) -> list[Photo]:
    rows = SheetPhoto.objects.filter(question__workshop=workshop).exclude(typed="").order_by("table", "pk")
    return [Photo(*row) for row in rows.values_list("question__key", "table", "typed")]


def _items(workshop: Workshop, day: agenda.Day) -> list[Item]:
    """Planned as the plan in force says it, which is what people were last told."""
    speakers = agenda.speakers(workshop)
    rows = {row.slot.id: row for row in day.schedule(clock.now(workshop)).rows}
    planned = _planned_minutes(day)
    return [
        Item(
            no=number,
            key=key,
            kind=item.kind,
            title=item.title,
            speakers="; ".join(", ".join(filter(None, [one.name, one.role])) for one in speakers.get(key, [])),
            is_fixed=item.fixed,
            state=rows[key].state,
            planned_start=item.start,
            planned_minutes=planned.get(key),
            start=_actual(rows[key], "start"),
            end=_actual(rows[key], "end"),
        )
        for number, (key, item) in enumerate(day.items.items(), start=1)
    ]


def _actual(row: Row, what: str) -> datetime | None:
    """What has happened; a projection is none of it."""
    known = {"done": {"start": row.start, "end": row.end}, "live": {"start": row.start}}
    return known.get(row.state, {}).get(what)


def _planned_minutes(day: agenda.Day) -> dict[str, int]:
    """An item without a length lasts until the next."""
    slots = day.progress.plan.slots
    starts = [(i, slot, slot.start) for i, slot in enumerate(slots)]
    return {slot.id: round(running_order.allotted(slots, i, at).total_seconds() / 60) for i, slot, at in starts if at}


def _how_far(workshop: Workshop, day: agenda.Day) -> str:
    """When it was taken, until nothing changes any more."""
    now = words.on(clock.now(workshop), workshop.time_zone)
    if day.progress.finished_at is None:
        before = day.progress.state == "before"
        return f"Taken before the day, {now}" if before else f"Taken while the day was running, {now}"
    asked = Question.objects.filter(workshop=workshop, mode=Question.Mode.UNLINKED).exclude(opened_at=None)
    if asked.filter(sealed_at=None).exists():
        return f"Taken after the day, while answers could still be changed, {now}"
    return "Final: answers cannot be changed any more"
