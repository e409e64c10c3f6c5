"""On which line of a TOML text each key stands; the standard reader does not say. Pure."""

import re
import tomllib
from collections.abc import Iterator

Path = tuple[str | int, ...]

TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # text over several lines
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|\#[^\n]*"
    r"|[\n\[\]{}=.,]"
    r"|[^\s\[\]{}=.,\"'#]+",
    re.DOTALL,
)


def lines(text: str) -> dict[Path, int]:
    """Key path -> line, from 1. The text has been read by tomllib before, so it is known to be TOML.

    Keys inside inline tables and lists are not listed: their line is that of the key they belong to.
    """
    found: dict[Path, int] = {}
    lengths: dict[Path, int] = {}
    table: Path = ()
    for line, pieces in _statements(text):
        if pieces[0] == "[":
            table = _header(pieces, lengths)
            path = table
        else:
            path = table + _names(pieces[: pieces.index("=")])
        for end in range(1, len(path) + 1):
            found.setdefault(path[:end], line)
    return found


def _statements(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, pieces) of each header and each `key = value`, however many lines the value takes."""
    line, depth, at, start = 1, 0, 0, 1
    pieces: list[str] = []
    for match in TOKEN.finditer(text + "\n"):
        piece = match[0]
        line += text.count("\n", at, match.start())
        at = match.start()
        if piece == "\n" and depth == 0 and pieces:
            yield start, pieces
            pieces = []
        elif piece != "\n" and not piece.startswith("#"):
            start = start if pieces else line
            pieces.append(piece)
            depth += (piece in "[{") - (piece in "]}")


def _header(pieces: list[str], lengths: dict[Path, int]) -> Path:
    """The table a [header] or [[header]] opens; `lengths` counts the tables of each list so far."""
    names = _names([piece for piece in pieces if piece not in "[]"])
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in lengths:
            path = (*path, lengths[path] - 1)
    path = (*path, names[-1])
    if pieces[1] == "[":
        lengths[path] = lengths.get(path, 0) + 1
        path = (*path, lengths[path] - 1)
    return path


def _names(pieces: list[str]) -> tuple[str, ...]:
    """The parts of a dotted key, without their quotes."""
    names = [piece for piece in pieces if piece != "."]
    return tuple(tomllib.loads(f"name = {name}")["name"] if name[0] in "\"'" else name for name in names)
