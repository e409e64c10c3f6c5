"""The words of which a facilitator wants to be warned, and whether a text holds one. It withholds nothing."""

import re
import unicodedata
from collections.abc import Iterable

MOST_WORDS = 200
LONGEST = 60  # characters of a word, or of a phrase

WORD = re.compile(r"\w+")


class NotAList(Exception):
    """What was typed cannot be kept. The message is a sentence for the person who typed it."""


def read(typed: str) -> list[str]:
    """What stands on each line, each thing once, in the order typed. Raises NotAList."""
    lines = [" ".join(line.split()) for line in typed.splitlines()]
    found: dict[tuple[str, ...], str] = {}
    for line in lines:
        if parts := _parts(line):
            found.setdefault(parts, line)
    for line in found.values():
        if len(line) > LONGEST:
            raise NotAList(
                f"The line that begins “{line[:20]}” is {len(line)} characters. Shorten it to {LONGEST}: "
                "it is looked for word by word."
            )
    if len(found) > MOST_WORDS:
        raise NotAList(f"These are {len(found)} lines. Keep {MOST_WORDS} at most.")
    return list(found.values())


class WordList:
    """Words and phrases, ready to be looked for: whole words, whatever their capitals and accents."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for word in words:
            if parts := _parts(word):
                self._by_first.setdefault(parts[0], []).append((parts, word))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def held_by(self, text: str) -> list[str]:
        """Which of them the text holds, as they stand in the list, each once."""
        if not self._by_first:
            return []
        there = _parts(text)
        held = (
            word
            for place, first in enumerate(there)
            for parts, word in self._by_first.get(first, ())
            if there[place : place + len(parts)] == parts
        )
        return list(dict.fromkeys(held))


def _parts(text: str) -> tuple[str, ...]:
    """The words of a text, without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(WORD.findall("".join(char for char in plain if not unicodedata.combining(char))))
