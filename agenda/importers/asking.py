"""What a reader asks instead of guessing, each with the answers that can be pressed."""

from collections.abc import Iterator, Sequence

from .draft import About, Answer, Ask, Item
from .finds import Row
from .halves import Reading

SHORT = 9  # minutes free between two items that nobody need be asked about
MOST_DOUBTS = 12
NOON = range(11 * 60 + 30, 13 * 60 + 31)
STARTS = ("09:30", "09:00", "10:00", "13:00", "18:00")


def clock(minutes: int) -> str:
    """Minutes after midnight as "HH:MM"."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def asks(items: Sequence[Item], readings: Sequence[Reading], doubtful: Sequence[Row] = ()) -> tuple[Ask, ...]:
    """Everything to be asked. `readings` are those of the items; `doubtful` are rows that may be items, and are not."""
    found: list[Ask] = []
    for at, (item, reading) in enumerate(zip(items, readings, strict=True)):
        if reading.start is not None:
            found += _about_reading(at, item, reading.start, reading.doubts)
    return (*found, *_overlaps(items), *_holes(items), *_without_time(items), *_doubtful(doubtful))


def _ask(
    about: About, name: str, text: str, answers: Sequence[tuple[str, str]], items: Sequence[Item], *at: int
) -> Ask:
    """`name` and the line of the first item make the key: it stays the same whatever is answered."""
    lines = tuple(items[place].lines[0] for place in at)
    return Ask(f"{name}-{lines[0]}", about, text, tuple(Answer(*answer) for answer in answers), at, lines)


def _about_reading(at: int, item: Item, start: int, doubts: frozenset[str]) -> Iterator[Ask]:
    shown, other = clock(start), clock(start + 720)
    items = {at: item}
    if "half-day" in doubts:
        halves = [
            ("morning", f"In the morning, {clock(start % 720)}"),
            ("evening", f"In the evening, {clock(start % 720 + 720)}"),
        ]
        text = f"Does “{item.title}” start in the morning or in the evening? The times below follow."
        yield Ask(
            "half-day", "half-day", text, _answers(halves if start < 720 else halves[::-1]), (at,), item.lines[:1]
        )
    if "marker" in doubts:
        text = f"The a.m. or p.m. of “{item.title}” does not fit the times around it. When does it start?"
        yield _one(items, at, "marker", text, ("fits", f"At {shown}"), ("as-written", f"At {other}, as written"))
    if "scan" in doubts:
        text = f"The time of “{item.title}” is hard to read: it was taken for {shown}. Is that right?"
        yield _one(items, at, "scan", text, ("keep", f"Yes, {shown}"), ("note", "No, make it a note"))
    if "day" in doubts:
        text = f"The times go back at “{item.title}”. Does another day begin there?"
        yield _one(items, at, "day", text, ("next", "Yes, another day"), ("same", "No, the same day"))
    if "order" in doubts:
        text = f"“{item.title}” starts at {shown}, before what stands above it. Is that right?"
        yield _one(items, at, "order", text, ("keep", "Yes, keep it"), ("note", "No, make it a note"))


def _one(items: dict[int, Item], at: int, name: str, text: str, *answers: tuple[str, str]) -> Ask:
    about: About = "marker" if name == "scan" else name  # type: ignore[assignment]
    return Ask(f"{name}-{items[at].lines[0]}", about, text, _answers(answers), (at,), items[at].lines[:1])


def _answers(told: Sequence[tuple[str, str]]) -> tuple[Answer, ...]:
    return tuple(Answer(*answer) for answer in told)


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
        if item.start is None and not (at == 0 and item.start_text.casefold() == "now"):
            said = f"“{item.start_text}”" if item.start_text else "no time"
            text = f"“{item.title}” has {said} where others have a clock time. What is it?"
            answers = [("item", "An item, after the one above it"), ("note", "A note, no item of its own")]
            yield _ask("line", "line", text, answers, items, at)


def _doubtful(rows: Sequence[Row]) -> Iterator[Ask]:
    for row in rows[:MOST_DOUBTS]:
        text = f"“{row.words[:90]}” may be an item of its own. What is it?"
        answers = _answers([("note", "A note"), ("item", "An item")])
        yield Ask(f"row-{row.line.number}", "line", text, answers, (), (row.line.number,))
