"""Which finds are items: times that stand alone, in a sentence or in a quotation are not, unless nothing else is."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from .bare_hours import bare_hours
from .cells import finds_in
from .clocks import Clock
from .columns import Roles, guessed_roles, is_heading_row, roles_of
from .draft import Fate
from .item_kinds import is_landmark
from .marks import has_words, is_numbered
from .prose import told
from .rows import Find, Row, is_listed
from .totals import without_totals

FAR = 25  # lines between two items of one running order, at most
FIELD = re.compile(r"(?:date|times?|when|where|venue|location|place)\s*:", re.IGNORECASE)
SENTENCE = re.compile(r"(?:at|from|by|until|before|after)\b", re.IGNORECASE)
ITEM_NUMBER = re.compile(r"(\d{1,2})(?:\.\d)?\s+(?=[A-Z“\"])")
MOST_ITEMS = 400
FEW = 60  # lines of a text in which a time is not lost


def with_roles(rows: Sequence[Row]) -> list[Row]:
    """The rows of every table with the roles of its columns; a table that is interrupted keeps its heads."""
    done: list[Row] = []
    before: Roles = {}
    rows = _comma_tables(rows)
    for is_table, group in groupby(rows, key=lambda row: (row.is_table, row.page) if row.is_table else row.line.number):
        table = list(group)
        if is_table and table[0].is_table:
            before = before if done and done[-1].page == table[0].page else {}
            roles = _roles(table, before)
            before = before or roles
            done += _table(table, roles)
        else:
            done += table
    return done


def _roles(table: Sequence[Row], before: Roles) -> Roles:
    heads = next((roles for row in table[:4] if (roles := roles_of(row.cells))), None)
    if heads is None and any(_fits(row, before) for row in table):
        heads = before
    return heads or guessed_roles([row.cells for row in table])


def _fits(row: Row, roles: Roles) -> bool:
    return bool(roles) and len(row.cells) > max(roles)


def _table(rows: Sequence[Row], roles: Roles) -> Iterator[Row]:
    heads = next((place for place, row in enumerate(rows[:4]) if roles_of(row.cells)), -1)
    has_times = {"start", "length"} & set(roles.values())
    for place, row in enumerate(rows):
        yield row if place <= heads or not has_times else replace(row, roles=_own_roles(row, roles))


def _comma_tables(rows: Sequence[Row]) -> list[Row]:
    """A table whose cells are parted by commas or semicolons is one if its first line names its columns."""
    done = list(rows)
    for place, row in enumerate(rows):
        mark = "," if "," in row.text else ";"
        if row.is_table or roles_of(_split(row.text, mark)) is None:
            continue
        for at in range(place, len(rows)):
            if rows[at].page != row.page or (at > place and rows[at].line.after_gap):
                break
            done[at] = replace(rows[at], cells=_split(rows[at].text, mark))
        break
    return done


def _split(text: str, mark: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in next(csv.reader([text], delimiter=mark, skipinitialspace=True), []))


def _own_roles(row: Row, roles: Mapping[int, str]) -> Mapping[int, str]:
    """A table may have new heads further down, and rows with fewer cells."""
    return roles_of(row.cells) or roles if len(row.cells) > 1 else roles


def is_head(row: Row) -> bool:
    return (row.is_table and roles_of(row.cells) is not None) or is_heading_row(row.text)


def chosen(rows: Sequence[Row], fates: Mapping[int, Fate]) -> list[Find]:
    """The finds that are items, in the order of the source. `fates` by line number: what a person has said of it."""
    said = {place: fates.get(row.line.number) for place, row in enumerate(rows)}
    open_rows = {place: row for place, row in enumerate(rows) if said[place] is None}
    kept = _by_themselves(rows, {place: finds_in(place, row) for place, row in open_rows.items() if not is_head(row)})
    for place, row in enumerate(rows):
        if said[place] == "item":
            kept += finds_in(place, row) or [Find(place, "word", row.words or row.text.strip())]
    return sorted(kept, key=lambda find: find.place)[:MOST_ITEMS]  # those of one row stand in their order


def _by_themselves(rows: Sequence[Row], by_row: Mapping[int, Sequence[Find]]) -> list[Find]:
    found = [find for place in sorted(by_row) for find in by_row[place]]
    found = [find for find in found if not _is_bare_decoy(find, found)]
    timed = [find for find in found if find.form in {"first", "alone", "cell"} and find.span]
    timed = timed if len(timed) < 3 else [find for find in timed if not _is_sentence(rows[find.place], find)]
    timed = timed or [find for find in found if find.form == "labelled"]
    late = [find for find in found if find.form == "last"]
    if len(timed) >= 2 or (timed and not late):
        kept = [*timed, *(find for find in late if find.is_range_in_brackets or len(late) >= len(timed))]
    else:
        kept = [*timed, *late]
    kept = _near(rows, without_totals(rows, [*kept, *bare_hours(rows, kept, by_row)]))
    kept = _without_numbers(kept)
    if len(kept) < 2 and (sentences := _in_sentences(rows)):
        return sentences
    kept += [
        find
        for find in found
        if find.form in {"word", "cell"} and (not find.span or find.form == "word") and _stands_among(rows, find, kept)
    ]
    timed_only, long = [find for find in kept if find.span], [find for find in found if find.form == "length"]
    if len(timed_only) < 2 or (len(timed_only) < 3 and len(long) > 2 * len(timed_only)):
        kept = _by_lengths(rows, found, kept)
    if not any(find.title or find.span for find in kept):
        kept = _by_numbers(rows) or kept
    return kept


def _without_numbers(kept: Sequence[Find]) -> list[Find]:
    """Without the numbers of items that stand before their titles, if nearly all of them have one, in order."""
    numbered = [(int(hit[1]), find) for find in kept if (hit := ITEM_NUMBER.match(find.title))]
    in_order = all(one[0] <= two[0] for one, two in pairwise(numbered))
    if len(numbered) < 3 or len(numbered) * 3 < len(kept) * 2 or not in_order:
        return list(kept)
    return [replace(find, title=ITEM_NUMBER.sub("", find.title)) for find in kept]


def _is_sentence(row: Row, find: Find) -> bool:
    """ "At 7pm we will close the board": said about the day, among lines that are its order."""
    return bool(SENTENCE.match(row.words)) and find.title[:1].islower() and len(find.title.split()) > 7


def _in_sentences(rows: Sequence[Row]) -> list[Find]:
    """Items of an agenda that is told in sentences: three times at least, and no other form."""
    found = [
        Find(place, "prose", title, span)
        for place, row in enumerate(rows)
        for span, title in told(row.words)
        if span.start.shape != "bare" and not FIELD.match(row.words)
    ]
    return found if len(found) > 2 else []


def doubtful(rows: Sequence[Row], finds: Sequence[Find]) -> list[Row]:
    """Rows that may be items, and were not taken for one: they begin with a word in place of a time."""
    taken = {find.place for find in finds}
    first, last = min(taken, default=0), max(taken, default=-1)
    within = [place for place in range(first, last + 1) if place not in taken]
    return [
        rows[place] for place in within if any(find.form in {"word", "last"} for find in finds_in(place, rows[place]))
    ]


def _is_bare_decoy(find: Find, found: Sequence[Find]) -> bool:
    """Four digits are a time if others are, too: else they are a year or a number of people."""
    if find.span is None or find.span.start.shape != "bare" or find.span.is_range or find.span.start.half:
        return False
    start = find.span.start
    if find.form == "last" and start.hour in (19, 20):
        return True
    bare = [other.span.start for other in found if other.span and other.span.start.shape == "bare"]
    if start.hour in (19, 20) and start.minute % 5 and find.form != "cell":
        return True
    return len(bare) < 2 or (find.form == "last" and not any(_is_round(other) for other in bare))


def _is_round(clock: Clock) -> bool:
    return clock.minute % 5 == 0


def _near(rows: Sequence[Row], kept: Sequence[Find]) -> list[Find]:
    """Without the times far from the running order, in a long text: a deck is full of them."""
    if not kept or len(rows) <= FEW:
        return list(kept)
    groups: list[list[Find]] = [[kept[0]]]
    for before, find in pairwise(kept):
        apart = find.place - before.place
        if apart > FAR or rows[find.place].page != rows[before.place].page:
            groups.append([])
        groups[-1].append(find)
    most = max(len(group) for group in groups)
    if most < 3:
        return list(kept)
    big = [group for group in groups if len(group) >= max(3, most // 3)]
    return [find for group in _without_repeats(big) for find in group]


def _without_repeats(groups: Sequence[Sequence[Find]]) -> list[Sequence[Find]]:
    """A deck shows its running order again and again."""
    seen: list[set[tuple[object, ...]]] = []
    kept = []
    for group in groups:
        told = {_told(find) for find in group}
        if not any(len(told & other) * 2 > len(told) for other in seen):
            kept.append(group)
        seen.append(told)
    return kept


def _told(find: Find) -> tuple[object, ...]:
    return (find.title.casefold(), find.span and find.span.start)


def _stands_among(rows: Sequence[Row], find: Find, kept: Sequence[Find]) -> bool:
    """A word in place of a time, in a list or a table whose other rows have times."""
    row = rows[find.place]
    near = [other for other in kept if abs(other.place - find.place) <= 3 and other.span]
    if find.form == "cell":
        return bool(near) or find.length is not None
    return any(is_listed(rows[other.place]) == is_listed(row) for other in near)


def _by_lengths(rows: Sequence[Row], found: Sequence[Find], kept: Sequence[Find]) -> list[Find]:
    """An agenda without clock times: the rows with a length, and their siblings in the same list."""
    long = [find for find in found if find.length and (find.form in {"length", "cell"})]
    if len(long) < 2 or len(long) < len(kept):
        return list(kept)
    total = sum(find.length.minutes or 0 for find in long[1:] if find.length)
    if long[0].length and total and long[0].length.minutes == total:
        long = long[1:]  # "Session plan (2 hours)"
    taken = {find.place for find in [*long, *kept]}
    first, last = min(taken), max(taken)
    looks = {_look(rows[find.place]) for find in long}
    beside = [
        Find(place, "length", rows[place].words)
        for place in range(max(first - 1, 0), min(last + 2, len(rows)))
        if place not in taken and _look(rows[place]) in looks and rows[place].words
        if (is_listed(rows[place]) and first <= place <= last) or is_landmark(rows[place].words)
    ]
    return [*long, *beside, *(find for find in kept if find.place not in {other.place for other in long})]


def _by_numbers(rows: Sequence[Row]) -> list[Find]:
    """An agenda of numbered lines and nothing else: three at least, one under the other."""
    numbered = [place for place, row in enumerate(rows) if is_numbered(row.text) and has_words(row.words)]
    runs = [numbered[at : at + 1] for at in range(len(numbered))]
    for before, after in pairwise(range(len(runs))):
        if numbered[after] - numbered[before] <= 2:
            runs[after] = runs[before] + runs[after]
    longest = max(runs, key=len, default=[])
    return [Find(place, "length", rows[place].words) for place in longest] if len(longest) > 2 else []


def _look(row: Row) -> tuple[object, ...]:
    """How a row stands in its list: rows that look alike are siblings."""
    text = row.text.lstrip()
    mark = "#" if text[:1].isdigit() else text[:1] if is_listed(row) else ""
    return (mark, len(row.line.text) - len(row.line.text.lstrip()), row.line.level, row.is_table)
