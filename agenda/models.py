"""The plan and the day in the database: what, when, who."""

import secrets
import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import card_models, import_models  # noqa: F401 - where Django looks for them

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"  # one keyboard, no I, L or O
CODE_LENGTH = 6


def new_workshop_id() -> str:
    """Ten random characters that name a day for ever; knowing it opens nothing."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(10))


def new_join_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def new_join_token() -> str:
    return secrets.token_urlsafe(16)


class User(AbstractUser):
    """Somebody with an account: a facilitator or the host's staff. Attendees have none."""


class SignInLink(models.Model):
    """A way in without a password: shown once, stored hashed, used once, good for ten minutes."""

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link for {self.user}"


class Workshop(models.Model):
    """One masterclass day."""

    id = models.CharField(primary_key=True, max_length=12, default=new_workshop_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True, help_text="Names the day in documents and file names.")
    title = models.CharField(max_length=120)
    date = models.DateField()
    time_zone = models.CharField(max_length=40, default="Europe/London")
    place = models.CharField(max_length=120, blank=True)
    host = models.CharField(max_length=120, blank=True)
    purpose = models.JSONField(default=list, help_text="Paragraphs.")
    housekeeping = models.JSONField(default=list, help_text="Pairs of title and text: the three Fs.")
    links = models.JSONField(default=list, help_text="Pairs of title and address: further support.")

    join_code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_join_code)
    join_token = models.CharField(max_length=32, unique=True, default=new_join_token)

    # What live clients compare: see docs/live.md. `control_rev` counts only what phones see.
    epoch = models.BigIntegerField(default=0)
    rev = models.BigIntegerField(default=1)
    control_rev = models.BigIntegerField(default=1)

    # A rehearsal has a clock of its own: it stands at `clock_shown` until `clock_real`, then runs at `clock_rate`.
    rehearsal = models.BooleanField(default=False)
    clock_shown = models.DateTimeField(null=True, blank=True)
    clock_real = models.DateTimeField(null=True, blank=True)
    clock_rate = models.FloatField(default=1.0)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    template = models.BooleanField(default=False, help_text="Others start their days from it; it cannot be run.")

    class Meta:
        ordering = ["-date", "title"]
        constraints = [models.CheckConstraint(condition=Q(clock_rate__gt=0), name="workshop_clock_runs_forward")]

    def __str__(self) -> str:
        return f"{self.title}, {self.date}"

    def touch(self, *, phones: bool) -> None:
        """The first statement of every service: its row lock orders all writers of this day.

        `phones` says whether phones see the change; the desk and the screen always look again.
        """
        changes: dict[str, Any] = {"rev": F("rev") + 1}
        if phones:
            changes["control_rev"] = F("control_rev") + 1
        Workshop.objects.filter(pk=self.pk).update(**changes)
        self.refresh_from_db()


class Membership(models.Model):
    """What somebody with an account may do on one day."""

    class Role(models.TextChoices):
        OWNER = "owner"
        FACILITATOR = "facilitator"
        SCRIBE = "scribe"
        VIEWER = "viewer"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "user"], name="one_role_per_person_and_day"),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "facilitator", "scribe", "viewer"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class Slot(models.Model):
    """An item of the running order: thin and permanent. What it says and when it is stands in the plan version."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="slots")
    key = models.SlugField(max_length=40)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="slot_key_unique_in_day")]

    def __str__(self) -> str:
        return self.key


class PlanVersion(models.Model):
    """One published running order. Never changed: a later edit is a later version.

    `value` is the JSON that `agenda.plan` writes and reads.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="plan_versions")
    number = models.PositiveIntegerField()
    value = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["workshop", "number"], name="plan_number_unique_in_day")]

    def __str__(self) -> str:
        return f"version {self.number}"


class PlanDraft(models.Model):
    """The running order somebody is working on. Nobody in the room sees it.

    `value` is the JSON that `agenda.drafting` writes, with the number of the version it was begun from; empty when
    nothing has been changed since. `edit` counts the saves, so that a form that is behind is noticed.
    """

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="plan_draft")
    value = models.JSONField(default=dict)
    edit = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"edit {self.edit}"


class Speaker(models.Model):
    """Somebody who speaks in a slot, as published."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="speakers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=160, blank=True)
    organisation = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["slot", "position"], name="speaker_position_unique")]

    def __str__(self) -> str:
        return self.name


class LogEntry(models.Model):
    """One press that moved the day. Only ever added to; the schedule is worked out from it each time."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="log")
    seq = models.PositiveIntegerField()
    press = models.UUIDField(
        default=uuid.uuid4, help_text="Made by the page before its first try; a repeat is harmless."
    )
    kind = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "seq"], name="log_seq_unique_in_day"),
            models.UniqueConstraint(fields=["workshop", "press"], name="log_press_unique_in_day"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Attendee(models.Model):
    """A seat in the room. Everything about the person is optional; nothing here leads to an unlinked answer."""

    class Role(models.TextChoices):
        COUNCILLOR = "councillor", _("councillor")
        OFFICER = "officer", _("officer")
        SPEAKER = "speaker", _("speaker")
        HOST = "host", _("host")
        REMOTE = "remote", _("joining remotely")

    class Device(models.TextChoices):
        PHONE = "phone"  # their own, or whatever else they hold for the day
        TABLET = "tablet"  # one that goes from hand to hand
        NONE = "none"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="attendees")
    name = models.CharField(max_length=80, blank=True)
    council = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    device = models.CharField(max_length=6, choices=Device.choices, default=Device.PHONE)
    arrived = models.BooleanField(default=True, help_text="In the room; before that, somebody of the survey.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["", "councillor", "officer", "speaker", "host", "remote"]),
                name="attendee_role_known",
            ),
            models.CheckConstraint(condition=Q(device__in=["phone", "tablet", "none"]), name="attendee_device_known"),
        ]

    def __str__(self) -> str:
        return self.name or "somebody"


class Audit(models.Model):
    """Who did what that touches people or their words. Only ever added to; holds no answer and no answer's id."""

    workshop = models.ForeignKey(Workshop, null=True, on_delete=models.CASCADE, related_name="audit")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"


class Wipe(models.Model):
    """While it is there, log and audit of its day (None: audit of no day) can be deleted. See `agenda.wiping`.

    `never` names a day that does not exist, so the database commits no transaction that leaves one of these behind.
    """

    workshop = models.OneToOneField(Workshop, null=True, on_delete=models.DO_NOTHING, related_name="+")
    never = models.ForeignKey(Workshop, default="never", on_delete=models.DO_NOTHING, related_name="+")

    def __str__(self) -> str:
        return f"wiping {self.workshop_id}"
