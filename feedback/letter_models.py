"""The table of mails that people have asked for."""

import uuid

from django.db import models
from django.db.models import Q

from agenda.models import Attendee

MOST_ASKED = 3  # mails that one person can have of each purpose


class Letter(models.Model):
    """A mail that somebody has asked for: where it goes, and until it has gone. What it says is made when it is sent.

    The address goes with the mail, or when we give up, or when its owner says so. What is left says that there was a
    mail, and keeps anybody from asking for many. `token_hash`: of the private link that a follow-up brings.
    """

    class Purpose(models.TextChoices):
        DAY = "day"
        FOLLOWUP = "followup"

    class State(models.TextChoices):
        WAITS = "waits"
        SENT = "sent"
        STOPPED = "stopped"  # by whoever asked
        REFUSED = "refused"  # the mail server does not know the address
        GIVEN_UP = "given_up"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITS)
    address = models.EmailField(max_length=254, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="When it is tried next.")
    give_up_at = models.DateTimeField(null=True, blank=True, help_text="From its first try on.")
    tries = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=1, help_text="How often somebody asked for it.")
    token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="waits"), name="letters_that_wait")]
        constraints = [
            models.UniqueConstraint(fields=["attendee", "purpose"], name="one_letter_for_each_purpose"),
            models.CheckConstraint(condition=Q(purpose__in=["day", "followup"]), name="letter_purpose_known"),
            models.CheckConstraint(
                condition=(Q(state="waits", due_at__isnull=False) & ~Q(address=""))
                | Q(
                    state__in=["sent", "stopped", "refused", "given_up"],
                    address="",
                    due_at__isnull=True,
                    give_up_at__isnull=True,
                ),
                name="letter_address_goes_with_it",
            ),
            models.CheckConstraint(
                condition=~Q(address__contains="\n") & ~Q(address__contains="\r") & ~Q(address__contains=","),
                name="letter_to_one_address",
            ),
            models.CheckConstraint(condition=Q(asked__gte=1, asked__lte=MOST_ASKED), name="letter_asked_a_few_times"),
            models.CheckConstraint(
                condition=Q(token_hash__isnull=True) | Q(purpose="followup"), name="letter_with_a_link_is_a_followup"
            ),
        ]

    def __str__(self) -> str:
        return f"a mail ({self.purpose})"
