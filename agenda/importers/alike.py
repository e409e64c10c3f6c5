"""Whether two titles speak of the same thing although their wording differs."""

import re
from collections.abc import Set
from functools import lru_cache

EMPTY = frozenset(
    re.findall(
        r"\S+",
        """a an and are as at be but by can do does for from has have how i in into is it its more not of on or our own
        s so some than that the their them there these this to up us was we what when where which who why will with you
        your as session part item""",
    )
)
SAME = {"intro": "introduct", "intros": "introduct", "q": "question", "wrap": "summar", "feedback": "report"}
STEMS = re.compile(r"(?:isation|ising|ising|ising|ations?|ements?|ments?|ings?|ions?|ises?|ised|ed|es|s|e|al|y)$")


@lru_cache(maxsize=4096)
def words_of(title: str) -> Set[str]:
    """The stems of the words that carry its meaning."""
    words = re.findall(r"[^\W_]+", title.casefold().replace("’", "'").replace("'s", ""))
    return frozenset(_stem(word) for word in words if word not in EMPTY and len(word) > 1)


def likeness(one: str, other: str) -> float:
    """0 for nothing in common, 1 for the same words."""
    first, second = words_of(one), words_of(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def share_a_word(one: str, other: str) -> bool:
    return bool(words_of(one) & words_of(other))


def _stem(word: str) -> str:
    word = SAME.get(word, word)
    stem = STEMS.sub("", word)
    return stem if len(stem) > 3 else word
