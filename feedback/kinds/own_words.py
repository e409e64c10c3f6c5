"""Words of one's own: what somebody wrote, made fit to be kept, and the cards on which it is read. Pure."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.kinds.base import Counted, Refused, is_blank, without_controls
from feedback.kinds.refusals import EMPTY, TOO_LONG, UNREADABLE

USUAL_LENGTH = 180  # characters that people write on a phone when nothing limits them


def read_words(raw: object, limit: int, *, field: str = "value") -> str:
    """The words: NFC, lines ended by LF, trimmed, never empty. Raises Refused about `field`."""
    if raw is None:
        raise Refused(EMPTY, field=field)
    if not isinstance(raw, str):
        raise Refused(UNREADABLE, field=field)
    text = without_controls(raw).strip()
    if is_blank(text):
        raise Refused(EMPTY, field=field)
    # Composing a long run of accents takes quadratic time; composed text is at most four times shorter.
    if len(text) <= 4 * limit:
        text = unicodedata.normalize("NFC", text).strip()
    if len(text) > limit:
        raise Refused(TOO_LONG, field=field, length=len(text), limit=limit)
    return text


def seconds_to_write(limit: int) -> int:
    """How long one person is at it."""
    return 30 + min(USUAL_LENGTH, limit) // 2


@dataclass(frozen=True)
class Sheet:
    """How a screen lays cards out: in so many columns of so many lines, each of so many letters. A card is cut off
    after `longest` lines. static/css/answers.css sets the type for each size."""

    size: str
    columns: int
    letters: int
    lines: float
    longest: float = math.inf

    def fits(self, cards: Sequence[str]) -> int:
        """How many of the cards there is room for, one below the other."""
        column, used = 1, 0.0
        for number, card in enumerate(cards):
            height = min(self._lines(card), self.longest) + CARD_EDGE
            column, used = (column, used + height) if used + height <= self.lines else (column + 1, height)
            if column > self.columns or height > self.lines:
                return number
        return len(cards)

    def _lines(self, card: str) -> int:
        return sum(1 + max(0, len(line) - 1) // self.letters for line in card.split("\n"))


CARD_EDGE = 1.05  # what is around a card, in lines
SHEETS = (
    Sheet("one", 1, 38, 6.1),
    Sheet("few", 2, 25, 8.4),
    Sheet("some", 3, 21, 10.8),
    Sheet("page", 1, 66, 11),
    Sheet("long", 2, 44, 13.5),
    Sheet("many", 4, 19, 13.5),
    Sheet("long", 2, 44, 13.5, longest=12),
    Sheet("cut", 4, 19, 12.4, longest=5),
)


@dataclass(frozen=True)
class TextTally:
    """The answers as cards, in the order given; `n` of them, of which `cards` may be a part.

    `tables` says for which table each was written; it is empty where no table wrote. `names` says who gave each; it is
    empty wherever names are not for the reader.
    """

    n: int
    cards: tuple[str, ...]
    tables: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def notes(self) -> list[tuple[str, str, str]]:
        """Each card with its table and its name, "" for none."""
        nothing = ("",) * len(self.cards)
        return list(zip(self.cards, self.tables or nothing, self.names or nothing, strict=True))

    @property
    def size(self) -> str:
        """The name of the sheet with the largest type on which a screen can show all the cards, or else the fullest."""
        return self._sheet.size

    @property
    def fits(self) -> int:
        """How many of the cards a screen can show; it never scrolls."""
        return self._sheet.fits(self._written)

    @property
    def _sheet(self) -> Sheet:
        return next((sheet for sheet in SHEETS if sheet.fits(self._written) == len(self.cards)), SHEETS[-1])

    @property
    def _written(self) -> list[str]:
        """What is on each card, its table and its name on lines above."""
        return ["\n".join(filter(None, [table, name, card])) for card, table, name in self.notes]

    @property
    def more(self) -> int:
        """How many answers are not among the cards."""
        return self.n - len(self.cards)

    @property
    def unseen(self) -> int:
        """How many answers a screen cannot show."""
        return self.n - self.fits


def on_cards(counted: Counted, cards: Sequence[str]) -> TextTally:
    """The answers, with what each card says, and what is known of who wrote it."""
    return TextTally(counted.n, tuple(cards), tuple(counted.tables), tuple(counted.names))
