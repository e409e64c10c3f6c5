"""Going round the room in the introductions."""

import uuid

from django.db import models
from django.db.models import Q

from agenda.models import Attendee, Workshop


class Call(models.Model):
    """Somebody was called to introduce themselves, passed, or the round was over. What they come to: going_round.py.

    `attendee` is empty for somebody who is not on the list, and once the person is erased. `began_at` is kept of
    whoever speaks now, and of nobody else: who spoke, and in which order, is known; when and how long is not.
    """

    class Kind(models.TextChoices):
        CALLED = "called"
        PASSED = "passed"
        OVER = "over"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="calls")
    number = models.PositiveIntegerField()
    press = models.UUIDField(help_text="Made by the page; one undo takes back what one press did.")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    attendee = models.ForeignKey(Attendee, null=True, on_delete=models.SET_NULL, related_name="+")
    began_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="call_number_unique_in_day"),
            models.CheckConstraint(condition=Q(kind__in=["called", "passed", "over"]), name="call_kind_known"),
            models.CheckConstraint(condition=~Q(kind="over") | Q(attendee__isnull=True), name="call_over_is_nobodys"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
