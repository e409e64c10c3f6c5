"""Photos of sheets that were written on paper. See docs/data-map.md."""

import uuid

from django.db import models
from django.db.models import Q


class SheetPhoto(models.Model):
    """A photo of a paper sheet as it was painted anew: a JPEG without anything that a camera wrote about it.

    It is never kept with a name: `respondent` is the phone's among its photos of this sheet, or random and nobody's
    for one that the desk has sent. It stands in the database, so that whatever happens to answers happens to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey("feedback.Question", on_delete=models.CASCADE, related_name="photos")
    respondent = models.CharField(max_length=64)
    table = models.CharField(max_length=20, blank=True)
    image = models.BinaryField(default=bytes)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    typed = models.CharField(max_length=4000, blank=True, help_text="What it says, as somebody has typed it.")

    class Meta:
        ordering = ["table", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gte=1, width__lte=2400, height__gte=1, height__lte=2400), name="photo_fits_a_page"
            )
        ]

    def __str__(self) -> str:
        return "a photo of a sheet"
