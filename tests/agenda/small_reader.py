"""A reader of agendas that knows little: "10:00 Title" is an item, "6:30 Title" is asked about. For tests."""

import re
from collections.abc import Iterator
from dataclasses import replace

from agenda.importers.draft import Answer, Ask, Choices, Draft, Item, ReadLine
from agenda.importers.source import Line, Source

CLOCK = re.compile(r"(\d{1,2}):(\d\d) (.+)")
HALVES = (Answer("am", "06:30"), Answer("pm", "18:30"))


def read(source: Source, choices: Choices | None = None) -> Draft:
    choices = choices or Choices()
    lines = list(source.lines())
    items = list(_items(lines, choices))
    places = {number: place for place, item in enumerate(items) for number in item.lines}
    said = [_line(line, choices, places.get(line.number)) for line in lines]
    asks = [
        Ask("half-1", "half-day", f"Is “{item.title}” in the morning?", HALVES, (place,), item.lines)
        for place, item in enumerate(items)
        if item.start in {390, 1110}
    ]
    return Draft(tuple(items), tuple(asks), tuple(said), title=lines[0].text if lines else "", date="2027-02-26")


def _items(lines: list[Line], choices: Choices) -> Iterator[Item]:
    for line in lines:
        found = CLOCK.fullmatch(line.text)
        fate = choices.fates.get(line.number, "item" if found else "ignored")
        if fate != "item":
            continue
        item = Item(line.text, kind="discussion", lines=(line.number,))
        if found:
            start = int(found[1]) * 60 + int(found[2])
            start += 720 if start == 390 and choices.answers.get("half-1") == "pm" else 0
            item = replace(item, title=found[3], start=start)
        yield item


def _line(line: Line, choices: Choices, place: int | None) -> ReadLine:
    fate = choices.fates.get(line.number) or ("item" if place is not None else "ignored")
    why = "It begins with a time." if place is not None else "No time."
    return ReadLine(line.number, line.text, fate, "You said so." if line.number in choices.fates else why, place)
