"""Answers that say nearly the same, found by their words alone: a hint for whoever groups, and never more than that.

Nothing is sent anywhere and nothing is learnt. Two answers are alike when most of the words that carry their meaning
are in both; how a word is written, and its ending, play no part.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import ceil
from typing import Generic, TypeVar

Id = TypeVar("Id", bound=Hashable)

LIKENESS = 0.6  # of the words that either has, this share is in both
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s", "e", "y")
SHORTEST = 3  # letters that stay of a word
_LITTLE = """
a about all also an and any are as at be because been being but by can could did do does for from get had has have how i
if in into is it its just like make me more most much my need needs not of on or our out really should so some than that
the their them there these they this to too up us very was we were what when where which who why will with would you
your
"""
LITTLE = frozenset(_LITTLE.split())
NOTHING = frozenset({""})
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """What is the same in all ways to write something: no capitals, accents or punctuation."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    apart = text.replace("’", "").replace("'", "").casefold()
    if not apart.isascii():
        apart = "".join(char for char in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(char))
    return _WORD.findall(apart)


class Stems(dict[str, str]):
    """Word -> its stem, empty for a word without a meaning of its own; each is worked out once."""

    def __missing__(self, word: str) -> str:
        stem = self[word] = "" if word in LITTLE else _stem(word)
        return stem


def stems(text: str, known: Stems | None = None) -> frozenset[str]:
    """The words that carry the meaning, without their endings; all of them where there are no others.

    `known`: the stems of words that were met before.
    """
    words = _words(text)
    known = Stems() if known is None else known
    return frozenset(map(known.__getitem__, words)) - NOTHING or frozenset(words)


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two answers, as their stems, say nearly the same."""
    common = len(one & other)
    return bool(common) and common >= LIKENESS * (len(one) + len(other) - common)


class Likeness(Generic[Id]):
    """What is alike among texts; they are taken apart once, and can be asked about again and again."""

    def __init__(self, texts: Mapping[Id, str]) -> None:
        known = Stems()
        self.ids = list(texts)
        self.places = {id: number for number, id in enumerate(self.ids)}
        self.found = [stems(text, known) for text in texts.values()]
        self.holders: dict[str, list[int]] = defaultdict(list)
        for number, own in enumerate(self.found):
            for stem in own:
                self.holders[stem].append(number)

    def of(self, wanted: Iterable[Id]) -> dict[Id, list[Id]]:
        """Answer -> those that are like it, in their order, if there are any."""
        near = {id: _like(self.places[id], self.found, self.holders) for id in wanted if id in self.places}
        return {id: [self.ids[other] for other in others] for id, others in near.items() if others}


def alike(texts: Mapping[Id, str]) -> dict[Id, list[Id]]:
    """The same of all of them."""
    return Likeness(texts).of(texts)


def _like(number: int, found: Sequence[frozenset[str]], holders: Mapping[str, list[int]]) -> list[int]:
    """Whoever shares so many of its words has one of the rarest: the others need not be looked at."""
    own = found[number]
    rarest = sorted(own, key=lambda stem: len(holders[stem]))[: len(own) - ceil(LIKENESS * len(own)) + 1]
    near = {other for stem in rarest for other in holders[stem]} - {number}
    least, most = LIKENESS * len(own), len(own) / LIKENESS
    return sorted(other for other in near if least <= len(found[other]) <= most and are_alike(own, found[other]))
