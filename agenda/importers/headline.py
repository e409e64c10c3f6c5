"""What the first lines of a source say of the day: its title, its date, its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .clocks import spans
from .dates import day_name, heading, whole_date
from .entries import DAY_NAME, HEADING, OUTSIDE, Fated
from .extras import HOUSEKEEPING, LINKS, PURPOSE, RULES, URL
from .marks import folded, has_words, tidy
from .rows import Row, is_listed

NO_TITLE = re.compile(
    r"(?:the )?(?:draft |final |outline |provisional |workshop |event |day )?(?:agenda|programme|program|schedule|"
    r"timetable|"
    r"running order|itinerary|shape of (?:our|the) day|outline|plan|session plan|order of the day|programme\*|"
    r"time\W+item)"
    r"\W*(?:\(.*\))?",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?P<label>title|event|date|when|time|times|venue|where|location|place|address)\s*:\s*(?P<rest>.*)", re.IGNORECASE
)
GREETING = re.compile(
    r"(?:hi|hello|dear|good (?:morning|afternoon|evening)|from|to|subject|sent|cc|re|fw|fwd)\b[\s\w:]*[,:].*",
    re.IGNORECASE,
)
VENUE = re.compile(
    r"\b(?:hall|centre|center|room|chamber|hotel|college|university|house|civic|parliament|library|street|suite)\b",
    re.I,
)
HEAD = 14  # rows above the running order in which a title may stand
MOST = 120
SHORT_PLACE, LONG_PLACE = 4, 10  # words, without and with one that says what kind of place


@dataclass(frozen=True, slots=True)
class Headline:
    title: str = ""
    date: str = ""
    place: str = ""


def headline(rows: Sequence[Row], first: int, fates: dict[int, Fated]) -> Headline:
    """From the rows above the item at place `first`. `fates` learn which of them say what."""
    head = [place for place in range(min(first, len(rows))) if _is_plain(fates.get(place))]
    labels = _labels(rows, head)
    date = next(
        filter(None, (whole_date(rows[place].text) for place in (*head, *range(first, min(first + 1, len(rows)))))), ""
    )
    lines = [place for place in head[:HEAD] if _may_title(rows[place])]
    title = labels.get("title") or labels.get("event") or (_without_date(rows[lines[0]].words) if lines else "")
    place_named = next((labels[name] for name in ("venue", "where", "location", "place") if labels.get(name)), "")
    found = Headline(title[:MOST], date, (place_named or _place(rows, lines))[:MOST])
    for place in head:
        if why := _why(rows[place], found):
            fates[place] = Fated("note", why)
    return found


def _why(row: Row, found: Headline) -> str:
    """What of the day a row says; empty for nothing."""
    words = row.text
    for told, why in ((found.title, "The title of the day"), (found.place, "Its place")):
        if told and folded(told) in folded(words) and len(words) < 3 * len(told) + HEAD:
            return why
    return "Its date" if found.date and whole_date(words) == found.date else ""


def _is_plain(fated: Fated | None) -> bool:
    """Neither an item's, nor taken for anything but a heading or the name of a day."""
    return fated is None or (fated.entry is None and fated.why in {OUTSIDE, HEADING, DAY_NAME})


def _labels(rows: Sequence[Row], head: Sequence[int]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in head:
        cells = [cell.strip() for cell in rows[place].cells if cell.strip()]
        if hit := LABEL.fullmatch(": ".join(cells) if len(cells) == 2 else rows[place].words):
            found.setdefault(hit["label"].lower(), tidy(hit["rest"]))
    return found


def _may_title(row: Row) -> bool:
    words = row.words
    if (
        not has_words(words)
        or len(words) > MOST
        or is_listed(row)
        or heading(words)
        or URL.search(words)
        or "www." in words
    ):
        return False
    if row.is_table or any(known.fullmatch(words) for known in (NO_TITLE, PURPOSE, HOUSEKEEPING, RULES, LINKS)):
        return False
    if LABEL.fullmatch(words) or GREETING.fullmatch(words):
        return False
    return all(span.start.shape == "bare" for span in spans(words)) and not words.endswith(",")


def _without_date(words: str) -> str:
    """A date at the end is taken off; one in the middle is a part of the title ("Workshop 3 November 2019, Leeds")."""
    named = day_name(words)
    if named and named.iso and named.stop >= len(words.rstrip(" .)")):
        return tidy(words[: named.begin]) or tidy(words)
    return tidy(words)


def _place(rows: Sequence[Row], lines: Sequence[int]) -> str:
    """A short line close under the title that is nothing else; or what follows a date on its line."""
    for place in lines[1:4]:
        named = day_name(rows[place].words)
        words = tidy(rows[place].words[: named.begin]).rstrip(", ") if named else rows[place].words
        most = LONG_PLACE if VENUE.search(words) else SHORT_PLACE
        if words and len(words.split()) <= most and words[:1].isupper() and not re.search(r"[.?!:]$", words):
            return tidy(words)
    for place in lines[:1]:
        named = day_name(rows[place].words)
        after = tidy(rows[place].words[named.stop :]) if named else ""
        if after and VENUE.search(after):
            return tidy(re.split(r"[:;]", after)[0])
    return ""
