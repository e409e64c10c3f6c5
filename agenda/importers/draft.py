"""What a reader makes of a source: items, what else it found, what it asks, and what became of every line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Fate = Literal["item", "note", "ignored"]
About = Literal["half-day", "marker", "day", "overlap", "hole", "line", "start", "order"]
FATES: tuple[Fate, ...] = ("item", "note", "ignored")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of the source and what became of it. `item` is the place in `Draft.items` it went to, if it did."""

    number: int
    text: str
    fate: Fate
    why: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks. `shown` is how the source writes it, name and role together."""

    shown: str
    name: str
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to the room that stands under an item."""

    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the running order.

    `start` and `end` are minutes after midnight of its day, None where the source has no clock time; `end` only where
    the source says it. `minutes` is a length that the source says or that follows from its start and end. `start_text`
    is what stands in place of a clock time ("Now"). `day` is None in a source of one day, else counts from 1, and
    `day_name` is its heading. `kind` is one of agenda.slot_kinds. `parallel` are sessions that run at the same time.
    `notes` are lines under it that a person has made notes: they are the facilitator's alone.
    `label` is its name in the keys of asks. `lines` are the numbers of its source lines, first that of its title.
    """

    title: str
    start: int | None = None
    end: int | None = None
    minutes: int | None = None
    start_text: str = ""
    speakers: tuple[Person, ...] = ()
    byline: str = ""
    kind: str = "speaker"
    room: str = ""
    day: int | None = None
    day_name: str = ""
    parallel: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    returns_in: int | None = None
    is_background: bool = False
    label: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that can be pressed; `key` is what `Choices.answers` holds once it is."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What the reader cannot know. `answers` begin with what the draft assumes until somebody presses another.

    `about` is what kind of doubt it is; `items` are places among the items before any answer was given
    to it; `lines` are source lines.
    """

    key: str
    about: About
    text: str
    answers: tuple[Answer, ...]
    items: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person has decided about a source: line number -> fate, and ask -> answer. Unknown keys say nothing.

    A draft is read from a source and the choices about it, again after each of them; nothing else is kept.
    """

    fates: Mapping[int, Fate] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """Further reading: `url` is http or https."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """A housekeeping card or a ground rule, with a line more where the source has one."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the reader understood. `date` is "YYYY-MM-DD", or empty where the source names no whole date."""

    items: tuple[Item, ...] = ()
    asks: tuple[Ask, ...] = ()
    lines: tuple[ReadLine, ...] = ()
    title: str = ""
    date: str = ""
    place: str = ""
    host: str = ""
    purpose: tuple[str, ...] = ()
    housekeeping: tuple[Card, ...] = ()
    ground_rules: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()
    days: tuple[str, ...] = ()
