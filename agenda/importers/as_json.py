"""A draft as plain values for programs, and as lines for people: what `import_agenda` prints."""

from collections.abc import Iterator
from typing import Any

from .draft import Ask, Card, Draft, Item


def as_json(draft: Draft) -> dict[str, Any]:
    """Everything the reader understood. Times are "HH:MM"; items and lines are named by their places, lines from 1."""
    return {
        "items": [_item(item) for item in draft.items],
        "questions": [_ask(ask) for ask in draft.asks],
        "lines": [{"text": line.text, "fate": line.fate, "why": line.why, "item": line.item} for line in draft.lines],
        "title": draft.title,
        "date": draft.date,
        "place": draft.place,
        "host": draft.host,
        "purpose": list(draft.purpose),
        "housekeeping": [_card(card) for card in draft.housekeeping],
        "ground_rules": [_card(card) for card in draft.ground_rules],
        "links": [{"title": link.title, "url": link.url} for link in draft.links],
        "days": list(draft.days),
    }


def as_lines(draft: Draft) -> Iterator[str]:
    """The day, what the reader asks, and what it has left out."""
    yield from filter(None, [draft.title, ", ".join(filter(None, [draft.place, draft.date]))])
    day = ""
    for item in draft.items:
        if item.day_name != day:
            day = item.day_name
            yield from ["", day]
        people = "; ".join(_speakers(item))
        yield f"{clock(item.start) or item.start_text or '?':>5}  {item.title}{f' ({people})' if people else ''}"
    for ask in draft.asks:
        yield from ["", ask.text, *(f"  - {answer.label}" for answer in ask.answers)]
    ignored = [line for line in draft.lines if line.fate == "ignored"]
    if ignored:
        yield from ["", "Left out:", *(f"  {line.text.strip()} – {line.why}" for line in ignored)]


def clock(minutes: int | None) -> str | None:
    """Minutes after midnight as people write them; past midnight it is the next day's early hours."""
    return None if minutes is None else f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _item(item: Item) -> dict[str, Any]:
    return {
        "start": clock(item.start),
        "end": clock(item.end),
        "duration_min": item.minutes,
        "title": item.title,
        "speakers": _speakers(item),
        "kind": item.kind,
        "day": item.day_name or item.day,
        "start_text": item.start_text,
        "room": item.room,
        "parallel": list(item.parallel),
        "details": list(item.details),
        "byline": item.byline,
        "background": item.is_background,
        "prompts": [prompt.text for prompt in item.prompts],
        "lines": list(item.lines),
    }


def _speakers(item: Item) -> list[str]:
    """As the source shows them; "Newcastle guest speakers" where it names nobody."""
    return [person.shown for person in item.speakers] or [item.byline] * bool(item.byline)


def _ask(ask: Ask) -> dict[str, Any]:
    return {
        "key": ask.key,
        "about": ask.about,
        "text": ask.text,
        "answers": [{"key": answer.key, "label": answer.label} for answer in ask.answers],
        "items": list(ask.items),
        "lines": list(ask.lines),
    }


def _card(card: Card) -> dict[str, str]:
    return {"title": card.title, "text": card.text}
