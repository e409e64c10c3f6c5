"""Hands that were counted in the room. See docs/data-map.md."""

from django.db import models
from django.db.models import Q


class ShowOfHands(models.Model):
    """How many hands went up for one option of a question, as the desk has counted. `part`: which statement."""

    question = models.ForeignKey("feedback.Question", on_delete=models.CASCADE, related_name="shows_of_hands")
    part = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=40)
    n = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "part", "key"], name="one_show_of_hands_an_option"),
            models.CheckConstraint(condition=Q(n__gte=0, n__lte=5000), name="hands_fit_a_hall"),
        ]

    def __str__(self) -> str:
        return f"{self.n} hands"
