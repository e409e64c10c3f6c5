"""What the page of a reading shows: the lines of the source with their fates, and the day that they would make."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.importers.draft import FATES, Ask, Draft, Item, Person, ReadLine
from agenda.importers.fitting import Fitted, clock
from agenda.importers.source import Source
from agenda.importers.to_document import Made, days, of_day, to_document

from . import again, drafting, importing
from .import_models import Reading
from .reading_choices import WORDS, Decided, beside, offered
from .slot_kinds import KINDS
from .versions import Changes, in_words
from .working_copy import WorkingCopy

FATE_NAMES = {"item": gettext_lazy("item"), "note": gettext_lazy("note"), "ignored": gettext_lazy("ignored")}
BESIDE = {
    "purpose": gettext_lazy("What the day is for"),
    "rules": gettext_lazy("Ground rules"),
    "housekeeping": gettext_lazy("Housekeeping"),
    "links": gettext_lazy("Links"),
}
FATE_COUNTS = {"item": "%(n)d in items", "note": "%(n)d as notes", "ignored": "%(n)d ignored"}
FATE_KEYS = {"item": "i", "note": "n", "ignored": "x"}


@dataclass(frozen=True)
class LineOnPage:
    """A line of the source. `is_decided`: a person has said what becomes of it. `item`: the place of where it went, of
    which `is_first` is the first line. `page`: what the page is called that begins here."""

    line: ReadLine
    is_decided: bool
    item: int | None
    is_first: bool
    page: str

    @property
    def fate(self) -> str:
        return str(FATE_NAMES[self.line.fate])

    @property
    def presses(self) -> list[tuple[str, str, str, bool]]:
        """What it may become: the name, the word, the key, and whether it is that now."""
        return [(fate, str(FATE_NAMES[fate]), FATE_KEYS[fate], fate == self.line.fate) for fate in FATES]


@dataclass(frozen=True)
class AskOnPage:
    """A question of the reader. `pressed` is the key of the answer that somebody has pressed."""

    ask: Ask
    pressed: str | None

    @property
    def presses(self) -> list[tuple[str, str, bool, bool]]:
        """What can be answered: key, label, whether it is pressed, and whether it is only assumed. In an order that no
        press changes, though the reader puts first what holds."""
        held = offered(self.ask)
        first = next(iter(held), None) if self.pressed is None else None
        shown = sorted(held.items(), key=lambda pair: pair[1])
        return [(key, label, key == self.pressed, key == first) for key, label in shown]


@dataclass(frozen=True)
class ItemOnPage:
    """An item that the day would have; `place` is its place in the draft."""

    place: int
    item: Item
    returns_to: str

    @property
    def start(self) -> str:
        return clock(self.item.start) or self.item.start_text

    @property
    def until(self) -> str:
        return clock(self.item.end)

    @property
    def length(self) -> str:
        minutes = self.item.minutes
        return "" if minutes is None else _("%(minutes)d min") % {"minutes": minutes}

    @property
    def kind(self) -> str:
        kind = KINDS.get(self.item.kind)
        return _(kind.name) if kind else ""

    @property
    def people(self) -> list[str]:
        return [_person(one) for one in self.item.speakers]

    @property
    def numbers(self) -> str:
        return " ".join(map(str, self.item.lines))

    @property
    def first_line(self) -> int | None:
        return self.item.lines[0] if self.item.lines else None


def _person(person: Person) -> str:
    return person.shown or ", ".join(filter(None, (person.name, person.role, person.organisation)))


def _page(number: int, name: str) -> str:
    told = {"number": number, "name": name}
    return (_("Page %(number)d: %(name)s") if name.strip() else _("Page %(number)d")) % told


@dataclass(frozen=True)
class ReadingPage:
    """Everything the page shows. For whoever has brought it, and nobody else."""

    reading: Reading
    source: Source
    draft: Draft
    decided: Decided

    @cached_property
    def day(self) -> int | None:
        return self.decided.day_of(self.draft)

    @cached_property
    def made(self) -> Made:
        return to_document(self.draft, self.day)

    @cached_property
    def lines(self) -> list[LineOnPage]:
        held = {place: item.lines[:1] for place, item in of_day(self.draft, self.day)}
        return [self._line(line, held) for line in self.draft.lines]

    def _line(self, line: ReadLine, held: dict[int, tuple[int, ...]]) -> LineOnPage:
        item = line.item if line.item in held else None
        is_first = item is not None and line.number in held[item]
        return LineOnPage(line, line.number in self.decided.fates, item, is_first, self.pages.get(line.number, ""))

    @cached_property
    def pages(self) -> dict[int, str]:
        """Number of the first line -> what its page is called, where the source has pages."""
        if not self.source.are_pages_real:
            return {}
        named = enumerate(self.source.pages, 1)
        return {page.lines[0].number: _page(number, page.name) for number, page in named if page.lines}

    @cached_property
    def asks(self) -> list[AskOnPage]:
        return [AskOnPage(ask, self.decided.answer_to(ask)) for ask in self.draft.asks]

    @property
    def open_asks(self) -> int:
        return sum(ask.pressed is None for ask in self.asks)

    @property
    def to_decide(self) -> str:
        if not self.open_asks:
            return _("Everything is decided") if self.asks else _("Nothing to decide")
        return ngettext("%(n)d thing to decide", "%(n)d things to decide", self.open_asks) % {"n": self.open_asks}

    @cached_property
    def items(self) -> list[ItemOnPage]:
        titles = {place: item.title for place, item in enumerate(self.draft.items)}
        return [
            ItemOnPage(place, item, titles.get(item.returns_in, "") if item.returns_in is not None else "")
            for place, item in of_day(self.draft, self.day)
        ]

    @property
    def items_said(self) -> str:
        return ngettext("%(n)d item", "%(n)d items", len(self.items)) % {"n": len(self.items)}

    @property
    def days(self) -> list[tuple[int, str, bool, str]]:
        """Number, name, whether it is the one that is made, and how many items it has."""
        found = []
        for number, name in days(self.draft).items():
            count = len(of_day(self.draft, number))
            said = ngettext("%(n)d item", "%(n)d items", count) % {"n": count}
            found.append((number, name or _("Day %(n)d") % {"n": number}, number == self.day, said))
        return found

    @property
    def of_other_days(self) -> str:
        count = len(self.draft.items) - len(self.items)
        if not count:
            return ""
        one = "%(n)d item of the other days is not taken. Bring this once more to make its day."
        return ngettext(
            one, "%(n)d items of the other days are not taken. Bring this once more to make theirs.", count
        ) % {"n": count}

    @cached_property
    def into(self) -> tuple[WorkingCopy, drafting.Draft]:
        """The plan it is to be put into, and the draft with this in it."""
        return importing.would_become(self.reading, self.draft, self.decided)

    @property
    def edit(self) -> int:
        return self.into[0].edit

    @cached_property
    def changes(self) -> Changes:
        """What would change in the draft of the day, item by item."""
        copy, after = self.into
        return in_words(again.changes(copy.draft, after, copy.workshop.time_zone))

    @property
    def words(self) -> dict[str, str]:
        """The day's title, date and place as they stand."""
        return {name: self.decided.word(name, self.draft) for name in WORDS}

    @property
    def beside(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """What else was found: its name, a heading, and pairs of words."""
        return [(name, str(BESIDE[name]), held) for name, held in beside(self.draft).items()]

    @property
    def fitted(self) -> list[tuple[str, str]]:
        """What is made to fit: the item's title, "" for the day, and a sentence."""
        return [said(one) for one in self.made.fitted]

    @property
    def fates(self) -> str:
        """How many lines became what."""
        counts = {fate: sum(line.fate == fate for line in self.draft.lines) for fate in FATES}
        return ", ".join(_(FATE_COUNTS[fate]) % {"n": count} for fate, count in counts.items() if count)


def said(fitted: Fitted) -> tuple[str, str]:
    return fitted.title, _(fitted.message) % fitted.params


def reading_page(reading: Reading) -> ReadingPage:
    """Raises Unreadable."""
    draft, decided = importing.draft_of(reading)
    return ReadingPage(reading, importing.source_in(reading), draft, decided)


def context(page: ReadingPage, **more: Any) -> dict[str, Any]:
    """For the page's templates."""
    return {"page": page, "reading": page.reading, "workshop": page.reading.workshop, **more}
