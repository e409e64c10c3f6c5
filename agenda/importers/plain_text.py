"""Text as it is pasted or saved: notes, Markdown, the words of an e-mail.

Tables are left in the text, whether tabs, pipes or Markdown draw them; tabs before a line stay where the text has tabs
between words, since they are empty cells there. Marks of bullets and headings stay in the text, too.
"""

import codecs
import re

from . import bullets, limits
from .gathering import Gathering, broken
from .source import Source, Unreadable

QUOTED = re.compile(r"^(?:>[ ]?)+")
HEADING = re.compile(r"#{1,6}\s+\S")
INSIDE = re.compile(r"\S[^\S\n]*\t\s*\S")
TAB = 4  # columns
BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be"}
BOMS |= {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
CONTROLS = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e"})
MOST_CONTROLS = 0.02  # of all bytes; with more of them it is no text


def read(text: str | bytes) -> Source:
    """One page. Raises Unreadable where there is no text, or too much."""
    if len(text) > limits.MOST_TEXT_BYTES:
        raise Unreadable(limits.TOO_LARGE_A_TEXT)
    lines = broken(text if isinstance(text, str) else decoded(text))
    if len(lines) > limits.MOST_BREAKS:
        raise Unreadable(f"It has more than {limits.MOST_BREAKS:,} lines, more than any agenda.")
    gathering, indents = Gathering(), _Indents()
    has_columns = any(INSIDE.search(bullets.without_mark(line)) for line in lines)
    for whole in lines:
        line = QUOTED.sub("", whole)
        words = line.strip()
        level = indents.level(line, is_bullet=bullets.is_bullet(words))
        if has_columns and not level:
            words = line.rstrip().lstrip(" ")
        gathering.line(words, level=level, is_title=not level and bool(HEADING.match(words)))
    return gathering.source(are_pages_real=False)


def decoded(data: bytes) -> str:
    """UTF-8, with a mark or without; UTF-16; else what Windows writes in western Europe. Raises Unreadable."""
    for mark, encoding in BOMS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if encoding := _unmarked_utf_16(data):
        return data.decode(encoding, "replace")
    if len(data.translate(None, CONTROLS)) < len(data) * (1 - MOST_CONTROLS):
        raise Unreadable("This is not text, nor any kind of file that can be read here.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _unmarked_utf_16(data: bytes) -> str:
    """Its name where every other byte is nought, as in western text."""
    head = data[:2_000]
    odd, even = head[1::2], head[::2]
    if len(head) >= 4 and odd.count(0) > len(odd) * 0.6 and not even.count(0):
        return "utf-16-le"
    if len(head) >= 4 and even.count(0) > len(even) * 0.6 and not odd.count(0):
        return "utf-16-be"
    return ""


class _Indents:
    """How far the bullets stand in, told from the bullets before them."""

    def __init__(self) -> None:
        self.columns: list[int] = []

    def level(self, line: str, *, is_bullet: bool) -> int:
        """From 1 for a bullet, 0 for what is none. Words without an indent end a list; an empty line does not."""
        expanded = line.expandtabs(TAB)
        column = len(expanded) - len(expanded.lstrip())
        if not is_bullet:
            if line.strip() and column == 0:
                self.columns.clear()
            return 0
        while self.columns and self.columns[-1] > column:
            self.columns.pop()
        if not self.columns or self.columns[-1] < column:
            self.columns.append(column)
        return len(self.columns)
