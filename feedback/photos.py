"""Photos of sheets written on paper: kept, typed out, taken away. Each verb is one transaction; a photo is painted anew
before it begins, since that takes a while and holds nobody up."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import SystemRandom
from secrets import token_hex

from django.db import transaction
from django.utils.translation import gettext as _

from agenda import changes
from agenda.models import Attendee, Workshop
from agenda.seat import Seat
from agenda.services import Refused, Stale

from . import confidentiality, erasing
from .developing import developed
from .models import Question
from .picture_head import NotAPhoto
from .sheet_models import SheetPhoto

MOST = 40  # of one sheet
MOST_EACH = 5  # of one phone on one sheet
LIGHT = ("id", "question", "table", "width", "height", "typed", "respondent")  # all but the picture itself
chance = SystemRandom()


def keep(
    *, workshop: Workshop, question_id: uuid.UUID, key: uuid.UUID, data: bytes, table: str, seat: Seat | None = None
) -> None:
    """Keep a photo of a sheet. The same one again, by its key, is harmless. Raises Refused; then nothing is kept."""
    if SheetPhoto.objects.filter(pk=key).exists():
        return
    _place_for(key, workshop, question_id, seat)  # so that no file is opened in vain; under the lock it is asked again
    try:
        photo = developed(data)
    except NotAPhoto as why:
        raise Refused(_(str(why))) from None
    with transaction.atomic():
        workshop.touch(phones=False)
        question, respondent = _place_for(key, workshop, question_id, seat)
        if SheetPhoto.objects.filter(pk=key).exists():
            return
        if erasing.are_gone(workshop.pk, [key]):
            raise Refused(_("The facilitator has removed this photo."))
        size = {"image": photo.image, "width": photo.width, "height": photo.height}
        SheetPhoto.objects.create(id=key, question=question, respondent=respondent, table=table, **size)
        changes.announce(workshop)


def is_for(attendee: Attendee | None, question: Question) -> bool:
    """Whether this person may put a photo on a sheet: the parking lot takes none, one for councillors theirs alone."""
    is_councillor = attendee is not None and attendee.role == Attendee.Role.COUNCILLOR
    return not question.is_parking_lot and (is_councillor or not question.councillors_only)


def phone_with_photos(seat: Seat, question: Question) -> str:
    """The name a phone has among the photos of one sheet: it leads to none of its notes, nor to a seat."""
    return confidentiality.respondent(seat.secret, question.workshop_id, f"photos:{question.pk}")


@transaction.atomic
def type_out(*, workshop: Workshop, key: uuid.UUID, typed: str, expect: str) -> None:
    """What the paper says, beside it. `expect`: what the person saw there; twice is once."""
    workshop.touch(phones=False)
    photo = SheetPhoto.objects.filter(pk=key, question__workshop=workshop)
    if not photo.exists():
        raise Stale(_("This photo is not there any more. What you wrote is still here for you to copy."))
    if not photo.filter(typed__in=[expect, typed]).update(typed=typed):
        raise Stale(
            _("Somebody has typed out this photo meanwhile. What you wrote is still here: add it to what stands there.")
        )
    changes.announce(workshop)


@transaction.atomic
def remove(*, workshop: Workshop, key: uuid.UUID) -> None:
    """From the desk, for good; twice is once."""
    workshop.touch(phones=False)
    if SheetPhoto.objects.filter(pk=key, question__workshop=workshop).delete()[0]:
        erasing.remember_gone(workshop, [key])
    changes.announce(workshop)


@transaction.atomic
def take_back(*, workshop: Workshop, seat: Seat, question_id: uuid.UUID, key: uuid.UUID) -> None:
    """By the phone that sent it; anybody else's stays."""
    workshop.touch(phones=False)
    question = _sheet(workshop, question_id, by_phone=False)
    SheetPhoto.objects.filter(pk=key, question=question, respondent=phone_with_photos(seat, question)).delete()
    erasing.leave_to_sweep(workshop)
    changes.announce(workshop)


def of_questions(questions: Iterable[Question]) -> dict[uuid.UUID, list[SheetPhoto]]:
    """Question id -> its photos, table by table, without the pictures. One query. For everybody with a role."""
    found: dict[uuid.UUID, list[SheetPhoto]] = defaultdict(list)
    for photo in SheetPhoto.objects.filter(question__in=list(questions)).only(*LIGHT).order_by("table", "pk"):
        found[photo.question_id].append(photo)
    return found


def own(question: Question, seat: Seat) -> list[SheetPhoto]:
    """Those that this phone has sent of a sheet. Nobody else's eyes."""
    return list(question.photos.filter(respondent=phone_with_photos(seat, question)).only(*LIGHT))


def image(workshop: Workshop, key: uuid.UUID) -> bytes | None:
    """The picture. For everybody with a role."""
    photo = SheetPhoto.objects.filter(pk=key, question__workshop=workshop).only("image").first()
    return bytes(photo.image) if photo else None


def own_image(workshop: Workshop, key: uuid.UUID, seat: Seat) -> bytes | None:
    """The same for the phone that has sent it."""
    photo = SheetPhoto.objects.filter(pk=key, question__workshop=workshop).select_related("question").first()
    is_own = photo is not None and photo.respondent == phone_with_photos(seat, photo.question)
    return bytes(photo.image) if photo and is_own else None


def seal(questions: Sequence[Question]) -> None:
    """Written anew in random order, under ids and respondents that lead nowhere. The caller has touched the day."""
    rows = list(SheetPhoto.objects.filter(question__in=questions))
    SheetPhoto.objects.filter(question__in=questions).delete()
    chance.shuffle(rows)
    for row in rows:
        row.pk, row.respondent = uuid.uuid4(), token_hex(32)
    SheetPhoto.objects.bulk_create(rows)


def _sheet(workshop: Workshop, question_id: uuid.UUID, *, by_phone: bool) -> Question:
    rows = Question.objects.filter(workshop=workshop, pk=question_id, occasion=Question.Occasion.FLIPCHART)
    question = rows.first()
    if question is None or question.sealed_at or question.is_parking_lot or (by_phone and not question.takes_answers):
        raise Stale(_("This sheet takes no more photos."))
    return question


def _place_for(key: uuid.UUID, workshop: Workshop, question_id: uuid.UUID, seat: Seat | None) -> tuple[Question, str]:
    """The sheet that a photo goes on, and whose it is there. Raises Refused if it cannot."""
    question = _sheet(workshop, question_id, by_phone=seat is not None)
    if seat and not is_for(Attendee.objects.filter(pk=seat.attendee_id).first(), question):
        raise Refused(_("This sheet is for councillors, so the photo was not taken."))
    respondent = phone_with_photos(seat, question) if seat else token_hex(32)
    others = question.photos.exclude(pk=key)
    if others.count() >= MOST:
        raise Refused(_("This sheet has %(n)s photos, as many as it can hold.") % {"n": MOST})
    if others.filter(respondent=respondent).count() >= MOST_EACH:
        said = _("You have sent %(n)s photos of this sheet, as many as it takes from one phone. Delete one first.")
        raise Refused(said % {"n": MOST_EACH})
    return question, respondent
