"""How long the words of a day are kept, and what was taken out of it for good. See docs/data-map.md."""

from django.db import models
from django.db.models import Q

from agenda.models import Workshop


class Keeping(models.Model):
    """How long the words of one day are kept, and what is being done about it. A day without one has the usual."""

    workshop = models.OneToOneField(Workshop, primary_key=True, on_delete=models.CASCADE, related_name="keeping")
    open_days = models.PositiveSmallIntegerField(
        default=3, help_text="After the close of the day: then names are taken off for good."
    )
    delete_on = models.DateField(null=True, blank=True, help_text="Names and answers are deleted on this date.")
    leftovers = models.BooleanField(
        default=False, help_text="What was taken out of the database may still be in its files."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(open_days__gte=1, open_days__lte=60), name="keeping_open_days_sensible")
        ]

    def __str__(self) -> str:
        return f"{self.open_days} days"


class Gone(models.Model):
    """A seat or an answer that was taken out for good, so that no copy from before brings it back.

    `mark` is a hash of its random id: who has the id can tell that it is gone, and nobody can tell the id.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="gone")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "mark"], name="gone_once")]

    def __str__(self) -> str:
        return self.mark[:8]
