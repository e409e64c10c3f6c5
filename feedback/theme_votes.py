"""“This is mine too”: a phone's vote for a theme, where the facilitator asks for it. Nothing of it leads to a seat."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from agenda import changes
from agenda.models import Workshop
from agenda.seat import Seat
from agenda.services import Refused

from .confidentiality import respondent
from .models import Question
from .theme_models import Theme, ThemeVote, ThemeVoting
from .turned_back import Closed


def phone_as_voter(seat: Seat, workshop_id: str, theme_id: uuid.UUID) -> str:
    """Who a phone is among those that vote for one theme: somebody else at another."""
    return respondent(seat.secret, workshop_id, f"theme:{theme_id}")


@transaction.atomic
def ask_for_votes(*, workshop: Workshop, on: bool) -> None:
    """Phones list the themes, or not any more. What was voted stays, and its numbers are shown from now on."""
    workshop.touch(phones=True)
    if on and Question.objects.filter(workshop=workshop, sealed_at__isnull=False).exists():
        raise Refused(_("Names were taken off for good on this day, so nobody can vote any more."))
    if on and not Theme.objects.filter(workshop=workshop, dropped=False).exists():
        raise Refused(_("There is no theme yet. Group some answers first."))
    ThemeVoting.objects.update_or_create(workshop=workshop, defaults={"is_open": on})
    changes.announce(workshop)


@transaction.atomic
def mine_too(*, workshop: Workshop, seat: Seat, theme_id: uuid.UUID, on: bool) -> None:
    """A phone says that a theme is its own too, or takes that back; twice is once. No other phone hears of it."""
    workshop.touch(phones=False)
    theme = Theme.objects.filter(workshop=workshop, pk=theme_id, dropped=False).first()
    if theme is None or not is_open(workshop):
        raise Closed(_("This is not asked any more. What you pressed before is kept."))
    phone = phone_as_voter(seat, workshop.pk, theme_id)
    if on:
        ThemeVote.objects.get_or_create(theme=theme, respondent=phone)
    else:
        ThemeVote.objects.filter(theme=theme, respondent=phone).delete()
    changes.announce(workshop)


def is_open(workshop: Workshop) -> bool:
    """Whether phones are asked just now."""
    return ThemeVoting.objects.filter(workshop=workshop, is_open=True).exists()


def listed(workshop: Workshop) -> list[Theme]:
    """What phones can vote for: without numbers, so that none sways. For everybody in the room."""
    if not is_open(workshop):
        return []
    return list(Theme.objects.filter(workshop=workshop, dropped=False).order_by("position", "pk"))


def mine(workshop: Workshop, seat: Seat) -> list[str]:
    """The themes that this phone has said are its own too. Nobody else's eyes."""
    themes = Theme.objects.filter(workshop=workshop, dropped=False).values_list("pk", flat=True)
    voters = {phone_as_voter(seat, workshop.pk, pk): pk for pk in themes}
    given = ThemeVote.objects.filter(theme__workshop=workshop, respondent__in=list(voters)) if voters else ()
    return sorted(str(voters[vote.respondent]) for vote in given)


@transaction.atomic
def take_all_back(*, workshop: Workshop, seat: Seat) -> None:
    """For somebody who deletes all they said."""
    workshop.touch(phones=False)
    for pk in Theme.objects.filter(workshop=workshop).values_list("pk", flat=True):
        ThemeVote.objects.filter(theme=pk, respondent=phone_as_voter(seat, workshop.pk, pk)).delete()
    changes.announce(workshop)


def counted(workshop: Workshop) -> Mapping[uuid.UUID, int] | None:
    """Theme -> how many phones said "This is mine too"; None where nobody was asked. Two queries."""
    if not ThemeVoting.objects.filter(workshop=workshop).exists():
        return None
    votes = ThemeVote.objects.filter(theme__workshop=workshop).order_by().values_list("theme").annotate(n=Count("pk"))
    return dict(votes)
