"""What was said to a question in figures: how often each thing, of how many people. Pure; only released answers."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feedback.alike import plain
from feedback.kinds import kinds
from feedback.kinds.base import Cell, Field, Option, Value

from .tables import AnsweredQuestion, cells

PHONES, BY_HANDS = "phones", "show of hands"


@dataclass(frozen=True)
class Figure:
    """One line. `n` people answered that statement; `count` of them said it, or they shared `count` points.

    `middle`: of the numbers or of the places on the scale; None where there is no order.
    """

    statement: str
    said: str
    count: int | float
    n: int
    middle: float | None = None
    how: str = PHONES


def figures(question: AnsweredQuestion) -> list[Figure]:
    """In the order of the question; what nobody chose has a zero. Words and phrases come the most often said first;
    what is read on cards is told by its number alone."""
    found = [cell for answer in question.answers for cell in cells(question, answer)]
    return [*_of_phones(question, found), *_of_hands(question)]


def _of_phones(question: AnsweredQuestion, found: Sequence[Cell]) -> Iterator[Figure]:
    kind = kinds[question.kind]
    n = len(question.answers)
    if kind.has_cards:
        yield Figure("", "In words: see Responses", n, n)
    elif any(cell.option_key and not cell.group_label and cell.number is not None for cell in found):
        yield from _shares(found, n)
    elif any(not cell.option_key and cell.number is not None for cell in found):
        yield from _numbers(found, n)
    elif kind.is_read:
        yield from _phrases(question, n)
    else:
        yield from _counts([*_possible(question), *found], found, n)


def _shares(found: Iterable[Cell], n: int) -> Iterator[Figure]:
    """Points that were shared out among options."""
    points: dict[str, list[float]] = {}
    for cell in found:
        points.setdefault(cell.text, []).append(cell.number or 0)
    for text, shares in points.items():
        yield Figure("", text, sum(shares), n, statistics.median(shares))


def _numbers(found: Iterable[Cell], n: int) -> Iterator[Figure]:
    numbers = [cell.number for cell in found if cell.number is not None]
    middle = statistics.median(numbers)
    yield Figure("", f"From {min(numbers):g} to {max(numbers):g}", len(numbers), n, middle)


def _phrases(question: AnsweredQuestion, n: int) -> Iterator[Figure]:
    """Capitals and accents make no other word; each is spelt as most have written it."""
    spellings: dict[str, Counter[str]] = {}
    for answer in question.answers:
        for _part, word in kinds[question.kind].marks(question.config, answer.value):
            spellings.setdefault(plain(word) or word, Counter())[word] += 1
    for _plain, spelt in sorted(spellings.items(), key=lambda one: (-one[1].total(), one[0])):
        yield Figure("", min(spelt, key=lambda word: (-spelt[word], word)), spelt.total(), n)


def _counts(possible: Iterable[Cell], found: Sequence[Cell], n: int) -> Iterator[Figure]:
    """Each thing that can be said, or was."""
    order = list(dict.fromkeys((cell.group_label, cell.text) for cell in possible))
    said = Counter((cell.group_label, cell.text) for cell in found)
    of = Counter(cell.group_label for cell in found)
    places: dict[str, list[float]] = {}
    for cell in found:
        if cell.group_label and cell.number is not None:
            places.setdefault(cell.group_label, []).append(cell.number)
    for statement, text in order:
        middle = statistics.median(places[statement]) if statement in places else None
        yield Figure(statement, text, said[statement, text], of[statement] if statement else n, middle)


def _possible(question: AnsweredQuestion) -> Iterator[Cell]:
    """Every cell that a choice in it can make."""
    kind = kinds[question.kind]
    for field in kind.fields(question.config):
        for option in field.options:
            yield from kind.export_cells(question.config, _as_answer(field, option))


def _as_answer(field: Field, option: Option) -> Value:
    part = field.name.removeprefix("value").removeprefix(".")
    if part:
        return {part: option.key}
    return [option.key] if field.widget == "ticks" else option.key


def _of_hands(question: AnsweredQuestion) -> Iterator[Figure]:
    for hands in question.hands:
        n = sum(other.n for other in question.hands if other.group_label == hands.group_label)
        yield Figure(hands.group_label, hands.label, hands.n, n, how=BY_HANDS)
