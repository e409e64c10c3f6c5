"""Themes: named groups of answers, the presses that made them, and "This is mine too". See docs/data-map.md."""

import uuid

from django.db import models
from django.db.models import F, Q

from agenda.models import User, Workshop

LONGEST = 80


class Theme(models.Model):
    """A named group of answers, possibly nested in another one: `grouping.py` says what may be done with it.

    One that was merged or dissolved is `dropped`: the press can be undone, and then its votes are there again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="themes")
    name = models.CharField(max_length=LONGEST)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="nested")
    position = models.PositiveIntegerField()
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="theme_has_a_name"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="theme_not_nested_in_itself"),
        ]

    def __str__(self) -> str:
        return self.name


class InTheme(models.Model):
    """An answer stands in a theme. Under a random id, so that the table does not say in which order they were put."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="places")
    answer = models.ForeignKey("feedback.Answer", on_delete=models.CASCADE, related_name="in_themes")

    class Meta:
        ordering = ["answer"]
        constraints = [models.UniqueConstraint(fields=["theme", "answer"], name="answer_once_in_a_theme")]

    def __str__(self) -> str:
        return f"in {self.theme_id}"


class ThemeEdit(models.Model):
    """One press on the themes, so that it can be undone by anybody who groups. `changes`: by theme, before and after.

    It quotes no answer; which answers it moved stands in `EditedPlace`, and goes with them.
    """

    class Kind(models.TextChoices):
        BEGIN = "begin"
        PUT = "put"
        TAKE_OUT = "take_out"
        RENAME = "rename"
        MOVE = "move"
        NEST = "nest"
        MERGE = "merge"
        SPLIT = "split"
        DISSOLVE = "dissolve"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="theme_edits")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=LONGEST)
    other = models.CharField(max_length=LONGEST, blank=True)
    n = models.PositiveIntegerField(default=0)
    changes = models.JSONField(default=dict)
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "seq"], name="theme_edit_seq_unique_in_day"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "begin",
                        "put",
                        "take_out",
                        "rename",
                        "move",
                        "nest",
                        "merge",
                        "split",
                        "dissolve",
                    ]
                ),
                name="theme_edit_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class EditedPlace(models.Model):
    """An answer that a press put into a theme, or took out of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edit = models.ForeignKey(ThemeEdit, on_delete=models.CASCADE, related_name="places")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
    answer = models.ForeignKey("feedback.Answer", on_delete=models.CASCADE, related_name="+")
    is_put = models.BooleanField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return "put" if self.is_put else "taken out"


class ThemeVote(models.Model):
    """One phone's "This is mine too". The respondent is another one for each theme, so votes join nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="votes")
    respondent = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["theme", "respondent"], name="one_theme_vote_per_phone")]

    def __str__(self) -> str:
        return "mine too"


class ThemeVoting(models.Model):
    """Whether the room is asked "Which of these is yours too?", and whether it ever was: then there are numbers."""

    workshop = models.OneToOneField(Workshop, primary_key=True, on_delete=models.CASCADE, related_name="theme_voting")
    is_open = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "open" if self.is_open else "closed"
