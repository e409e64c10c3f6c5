"""What people say of themselves beyond their name, and the names of councils that this server knows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Card(models.Model):
    """Somebody's introduction: what they say of themselves to the room, all of it optional. Party is never asked.

    It goes with the seat. The desk reads it; the room sees it on the screen while its owner speaks, and only if
    `on_screen` says so.
    """

    class Role(models.TextChoices):
        """Usual ones, several of which may fit. None of them says on which side of a council somebody sits."""

        LEADER = "leader", _("Leader")
        DEPUTY = "deputy", _("Deputy leader")
        CABINET = "cabinet", _("Cabinet or executive member")
        COMMITTEE = "committee", _("Committee chair")
        SCRUTINY = "scrutiny", _("Scrutiny chair")
        CHAMPION = "champion", _("Member champion")
        WARD = "ward", _("Ward or division councillor")

    attendee = models.OneToOneField("agenda.Attendee", primary_key=True, on_delete=models.CASCADE, related_name="card")
    roles = models.JSONField(default=list, blank=True, help_text="Names of usual roles, in their order.")
    portfolio = models.CharField(max_length=160, blank=True)
    experience = models.CharField(max_length=300, blank=True)
    interest = models.CharField(max_length=500, blank=True)
    key_point = models.CharField(max_length=300, blank=True)
    is_ask = models.BooleanField(default=False, help_text="The key point asks something of the room.")
    on_screen = models.BooleanField(default=False, help_text="The room may see it while its owner speaks.")

    class Meta:
        ordering = ["attendee_id"]
        constraints = [
            models.CheckConstraint(condition=Q(is_ask=False) | ~Q(key_point=""), name="card_ask_says_what"),
        ]

    def __str__(self) -> str:
        return f"card of {self.attendee_id}"

    @property
    def role_names(self) -> list[str]:
        """The usual roles in words, and the own ones after them."""
        usual = [str(self.Role(role).label) for role in self.roles if role in self.Role.values]
        return [*usual, self.portfolio] if self.portfolio else usual

    @property
    def says_something(self) -> bool:
        return bool(self.role_names or self.experience or self.interest or self.key_point)


class Council(models.Model):
    """A council of the register that `load_councils` reads. It belongs to the server, not to a day."""

    official_name = models.CharField(max_length=120, unique=True)
    other_words = models.CharField(max_length=400, blank=True, help_text="Of its other names: it is found by them too.")

    class Meta:
        ordering = ["official_name"]
        constraints = [models.CheckConstraint(condition=~Q(official_name=""), name="council_has_a_name")]

    def __str__(self) -> str:
        return self.official_name
