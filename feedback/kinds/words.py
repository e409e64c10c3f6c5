"""Single words or short phrases, counted."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field as Limits

from feedback.kinds.base import (
    Cell,
    Config,
    Counted,
    Field,
    Kind,
    Mark,
    Refused,
    Setting,
    Value,
    read_config,
)
from feedback.kinds.lines import on_one_line
from feedback.kinds.numbers import settled_whole
from feedback.kinds.parts import by_part
from feedback.kinds.refusals import UNREADABLE

MOST = 5
USUAL = 3
LONGEST = 40  # characters
MOST_RANKED = 60  # are shown; nobody reads further
MOST_ON_SCREEN = 12  # as many as static/css/answers.css lets stand there
STEPS = 5


class _Plain(dict[int, str]):
    """What `str.translate` makes of a character: letters, numbers and signs stay, accents and apostrophes go."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "'’ʼ" or 0x0300 <= code < 0x0370:
            return ""
        return char if unicodedata.category(char)[0] in "LMNS" else " "


_PLAIN = _Plain()
_PLAIN.update({code: _PLAIN[code] for code in range(0x250)})  # Latin, at once


@dataclass(frozen=True)
class Ranked:
    """What `count` people wrote, as most of them did. `step` is its size, from 1 to 5, the most frequent large."""

    word: str
    count: int
    step: int


@dataclass(frozen=True)
class WordsTally:
    """The most frequent first, the same as often by the alphabet; `more` are not shown. `n` people answered."""

    n: int
    words: tuple[Ranked, ...]
    more: int

    @property
    def unseen(self) -> int:
        """How many words a screen cannot show."""
        return max(0, len(self.words) + self.more - MOST_ON_SCREEN)


class WordsConfig(Config):
    most: Annotated[int, Limits(ge=1, le=MOST)] = USUAL


class Words(Kind):
    """Up to five words or short phrases of 40 characters. Capitals, accents and punctuation make no other word.

    The value has each field as it was written, "" where nothing was: {"1": "trust", "2": ""}. A mark is a word as it
    was written, so what people see is their own spelling; the same word twice in one answer counts once.
    """

    name = "words"
    label = "Single words"
    is_first_choice = True
    settings = (Setting("most", "How many words each person may give", "number", hint="1 to 5.", start=str(USUAL)),)
    is_read = True

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(WordsConfig, config).model_dump()

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        return tuple(
            Field(f"value.{part}", f"Word or phrase {part}", "line", max_length=LONGEST, required=part == "1")
            for part in _parts(config)
        )

    def validate(self, config: dict[str, object], raw: object) -> Value:
        value = {part: _word(given, part) for part, given in by_part(raw, _parts(config)).items()}
        if not any(value.values()):
            raise Refused("Write at least one word.", field="value.1")
        return value

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        spelt: dict[str, str] = {}
        for word in _written(value):
            spelt.setdefault(plain_word(word), word)
        return {("", word): 1 for word in spelt.values()}

    def tally(self, config: dict[str, object], counted: Counted) -> WordsTally:
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for (part, word), count in counted.marks.items():
            if part == "" and count > 0:
                spellings[plain_word(word)][word] += count
        counts = {plain: found.total() for plain, found in spellings.items()}
        ranked = sorted(counts, key=lambda plain: (-counts[plain], plain))
        most = max(counts.values(), default=0)
        words = tuple(
            Ranked(_as_most_wrote(spellings[plain]), counts[plain], _step(counts[plain], most))
            for plain in ranked[:MOST_RANKED]
        )
        return WordsTally(counted.n, words, max(0, len(ranked) - MOST_RANKED))

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        return tuple(Cell("", "", word, None) for word in _written(value))

    def words(self, config: dict[str, object], value: Value) -> str:
        return "\n".join(_written(value))

    def typing_seconds(self, config: dict[str, object]) -> int:
        """Each is a moment's thought and a dozen characters."""
        return 20 + 15 * len(_parts(config))

    def typed(self, config: dict[str, object]) -> dict[str, str]:
        return {"most": str(read_config(WordsConfig, config).most)}

    def settle(self, typed: Mapping[str, str], before: dict[str, object] | None = None) -> dict[str, object]:
        most = settled_whole(typed, "most", least=1, most=MOST)
        return self.check_config({} if most is None else {"most": most})


def plain_word(word: str) -> str:
    """What is the same in all ways to write a word: no capitals, accents or punctuation."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return " ".join(apart.translate(_PLAIN).split()) or " ".join(word.split())


def _parts(config: dict[str, object]) -> list[str]:
    return [str(number) for number in range(1, read_config(WordsConfig, config).most + 1)]


def _word(raw: object, part: str) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise Refused(UNREADABLE, field=f"value.{part}")
    word = on_one_line(raw, LONGEST)
    if len(word) > LONGEST:
        start, length = word[:20], len(word)
        said = "“{start}…” is {length:,} characters. Shorten it to {limit}: nothing is lost."
        raise Refused(said, field=f"value.{part}", start=start, length=length, limit=LONGEST)
    return word


def _written(value: Value) -> list[str]:
    return [word for word in value.values() if word] if isinstance(value, dict) else []


def _as_most_wrote(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda word: (-spellings[word], *_plainness(word)))


def _plainness(word: str) -> tuple[int, int, int, str]:
    """Of two that are as frequent: without punctuation, with fewer capitals, with its accents."""
    punctuation = sum(unicodedata.category(char)[0] == "P" for char in word)
    return punctuation, sum(map(str.isupper, word)), -len(word.encode()), word


def _step(count: int, most: int) -> int:
    """1 for what one person wrote, 5 for the most frequent if five did."""
    return 1 + (STEPS - 1) * (count - 1) // max(most - 1, STEPS - 1)
