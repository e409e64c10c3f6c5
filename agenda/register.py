"""A register of councils in a CSV file: column `official_name`, and `short_name`, `alt_names` where there are any.

Pure: no Django, no database.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 120
MOST = 5000
OTHERS = ("short_name", "alt_names")
WORD = re.compile(r"[^\W_]+")


class Unreadable(Exception):
    """A file that is no register. The message is a sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One council. `other_words`: those of its other names that are not in the official one, in small letters."""

    official_name: str
    other_words: str = ""


def read(text: str) -> list[Entry]:
    """The councils in the order of the file, each once. Raises Unreadable."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restkey="", restval="")
    if "official_name" not in (reader.fieldnames or []):
        raise Unreadable("The file has no column “official_name”. Its first line should name the columns.")
    found: dict[str, Entry] = {}
    try:
        for row in reader:
            entry = _entry(row, reader.line_num)
            found.setdefault(entry.official_name.casefold(), entry)
    except csv.Error as error:
        raise Unreadable(f"Line {reader.line_num} cannot be read: {error}.") from error
    if not found:
        raise Unreadable("The file names no council, so nothing was changed.")
    if len(found) > MOST:
        raise Unreadable(f"The file names {len(found):,} councils. A register holds {MOST:,} at most.")
    return list(found.values())


def _entry(row: dict[str, str], line: int) -> Entry:
    name = " ".join(row["official_name"].split())
    if not name:
        raise Unreadable(f"Line {line} has no official name.")
    if len(name) > LONGEST:
        raise Unreadable(f"The official name in line {line} has {len(name)} characters; {LONGEST} is the most.")
    own = set(words_of([name]))
    others = dict.fromkeys(word for word in words_of(row.get(column) or "" for column in OTHERS) if word not in own)
    return Entry(name, " ".join(_that_fit(others, 400)))


def words_of(names: Iterable[str]) -> Iterator[str]:
    """The words by which a name is found, in small letters; “&” is “and”."""
    for name in names:
        yield from WORD.findall(name.replace("&", " and ").casefold())


def _that_fit(words: Iterable[str], limit: int) -> Iterator[str]:
    for word in words:
        limit -= len(word) + 1
        if limit < 0:
            return
        yield word
