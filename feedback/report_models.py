"""The draft of a day's report. See docs/data-map.md."""

from django.db import models
from django.db.models import Q

from agenda.models import Workshop

LONGEST = 100_000


class DraftReport(models.Model):
    """What owner and facilitator make of a day in their own words, as Markdown. `edit` counts the saves, so that a page
    that is behind is noticed. Begun from the summary, it may quote what the room was shown."""

    workshop = models.OneToOneField(Workshop, primary_key=True, on_delete=models.CASCADE, related_name="draft_report")
    text = models.CharField(max_length=LONGEST)
    edit = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="draft_report_says_something"),
            models.CheckConstraint(condition=Q(edit__gte=1), name="draft_report_edit_counts"),
        ]

    def __str__(self) -> str:
        return f"edit {self.edit}"
