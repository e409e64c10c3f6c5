"""Somebody can help with what somebody else asks: two phones, and a contact each once both want it. See data-map.md."""

import uuid

from django.db import models
from django.db.models import F, Q

from agenda.models import Workshop

LONGEST_NAME, LONGEST_REACH = 80, 160


class Connection(models.Model):
    """One phone's "I can help" to one ask. Each side says yes by typing a contact, for this and nothing else.

    No seat stands here, neither the helper's nor the asker's: the three values of phones are made with their answer
    secrets, so nothing but those two phones finds its way to a contact. `offer` is the helper's at this ask, `helper`
    and `asker` are those of the two sides of this row. Once both have said yes it can stand without the ask, which may
    be taken back, or lose the last thing that leads to whoever gave it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="+")
    answer = models.ForeignKey("feedback.Answer", null=True, on_delete=models.CASCADE, related_name="+")
    offer = models.CharField(max_length=64, null=True)  # noqa: DJ001 - absent, not empty
    helper = models.CharField(max_length=64)
    helper_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    helper_reach = models.CharField(max_length=LONGEST_REACH, blank=True)
    asker = models.CharField(max_length=64, blank=True)
    asker_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    asker_reach = models.CharField(max_length=LONGEST_REACH, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "offer"], name="one_offer_per_phone_and_ask"),
            models.CheckConstraint(condition=~Q(helper=""), name="connection_has_a_helper"),
            models.CheckConstraint(
                condition=Q(helper_name="", helper_reach="") | (~Q(helper_name="") & ~Q(helper_reach="")),
                name="helper_contact_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(asker="", asker_name="", asker_reach="")
                | (~Q(asker="") & ~Q(asker_name="") & ~Q(asker_reach="")),
                name="asker_contact_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=False, offer__isnull=False)
                | (Q(answer__isnull=True, offer__isnull=True) & ~Q(helper_reach="") & ~Q(asker_reach="")),
                name="only_the_connected_stand_alone",
            ),
            models.CheckConstraint(condition=~Q(helper=F("asker")), name="connection_is_of_two"),
        ]

    def __str__(self) -> str:
        return "in touch" if self.is_made else "an offer"

    @property
    def is_made(self) -> bool:
        """Both have said yes: each sees the other's contact."""
        return bool(self.helper_reach and self.asker_reach)
