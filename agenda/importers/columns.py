"""Tables in an agenda: the cells of a line, and what its columns are for."""

import re
from collections.abc import Mapping, Sequence

from .clocks import lengths, span_at
from .marks import has_words, is_ruling, plain, unmarked

Roles = Mapping[int, str]  # by the column; "track" at -1 says that unnamed columns are sessions side by side

HEADS: tuple[tuple[str, str], ...] = (
    ("end", r"end(?:s|ing)?(?: time)?|finish(?:es)?|until|to|stop|time end|end time|close"),
    (
        "length",
        r"duration.*|length.*|mins?\.?|minutes|how long|time \(?min.*|hours|allocated time|time allowed|timing \(.*",
    ),
    (
        "start",
        r"(?:start(?:s|ing)?|begins?|from|time|times|timing|when|clock|hour|time slot|slot time)(?: time)?|"
        r"time.{0,12}|(?:date|day)(?: ?(?:/|&|and) ?)time",
    ),
    (
        "title",
        r"(?:event|session|activity|talk) name|(?:agenda |programme )?(?:activity|activities|title|session|"
        r"session title|item|agenda item|topic|subject|"
        r"description|event|what|programme|agenda|content|details of session|section|module|theme|name of session)s?",
    ),
    (
        "who",
        r"(?:presenter|speaker|lead|led by|presented by|facilitator|who|host|chair|by|responsible|owner|presenting|"
        r"person|people|speaker/lead|lead/speaker|contributor|name|facilitated by|delivered by|trainer|staff)s?"
        r"(?: ?(?:/|&|and|or) ?\w+)?(?:\(s\))?",
    ),
    ("room", r"(?:room|where|location|venue|place|hall|space)s?"),
    ("day", r"day|date"),
    (
        "notes",
        r"notes?|details?|comments?|format|method|purpose|materials?|resources?|aims?|objectives?|outcomes?|"
        r"papers?|links?|further information|remarks?|kit|equipment",
    ),
    ("number", r"no\.?|nr\.?|#|number|item no\.?|ref\.?|order"),
    ("kind", r"kind|type"),
)


ROOM_NAME = re.compile(
    r"(?:\w+[ -]){0,3}(?:room|hall|foyer|theatre|chamber|suite|lounge|atrium|auditorium|studio|library|gallery|marquee|"
    r"courtyard)(?: [\w-]{1,4})?|(?-i:[A-Z]{1,4}\d?(?:[ -]?\d{1,3}\w?)?)",
    re.IGNORECASE,
)


def cells_of(text: str, given: Sequence[str] = ()) -> tuple[str, ...]:
    """The cells of a row, tidied of Markdown; one cell for a line that is no row. Blank inner cells are kept."""
    if given:
        cells = [plain(cell) for cell in given]
    else:
        text = plain(text)
        mark = "\t" if "\t" in text.strip() and text.count("|") < 2 else "|"
        cells = text.split(mark) if mark in text.strip() else [text]
        if mark == "|" and len(cells) > 1:
            cells = cells[1:] if not cells[0].strip() else cells
            cells = cells[:-1] if not cells[-1].strip() else cells
    return tuple(cell.replace("\t", " ").strip() if len(cells) > 1 else cell.strip("\t ") for cell in cells)


def roles_of(cells: Sequence[str]) -> Roles | None:
    """What each column is for if these are the heads of columns, else None."""
    roles: dict[int, str] = {}
    for place, cell in enumerate(cells):
        role = _role(unmarked(cell))
        if role and role not in roles.values():
            roles[place] = role
    known = set(roles.values())
    if known == {"start"} and len([cell for cell in cells if cell.strip()]) > 1 and not _holds_time(cells):
        free = [place for place, cell in enumerate(cells) if place not in roles and cell.strip()]
        return {**roles, free[0]: "title"} | ({-1: "track"} if len(free) > 1 else {})
    if len(roles) < 2 or not known & {"start", "length", "end"} or _holds_time(cells):
        return None
    if "title" not in known:
        free = [place for place, cell in enumerate(cells) if place not in roles]
        return {**roles, free[0]: "title"} if free else _other_title(roles)
    return roles


def is_heading_row(text: str) -> bool:
    """ "TIME ITEM", "Time  Activity": heads of columns that lost their columns."""
    words = [word for word in re.split(r"[\s|/]+", text.strip()) if word]
    return 2 <= len(words) <= 6 and all(_role(word) for word in words) and not _holds_time([text])


def _other_title(roles: Roles) -> Roles | None:
    for role in ("notes", "who"):
        for place, name in roles.items():
            if name == role:
                return {**roles, place: "title"}
    return None


def _role(head: str) -> str:
    head = " ".join(head.casefold().strip(" :*_").split())
    return next((role for role, pattern in HEADS if re.fullmatch(pattern, head)), "") if head else ""


def _holds_time(cells: Sequence[str]) -> bool:
    return any(span_at(cell.strip(), 0) for cell in cells if cell.strip())


def guessed_roles(rows: Sequence[Sequence[str]]) -> Roles:
    """The roles of the columns of a table without heads, from what stands in most of their cells."""
    width = max((len(row) for row in rows), default=0)
    roles: dict[int, str] = {}
    for place in range(width):
        column = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        role = _content(column)
        if role and (role not in roles.values()):
            roles[place] = role
        elif role == "start" and "end" not in roles.values():
            roles[place] = "end"
    wordy = [place for place in range(width) if place not in roles and _wordy(rows, place)]
    if len(wordy) > 1 and set(roles.values()) & {"start"} and _are_rooms(rows, wordy[0], wordy[1]):
        roles[wordy[0]] = "room"
        wordy = wordy[1:]
    if wordy:
        roles[wordy[0]] = "title"
    return roles


def _are_rooms(rows: Sequence[Sequence[str]], place: int, after: int) -> bool:
    """Whether a column before another one of words holds short names of rooms: "JS foyer", "BH2-09"."""
    both = [row for row in rows if len(row) > after and row[place].strip() and row[after].strip()]
    rooms = [row[place].strip() for row in both]
    return len(both) > 2 and sum(bool(ROOM_NAME.fullmatch(room)) for room in rooms) * 3 > len(both) * 2


def _content(column: Sequence[str]) -> str:
    if not column:
        return ""
    if sum(_is_time(cell) for cell in column) * 2 > len(column):
        return "start"
    return "length" if sum(_is_length(cell) for cell in column) * 2 > len(column) else ""


def _is_time(cell: str) -> bool:
    found = span_at(cell, 0)
    return found is not None and not cell[found.stop :].strip(" -–—:.")


def _is_length(cell: str) -> bool:
    return any(found.stop - found.begin >= len(cell) - 2 for found in lengths(cell))


def _wordy(rows: Sequence[Sequence[str]], place: int) -> bool:
    return any(place < len(row) and has_words(row[place]) and not is_ruling(row[place]) for row in rows)
