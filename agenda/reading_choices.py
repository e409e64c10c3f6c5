"""What somebody decides about what they brought, beside what the reader of an agenda asks: as it is kept, and as it is
pressed. Pure: no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from agenda.importers.draft import FATES, Ask, Choices, Draft, Fate
from agenda.importers.to_document import date_of, days

WORDS = ("title", "date", "place")


@dataclass(frozen=True, slots=True)
class Decided:
    """`words` are those of the day's title, date and place that were typed over what was read. `day` is which of
    several days is to be made."""

    fates: Mapping[int, Fate] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    day: int | None = None

    @property
    def choices(self) -> Choices:
        """For the reader."""
        return Choices(dict(self.fates), dict(self.answers))

    def day_of(self, draft: Draft) -> int | None:
        """Which day is made: the first where nobody has said; None where there is one."""
        found = days(draft)
        return self.day if self.day in found else next(iter(found), None)

    def answer_to(self, ask: Ask) -> str | None:
        """The key of the answer that somebody has pressed, None for nobody."""
        pressed = self.answers.get(ask.key)
        return pressed if pressed in offered(ask) else None

    def word(self, name: str, draft: Draft) -> str:
        """As typed, or else as read."""
        read = date_of(draft, self.day_of(draft)) if name == "date" else getattr(draft, name)
        return self.words.get(name, read)


def offered(ask: Ask) -> dict[str, str]:
    """Key -> label of what can be answered, first what the draft assumes."""
    return {answer.key: answer.label for answer in ask.answers}


def beside(draft: Draft) -> dict[str, list[tuple[str, str]]]:
    """What else was found, by what it is, as pairs of words."""
    found = {
        "purpose": [(text, "") for text in draft.purpose],
        "rules": [(card.title, card.text) for card in draft.ground_rules],
        "housekeeping": [(card.title, card.text) for card in draft.housekeeping],
        "links": [(link.title, link.url) for link in draft.links],
    }
    return {name: held for name, held in found.items() if held}


def write(decided: Decided) -> dict[str, Any]:
    """As plain JSON values."""
    fates = {str(number): fate for number, fate in decided.fates.items()}
    return {"fates": fates, "said": {**decided.answers}, "words": {**decided.words}, "day": decided.day}


def read(value: Mapping[str, Any]) -> Decided:
    """What `write` wrote; nothing at all is what nobody has decided."""
    fates = {int(number): fate for number, fate in value.get("fates", {}).items()}
    return Decided(fates, value.get("said", {}), value.get("words", {}), value.get("day"))


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a page sends: a line and the fate it gets, or a question and its answer, or a day; and what is typed."""

    line: int | None = None
    fate: str = ""
    ask: str | None = None
    answer: str = ""
    day: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)


def after(decided: Decided, pressed: Pressed, draft: Draft) -> Decided:
    """What is decided after a press at the page of this draft. What the page does not show cannot be pressed."""
    words = {**decided.words, **_typed_over(pressed.words, decided, draft)}
    decided = replace(decided, words=words)
    if pressed.line is not None and pressed.fate in FATES and any(pressed.line == one.number for one in draft.lines):
        fate: Fate = next(fate for fate in FATES if fate == pressed.fate)
        decided = replace(decided, fates={**decided.fates, pressed.line: fate})
    asks = {ask.key: ask for ask in draft.asks}
    if pressed.ask in asks and pressed.answer in offered(asks[pressed.ask]):
        decided = replace(decided, answers={**decided.answers, pressed.ask: pressed.answer})
    if pressed.day in days(draft):
        decided = replace(decided, day=pressed.day)
    return decided


def _typed_over(words: Mapping[str, str], decided: Decided, draft: Draft) -> dict[str, str]:
    """Those that say something else than the page said before: what was read may change with the next press."""
    return {name: text for name, text in words.items() if name in WORDS and text != decided.word(name, draft)}
