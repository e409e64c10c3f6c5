"""The summary on the screen, page by page: the themes, each theme, what was said to each question, the closing four.

Nothing is on it that the room has not been shown: words only of answers that are shown, of the others how many.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _

from feedback import queries as feedback
from feedback import room_themes, theme_votes
from feedback.models import Question
from feedback.queries import Asked
from feedback.room_themes import SeenTheme
from feedback.theme_models import Theme

from .models import Stage

if TYPE_CHECKING:
    from .room import Room

THEMES, CLOSING = "themes", "closing"
CARDS = 2  # that are read of each closing question on the page of all four


@dataclass(frozen=True)
class Leaf:
    """One page. `key` names it at the desk and on the stage; it is about `theme` or `asked`, if it is about one."""

    key: str
    title: str
    theme: SeenTheme | None = None
    asked: Asked | None = None


@dataclass(frozen=True)
class Closing:
    """One of the closing questions, with as many words as there is room for beside the others."""

    asked: Asked
    cards: list[str]


@dataclass(frozen=True, kw_only=True)
class WithSummary:
    """The summary of a Room. `kept_summary`: what a frozen screen keeps of it, see `keep`."""

    kept_summary: Mapping[str, Any] | None = None

    @property
    def is_summary(self) -> bool:
        return cast("Room", self).stage.face == Stage.Face.SUMMARY

    @cached_property
    def themes(self) -> list[SeenTheme]:
        """Read when a page asks for them, and then once."""
        workshop, kept = cast("Room", self).workshop, self.kept_summary
        if kept is None:
            return room_themes.seen(workshop)
        return room_themes.as_kept(workshop, kept.get("themes", []), kept.get("quotes", []))

    @cached_property
    def voted_for(self) -> list[Theme]:
        """What phones are asked about, if they are."""
        return theme_votes.listed(cast("Room", self).workshop)

    @cached_property
    def leaves(self) -> list[Leaf]:
        """Every page there is something on, in order."""
        room = cast("Room", self)
        shown = [one for one in room.asked if one.question.shown and one.question.occasion != _FEEDBACK]
        said = [Leaf(f"said:{one.question.pk}", one.question.text, asked=one) for one in shown if one.count]
        themes = [one for top in self.themes for one in (top, *top.nested)]
        each = [Leaf(f"theme:{one.id}", one.name, theme=one) for one in themes if one.quotes]
        overview = [Leaf(THEMES, _("What we heard"))] if themes else []
        closing = [Leaf(CLOSING, _("What we take with us"))] if self._closing_asked else []
        return [*overview, *each, *said, *closing]

    @cached_property
    def leaf(self) -> Leaf | None:
        """The page that is on, if the summary is."""
        if not self.is_summary:
            return None
        wanted = cast("Room", self).stage.page
        return next((leaf for leaf in self.leaves if leaf.key == wanted), None)

    @property
    def leaf_number(self) -> int:
        return self.leaves.index(self.leaf) + 1 if self.leaf else 0

    @property
    def leaf_before(self) -> Leaf | None:
        return self.leaves[self.leaf_number - 2] if self.leaf_number > 1 else None

    @property
    def leaf_after(self) -> Leaf | None:
        """The next page; the first, where the one that was on is not there any more."""
        return self.leaves[self.leaf_number] if self.leaf_number < len(self.leaves) else None

    @cached_property
    def leaf_tally(self) -> Any | None:
        """What the room may see of the question that the page is about."""
        return self.leaf and self.leaf.asked and feedback.shown_tally(self.leaf.asked.question)

    @cached_property
    def closing(self) -> list[Closing]:
        """The closing questions; for a page of all four."""
        kept = None if self.kept_summary is None else self.kept_summary.get("quotes", [])
        may = [kept is None or str(one.question.pk) in kept for one in self._closing_asked]
        return [
            Closing(one, feedback.shown_words(one.question, CARDS) if quotes else [])
            for one, quotes in zip(self._closing_asked, may, strict=True)
        ]

    @cached_property
    def _closing_asked(self) -> list[Asked]:
        """Those that were asked, by anybody answered."""
        asked = {one.question.pk: one for one in cast("Room", self).asked if one.count}
        questions = [one.question for one in asked.values()]
        return [asked[question.pk] for question in room_themes.closing_questions(questions)]


_FEEDBACK = Question.Occasion.FEEDBACK


def keep(room: "Room") -> dict[str, Any]:
    """What a frozen screen keeps of it: which page, what is on it, and of which questions it quotes answers."""
    if not room.is_summary:
        return {"page": ""}
    closing = [one.asked for one in room.closing] if room.stage.page == CLOSING else []
    shown = {one.question.pk for one in closing if one.question.shown}
    quoted = room_themes.quoted(room.themes) | shown
    live = [one.question.pk for one in room.asked if one.question.showing == Question.Showing.LIVE]
    return {
        "page": room.stage.page,
        "themes": room_themes.keep(room.themes),
        "quotes": sorted(str(pk) for pk in quoted),
        "counts": {str(one.question.pk): one.count for one in closing},
        "live": sorted(str(pk) for pk in quoted.intersection(live)),
    }
