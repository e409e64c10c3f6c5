"""The only way a line of the log or of the audit goes: the database refuses every other."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from .models import Wipe, Workshop


@contextmanager
def wiping(workshop: Workshop | None) -> Iterator[None]:
    """Inside, the log and the audit of this day may be deleted; None: audit lines of no day. All of it, or nothing."""
    with transaction.atomic():
        opened = Wipe.objects.create(workshop=workshop)
        yield
        opened.delete()
