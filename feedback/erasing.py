"""Taking something out for good: one answer, or a person with all that is kept with their name.

What is gone leaves a mark, a hash of its random id, here and in a file beside the database: so neither a day that was
carried, nor a copy of the database that is put back, nor a phone that sends once more brings it back.
"""

import hashlib
from uuid import UUID

from agenda.models import Attendee, Workshop

from .models import Answer, Gone


def mark(key: UUID) -> str:
    return hashlib.sha256(key.bytes).hexdigest()


def is_gone(workshop: Workshop, key: UUID) -> bool:
    return Gone.objects.filter(workshop=workshop, mark=mark(key)).exists()


def take_out_again(workshop: Workshop) -> bool:
    """Seats and answers of a day that have come back although they were taken out. Counts are the caller's to keep."""
    marks = set(Gone.objects.filter(workshop=workshop).values_list("mark", flat=True))
    if not marks:
        return False
    seats = Attendee.objects.filter(workshop=workshop)
    back = [key for key in seats.values_list("pk", flat=True) if mark(key) in marks]
    answers = Answer.objects.filter(question__workshop=workshop)
    said = [key for key in answers.values_list("pk", flat=True) if mark(key) in marks]
    answers.filter(pk__in=said).delete()
    seats.filter(pk__in=back).delete()
    return bool(back or said)
