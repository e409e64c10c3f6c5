"""Settings typed one on a line, and the keys made from words. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from feedback.kinds.base import Refused, is_blank, without_controls

LONGEST_LINE = 200
LONGEST_KEY = 40


def on_one_line(text: str, limit: int) -> str:
    """The text without line breaks, controls and runs of spaces; empty when there is nothing to see."""
    line = " ".join(without_controls(text).split())
    # Composing a long run of accents takes quadratic time; composed text is at most four times shorter.
    if len(line) <= 4 * limit:
        line = unicodedata.normalize("NFC", line)
    return "" if is_blank(line) else line


def read_lines(typed: str, field: str, *, least: str, fewest: int, most: int, things: str) -> list[str]:
    """What stands on each line, empty ones left out. Raises Refused about `field`.

    `least` and `things` are for its sentence: "two options", "options".
    """
    lines = [line for line in without_controls(typed).split("\n") if not is_blank(line)]
    if len(lines) < fewest:
        raise Refused("Write at least {least}, one on a line.", field=field, least=least)
    if len(lines) > most:
        said = "These are {count:,} {things}, and nobody can take in so many. Keep {most} at most."
        raise Refused(said, field=field, count=len(lines), things=things, most=most)
    lines = [on_one_line(line, LONGEST_LINE) for line in lines]
    for line in lines:
        check_length(line, field, LONGEST_LINE)
    _check_all_differ(lines, field)
    return lines


def settled_lines(
    typed: Mapping[str, str],
    field: str,
    known: Mapping[str, str],
    *,
    least: str,
    fewest: int,
    most: int,
    called: str = "label",
    reserved: str = "",
) -> list[dict[str, str]]:
    """A thing for each line typed under `field`, its words under `called`; what is `known` by them keeps its key.

    `field` says what the lines are: "options". Raises Refused.
    """
    lines = read_lines(typed.get(field, ""), field, least=least, fewest=fewest, most=most, things=field)
    keys = keyed(lines, known, reserved=reserved, spare=field.removesuffix("s"))
    return [{"key": key, called: line} for key, line in zip(keys, lines, strict=True)]


def check_length(line: str, field: str, limit: int) -> None:
    """Raises Refused about `field`."""
    if len(line) > limit:
        said = "The line that begins “{start}” is {length:,} characters. Shorten it to {limit}: nothing is lost."
        raise Refused(said, field=field, start=line[:20], length=len(line), limit=limit)


def _check_all_differ(lines: Iterable[str], field: str) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.casefold() in seen:
            raise Refused("“{line}” stands there twice. Keep one of them.", field=field, line=line)
        seen.add(line.casefold())


def keyed(lines: Iterable[str], known: Mapping[str, str], *, spare: str, reserved: str = "") -> list[str]:
    """A key for each line, in order: the one it is `known` by, or a new one made from its words."""
    lines = list(lines)
    kept = {line: known[line] for line in lines if known.get(line, reserved) != reserved}
    taken = {reserved, *kept.values()}
    keys = []
    for line in lines:
        key = kept.get(line) or key_from(line, taken, spare)
        taken.add(key)
        keys.append(key)
    return keys


def key_from(text: str, taken: Collection[str], spare: str) -> str:
    """A key that says what the text says, up to 40 of a-z, 0-9 and _, and is not `taken`.

    `spare` is its stem where the text has no such letters.
    """
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", text[:300])).encode("ascii", "ignore").decode().lower()
    stem = _fitting(re.findall("[a-z0-9]+", plain)) or spare
    key, number = stem, 1
    while key in taken:
        number += 1
        ending = f"_{number}"
        key = stem[: LONGEST_KEY - len(ending)].rstrip("_") + ending
    return key


def _fitting(words: list[str]) -> str:
    """As many whole words as a key holds; of a first word that is too long, what fits."""
    key = "".join(words[:1])[:LONGEST_KEY]
    for word in words[1:]:
        if len(key) + 1 + len(word) > LONGEST_KEY:
            break
        key += f"_{word}"
    return key
