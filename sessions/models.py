"""What is on in the room now."""

import uuid

from django.db import models
from django.db.models import F, Q

from agenda.models import Attendee, Slot, Workshop
from feedback.models import Question

from . import call_models  # noqa: F401 - where Django looks for them


class Stage(models.Model):
    """What the room is looking at. One row a day."""

    class Face(models.TextChoices):
        SLOT = "slot"
        QUESTION = "question"
        RULES = "rules"
        HOUSEKEEPING = "housekeeping"
        JOIN = "join"
        SUMMARY = "summary"
        ASKS = "asks"

    class Phase(models.TextChoices):
        TALK = "talk"
        QUESTIONS = "questions"
        DISCUSSION = "discussion"

    workshop = models.OneToOneField(Workshop, primary_key=True, on_delete=models.CASCADE, related_name="stage")
    face = models.CharField(max_length=12, choices=Face.choices, default=Face.JOIN)
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    page = models.CharField(max_length=50, blank=True, help_text="Of the summary: see summary_pages.py.")
    blank = models.BooleanField(default=False)
    table = models.CharField(max_length=20, blank=True, help_text="Of a sheet, the one whose notes are shown alone.")
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.TALK, help_text="Of a speaker's item.")
    frozen = models.JSONField(null=True, blank=True, help_text="What the screen keeps showing: see picture.py.")
    out_since = models.DateTimeField(null=True, blank=True, help_text="Everyone was sent out.")
    back_at = models.DateTimeField(null=True, blank=True, help_text="Everyone was back in.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(face__in=["slot", "question", "rules", "housekeeping", "join", "summary", "asks"]),
                name="stage_face_known",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=["talk", "questions", "discussion"]), name="stage_phase_known"
            ),
            models.CheckConstraint(
                condition=Q(back_at__isnull=True) | Q(out_since__isnull=False, back_at__gte=F("out_since")),
                name="stage_back_after_out",
            ),
        ]

    def __str__(self) -> str:
        return self.face

    @property
    def is_out(self) -> bool:
        return self.out_since is not None and self.back_at is None


class GroundRule(models.Model):
    """One of the rules the room agrees to."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="ground_rules")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["workshop", "position"], name="rule_position_unique_in_day")]

    def __str__(self) -> str:
        return self.text


class Agreement(models.Model):
    """Somebody in a seat has agreed to the ground rules. It holds no time."""

    attendee = models.OneToOneField(Attendee, primary_key=True, on_delete=models.CASCADE, related_name="agreement")

    def __str__(self) -> str:
        return "agreed"


class PairedScreen(models.Model):
    """A projector's browser: it shows four digits, the desk types them in, and it may show the room from then on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digits = models.CharField(max_length=4)
    workshop = models.ForeignKey(Workshop, null=True, blank=True, on_delete=models.CASCADE, related_name="screens")
    asked_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["digits"], condition=Q(workshop__isnull=True), name="waiting_digits_unique")
        ]

    def __str__(self) -> str:
        return self.digits


class SpeakerLink(models.Model):
    """A private link to one item's own clock: shown once, stored hashed, good until it is taken away. No log-in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="speaker_links")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="speaker_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=Q(revoked_at__isnull=True), name="one_live_speaker_link_per_slot"
            )
        ]

    def __str__(self) -> str:
        return f"speaker's link for {self.slot}"


class Tablet(models.Model):
    """One tablet that goes from hand to hand: a link made at the desk, shown once, stored hashed, opens it.

    It says nothing of who has had it: each person takes a seat of their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="tablets")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    opened = models.BooleanField(default=False, help_text="A tablet holds it; the link opens no other.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return "a shared tablet"
