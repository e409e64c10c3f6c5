"""Everyone out: what the room reads while it is, and what the desk is told of it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from agenda import words
from agenda.models import Workshop
from agenda.timing import Schedule

from .models import Stage

CARD = "fire"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Alarm:
    """Made anew for each snapshot."""

    workshop: Workshop
    stage: Stage
    schedule: Schedule

    @property
    def is_on(self) -> bool:
        return self.stage.is_out

    @cached_property
    def card(self) -> str:
        """What the housekeeping card called "Fire" says: where to go. Empty without one."""
        titles = {CARD, _("Fire").casefold()}
        cards = (card["text"] for card in self.workshop.housekeeping if card["title"].strip().casefold() in titles)
        return next(cards, "").strip()

    @property
    def where(self) -> str:
        """Where everybody goes, as the room reads it."""
        return self.card or _("Go to the assembly point.")

    @property
    def since(self) -> str:
        return words.at(self.stage.out_since, self.workshop.time_zone)

    @property
    def until(self) -> str:
        return words.at(self.stage.back_at, self.workshop.time_zone)

    @property
    def lasted(self) -> str:
        """How long everybody was out, "22 minutes": for as long as the item they came back into is live."""
        live, out_since, back_at = self.schedule.live, self.stage.out_since, self.stage.back_at
        if not (out_since and back_at and live and live.start and live.start <= back_at):
            return ""
        lasted = back_at - out_since
        return words.minutes(lasted) if lasted >= MINUTE else _("less than a minute")
