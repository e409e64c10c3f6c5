"""A day's report as it is begun: Markdown made from the summary, for somebody to edit. Pure.

Per item: what was asked, of how many, the figures, the themes. Words are quoted only where the room was shown them, and
never with a name.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .exports.figures import Figure, figures
from .exports.tables import AnsweredQuestion
from .exports.whole import Item, Whole
from .kinds import kinds

MOST_QUOTED = 5
MOST_WORDS = 20  # that are listed of a question answered in words or phrases
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>|~])")
_BEGINS_SOMETHING = re.compile(r"^(\s*)([#+-]|\d{1,9}[.)])", re.MULTILINE)


@dataclass(frozen=True)
class Came:
    """Who came: how many in all, how many of each role, and from how many councils."""

    n: int
    roles: Sequence[tuple[str, int]]
    councils: int


@dataclass(frozen=True)
class LeftOpen:
    """What somebody has to come back to: questions to speakers and asks that the room has seen; how much is parked."""

    unanswered: Sequence[str]
    parked: int
    asks: Sequence[str] = ()


def report(day: Whole, came: Came, left: LeftOpen) -> str:
    """The whole of it."""
    parts = [*_head(day, came)]
    for item in day.items:
        parts += _item(day, item)
    parts += _dropped(day)
    parts += _closing(day)
    parts += _left(left)
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Words as they are, whatever Markdown would make of them."""
    return _BEGINS_SOMETHING.sub(r"\1\\\2", _MEANS_SOMETHING.sub(r"\\\1", text))


def quoted(words: str) -> str:
    """The same as a quotation; each line begins with the mark of one."""
    return "\n".join(f"> {plain(line)}" if line.strip() else ">" for line in words.strip().split("\n"))


def listed(words: str) -> str:
    """The same as an item of a list, on one line."""
    return f"- {plain(' '.join(words.split()))}"


def _head(day: Whole, came: Came) -> Iterator[str]:
    date = day.event.date
    when = f"{date.day} {MONTHS[date.month - 1]} {date.year}"
    yield f"# {plain(day.title)}"
    yield plain(", ".join(filter(None, [when, day.place, day.host])))
    if came.n:
        yield "## Who came"
        people = _n(came.n, "person", "people")
        roles = ", ".join(f"{plain(role)} {n}" for role, n in came.roles)
        councils = f" They came from {_n(came.councils, 'council')}." if came.councils else ""
        yield f"{people}{f' ({roles})' if roles else ''}.{councils}"


def _item(day: Whole, item: Item) -> Iterator[str]:
    """An item in which nothing was asked has its heading alone."""
    start = day.at(item.start or item.planned_start)
    yield f"## {start + ' ' if start else ''}{plain(item.title)}"
    if item.speakers:
        yield plain(item.speakers)
    if item.state == "skipped":
        yield "This was left out on the day."
    for question in day.asked:
        if question.slot_no == item.no and question not in day.closing:
            yield from _question(question)


def _dropped(day: Whole) -> Iterator[str]:
    """What was asked in an item that a later plan has dropped."""
    found = [one for one in day.asked if not day.item(one) and one not in day.closing]
    if found:
        yield "## Besides"
    for question in found:
        yield from _question(question)


def _closing(day: Whole) -> Iterator[str]:
    if day.closing:
        yield "## What we take with us"
    for question in day.closing:
        yield from _question(question)


def _question(question: AnsweredQuestion) -> Iterator[str]:
    yield f"### {plain(question.text)}"
    yield f"{_n(len(question.answers), 'answer')}."
    told = figures(question)
    if (not kinds[question.kind].has_cards and question.answers) or question.hands:
        lines = [one for one in told if one.how != "phones" or question.answers]
        most = MOST_WORDS if kinds[question.kind].is_read else len(lines)
        yield "\n".join(f"- {_figure(one)}" for one in lines[:most])
    themes = Counter(name for answer in question.answers for name in answer.themes)
    if themes:
        yield "Themes: " + ", ".join(f"{plain(name)} ({n})" for name, n in themes.most_common())
    yield from _quotes(question)


def _figure(one: Figure) -> str:
    what = plain(": ".join(filter(None, [one.statement.rstrip(".:"), one.said])))
    if one.how != "phones":
        return f"{what}: {_n(int(one.count), 'hand')}"
    share = f" ({round(100 * one.count / one.n)}%)" if one.n and one.count <= one.n else ""
    return f"{what}: {one.count:g} of {one.n}{share}" if share else f"{what}: {one.count:g}, n = {one.n}"


def _quotes(question: AnsweredQuestion) -> Iterator[str]:
    """The first few of those that the room was shown."""
    if kinds[question.kind].has_cards:
        shown = [answer for answer in question.answers if answer.is_quotable]
        for answer in sorted(shown, key=lambda one: (not one.is_pinned, one.id))[:MOST_QUOTED]:
            yield quoted(kinds[question.kind].words(question.config, answer.value))


def _left(left: LeftOpen) -> Iterator[str]:
    if left.unanswered or left.parked or left.asks:
        yield "## Still open"
    if left.unanswered:
        yield "Questions to speakers that were not answered:"
        yield "\n".join(listed(text) for text in left.unanswered)
    if left.asks:
        yield "Asks of the room that nobody has been put in touch for:"
        yield "\n".join(listed(text) for text in left.asks)
    if left.parked:
        yield f"{_n(left.parked, 'thing')} in the parking lot, not yet dealt with."


def _n(n: int, one: str, many: str = "") -> str:
    return f"{n} {one}" if n == 1 else f"{n} {many or one + 's'}"
