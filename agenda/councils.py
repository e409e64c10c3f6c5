"""Councils that a field offers while somebody types. Any other name is as good: a register is a help, never a rule.

What is offered is the register of this server, and of the day itself only what its room is told anyway: the
organisations of the published speakers, and the councils on cards that their owners let the screen show. Names used
on another day are never offered, for they would say who was there; nor is what somebody of this day has told the
facilitator alone.
"""

from collections.abc import Sequence

from django.db import transaction

from .card_models import Card, Council
from .models import Speaker, Workshop
from .register import Entry


@transaction.atomic
def load_register(*, entries: Sequence[Entry]) -> tuple[int, int]:
    """The register becomes what the file says: how many councils are new, and how many are gone. Nobody's own words
    change with it."""
    wanted = {entry.official_name: entry.other_words for entry in entries}
    known = set(Council.objects.values_list("official_name", flat=True))
    gone = Council.objects.exclude(official_name__in=wanted)
    counts = len(wanted.keys() - known), gone.count()
    gone.delete()
    Council.objects.bulk_create(
        [Council(official_name=name, other_words=others) for name, others in wanted.items()],
        update_conflicts=True,
        unique_fields=["official_name"],
        update_fields=["other_words"],
    )
    return counts


def offered(workshop: Workshop) -> list[tuple[str, str]]:
    """Names to offer, with further words by which they are found; by name. Everybody with a seat or a role may see
    them. Three queries."""
    register = dict(Council.objects.values_list("official_name", "other_words"))
    speakers = Speaker.objects.filter(slot__workshop=workshop).values_list("organisation", flat=True)
    here = Card.objects.filter(attendee__workshop=workshop, attendee__revoked_at=None, on_screen=True)
    named = [*speakers, *here.values_list("attendee__council", flat=True)]
    names = dict.fromkeys((name for name in named if name), "") | register
    return sorted(names.items(), key=lambda each: each[0].casefold())
