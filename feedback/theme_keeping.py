"""What becomes of themes when names are taken off, a rehearsal begins again, or a day's date has come.

The caller of every verb here has touched the workshop. An answer that goes for any other reason goes out of its themes,
and out of what could be undone, by itself.
"""

import uuid
from collections.abc import Iterable, Mapping
from random import SystemRandom
from secrets import token_hex

from django.db.models import QuerySet

from agenda.models import Workshop

from .grouping import Place
from .models import Answer
from .theme_models import InTheme, Theme, ThemeEdit, ThemeVote, ThemeVoting

chance = SystemRandom()


def standing(answers: QuerySet[Answer]) -> list[Place]:
    """Which of these answers stand in which themes. One that is dropped is not kept."""
    places = InTheme.objects.filter(answer__in=answers, theme__dropped=False)
    return list(places.order_by().values_list("theme_id", "answer_id"))


def point_anew(stood: Iterable[Place], anew: Mapping[uuid.UUID, Answer]) -> None:
    """The same answers under their new ids, in random order."""
    rows = [InTheme(theme_id=theme, answer=anew[answer]) for theme, answer in stood]
    chance.shuffle(rows)
    InTheme.objects.bulk_create(rows)


def forget_presses(workshop_id: str) -> None:
    """What was pressed so far cannot be undone any more: the list of presses knows answers by their old ids."""
    ThemeEdit.objects.filter(workshop=workshop_id).delete()
    Theme.objects.filter(workshop=workshop_id, dropped=True).delete()


def seal_votes(workshop: Workshop) -> None:
    """As many votes as before, under ids and respondents that lead nowhere; no more are taken."""
    ThemeVoting.objects.filter(workshop=workshop).update(is_open=False)
    votes = ThemeVote.objects.filter(theme__workshop=workshop)
    rows = [ThemeVote(theme_id=theme, respondent=token_hex(32)) for theme in votes.values_list("theme_id", flat=True)]
    votes.delete()
    chance.shuffle(rows)
    ThemeVote.objects.bulk_create(rows)


def forget(workshop: Workshop) -> None:
    """Every theme, every press and every vote of a day: their names may quote what people said."""
    ThemeEdit.objects.filter(workshop=workshop).delete()
    Theme.objects.filter(workshop=workshop).delete()
    ThemeVoting.objects.filter(workshop=workshop).delete()
