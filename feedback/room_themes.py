"""What the room may see of the themes: their names, how many answers stand in each, and words that are shown anyway.

An answer that the desk has hidden is neither counted nor quoted; one whose question is not shown is counted alone.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agenda.models import Workshop

from . import theme_votes, theming
from .erasing import mark
from .grouping import Board
from .kinds import kinds
from .models import Answer, Question

MOST_QUOTED = 6
LONGEST = 160  # characters of a quotation; the rest is on the phones
MARK = 12  # characters of the hash by which a frozen screen knows an answer again
CLOSING = ("sum_connections", "sum_insights", "sum_questions", "sum_do_now")


@dataclass(frozen=True)
class Quote:
    """`mark` is a hash of the answer's id; who has only that has neither the id nor a word."""

    words: str
    table: str
    question: uuid.UUID
    mark: str


@dataclass(frozen=True)
class SeenTheme:
    """`votes` is None unless the room was asked which of them is theirs too."""

    id: uuid.UUID
    name: str
    n: int
    quotes: list[Quote]
    votes: int | None = None
    nested: list["SeenTheme"] = field(default_factory=list)


def seen(workshop: Workshop) -> list[SeenTheme]:
    """The themes in their order, each with those nested in it. Four queries, five where the room was asked for votes.
    For everybody in the room."""
    board = theming.board(workshop)
    if not board.themes:
        return []
    counts, quotes = _answers(board)
    votes = theme_votes.counted(workshop)
    flat = {
        id: SeenTheme(
            id,
            theme.name,
            counts.get(id, 0),
            quotes.get(id, [])[:MOST_QUOTED],
            None if votes is None else votes.get(id, 0),
        )
        for id, theme in board.themes.items()
    }
    return [replace(flat[top], nested=[flat[one] for one in board.among(top)]) for top in board.among(None)]


def _answers(board: Board) -> tuple[Mapping[uuid.UUID, int], Mapping[uuid.UUID, list[Quote]]]:
    """Theme -> how many answers, and theme -> what may be quoted of them: what is pinned first."""
    inside: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for theme, answer in board.places:
        inside[answer].append(theme)
    rows = Answer.objects.filter(in_themes__theme__in=list(board.themes), hidden=False).distinct()
    counts: dict[uuid.UUID, int] = defaultdict(int)
    quotes: dict[uuid.UUID, list[Quote]] = defaultdict(list)
    for row in rows.select_related("question").order_by("-pinned", "pk"):
        quote = _quote(row)
        for theme in inside.get(row.pk, []):
            counts[theme] += 1
            if quote:
                quotes[theme].append(quote)
    return counts, quotes


def _quote(answer: Answer) -> Quote | None:
    question, value = answer.question, answer.shown_value
    if not question.shown or value is None:
        return None
    words = kinds[question.kind].words(question.config, value)
    if len(words) > LONGEST:
        words = words[: LONGEST - 1].rstrip() + "…"
    return Quote(words, answer.table, question.pk, mark(answer.pk)[:MARK])


def flat(themes: Iterable[SeenTheme]) -> list[SeenTheme]:
    """Each followed by those nested in it."""
    return [one for top in themes for one in (top, *top.nested)]


def quoted(themes: Iterable[SeenTheme]) -> set[uuid.UUID]:
    """The questions whose answers are quoted."""
    return {quote.question for theme in flat(themes) for quote in theme.quotes}


def keep(themes: Iterable[SeenTheme]) -> list[Any]:
    """What has to be kept to show the same again: ids of themes, numbers and marks, never a word."""
    return [[str(one.id), one.n, one.votes, [quote.mark for quote in one.quotes], keep(one.nested)] for one in themes]


def as_kept(workshop: Workshop, kept: Sequence[Any], questions: Collection[str]) -> list[SeenTheme]:
    """The themes as somebody froze them, but for what is gone, hidden or called otherwise since.

    `questions`: those that may still be quoted.
    """
    there = {str(one.id): one for one in flat(seen(workshop))} if kept else {}
    board = theming.board(workshop) if kept else Board()
    _counts, quotes = _answers(board)
    by_mark = {one.mark: one for every in quotes.values() for one in every if str(one.question) in questions}
    return _kept(kept, there, by_mark)


def _kept(kept: Iterable[Any], there: Mapping[str, SeenTheme], quotes: Mapping[str, Quote]) -> list[SeenTheme]:
    return [
        SeenTheme(
            there[id].id,
            there[id].name,
            n,
            [quotes[each] for each in marks if each in quotes],
            votes,
            _kept(nested, there, quotes),
        )
        for id, n, votes, marks, nested in kept
        if id in there
    ]


def closing_questions(questions: Collection[Question]) -> list[Question]:
    """The four with which a day is summed up, in their order, as far as they are part of it."""
    by_key = {question.key: question for question in questions}
    return [by_key[key] for key in CLOSING if key in by_key]
