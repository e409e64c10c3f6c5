"""Putting a page of the summary on the screen. One transaction: touch first, write, announce after."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda import changes
from agenda.models import Workshop
from agenda.services import Refused

from . import room
from .models import Stage
from .stage import turn_to


@transaction.atomic
def put_on_screen(*, workshop: Workshop, page: str) -> None:
    """The room looks at this page of the summary; "" is the first there is."""
    workshop.touch(phones=True)
    leaves = room.look(workshop, real=timezone.now()).leaves
    found = next((leaf for leaf in leaves if page in {"", leaf.key}), None)
    if found is None and page:
        raise Refused(_("There is nothing on this page to show to the room. The screen shows what it showed before."))
    if found is None:
        raise Refused(_("There is nothing to sum up yet: show answers to the room, or group some into themes first."))
    turn_to(workshop, face=Stage.Face.SUMMARY, page=found.key)
    changes.announce(workshop)
