"""Notes to self: kept for the phone that wrote them, and shown to nobody else.

No page but the phone's own changes with them, so no revision of the day counts them; the day's row is locked all the
same, for they come by the same rules as answers: under a random id, again and again until they are here, never twice.
"""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.models import Slot, Workshop
from agenda.seat import Seat
from agenda.services import Refused

from . import confidentiality
from .handing_in import Receipt
from .kinds import free_text
from .models import Note, Question, TakenBack
from .taking_back import remember

CONFIG: dict[str, object] = {"max_length": 2000}


def own_notes(workshop: Workshop, seat: Seat) -> list[Note]:
    """This phone's own notes. Nobody else's eyes; the answer secret in its cookie is the only way to find them."""
    return list(Note.objects.filter(workshop=workshop, respondent=_writer(workshop, seat)).select_related("slot"))


def note_on(slot: Slot, seat: Seat) -> Note | None:
    """The same of one item."""
    return Note.objects.filter(slot=slot, respondent=_writer(slot.workshop, seat)).first()


def as_question(title: str) -> Question:
    """What the form of a note asks: a question that is put to nobody, and stored nowhere."""
    return Question(
        kind=free_text.name, config=CONFIG, text=title, hint=_("A note to yourself: so what does this mean for you?")
    )


@transaction.atomic
def write_note(*, slot: Slot, seat: Seat, key: uuid.UUID, edit: int, raw: object) -> Receipt:
    """Keep a note on an item, or a newer edit of it; twice is once. Raises what refuses it.

    Words that cannot be a note raise what their kind raises.
    """
    text = str(free_text.validate(CONFIG, raw))
    workshop = Workshop.objects.select_for_update().get(pk=slot.workshop_id)
    note = note_on(slot, seat)
    if note is None:
        _check_key(key)
        writer = _writer(workshop, seat)
        note = Note.objects.create(id=key, workshop=workshop, slot=slot, respondent=writer, edit=edit, text=text)
    elif edit > note.edit:
        note.edit, note.text = edit, text
        note.save(update_fields=["edit", "text"])
    return Receipt(key, note.edit if note.text == text else max(note.edit, edit + 1), late=False)


def _check_key(key: uuid.UUID) -> None:
    if TakenBack.objects.filter(pk=key).exists():
        raise Refused(_("You have deleted this note. What you wrote is still here: send it again to keep it."))
    if Note.objects.filter(pk=key).exists():
        raise Refused(_("This could not be saved from this page. Copy what you wrote, and open the day in a new tab."))


@transaction.atomic
def delete_note(*, workshop: Workshop, seat: Seat, key: uuid.UUID) -> None:
    """Delete a note of this phone; no late try brings it back. Twice is once."""
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    _delete(workshop, seat, [key])


@transaction.atomic
def delete_notes(*, workshop: Workshop, seat: Seat) -> None:
    """All of this phone's: once it has let go of them nobody could ever read them."""
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    _delete(workshop, seat, [note.pk for note in own_notes(workshop, seat)])


def _delete(workshop: Workshop, seat: Seat, keys: Iterable[uuid.UUID]) -> None:
    Note.objects.filter(pk__in=keys, workshop=workshop, respondent=_writer(workshop, seat)).delete()
    remember(workshop, [key for key in keys if not Note.objects.filter(pk=key).exists()])


def _writer(workshop: Workshop, seat: Seat) -> str:
    return confidentiality.respondent(seat.secret, workshop.pk, confidentiality.NOTES)
