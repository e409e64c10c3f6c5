"""What a reader asks instead of guessing, each with the answers that can be pressed."""

from collections.abc import Iterator, Sequence

from .draft import Answer, Ask, Item
from .halves import Reading

MOST_LATE = 5


def clock(minutes: int) -> str:
    """Minutes after midnight as "HH:MM"."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def asks(items: Sequence[Item], readings: Sequence[Reading]) -> tuple[Ask, ...]:
    """Everything to be asked about the items; `readings` are theirs, in their order."""
    found: list[Ask] = []
    for about in (_half_days, _markers, _days, _orders):
        found += about(items, readings)
    found += [*_overlaps(items), *_holes(items), *_without_time(items)]
    return tuple(found)


def _half_days(items: Sequence[Item], readings: Sequence[Reading]) -> Iterator[Ask]:
    for at, reading in enumerate(readings):
        if "half-day" in reading.doubts and reading.start is not None:
            early, late = reading.start % 720, reading.start % 720 + 720
            told = {"morning": f"In the morning, {clock(early)}", "evening": f"In the evening, {clock(late)}"}
            first = "evening" if reading.start >= 720 else "morning"
            second = "morning" if first == "evening" else "evening"
            answers = (Answer(first, told[first]), Answer(second, told[second]))
            text = f"Does “{items[at].title}” start in the morning or in the evening? The times below follow."
            yield Ask("half-day", "half-day", text, answers, (at,), items[at].lines[:1])


def _markers(items: Sequence[Item], readings: Sequence[Reading]) -> Iterator[Ask]:
    for at, reading in enumerate(readings):
        if "marker" in reading.doubts and reading.start is not None:
            other = (reading.start + 720) % 1440
            text = f"The a.m. or p.m. of “{items[at].title}” does not fit the times around it. When does it start?"
            answers = (
                Answer("fits", f"At {clock(reading.start)}"),
                Answer("as-written", f"At {clock(other)}, as written"),
            )
            yield Ask(f"marker-{at}", "marker", text, answers, (at,), items[at].lines[:1])


def _days(items: Sequence[Item], readings: Sequence[Reading]) -> Iterator[Ask]:
    for at, reading in enumerate(readings):
        if "day" in reading.doubts:
            text = f"The times go back at “{items[at].title}”. Does another day begin there?"
            answers = (Answer("next", "Yes, another day"), Answer("same", "No, the same day"))
            yield Ask(f"day-{at}", "day", text, answers, (at,), items[at].lines[:1])


def _orders(items: Sequence[Item], readings: Sequence[Reading]) -> Iterator[Ask]:
    for at, reading in enumerate(readings):
        if "order" in reading.doubts and reading.start is not None:
            text = f"“{items[at].title}” starts at {clock(reading.start)}, before the item above it. Is that right?"
            answers = (Answer("keep", "Yes, keep it"), Answer("note", "No, make it a note"))
            yield Ask(f"order-{at}", "order", text, answers, (at,), items[at].lines[:1])


def _overlaps(items: Sequence[Item]) -> Iterator[Ask]:
    for at, item in enumerate(items):
        if item.start is None or item.end is None:
            continue
        if item.is_background:
            text = f"“{item.title}” runs from {clock(item.start)} to {clock(item.end)}, beside the rest of the day. Is it an item?"
            answers = (Answer("beside", "Beside the rest: make it a note"), Answer("keep", "Keep it as an item"))
            yield Ask(f"overlap-{at}", "overlap", text, answers, (at,), item.lines[:1])
            continue
        later = next(
            (i for i in range(at + 1, len(items)) if items[i].day == item.day and items[i].start is not None), None
        )
        start = items[later].start if later is not None else None
        if (
            later is not None
            and start is not None
            and item.start <= start < item.end
            and not _both_parallel(item, items[later])
        ):
            text = f"“{items[later].title}” starts at {clock(start)}, before “{item.title}” ends at {clock(item.end)}."
            answers = (
                Answer("shorten", f"“{item.title}” ends at {clock(start)}"),
                Answer("parallel", "They run at the same time"),
                Answer("later", f"“{items[later].title}” starts at {clock(item.end)}"),
            )
            yield Ask(
                f"overlap-{at}", "overlap", text, answers, (at, later), (*item.lines[:1], *items[later].lines[:1])
            )


def _both_parallel(item: Item, other: Item) -> bool:
    return item.start == other.start and item.end == other.end


def _holes(items: Sequence[Item]) -> Iterator[Ask]:
    for at, item in enumerate(items[:-1]):
        after = items[at + 1]
        if item.is_background or item.end is None or after.start is None or item.day != after.day:
            continue
        free = after.start - item.end
        if free > MOST_LATE:
            is_noon = 11 * 60 + 30 <= item.end <= 13 * 60 + 30 and free >= 25
            text = f"Nothing is planned from {clock(item.end)} to {clock(after.start)}, after “{item.title}”."
            answers = [
                Answer("free", "Leave it free"),
                Answer("longer", f"“{item.title}” goes on until {clock(after.start)}"),
                Answer("break", "It is a break"),
            ]
            answers += [Answer("lunch", "It is lunch")] if is_noon else []
            yield Ask(f"hole-{at}", "hole", text, tuple(answers), (at, at + 1), item.lines[:1])


def _without_time(items: Sequence[Item]) -> Iterator[Ask]:
    """Items that stand among others with a time, and have none but a word."""
    if not any(item.start is not None for item in items):
        if items:
            answers = tuple(Answer(at, at) for at in ("09:30", "09:00", "10:00", "13:00", "18:00"))
            yield Ask(
                "start",
                "start",
                "No clock times were found. When does the day start?",
                answers,
                (0,),
                items[0].lines[:1],
            )
        return
    for at, item in enumerate(items):
        if item.start is None and not (at == 0 and item.start_text.casefold() == "now"):
            said = f"“{item.start_text}”" if item.start_text else "no time"
            text = f"“{item.title}” has {said} where others have a clock time. What is it?"
            answers = (Answer("item", "An item, after the one above it"), Answer("note", "A note, no item of its own"))
            yield Ask(f"line-{at}", "line", text, answers, (at,), item.lines[:1])
