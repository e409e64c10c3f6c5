"""From what a reader has understood to a day: the rows of its draft, and the document that makes it.

Nothing is refused here: what a day cannot hold is made to fit, and said (`fitting`).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from agenda.drafting import MOST_ITEMS, Row
from agenda.slot_kinds import KINDS

from .dates import whole_date
from .draft import Card, Draft, Item
from .fitting import Fitted, Fitting, FittingDay, clock, line

FIRST_MINUTE = 6 * 60  # of a document whose order is not settled yet: a minute an item, from here
MOST_QUESTIONS, MOST_CARDS, MOST_LINKS, MOST_PARAGRAPHS = 500, 50, 100, 50
LONGEST_KEY = 40

ALL_DAY = "Runs beside all the others: it becomes a card of the housekeeping."
MANY_ITEMS = "A day has at most %(most)s items. All are in its draft; take some out before you publish."
MANY = "There are more rules, cards, links or questions than a day can hold: the last of them are not taken."


@dataclass(frozen=True, slots=True)
class Made:
    """A day that can be made: its running order as typed, all else as a document without slug, title and date.

    The times in the document only keep its items in their order: those that were read are in the rows.
    """

    rows: tuple[Row, ...]
    document: dict[str, Any]
    fitted: tuple[Fitted, ...]


def days(draft: Draft) -> dict[int, str]:
    """Number -> name of its days, where it has several; a name may be empty, and none stands twice."""
    numbers = sorted({item.day for item in draft.items if item.day is not None})
    if len(numbers) < 2:
        return {}
    names = {item.day: item.day_name for item in reversed(draft.items) if item.day_name}
    known = dict(enumerate(draft.days, 1))
    found = {number: line(known.get(number, "") or names.get(number, "")) for number in numbers}
    first = {name: number for number, name in reversed(found.items())}
    return {number: name if first[name] == number else "" for number, name in found.items()}


def date_of(draft: Draft, day: int | None) -> str:
    """The date of one of its days, "YYYY-MM-DD": as its heading says, in the year of the first where it names none;
    days without a date follow each other. Empty where nothing says a year."""
    name = days(draft).get(day or 0, "")
    said = whole_date(name) or whole_date(f"{name} {draft.date[:4]}")
    if said or day is None or not draft.date:
        return said or draft.date
    return (date.fromisoformat(draft.date) + timedelta(days=day - min(days(draft), default=day))).isoformat()


def of_day(draft: Draft, day: int | None) -> list[tuple[int, Item]]:
    """The items of one of its days, with their places in the draft; all of them where it has one."""
    return [(place, item) for place, item in enumerate(draft.items) if day is None or item.day in {None, day}]


def to_document(draft: Draft, day: int | None = None, taken: Iterable[str] = ()) -> Made:
    """The day that `draft` makes, or the one of its days that is called `day`. No item gets one of the keys `taken`."""
    kept = of_day(draft, day)
    beside = [item for _, item in kept if item.is_background]
    order = [(place, item) for place, item in kept if not item.is_background]
    if not order:  # all of them run all day, so none is beside another
        beside, order = [], kept
    keys = dict(zip((place for place, _ in order), new_keys([item for _, item in order], taken), strict=True))
    return _make(draft, order, keys, beside)


def _make(draft: Draft, order: Sequence[tuple[int, Item]], keys: dict[int, str], beside: Sequence[Item]) -> Made:
    rows: list[Row] = []
    questions: list[dict[str, Any]] = []
    said: list[Fitted] = []
    back = {place: keys[place] for place, _ in order[:MOST_ITEMS]}
    used: set[str] = set()
    for place, item in order:
        fitting = Fitting(item)
        room = MOST_QUESTIONS - len(questions) if len(rows) < MOST_ITEMS else 0
        found = [fitting.question(prompt) for prompt in item.prompts[:room] if line(prompt.text)]
        row = fitting.row(keys[place], item.prompts[room:])
        returns_in = back.get(-1 if item.returns_in is None else item.returns_in)
        questions += [_question(row, each, _free(f"{row.key}-q", used), returns_in) for each in found]
        rows.append(row)
        said += fitting.said
    if len(rows) > MOST_ITEMS:
        said.append(Fitted("", MANY_ITEMS, {"most": MOST_ITEMS}))
    around, also_said = _around(draft, beside)
    document = around | {"slots": _slots(rows[:MOST_ITEMS]), "questions": questions}
    return Made(tuple(rows), document, (*said, *also_said))


def _question(row: Row, words: dict[str, str], key: str, returns_in: str | None) -> dict[str, Any]:
    """Talked about while somebody speaks, typed on phones elsewhere; in words, for it names no kind."""
    question: dict[str, Any] = words | {"key": key, "slot": row.key}
    question |= {"hand": "talk" if row.kind == "speaker" else "phones"}
    return question | ({"returns_in": returns_in} if returns_in and returns_in != row.key else {})


def _slots(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What the document needs to know of the items while their order is no more than a draft."""
    return [
        {
            "key": row.key,
            "kind": row.kind,
            "title": row.title or KINDS[row.kind].name,
            "start": clock(FIRST_MINUTE + number),
            "minutes": 1,
            "fixed": False,
            "absorb": "never",
        }
        for number, row in enumerate(rows)
    ]


def _around(draft: Draft, beside: Sequence[Item]) -> tuple[dict[str, Any], list[Fitted]]:
    """The day without its running order."""
    fitting = FittingDay()
    cards = [*draft.housekeeping, *map(_all_day_card, beside)]
    links = filter(None, map(fitting.link, draft.links))
    lists: dict[str, tuple[list[Any], int]] = {
        "purpose": ([fitting.long(each) for each in draft.purpose if line(each)], MOST_PARAGRAPHS),
        "housekeeping": ([fitting.card(card) for card in cards if line(card.title)], MOST_CARDS),
        "ground_rules": ([fitting.rule(card) for card in draft.ground_rules if line(card.title)], MOST_CARDS),
        "links": (list(links), MOST_LINKS),
    }
    said = [Fitted(line(item.title), ALL_DAY) for item in beside] + fitting.said
    said += [Fitted("", MANY)] if any(len(held) > most for held, most in lists.values()) else []
    return {"host": fitting.words(draft.host, 120)} | {name: held[:most] for name, (held, most) in lists.items()}, said


def _all_day_card(item: Item) -> Card:
    times = " – ".join(filter(None, (clock(item.start), clock(item.end))))
    words = [item.byline or ", ".join(person.shown for person in item.speakers), *item.details, *item.parallel]
    return Card(item.title or "…", "\n".join(filter(None, (times, item.room, *words))))


# --- The names of items


def new_keys(items: Sequence[Item], taken: Iterable[str] = ()) -> list[str]:
    """A key for each: its title in small letters, with a number behind it where another has that."""
    used = set(taken)
    return [_free(slug(item.title) or (item.kind if item.kind in KINDS else "item"), used) for item in items]


def _free(wanted: str, used: set[str]) -> str:
    """As wanted, or with a number; from now on it is used."""
    key, number = wanted[:LONGEST_KEY].rstrip("-"), 1
    while key in used:
        number += 1
        suffix = f"-{number}"
        key = wanted[: LONGEST_KEY - len(suffix)].rstrip("-") + suffix
    used.add(key)
    return key


def slug(title: str) -> str:
    """The first words of a title as a key; "" where none of it can be one."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].rstrip("-")
