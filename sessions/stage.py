"""Turning the room to something else: what the stage says from now on."""

from agenda.models import Workshop
from feedback.models import Question

from .models import Stage


def turn_to(workshop: Workshop, *, face: str, question: Question | None = None, page: str = "", **more: object) -> None:
    """Everybody looks at this; a blank screen is blank no longer. The caller has touched the workshop."""
    Stage.objects.filter(pk=workshop.pk).update(face=face, question=question, page=page, blank=False, table="", **more)
