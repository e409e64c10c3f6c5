"""What a person's answers do to the items that were read, and to the numbers by which lines and asks name them."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from .draft import Ask, Choices, Fate, Item, ReadLine

DROPS = {"order", "scan", "beside", "line", "same"}


def fates_said(choices: Choices) -> dict[int, Fate]:
    """What a person has said of lines, by pressing their fates or by answering an ask about a row."""
    said: dict[int, Fate] = {}
    for key, answer in choices.answers.items():
        name, _, number = key.partition("-")
        if name == "row" and number.isdecimal() and answer == "item":
            said[int(number)] = "item"
    return said | dict(choices.fates)


def answered(
    items: Sequence[Item], asks: Sequence[Ask], answers: Mapping[str, str]
) -> tuple[list[Item], dict[int, int]]:
    """The items after the answers, and where each of those before stands now; where it is gone, it has no place."""
    changed: dict[int, Item] = dict(enumerate(items))
    added: dict[int, Item] = {}
    gone: set[int] = set()
    joined: dict[int, int] = {}
    for ask in asks:
        answer = answers.get(ask.key, "")
        if answer not in {one.key for one in ask.answers} or not ask.items:
            continue
        if answer == "note" and ask.key.partition("-")[0] in DROPS:
            gone.add(ask.items[0])
        elif answer == "beside":
            first, second = joined.get(ask.items[0], ask.items[0]), ask.items[1]
            changed[first], joined[second] = _side_by_side(changed[first], changed[second]), first
        elif answer in {"break", "lunch"} and ask.about == "hole":
            added[ask.items[0]] = _between(items, ask, answer)
        else:
            changed |= _retimed(changed, ask, answer)
    return _left(changed, added, gone, joined)


def _left(
    changed: Mapping[int, Item], added: Mapping[int, Item], gone: Set[int], joined: Mapping[int, int]
) -> tuple[list[Item], dict[int, int]]:
    left: list[Item] = []
    moved: dict[int, int] = {}
    for place in sorted(changed):
        if joined.get(place) in moved:
            moved[place] = moved[joined[place]]
        elif place not in gone:
            moved[place] = len(left)
            left.append(changed[place])
        left += [added[place]] if place in added else []
    return left, moved


def _side_by_side(first: Item, second: Item) -> Item:
    names = first.parallel or (first.title,)
    return replace(first, parallel=(*names, second.title), lines=(*first.lines, *second.lines))


def _between(items: Sequence[Item], ask: Ask, kind: str) -> Item:
    before, after = items[ask.items[0]], items[ask.items[1]]
    assert before.end is not None
    assert after.start is not None
    title = "Lunch" if kind == "lunch" else "Break"
    length = after.start - before.end
    return Item(
        title, before.end, after.start, length, kind=kind, day=before.day, day_name=before.day_name, lines=before.lines
    )


def _retimed(items: Mapping[int, Item], ask: Ask, answer: str) -> dict[int, Item]:
    first = items[ask.items[0]]
    if answer == "longer" or answer == "shorten":
        return {ask.items[0]: _lasting(first, first.start, items[ask.items[1]].start)}
    if answer == "later":
        other = items[ask.items[1]]
        return {ask.items[1]: _lasting(other, first.end, other.end if (other.end or 0) > (first.end or 0) else None)}
    if ask.about == "start":
        hour, minute = answer.split(":")
        return {ask.items[0]: replace(first, start=int(hour) * 60 + int(minute))}
    return {}


def _lasting(item: Item, start: int | None, end: int | None) -> Item:
    minutes = end - start if start is not None and end is not None else None
    return replace(item, start=start, end=end, minutes=minutes)


def renumbered(lines: Sequence[ReadLine], moved: Mapping[int, int]) -> tuple[ReadLine, ...]:
    """The lines with the new places of their items; those of an item that is gone are notes."""
    return tuple(_renumbered(line, moved) for line in lines)


def _renumbered(line: ReadLine, moved: Mapping[int, int]) -> ReadLine:
    if line.item is None or moved.get(line.item) == line.item:
        return line
    if line.item not in moved:
        return replace(line, fate="note", why="You said it is no item", item=None)
    return replace(line, item=moved[line.item])
