"""The themes of a day that is carried. What could be undone stays behind: it is undone where it was done."""

import uuid

from django.utils.translation import gettext_lazy as _

from agenda import rows
from agenda.models import Workshop
from agenda.rows import Entry, Tables

from .models import Answer
from .theme_models import InTheme, Theme, ThemeEdit, ThemeVote, ThemeVoting

REPLACED = {
    "themes": _("themes"),
    "in_themes": _("answers put in themes"),
    "theme_votes": _("votes for themes"),
    "theme_voting": _("whether themes are voted for"),
}


def pack(workshop: Workshop) -> Tables:
    """Table -> its rows, each in the order of random ids."""
    themes = Theme.objects.filter(workshop=workshop).order_by("pk")
    places = InTheme.objects.filter(theme__workshop=workshop).order_by("pk")
    votes = ThemeVote.objects.filter(theme__workshop=workshop).order_by("pk")
    return {
        "themes": [rows.write(row, parent=row.parent_id and str(row.parent_id)) for row in themes],
        "in_themes": [rows.write(row, theme=str(row.theme_id), answer=str(row.answer_id)) for row in places],
        "theme_votes": [rows.write(row, theme=str(row.theme_id)) for row in votes],
        "theme_voting": [rows.write(row) for row in ThemeVoting.objects.filter(workshop=workshop)],
    }


def unpack(workshop: Workshop, tables: Tables) -> None:
    """Themes become those of the file; an answer that has not come along stands in none."""
    ThemeEdit.objects.filter(workshop=workshop).delete()
    Theme.objects.filter(workshop=workshop).delete()
    ThemeVoting.objects.filter(workshop=workshop).delete()
    themes = _themes(workshop, tables.get("themes", []))
    answers = {str(row.pk): row for row in Answer.objects.filter(question__workshop=workshop)}
    InTheme.objects.bulk_create(
        InTheme(
            theme=rows.needed(entry, "theme", themes),
            answer=answers[str(entry["answer"])],
            **rows.read(InTheme, entry, "theme", "answer"),
        )
        for entry in tables.get("in_themes", [])
        if str(entry.get("answer")) in answers
    )
    ThemeVote.objects.bulk_create(
        ThemeVote(theme=rows.needed(entry, "theme", themes), **rows.read(ThemeVote, entry, "theme"))
        for entry in tables.get("theme_votes", [])
    )
    for entry in tables.get("theme_voting", []):
        ThemeVoting.objects.create(workshop=workshop, **rows.read(ThemeVoting, entry))


def _themes(workshop: Workshop, entries: list[Entry]) -> dict[str, Theme]:
    """Each is nested in a theme of the same file, one level deep."""
    found = {str(one.pk): one for one in (Theme(workshop=workshop, **rows.read(Theme, e, "parent")) for e in entries)}
    tops = {key for entry in entries if not entry.get("parent") for key in [str(uuid.UUID(str(entry["id"])))]}
    for entry in entries:
        parent = rows.link(entry, "parent", {key: one for key, one in found.items() if key in tops})
        found[str(uuid.UUID(str(entry["id"])))].parent = parent
    Theme.objects.bulk_create(sorted(found.values(), key=lambda one: one.parent_id is not None))
    return found
