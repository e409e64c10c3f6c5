"""What a reader asks instead of guessing, each with the answers that can be pressed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from .draft import About, Answer, Ask, Item
from .halves import Reading
from .rows import Row

SHORT = 9  # minutes free between two items that nobody need be asked about
MOST_DOUBTS = 12
NOON = range(11 * 60 + 30, 13 * 60 + 31)
STARTS = ("09:30", "09:00", "10:00", "13:00", "18:00")


def clock(minutes: int) -> str:
    """Minutes after midnight as "HH:MM"."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def labels(firsts: Iterable[int]) -> list[str]:
    """What items are called in the keys of asks: the line each was read from, and which of that line's it is."""
    seen: Counter[int] = Counter()
    named = []
    for line in firsts:
        seen[line] += 1
        named.append(f"{line}" if seen[line] == 1 else f"{line}.{seen[line]}")
    return named


def asks(items: Sequence[Item], readings: Sequence[Reading], doubtful: Sequence[Row] = ()) -> tuple[Ask, ...]:
    """Everything to be asked. `readings` are those of the items; `doubtful` are rows that may be items, and are not."""
    found = [ask for at, reading in enumerate(readings) for ask in _about_reading(items, at, reading)]
    found += [*_at_once(items), *_overlaps(items), *_holes(items), *_without_time(items), *_doubtful(doubtful)]
    return tuple({ask.key: ask for ask in reversed(found)}.values())[::-1]  # the half of the day once for all


def _ask(
    about: About, name: str, text: str, answers: Sequence[tuple[str, str]], items: Sequence[Item], *at: int
) -> Ask:
    """`name` and the label of the first item make the key: it stays the same whatever is answered."""
    return Ask(
        f"{name}-{items[at[0]].label}", about, text, _answers(answers), at, tuple(items[place].lines[0] for place in at)
    )


def _about_reading(items: Sequence[Item], at: int, reading: Reading) -> Iterator[Ask]:
    if reading.start is None:
        return
    title, shown, other = items[at].title, clock(reading.start), clock(reading.start + 720)
    if "half-day" in reading.doubts:
        yield _half_day(items, at, reading.start)
    if "marker" in reading.doubts:
        text = f"The a.m. or p.m. of “{title}” does not fit the times around it. When does it start?"
        yield _ask(
            "marker", "marker", text, [("fits", f"At {shown}"), ("as-written", f"At {other}, as written")], items, at
        )
    if "scan" in reading.doubts:
        text = f"The time of “{title}” is hard to read: it was taken for {shown}. Is that right?"
        yield _ask("marker", "scan", text, [("keep", f"Yes, {shown}"), ("note", "No, make it a note")], items, at)
    if "day" in reading.doubts:
        text = f"The times go back at “{title}”. Does another day begin there?"
        yield _ask("day", "day", text, [("next", "Yes, another day"), ("same", "No, the same day")], items, at)
    if "order" in reading.doubts:
        text = f"“{title}” starts at {shown}, before what stands above it. Is that right?"
        yield _ask("order", "order", text, [("keep", "Yes, keep it"), ("note", "No, make it a note")], items, at)


def _half_day(items: Sequence[Item], at: int, start: int) -> Ask:
    early, late = clock(start % 720), clock(start % 720 + 720)
    answers = [("morning", f"In the morning, {early}"), ("evening", f"In the evening, {late}")]
    text = f"Does “{items[at].title}” start in the morning or in the evening? The times below follow."
    told = _answers(answers if start < 720 else answers[::-1])
    return Ask("half-day", "half-day", text, told, (at,), items[at].lines[:1])


def _answers(told: Sequence[tuple[str, str]]) -> tuple[Answer, ...]:
    return tuple(Answer(*answer) for answer in told)


def _at_once(items: Sequence[Item]) -> Iterator[Ask]:
    """Two items, one under the other, that start at the same time."""
    for at, (item, after) in enumerate(pairwise(items)):
        if item.start is not None and (item.start, item.day) == (after.start, after.day) and not item.is_background:
            text = f"“{item.title}” and “{after.title}” both start at {clock(item.start)}."
            answers = [
                ("keep", "Keep both"),
                ("beside", "One item: they run side by side"),
                ("note", f"“{item.title}” is a note"),
            ]
            yield _ask("overlap", "same", text, answers, items, at, at + 1)


def _overlaps(items: Sequence[Item]) -> Iterator[Ask]:
    for at, item in enumerate(items):
        if item.start is None or item.end is None:
            continue
        if item.is_background:
            text = f"“{item.title}” runs from {clock(item.start)} to {clock(item.end)}, beside the rest. Is it an item?"
            answers = [("keep", "Keep it as an item"), ("note", "No, it is a note")]
            yield _ask("overlap", "beside", text, answers, items, at)
            continue
        later = next(
            (i for i in range(at + 1, len(items)) if items[i].day == item.day and items[i].start is not None), None
        )
        start = items[later].start if later is not None else None
        if later is not None and start is not None and item.start < start < item.end:
            other = items[later].title
            text = f"“{other}” starts at {clock(start)}, before “{item.title}” ends at {clock(item.end)}."
            answers = [
                ("parallel", "They run at the same time for a while"),
                ("shorten", f"“{item.title}” ends at {clock(start)}"),
                ("later", f"“{other}” starts at {clock(item.end)}"),
            ]
            yield _ask("overlap", "overlap", text, answers, items, at, later)


def _holes(items: Sequence[Item]) -> Iterator[Ask]:
    for at, item in enumerate(items[:-1]):
        after = items[at + 1]
        if item.is_background or item.end is None or after.start is None or item.day != after.day:
            continue
        if after.start - item.end > SHORT:
            text = f"Nothing is planned from {clock(item.end)} to {clock(after.start)}, after “{item.title}”."
            answers = [
                ("free", "Leave it free"),
                ("longer", f"“{item.title}” goes on until {clock(after.start)}"),
                ("break", "It is a break"),
            ]
            if item.end in NOON and after.start - item.end >= 20:
                answers.append(("lunch", "It is lunch"))
            yield _ask("hole", "hole", text, answers, items, at, at + 1)


def _without_time(items: Sequence[Item]) -> Iterator[Ask]:
    """Items that stand among others with a time, and have none but a word; or a whole day without times."""
    if items and all(item.start is None for item in items):
        text = "No clock times were found. When does the day start?"
        yield Ask("start", "start", text, _answers([(at, at) for at in STARTS]), (0,), items[0].lines[:1])
        return
    for at, item in enumerate(items):
        if (item.start is None or item.start_text) and not (at == 0 and item.start_text.casefold() == "now"):
            said = f"“{item.start_text}”" if item.start_text else "no time"
            text = f"“{item.title}” has {said} where others have a clock time. What is it?"
            answers = [("item", "An item, after the one above it"), ("note", "A note, no item of its own")]
            yield _ask("line", "line", text, answers, items, at)


def _doubtful(rows: Sequence[Row]) -> Iterator[Ask]:
    for row in rows[:MOST_DOUBTS]:
        text = f"“{row.words[:90]}” may be an item of its own. What is it?"
        answers = _answers([("note", "A note"), ("item", "An item")])
        yield Ask(f"row-{row.line.number}", "line", text, answers, (), (row.line.number,))
