"""The one way from a source to a draft."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .answering import answered, fates_said, renumbered
from .asking import asks, labels
from .choosing import chosen, doubtful, with_roles
from .clocks import spans
from .draft import Choices, Draft, Item, ReadLine
from .entries import OUTSIDE, Entry, Fated, gathered
from .extras import found_in
from .filling import returned, with_extras
from .halves import Reading, Timed, settled
from .headline import headline
from .item_kinds import kind_of
from .marks import tidy
from .people import is_group, person
from .rows import Row, row_of
from .sections import sections
from .source import Source

FEW = 5  # lines
MUCH = 100_000  # characters
SIDE_BY_SIDE = re.compile(
    r"\b(?:parallel|concurrent|streams?|strands?|breakouts?|workshops|options|choice of)\b", re.IGNORECASE
)


def read(source: Source, choices: Choices | None = None) -> Draft:
    """The draft day that `source` and a person's `choices` about it make; the same for the same, and never an error."""
    choices = choices or Choices()
    rows = with_roles(_rows(source))
    said = fates_said(choices)
    finds = chosen(rows, said)
    entries, fates = gathered(rows, finds, said)
    named = labels(rows[entry.places[0]].line.number for entry in entries)
    timed = [Timed(entry.find.span, entry.title, entry.day, name) for entry, name in zip(entries, named, strict=True)]
    readings = settled(timed, choices.answers)
    items = _items(rows, entries, readings, named)
    extras = found_in(sections(source, rows), rows, [item.title for item in items], fates, said)
    items = with_extras(items, extras)
    asked = asks(items, readings, doubtful(rows, finds))
    left, moved = answered(items, asked, choices.answers)
    top = headline(rows, entries[0].places[0] if entries else len(rows), fates)
    lines = tuple(_line(row, fates.get(place)) for place, row in enumerate(rows))
    return Draft(
        items=returned(left, moved),
        asks=asked,
        lines=renumbered(lines, moved),
        title=top.title,
        date=top.date,
        place=top.place,
        purpose=tuple(extras.purpose),
        housekeeping=tuple(extras.housekeeping),
        ground_rules=tuple(extras.ground_rules),
        links=tuple(extras.links),
        days=_days(left),
    )


def _rows(source: Source) -> list[Row]:
    most = _longest(source)
    return [row_of(line, at, most) for at, page in enumerate(source.pages) for line in page.lines]


def _longest(source: Source) -> int:
    """Characters of the longest line in which times are looked for: a whole agenda may stand on one, not on many."""
    lengths = [len(line.text) for line in source.lines()]
    if len(lengths) <= FEW:
        return 12_000
    return 1500 if sum(lengths) < MUCH else 400


def _days(items: Sequence[Item]) -> tuple[str, ...]:
    """The names of the days, in their order; "Day 2" for one without a heading. Empty for a source of one day."""
    names: dict[int, str] = {}
    for item in items:
        if item.day is not None:
            names.setdefault(item.day, item.day_name or f"Day {item.day}")
    return tuple(names[day] for day in sorted(names))


def _items(
    rows: Sequence[Row], entries: Sequence[Entry], readings: Sequence[Reading], named: Sequence[str]
) -> tuple[Item, ...]:
    has_days = max((reading.day for reading in readings), default=1) > 1
    items = [_item(rows, entry, reading, has_days) for entry, reading in zip(entries, readings, strict=True)]
    return tuple(
        replace(item, is_background=_is_background(items, at), label=named[at]) for at, item in enumerate(items)
    )


def _item(rows: Sequence[Row], entry: Entry, reading: Reading, has_days: bool) -> Item:
    find = entry.find
    groups = [shown for shown in entry.speakers if is_group(shown)]
    length = find.length.minutes if find.length else None
    end = reading.end
    if end is None and reading.start is not None and length:
        end = reading.start + length
    parallel = find.parallel
    if not parallel and SIDE_BY_SIDE.search(entry.title):
        parallel = tuple(entry.listed)
    return Item(
        title=tidy(entry.title) or "Without a title",
        start=reading.start,
        end=end,
        minutes=length if length is not None else _minutes(reading.start, end),
        start_text=find.word,
        speakers=tuple(person(shown) for shown in entry.speakers),
        byline=groups[0] if groups else "",
        kind=kind_of(entry.title, has_speakers=bool(entry.speakers)),
        room=entry.room,
        day=reading.day if has_days else None,
        day_name=entry.day_name if has_days else "",
        parallel=parallel,
        details=tuple(entry.details),
        notes=tuple(entry.notes),
        lines=tuple(rows[place].line.number for place in entry.places),
    )


def _minutes(start: int | None, end: int | None) -> int | None:
    return None if start is None or end is None else end - start


def _is_background(items: Sequence[Item], at: int) -> bool:
    """Whether three others start while it lasts: an exhibition, not an item."""
    item = items[at]
    if item.start is None or item.end is None:
        return False
    within = [
        other
        for place, other in enumerate(items)
        if place != at and other.day == item.day and other.start is not None and item.start <= other.start < item.end
    ]
    return len(within) >= 3


def _line(row: Row, fated: Fated | None) -> ReadLine:
    if fated is None:
        return ReadLine(row.line.number, row.line.text, "ignored", OUTSIDE)
    why = fated.why
    if fated.why == OUTSIDE and next(spans(row.text), None):
        why = f"{why}; its time is not one of an item"
    return ReadLine(row.line.number, row.line.text, fated.fate, why, fated.entry)
