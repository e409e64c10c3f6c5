"""The words of a script, read as a browser reads them, so that nothing inside a string is taken for code.

What cannot be told apart without understanding the whole script is refused, with the line it stands in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


class CannotJoin(ValueError):
    """Something in a script or a style that is not known here; its text says where, and what to write instead."""


@dataclass(frozen=True)
class Word:
    """`kind`: name, digits, string, template, regex, mark. `gap`: what stood before it: "", " " or a new line."""

    kind: str
    text: str
    gap: str
    line: int
    depth: int  # how many braces and brackets are open around it


NAME = r"[\w$#\\][\w$\\]*"
NUMBER = r"(?:0[xXbBoO]\w+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?)"
STRING = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
MARK = (
    r">>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?!\d)"
    r"|\+\+|--|\+=|-=|\*=|%=|&=|\|=|\^=|<<|>>|\*\*|[{}()\[\];,<>+\-*%&|^!~?:=.]"
)
WORDS = re.compile(
    rf"(?P<blank>[^\S\n]+)|(?P<line>\n)|(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<template>`)|(?P<slash>/)"
    rf"|(?P<string>{STRING})|(?P<digits>{NUMBER})|(?P<name>{NAME})|(?P<mark>{MARK})",
    re.DOTALL,
)
PIECE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)", re.DOTALL)
REGEX = re.compile(r"/(?![*/])(?:[^\\/\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
OTHER_LINES = re.compile("[\r\u2028\u2029]")
DIVISION = re.compile(r"/=?")
BEFORE_REGEX = {"return", "typeof", "instanceof", "in", "new", "delete", "void", "throw", "case", "do", "else"}
UNSURE = {"of", "yield", "await", "async", "let", "}", "++", "--"}
BEFORE_STATEMENT = {"if", "while", "for", "with"}
OPENS = {("mark", "("), ("mark", "["), ("mark", "{"), ("template", "{")}
PAIRS = {")": "(", "]": "[", "}": "{"}


def read_words(text: str) -> list[Word]:
    """Every word of a script, comments left out. Raises CannotJoin."""
    return list(_Reader(text).read())


class _Reader:
    def __init__(self, text: str) -> None:
        if found := OTHER_LINES.search(text := text.replace("\r\n", "\n")):
            raise CannotJoin(f"it has the character {found[0]!r}, which ends a line: write it as an escape.")
        self.text = text
        self.at = 0
        self.gap = ""
        self.line = 1
        self.last: Word | None = None
        self.is_property = False  # whether `last` stands after a point
        self.closed: Word | None = None  # what stood before the pair that was closed last
        self.open: list[tuple[str, Word | None]] = []  # each with the word before it

    def read(self) -> Iterator[Word]:
        while self.at < len(self.text):
            found = WORDS.match(self.text, self.at)
            if not found or not found.lastgroup:
                raise self.unread(f"{self.text[self.at]!r} is not known")
            if found.lastgroup in {"blank", "line", "comment"}:
                self.skip(found[0])
            else:
                yield self.word(found)
        if self.open:
            raise self.unread(f"{self.open[-1][0]!r} is never closed")

    def skip(self, text: str) -> None:
        """A comment over several lines ends a statement as a new line does."""
        self.gap = "\n" if "\n" in text + self.gap else " "
        self.pass_by(text)

    def pass_by(self, text: str) -> None:
        self.line += text.count("\n")
        self.at += len(text)

    def word(self, found: re.Match[str]) -> Word:
        kind, text = str(found.lastgroup), found[0]
        if kind == "slash":
            kind, text = self.slash()
        elif kind == "template":
            text = self.piece(1)
        elif kind == "mark" and text in PAIRS:
            kind, text = self.close(text)
        depth = len(self.open)
        if (kind, text[-1]) in OPENS:
            self.open.append(("${" if kind == "template" else text, self.last))
        self.is_property = self.last is not None and self.last.text in {".", "?."}
        self.last = Word(kind, text, self.gap, self.line, depth)
        self.gap = ""
        self.pass_by(text)
        return self.last

    def close(self, mark: str) -> tuple[str, str]:
        opener, before = self.open.pop() if self.open else ("", None)
        if opener == "${" and mark == "}":
            return "template", self.piece(1)
        if opener != PAIRS[mark]:
            raise self.unread(f"{mark!r} closes nothing")
        self.closed = before
        return "mark", mark

    def piece(self, already: int) -> str:
        """A template, or its part up to the next `${`."""
        found = PIECE.match(self.text, self.at + already)
        if not found:
            raise self.unread("a template is never closed")
        return self.text[self.at : found.end()]

    def slash(self) -> tuple[str, str]:
        """A division or a regular expression: what stands before it says which."""
        if not self.divides():
            if found := REGEX.match(self.text, self.at):
                return "regex", found[0]
            raise self.unread("a regular expression is never closed")
        found = DIVISION.match(self.text, self.at)
        assert found
        return "mark", found[0]

    def divides(self) -> bool:
        last = self.last
        if last is None:
            return False
        if last.kind in {"name", "mark"} and last.text in UNSURE and not self.is_property:
            raise self.unread(f"'/' after {last.text!r} can be two things: give what stands beside it a name")
        if last.kind == "template":
            return last.text.endswith("`")
        if last.kind == "mark":
            return last.text == "]" or (last.text == ")" and not self.after_statement())
        return self.is_property or last.text not in BEFORE_REGEX

    def after_statement(self) -> bool:
        """After `if (…)` it would be a regular expression, and nothing here would know what comes of it."""
        if self.closed and self.closed.text in BEFORE_STATEMENT:
            raise self.unread("a statement begins with '/': give the regular expression a name")
        return False

    def unread(self, why: str) -> CannotJoin:
        return CannotJoin(f"line {self.line}: {why}.")


APART = re.compile(r"[\w$#\\]")
CLOSED = set("()[]{},;:")


def write_words(words: list[Word]) -> str:
    """The same script with one blank, or one new line, only where it matters."""
    parts: list[str] = []
    last: Word | None = None
    for word in words:
        parts += [_between(last, word), word.text]
        last = word
    return "".join(parts)


def _between(last: Word | None, word: Word) -> str:
    if last is None or not word.gap:
        return ""
    if "\n" in word.gap:
        return "\n"
    kinds = {last.kind, word.kind}
    if "regex" in kinds:
        return " "
    before, after = last.text[-1], word.text[0]
    if before in CLOSED or after in CLOSED or "string" in kinds:
        return ""
    if last.kind == "digits" and after == ".":
        return " "
    return " " if bool(APART.match(before)) == bool(APART.match(after)) else ""
