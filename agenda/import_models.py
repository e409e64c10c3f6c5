"""What somebody has brought to make a day of, while they look at what was understood of it."""

import uuid

from django.db import models
from django.utils import timezone


class Reading(models.Model):
    """A running order that was pasted or read from a file, and what its reader has decided about it so far.

    `source` is the JSON that `agenda.importers.source_json` writes: the words alone, the file is not kept. `choices`
    are what was pressed and typed, as `agenda.reading_choices` writes it. `workshop` is the day it is to be put into,
    None for a new one. Only `user` sees it; it goes when the day is made, and anyway after a day (`agenda.importing`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("agenda.User", on_delete=models.CASCADE, related_name="readings")
    workshop = models.ForeignKey("agenda.Workshop", null=True, on_delete=models.CASCADE, related_name="readings")
    name = models.CharField(max_length=120, blank=True, help_text="Of the file; empty for what was pasted.")
    source = models.TextField()
    choices = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.name or "pasted"
