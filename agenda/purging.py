"""Deleting a day for good, with everything that was said on it."""

from django.db import transaction
from django.utils import timezone

from . import changes, services
from .chapters import registered
from .models import User, Workshop
from .wiping import wiping


@transaction.atomic
def purge(*, workshop: Workshop, actor: User | None) -> None:
    """The whole day, its log and audit included. What is left is one line that says who deleted which."""
    workshop.touch(phones=True)
    with wiping(workshop):
        for chapter in reversed(registered()):
            chapter.purge(workshop)
        Workshop.objects.filter(pk=workshop.pk).delete()
    services.audit(kind="day deleted", at=timezone.now(), user=actor, day=workshop.pk)
    changes.announce(workshop)
