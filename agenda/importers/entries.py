"""Items in the making: each find with the lines that belong to it, and the fate of every line on the way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .choosing import FIELD, is_head
from .dates import whole_date
from .draft import Fate
from .finds import ROOM, title_without_length
from .marks import has_words, is_ruling, tidy, unmarked
from .people import is_group, is_named, parted, shown
from .rows import Find, Row, day_heading, is_listed

OPEN = re.compile(
    r"(?:[,&(–—-]|\b(?:and|or|of|the|a|an|in|on|for|to|by|with|from|into|at|as|council|its|their|our|be|is|are))$", re.I
)
SPEAKER_LINE = re.compile(
    r"(?:guest )?(?:speakers?|presenters?|presented by|led by|facilitated by|facilitators?|chair(?:ed by)?|with|lead|"
    r"by|"
    r"panel(?:lists?)?|hosted by|host)\s*[:–-]?\s+(?P<who>.+)",
    re.IGNORECASE,
)
IN_ROOM = re.compile(r"(?P<title>.{3,}?)\s+\((?:in )?(?P<room>[^()]{3,60})\)", re.IGNORECASE)
ROOM_LINE = re.compile(r"(?:room|venue|location|where|place)\s*:\s*(?P<room>.+)", re.IGNORECASE)
SMALL_PRINT = re.compile(
    r"\s*(?:\*(?!\*)\S|\(?\*|NB\b|N\.B\.|please note|note:|subject to|this programme)", re.IGNORECASE
)
PURPOSE = re.compile(
    r"(?<=[\w)’'])\s+(?=(?:To|The [A-Z]\w+(?: \w+)? (?:to|will)) (?:receive|consider|agree|note|welcome|elect|debate|"
    r"review|"
    r"discuss|approve|hear|confirm|report|introduce|set|break|be|provide|give|present|update|explore|share)\b)"
)


OUTSIDE = "Stands outside the running order"
SAID = "You said so"
HEADING = "A heading"
DAY_NAME = "The name of a day"


@dataclass(slots=True)
class Fated:
    """What became of a line, while it is being decided."""

    fate: Fate
    why: str
    entry: int | None = None


@dataclass(slots=True)
class Entry:
    """An item in the making. `places` are those of its rows."""

    find: Find
    title: str
    places: list[int]
    speakers: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    room: str = ""
    lists_speakers: bool = False
    day: int = 1
    day_name: str = ""


def gathered(
    rows: Sequence[Row], finds: Sequence[Find], said: Mapping[int, Fate]
) -> tuple[list[Entry], dict[int, Fated]]:
    """The items in the making, and what became of every row by its place; `said` is what a person said, by number."""
    spoken = {place: said[row.line.number] for place, row in enumerate(rows) if row.line.number in said}
    fates = {place: Fated(fate, SAID) for place, fate in spoken.items() if fate != "item"}
    entries = [_entry(found) for found in finds]
    for at, entry in enumerate(entries):
        fates[entry.places[0]] = Fated(
            "item", "Begins with a time" if entry.find.span else "Stands in the running order", at
        )
    before = _titles_before(rows, finds)
    for at in range(-1, len(entries)):
        first = entries[at].places[0] + 1 if at >= 0 else 0
        until = entries[at + 1].places[0] if at + 1 < len(entries) else len(rows)
        _between(rows, range(first, until), entries, at, fates, before)
    _name_days(rows, entries, fates)
    return entries, fates


def _entry(found: Find) -> Entry:
    words, *more = PURPOSE.split(title_without_length(found), maxsplit=1)
    title, speakers = parted(words)
    people, room = shown(found.who) if found.who else speakers, found.room
    if not room and (where := IN_ROOM.fullmatch(title)) and ROOM.search(where["room"]):
        title, room = where["title"], where["room"]
    return Entry(found, title, [found.place], list(people), [*more, *found.notes], room=room)


def _titles_before(rows: Sequence[Row], finds: Sequence[Find]) -> bool:
    """Whether times on lines of their own stand under their titles rather than over them."""
    if any(found.form == "labelled" for found in finds):
        return True
    alone = [found.place for found in finds if found.form == "alone"]
    if not alone or len(alone) * 2 < len(finds):
        return False
    over = under = 0
    for place in alone:
        follows = place + 1 < len(rows) and not rows[place + 1].line.after_gap
        joined = place > 0 and not rows[place].line.after_gap and not day_heading(rows[place - 1])
        taken = {found.place for found in finds}
        under += joined and place - 1 not in taken
        over += follows and place + 1 not in taken
    if over == under:
        return alone[-1] == len(rows) - 1
    return under > over


def _between(
    rows: Sequence[Row], places: range, entries: list[Entry], at: int, fates: dict[int, Fated], before: bool
) -> None:
    """The rows after one item and before the next."""
    entry = entries[at] if at >= 0 else None
    following = entries[at + 1] if at + 1 < len(entries) else None
    claimed = _claim_title_before(rows, places, following, fates, at + 1) if before and following else None
    last, is_over = places[0] - 1 if places else 0, False
    for place in places:
        row = rows[place]
        if place in fates or place == claimed:
            if entry is not None and fates[place] == Fated("note", SAID):
                entry.notes.append(_words(row))
            continue
        fated = _plainly(row)
        is_over = (is_over and following is None) or (
            entry is not None and _is_over(rows, place, last, following, entry)
        )
        if fated is None and entry is not None and not is_over:
            fated = _belongs(rows, place, last, entry, at)
            last = place if fated.entry is not None else last
        fates[place] = fated or Fated("ignored", OUTSIDE)


def _claim_title_before(
    rows: Sequence[Row], places: range, following: Entry, fates: dict[int, Fated], at: int
) -> int | None:
    if following.find.form not in {"alone", "labelled"} or following.title:
        return None
    for place in reversed(places):
        if has_words(rows[place].text) and not _plainly(rows[place]) and not FIELD.match(rows[place].words):
            following.title, speakers = parted(tidy(rows[place].words))
            following.speakers += speakers
            following.places.append(place)
            fates[place] = Fated("item", "The title of the time below it", at)
            return place
    return None


def _plainly(row: Row) -> Fated | None:
    """What a row is whatever stands around it."""
    if is_ruling(row.text):
        return Fated("ignored", "A ruled line")
    if is_head(row):
        return Fated("ignored", "The heads of columns")
    if not has_words(row.text) and not any(sign.isdigit() for sign in row.text):
        return Fated("ignored", "Stray characters")
    if len(row.words) < 3 and not row.is_table:
        return Fated("ignored", "Stray characters")
    if day_heading(row):
        return Fated("note", DAY_NAME)
    return None


def _is_over(rows: Sequence[Row], place: int, last: int, following: Entry | None, entry: Entry) -> bool:
    """Whether the item above has ended before this row: a heading, small print, or what comes after the last one."""
    row = rows[place]
    if entry.find.form == "alone" and not entry.title:
        return False
    if SMALL_PRINT.match(row.text) and not is_listed(row):
        return True
    if following is None:
        ended = any(rows[at].line.after_gap or rows[at].page != rows[last].page for at in range(last + 1, place + 1))
        return ended and not is_listed(row)
    heads = row.line.is_title or (row.line.after_gap and rows[following.find.place].line.after_gap is False)
    short = len(row.words.split()) <= 6 and row.words[-1:] not in ".;,?" and not is_listed(row)
    return (
        heads
        and short
        and following.find.place == place + 1
        and not is_named(row.words)
        and following.find.form != "alone"
    )


def _belongs(rows: Sequence[Row], place: int, last: int, entry: Entry, at: int) -> Fated:
    """A row that belongs to the item above it: its title, the rest of its title, who speaks, or more about it."""
    row = rows[place]
    entry.places.append(place)
    words = _words(row)
    if who := _only_who(row):
        entry.speakers += shown(who)
        return Fated("item", "Who speaks", at)
    if not entry.title:
        _take_title(row, words, entry)
        return Fated("item", "The title of the time above it", at)
    if _goes_on(row, entry) and place == last + 1:
        joint = "" if len(entry.title.split()[-1]) == 1 and entry.title[-1].isupper() and words[0].islower() else " "
        entry.title, speakers = parted(f"{entry.title}{joint}{words}")
        entry.speakers += speakers
        return Fated("item", "The rest of the title", at)
    if (not entry.speakers or entry.lists_speakers) and (people := _people(row, words)):
        entry.speakers += people
        entry.lists_speakers = is_listed(row)
        if not re.search(r":\s", words) or SPEAKER_LINE.fullmatch(words):
            return Fated("item", "Who speaks", at)
    if found := ROOM_LINE.fullmatch(words):
        entry.room = entry.room or found["room"]
        return Fated("item", "Where it is", at)
    entry.details.append(words)
    entry.listed += [words] if is_listed(row) else []
    return Fated("item", "More about the item above it", at)


def _only_who(row: Row) -> str:
    """Who speaks, where a row of a table says nothing else."""
    filled = {row.roles.get(at, ""): cell for at, cell in enumerate(row.cells) if cell.strip()}
    return filled["who"] if set(filled) == {"who"} else ""


def _words(row: Row) -> str:
    if row.is_long:
        return row.line.text.strip()
    return unmarked(" – ".join(cell.strip() for cell in row.cells if cell.strip())) if row.is_table else row.words


def _take_title(row: Row, words: str, entry: Entry) -> None:
    first, *rest = words.split("\n")
    title, *more = PURPOSE.split(tidy(first), maxsplit=1)
    entry.title, speakers = parted(title)
    entry.speakers += speakers
    entry.details += [*more, *rest]


def _goes_on(row: Row, entry: Entry) -> bool:
    """Whether a line was only broken because it was full."""
    if row.line.after_gap or is_listed(row) or row.is_table or entry.details or entry.speakers:
        return False
    title, words = entry.title, row.words
    if _raw_end(entry) == "," and is_named(words):
        return False
    alone = len(title.split()[-1]) == 1 and title.split()[-1].isupper() and words[0].islower()
    return alone or (words[0].islower() and title[-1] not in ".?!;:") or OPEN.search(title) is not None


def _raw_end(entry: Entry) -> str:
    return entry.find.title[-1:]


def _people(row: Row, words: str) -> list[str]:
    if found := SPEAKER_LINE.fullmatch(words):
        who = found["who"]
        if is_named(who) or ":" in words[: found.start("who")] or is_group(who):
            return list(shown(who))
    if is_group(words) and not is_listed(row):
        return [words]
    if is_named(words) and not re.search(r":\s", words):
        return list(shown(words))
    if is_named(words) and is_listed(row):
        return list(shown(re.split(r":\s", words, maxsplit=1)[0]))
    return []


def _name_days(rows: Sequence[Row], entries: Sequence[Entry], fates: dict[int, Fated]) -> None:
    """Every item gets the number of its day, counted from the headings of days above it."""
    number, name = 1, ""
    heads = {place: day_heading(rows[place]) for place, fated in fates.items() if fated.why == DAY_NAME}
    seen = False
    for place in range(len(rows)):
        if place in heads and heads[place].casefold() != name.casefold():
            number, name, seen = number + seen, heads[place], False
        for entry in entries:
            if entry.find.place == place:
                if entry.find.day and not _same_day(entry.find.day, name):
                    number, name = number + seen, entry.find.day
                entry.day, entry.day_name, seen = number, name, True


def _same_day(new: str, old: str) -> bool:
    new, old = new.casefold(), old.casefold()
    return new == old or (
        bool(old) and (new[:3] in old or (whole_date(new) != "" and whole_date(new) == whole_date(old)))
    )
