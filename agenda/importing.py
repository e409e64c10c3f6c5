"""Making a day of what somebody has brought: verbs that keep it, decide about it, and make the day."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.importers import plain_text, source_json
from agenda.importers.draft import Choices, Draft
from agenda.importers.source import Source
from agenda.importers.to_document import Made, to_document

from . import again, drafting, new_days, publishing, reading_choices
from .chapters import dump_document
from .import_models import Reading
from .models import Audit, PlanDraft, User, Workshop
from .reading import read_file, understood
from .reading_choices import Decided, Pressed
from .services import Refused, audit
from .working_copy import WorkingCopy, keys_ever_used, working_copy

KEPT = timedelta(hours=24)
MOST_READINGS = 20  # of one person: older ones go when another is made


def source_of(file: tuple[str, bytes] | None, text: str) -> tuple[str, Source]:
    """What was brought as a source, with its name. Raises Unreadable with a sentence."""
    if file is None:
        return "", plain_text.read(text)
    return file[0], read_file(*file)


def find(reading_id: uuid.UUID, user: User, now: datetime) -> Reading | None:
    """What this person has brought, if it is still kept."""
    found = Reading.objects.filter(pk=reading_id, user=user, made_at__gt=now - KEPT)
    return found.select_related("workshop").first()


def begin(*, user: User, name: str, source: Source, workshop: Workshop | None, now: datetime) -> Reading:
    """Keep what was read, for its reader to look at. Raises Unreadable where nobody can be shown what it means."""
    if not any(True for _line in source.lines()):
        raise Refused(_("There is no text in it, so there is nothing to make a day of."))
    kept = source_json.to_json(source)
    understood(kept, Choices())
    with transaction.atomic():
        return _kept(user=user, name=name, kept=kept, workshop=workshop, now=now)


def _kept(*, user: User, name: str, kept: str, workshop: Workshop | None, now: datetime) -> Reading:
    reading = Reading.objects.create(user=user, name=name[:120], source=kept, workshop=workshop, made_at=now)
    newest = Reading.objects.filter(user=user).order_by("-made_at", "-pk").values_list("pk", flat=True)[:MOST_READINGS]
    Reading.objects.filter(user=user).exclude(pk__in=list(newest)).delete()
    return reading


def forget_old(*, now: datetime) -> int:
    """What nobody has made a day of within a day goes. How many."""
    return Reading.objects.filter(made_at__lte=now - KEPT).delete()[0]


def source_in(reading: Reading) -> Source:
    return source_json.from_json(reading.source)


def draft_of(reading: Reading) -> tuple[Draft, Decided]:
    """What is understood of it, with what was decided about it. Raises Unreadable; not to be called in a transaction,
    which would hold others up while another process reads."""
    decided = reading_choices.read(reading.choices)
    return understood(reading.source, decided.choices), decided


def press(*, reading: Reading, pressed: Pressed) -> None:
    """Keep what was pressed and typed, in `reading`, too. Of two presses at once none is lost."""
    while True:
        before = reading.choices
        draft, decided = draft_of(reading)
        after = reading_choices.after(decided, pressed, draft)
        understood(reading.source, after.choices)  # what nobody can be shown is not kept
        reading.choices = reading_choices.write(after)
        with transaction.atomic():
            locked = Reading.objects.select_for_update().filter(pk=reading.pk).first()
            if locked is None:
                return  # it became a day in another tab
            if locked.choices == before:
                reading.save(update_fields=["choices"])
                return
        reading = locked


def create_day(*, reading: Reading, user: User, title: str, date: date, place: str, now: datetime) -> Workshop:
    """A new day that `user` owns. Its running order is a draft that nobody has published. Twice is once."""
    draft, decided = draft_of(reading)
    made = to_document(draft, decided.day_of(draft))
    words = {"title": title, "date": date.isoformat(), "place": place}
    with transaction.atomic():
        locked = _as_looked_at(reading)
        if locked is None:
            return made_of(reading.pk, user)
        if not made.rows:
            raise Refused(_("Nothing of it is an item yet. Say which of its lines are, and then create the day."))
        document = made.document | words
        workshop = new_days.make_unpublished(user=user, document=document, now=now, reading=str(locked.pk))
        _draft(workshop, made, words, user, now)
        locked.delete()
        return workshop


def _as_looked_at(reading: Reading) -> Reading | None:
    """What nobody can make anything of before this transaction ends; None where somebody has."""
    locked = Reading.objects.select_for_update().filter(pk=reading.pk).first()
    if locked and locked.choices != reading.choices:
        raise Refused(_("Something was decided in another tab meanwhile. Look what has changed, and press again."))
    return locked


def would_become(reading: Reading, draft: Draft, decided: Decided) -> tuple[WorkingCopy, drafting.Draft]:
    """The day it is to be put into, as its plan stands, and the draft with this in it. Nothing is changed."""
    assert reading.workshop is not None
    workshop = reading.workshop
    copy = working_copy(workshop)
    rows = {row.key for row in (*copy.draft.rows, *(gone.row for gone in copy.draft.removed))}
    made = to_document(draft, decided.day_of(draft), keys_ever_used(workshop) | rows)
    asked = {question["text"] for question in dump_document(workshop)["questions"]}
    questions: dict[str, list[str]] = {}
    for question in made.document["questions"]:
        if question["text"] not in asked:
            questions.setdefault(question["slot"], []).append(question["text"])
    after = again.put_in(copy.draft, again.Found(made.rows, questions), copy.begun, workshop.time_zone)
    return copy, drafting.tidied(after)


def put_into_draft(*, reading: Reading, user: User, edit: int, now: datetime) -> Workshop:
    """The same for good, in the draft alone, unless somebody has saved that since it was shown. Twice is once."""
    draft, decided = draft_of(reading)
    with transaction.atomic():
        locked = _as_looked_at(reading)
        if locked is None:
            return made_of(reading.pk, user)
        if not draft.items:
            raise Refused(_("Nothing of it is an item yet. Say which of its lines are first."))
        copy, after = would_become(reading, draft, decided)
        publishing.write_draft(workshop=copy.workshop, draft=after, version=copy.version, edit=edit, actor=user)
        audit(kind="agenda read again", at=now, workshop=copy.workshop, user=user, reading=str(locked.pk))
        locked.delete()
        return copy.workshop


def made_of(reading: uuid.UUID, user: User) -> Workshop:
    """The day that this became. Raises Refused where it became none that `user` still has."""
    kinds = ("day made", "agenda read again")
    made = Audit.objects.filter(kind__in=kinds, user=user, detail__reading=str(reading), workshop__isnull=False)
    line = made.select_related("workshop").first()
    if line is None or line.workshop is None:
        raise Refused(_("This is not here any more: what is read is kept for a day. Bring it once more."))
    return line.workshop


def _draft(workshop: Workshop, made: Made, words: dict[str, str], user: User, now: datetime) -> None:
    title, day, place = words["title"], words["date"], words["place"]
    draft = drafting.Draft(title, day, place, starts="", ends="", rows=made.rows)
    value: dict[str, Any] = drafting.write(drafting.tidied(draft)) | {"version": 0}
    PlanDraft.objects.create(workshop=workshop, value=value, saved_by=user, saved_at=now)
