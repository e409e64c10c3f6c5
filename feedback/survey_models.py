"""The table of personal links to the questions before the day."""

import uuid

from django.db import models
from django.db.models import Q

from agenda.models import Attendee, Workshop


class PersonalLink(models.Model):
    """A link for one person: it opens their seat, on whatever they open it with.

    `label` is how the organisers call that person. `replied` says that they have answered, not what, and not when.
    Once it is opened it goes when its seat goes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="+")
    attendee = models.OneToOneField(
        Attendee, null=True, blank=True, on_delete=models.CASCADE, related_name="personal_link"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80)
    replied = models.BooleanField(default=False)

    class Meta:
        ordering = ["label", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="personal_link_is_somebodys"),
            models.CheckConstraint(
                condition=Q(replied=False) | Q(attendee__isnull=False), name="personal_link_replied_when_opened"
            ),
        ]

    def __str__(self) -> str:
        return self.label
