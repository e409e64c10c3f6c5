"""Answers that say nearly the same, found by their words alone: a hint for whoever groups, and never more than that.

Nothing is sent anywhere and nothing is learnt. Two answers are alike when most of the words that carry their meaning
are in both; how a word is written, and its ending, play no part.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)

LIKENESS = 0.6  # of the words that either has, this share is in both
MOST_OFTEN = 50  # answers with a word in common; a word that more have says nothing of likeness by itself
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s", "e", "y")
SHORTEST = 3  # letters that stay of a word
_LITTLE = """
a about all also an and any are as at be because been being but by can could did do does for from get had has have how i
if in into is it its just like make me more most much my need needs not of on or our out really should so some than that
the their them there these they this to too up us very was we were what when where which who why will with would you
your
"""
LITTLE = frozenset(_LITTLE.split())
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """What is the same in all ways to write something: no capitals, accents or punctuation."""
    apart = text.replace("’", "").replace("'", "").casefold()
    if not apart.isascii():
        apart = "".join(char for char in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(char))
    return " ".join(_WORD.findall(apart))


def stems(text: str) -> frozenset[str]:
    """The words that carry the meaning, without their endings; all of them where there are no others."""
    words = plain(text).split()
    return frozenset(_stem(word) for word in words if word not in LITTLE) or frozenset(words)


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two answers, as their stems, say nearly the same."""
    return bool(one) and len(one & other) >= LIKENESS * len(one | other)


def alike(texts: Mapping[Id, str], wanted: Iterable[Id] | None = None) -> dict[Id, list[Id]]:
    """Answer -> those that are like it, in their order, if there are any. `wanted`: only of these answers."""
    found = {id: stems(text) for id, text in texts.items()}
    holders: dict[str, list[Id]] = defaultdict(list)
    for id, own in found.items():
        for stem in own:
            holders[stem].append(id)
    pairs = {id: _like(id, found, holders) for id in (found if wanted is None else wanted)}
    return {id: others for id, others in pairs.items() if others}


def _like(id: Id, found: Mapping[Id, frozenset[str]], holders: Mapping[str, list[Id]]) -> list[Id]:
    """Two that are alike share most words, and so nearly always one that is not in every second answer."""
    own = found[id]
    rare = sorted(own, key=lambda stem: len(holders[stem]))
    telling = [stem for number, stem in enumerate(rare) if number == 0 or len(holders[stem]) <= MOST_OFTEN]
    near = dict.fromkeys(other for stem in telling for other in holders[stem] if other != id)
    order = {other: number for number, other in enumerate(found)} if len(near) > 1 else {}
    return sorted((other for other in near if are_alike(own, found[other])), key=lambda other: order.get(other, 0))
