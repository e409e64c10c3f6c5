"""What somebody may try who wants to know whose answer it is: lay two orders side by side, and see what falls together.

An order of answers and one of people are linked place by place, forwards and backwards. It is a find if more fall on
the right place, near it, or beside the right neighbour than chance would bring.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import comb
from typing import NamedTuple

NEAR = 5
# Less likely than this by chance is a find. Some thousands of looks are taken in a run, so that chance alone would
# bring one in some hundred thousand runs; an order that gives people away is less likely by a hundred powers of ten.
BY_CHANCE = 1e-9


class Find(NamedTuple):
    """How likely it is by chance that so many of `n` are right."""

    chance: float
    what: str
    right: int
    n: int


def tail(right: int, n: int, p: float) -> float:
    """The binomial chance of so many or more."""
    return min(1.0, sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(right, n + 1)))


def compare(one: Sequence[int], other: Sequence[int], what: str) -> Iterator[Find]:
    """Two orders of the same people."""
    n = len(other)
    place = {person: at for at, person in enumerate(other)}
    for way, order in (("forwards", one), ("backwards", one[::-1])):
        off = [abs(at - place[person]) for at, person in enumerate(order)]
        near = off_by(n)
        yield _find(f"{what}, {way}", sum(by == 0 for by in off), n, 1 / n)
        yield _find(f"{what}, {way}, near", sum(by <= NEAR for by in off), n, near)
    beside = sum(abs(place[left] - place[right]) == 1 for left, right in pairwise(one))
    yield _find(f"{what}, neighbours", beside, n - 1, 2 / n)


@cache
def off_by(n: int) -> float:
    """How likely two places chosen at random are near each other."""
    return sum(abs(a - b) <= NEAR for a in range(n) for b in range(n)) / n**2


def _find(what: str, right: int, n: int, p: float) -> Find:
    return Find(tail(right, n, p), what, right, n)


def same(one: Mapping[int, object], other: Mapping[int, object], what: str) -> Find:
    """Two answers are taken for one person's where a column holds the same, and nobody else has that there."""
    people = {value: [person for person in other if other[person] == value] for value in set(other.values())}
    guesses = {person: people.get(value, []) for person, value in one.items()}
    right = sum(guess == [person] for person, guess in guesses.items())
    return _find(f"{what}, the same", right, len(one), 1 / len(other))


def best(finds: Iterator[Find]) -> Find:
    return min(finds)
