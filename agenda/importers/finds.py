"""Where a line of an agenda may begin an item: by a time before or after its title, by a length, by a word."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .clocks import LENGTH, Length, Span, lengths, span_at, spans
from .dates import heading, led
from .item_kinds import is_landmark
from .marks import has_words, tidy, unmarked
from .people import is_group, is_named
from .rows import Find
from .totals import covers

LEAD = re.compile(
    r"(?:(?:[\"“”″〃]{1,2}|ditto)\s+)?(?:(?:at|from|starts?|starting|begins?|times?|approx\.?|approximately|about|around|circa|c\.|ca\.?|by|tbc|tba)\b\s*[:.]?\s*"
    r"|[@~≈±(\[–-]\s*)*",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?P<label>(?:session|part|slot|item|block|module|panel|talk|workshop)\s+[\w.]{1,4})\s*[-–:|(,]*\s*", re.I
)
PLACEHOLDER = re.compile(
    r"(?P<word>now|then|next|later|finally|evening|all day|throughout|ongoing|afterwards|after lunch|on arrival|on own|"
    r"tbc|tba|t\.b\.c\.?|morning|afternoon|lunchtime)\s*(?P<mark>[:–—|\t-]|$)\s*",
    re.IGNORECASE,
)
PREPOSITION = re.compile(
    r"\b(?:from|until|till|til|to|at|by|before|after|between|and|for|since|of|than|or|@|resume|restart|return|back)\s*$",
    re.I,
)
BEFORE_LAST = re.compile(
    r"(?:\b(?:approx\.?|approximately|about|around|c\.|ca\.?|from)|(?<=\.)\.|\.(?=\.)|[@~≈…\s(\[|:,–—-])+$",
    re.IGNORECASE,
)
COLUMN = re.compile(r"\t|\s{3,}")
LABELLED = re.compile(r"(?:times?|timing|when|hours|duration)\s*:", re.IGNORECASE)
ROOM = re.compile(
    r"\b(?:room|hall|foyer|theatre|chamber|suite|lounge|atrium|auditorium|studio|library|gallery|marquee)\b",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"\s?(?:million|billion|bn|per cent|percent|%|km|kg|metres?|miles|gb|mb|(?P<counted>people|delegates|words))\b",
    re.I,
)
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
MORE = re.compile(r"\s*(?:\((?P<bracket>[^()]+)\)\W*$|,\s+(?P<list>[^\W\d_].*))")
OPENED = re.compile(r"\s*[(\[][^()\[\]\d]{0,20}$")  # "Party (starts around 5pm)"
AT = re.compile(r"\s+at$", re.IGNORECASE)
NEAR = 20  # characters
ENDING = " \t)].…–—:;/-"


def finds_in_text(place: int, text: str) -> list[Find]:
    """The same for a line that is no row of a table."""
    for marked in (text, unmarked(text)):
        day, words = led(marked)
        if found := _first(place, words):
            return _glued(only_where(replace(found, day=day or found.day)), words)
    words = unmarked(text)
    if heading(words):
        return []
    if several := _titles_first(place, words):
        return several
    day, rest = led(words)
    found = _by_word(place, words) or _last(place, rest or words, words != text) or _by_length(place, words)
    return [replace(found, day=day) if found.form == "last" and rest else found] if found else []


def _first(place: int, words: str) -> Find | None:
    lead = LEAD.match(words)
    at = lead.end() if lead else 0
    label = "" if at else _label(words)
    span = span_at(words, at + len(label)) if at + len(label) < len(words) else None
    if span is None or _is_amount(words, span) or words[span.stop : span.stop + 2] == "..":
        return None
    rest, *beside = COLUMN.split(words[span.stop :].lstrip(ENDING + "?").rstrip())
    if LABELLED.match(words):
        return Find(place, "labelled", "", span)
    title = tidy(rest) or tidy(span.end_text)
    if heading(title):  # "1.30 – 5pm, Tuesday 28 June 2011"
        return Find(place, "alone", "", span, day=heading(title))
    if label:
        title = tidy(f"{LABEL.match(label)['label']}: {title}" if title else label)  # type: ignore[index]
    in_brackets = span.is_range and words[:1] in "(["
    found = Find(place, "first" if title else "alone", title, span, length_in(title), "", "", in_brackets)
    return with_beside(found, beside)


def only_where(find: Find) -> Find:
    """Below the name of a day and a time, what stands beside them may be no title but the room."""
    is_room = bool(find.day) and find.form == "first" and re.match(ROOM.pattern, find.title, re.IGNORECASE)
    return replace(find, form="alone", title="", room=find.title) if is_room else find


def with_beside(find: Find, beside: Sequence[str]) -> Find:
    """With what stands in further columns that nobody has named: people, or anything else."""
    cells = [cell.strip() for cell in beside if cell.strip()]
    who = [cell for cell in cells if is_named(cell) or is_group(cell)]
    room = [cell for cell in cells if cell not in who and ROOM.search(cell)]
    notes = [cell for cell in cells if cell not in who and cell not in room[:1]]
    return replace(
        find, who=find.who or "; ".join(who), room=find.room or "".join(room[:1]), notes=(*find.notes, *notes)
    )


def _label(words: str) -> str:
    found = LABEL.match(words)
    return found[0] if found and span_at(words, found.end()) else ""


def _glued(first: Find, words: str) -> list[Find]:
    """One line may hold a whole agenda: cut it before every time that begins an item."""
    assert first.span is not None
    if first.form in {"labelled", "alone"}:
        return [first]
    every = list(spans(words))
    starts = _starts(words, every, first.span)
    closer = list(spans(words, glued=True))
    inside = _starts(words, closer, first.span)
    if len(inside) > 2 * len(starts) + (not starts):
        starts, every = inside, closer
    if not starts:
        return [first]
    between = [words[one.stop : two.begin] for one, two in pairwise(every)]
    if sum(not has_words(part) for part in between) * 2 > len(between):
        return []  # a row of times without titles
    if len(starts) == 1 and not _is_pair(words, first.span, starts[0]):
        return [first]
    edges = [*(span.begin for span in starts), len(words)]
    cut = [replace(first, title=tidy(words[first.span.stop : edges[0]].lstrip(ENDING)))]
    cut[0] = replace(cut[0], form="first" if cut[0].title else "alone")
    for span, until in zip(starts, edges[1:], strict=True):
        title = tidy(words[span.stop : until].lstrip(ENDING))
        cut.append(Find(first.place, "first", title, span, length_in(title)))
    return cut if all(found.title for found in cut) else [first]


def _starts(words: str, every: Sequence[Span], first: Span) -> list[Span]:
    """The times behind the first that begin an item each: none in brackets, and none that a sentence speaks of."""
    inside = [(found.start(), found.end()) for found in BRACKETS.finditer(words)]
    many = sum(one.start.shape == first.start.shape for one in every) > 3
    found = []
    for span in every:
        same = span.start.shape == first.start.shape and (many or span.is_range == first.is_range)
        if span.begin < first.stop or not same or any(begin < span.begin < end for begin, end in inside):
            continue
        has_title = bool(words[span.stop : span.stop + NEAR].strip(ENDING))
        if has_title and not speaks_of(words, span) and not _is_amount(words, span):
            found.append(span)
    return found


def _is_amount(words: str, span: Span) -> bool:
    """A number of something; people are counted by four digits, and they come at 6:30."""
    unit = UNIT.match(words, span.stop)
    return unit is not None and (span.start.shape == "bare" or not unit["counted"])


def speaks_of(words: str, span: Span) -> bool:
    """Whether the time is only spoken of: "until 9.30"."""
    return PREPOSITION.search(words[max(span.begin - NEAR, 0) : span.begin].rstrip(" ~([")) is not None


def _is_pair(words: str, first: Span, second: Span) -> bool:
    """Two items on one line, rather than one that speaks of another time."""
    after = words[second.stop :].lstrip(ENDING)
    later = max(second.start.readings()) > min(first.start.readings())
    return later and after[:1].isupper() and bool(words[first.stop : second.begin].strip(ENDING))


def _titles_first(place: int, words: str) -> list[Find]:
    """A glued line in which every title stands before its time: "Registration 9.00 Welcome 9.30 Lunch 12.30"."""
    found = list(spans(words))
    if not all(span.is_range for span in found):
        found = [span for span in found if not speaks_of(words, span)]
    if len(found) < 3:
        return []
    is_told = all(words[span.stop - 1 : span.stop + 1].strip(" )")[-1:] in (",", ";", ".") for span in found)
    if words[found[-1].stop :].strip(ENDING) and not is_told:
        return _after_heading(place, words, found)
    edges = [0, *(span.stop for span in found)]
    titles = [tidy(words[edge : span.begin].strip(ENDING + "([~@,")) for edge, span in zip(edges, found, strict=False)]
    titles = [PREPOSITION.sub("", title + " ").strip() if is_told else title for title in titles]
    return [Find(place, "last", title, span) for title, span in zip(titles, found, strict=True) if title]


def _after_heading(place: int, words: str, found: Sequence[Span]) -> list[Find]:
    """Words, and then a whole agenda that begins with a time, on one line."""
    begin = next((span.begin for span in found if span.start.shape != "bare"), found[0].begin)
    first = _first(place, words[begin:])
    cut = _glued(first, words[begin:]) if first else []
    return (
        cut[1:]
        if len(cut) > 3 and first and first.span and first.span.is_range and covers(first.span, cut[1:])
        else cut
    )


def _last(place: int, words: str, is_listed: bool) -> Find | None:
    """A title with its time behind it, in brackets or not."""
    found = list(spans(words))
    if found and (begun := _with_more(place, words, found[0])):
        return begun
    for span in found[:-3:-1]:
        after, behind = words[span.stop :], LENGTH.fullmatch(words[span.stop :].strip(ENDING + ","))
        if behind:  # "Welcome 6.00pm 5 mins"
            after = ""
        if after.strip(ENDING + ",") and not _is_place(tidy(words[: span.begin]), span, after):
            continue
        before = BEFORE_LAST.sub("", OPENED.sub("", words[: span.begin]))
        if is_listed and (at := AT.search(before)) and len(before.split()) < 5:  # "Prize-giving at 2.00 pm"
            before = before[: at.start()]
        if not before or PREPOSITION.search(before + " ") or _is_amount(words, span):
            return None
        is_bracketed = after.lstrip()[:1] in (")", "]") and after.strip() != ""
        inside = None if behind else next(lengths(before), None)
        title = tidy(without(before, inside)) if inside else tidy(before)
        length = next(lengths(behind[0])) if behind else inside
        room = tidy(after.strip(ENDING + ","))
        return Find(place, "last", title, span, length, is_range_in_brackets=is_bracketed and span.is_range, room=room)
    return None


def _with_more(place: int, words: str, span: Span) -> Find | None:
    """A title, a range behind a dash or a colon, and more: "Budget – 9.30-10.30, break", "Race: 9-10 (juniors)"."""
    before, more = words[: span.begin].rstrip(), MORE.match(words, span.stop)
    if more is None or not span.is_range or before[-1:] not in ("-", "–", "—", ":") or not has_words(before):
        return None
    return Find(place, "last", tidy(before), span, notes=(tidy(more["bracket"] or more["list"]),))


def _is_place(title: str, span: Span, after: str) -> bool:
    """A few words behind a range or a marked time that say where: "Lunch 12.30-2.00pm Sherwood Hall"."""
    words = after.strip(ENDING + ",")
    is_time = span.is_range or bool(span.start.half) or is_landmark(title)
    return is_time and len(words.split()) <= 6 and (words[0].isupper() or words[0].isdigit())


def _by_length(place: int, words: str) -> Find | None:
    length = next(lengths(words), None)
    if length is None:
        return None
    title = tidy(without(words, length))
    return Find(place, "length", title, None, length) if title else None


def _by_word(place: int, words: str) -> Find | None:
    found = PLACEHOLDER.match(words)
    if found is None:
        return None
    title = tidy(words[found.end() :])
    told = list(spans(title))
    if told and title[told[-1].stop :].strip(ENDING) == "" and PREPOSITION.search(title[: told[-1].begin].rstrip()):
        cut = PREPOSITION.sub("", title[: told[-1].begin].rstrip())
        return Find(place, "word", tidy(cut), told[-1], word=found["word"])
    return Find(place, "word", title, word=found["word"]) if title else None


def length_in(title: str) -> Length | None:
    """A length in brackets, or at the end of a title: other lengths are what the item is about."""
    for length in lengths(title):
        before, after = title[: length.begin].rstrip(), title[length.stop :].strip()
        if before[-1:] in ("(", "[", "-", "–", "|", ",") and after[:1] in ("", ")", "]", "-", "–", ":"):
            return length
    return None


def without(words: str, length: Length | None) -> str:
    if length is None:
        return words
    before, after = words[: length.begin].rstrip(" ([-–—,:|~"), words[length.stop :].lstrip(" )].:-–—|,")
    return f"{before} {after}" if after else before


def title_without_length(found: Find) -> str:
    """The title once the length that stands in it is taken out."""
    if found.length is None or found.form in {"length", "last", "cell"}:
        return found.title
    return tidy(without(found.title, found.length))
