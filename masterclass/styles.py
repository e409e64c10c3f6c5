"""Several styles become one: what `@import` names is written in its place, and comments and blanks are left out."""

import re
from collections.abc import Iterator

from .script_words import CannotJoin

WORDS = re.compile(
    r"(?P<comment>/\*.*?\*/)|(?P<string>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|(?P<blank>\s+)", re.DOTALL
)
IMPORT = re.compile(r"@import (\"|')([\w-]+\.css)\1(?: (print|screen))?;\s*")
GLUED = re.compile(r"[^\s{};]")
CLOSED = re.compile(r"[{};]")


def join_styles(sources: dict[str, str], faces: set[str]) -> dict[str, str]:
    """From all styles by name, each one that a page loads. Raises CannotJoin."""
    return {name: _joined(name, sources) for name in sorted(faces)}


def _joined(name: str, sources: dict[str, str]) -> str:
    if name not in sources:
        raise CannotJoin(f"A page loads {name}, which is not there.")
    text = shorten(sources[name])
    parts: list[str] = []
    while found := IMPORT.match(text):
        part = shorten(sources.get(found[2], "@import"))
        if "@import" in part:
            raise CannotJoin(f"{name} imports {found[2]}, which is not there or imports others itself.")
        parts.append(f"@media {found[3]}{{{part}}}" if found[3] else part)
        text = text[found.end() :]
    whole = "".join([*parts, text])
    for unknown in ("@import", "url(", "@charset", "@namespace"):
        if unknown in whole:
            raise CannotJoin(f'{name} has {unknown}: only @import "name.css"; at its beginning is known here.')
    return whole


def shorten(text: str) -> str:
    """The same rules without comments, and with one blank at most where there were some."""
    parts: list[str] = []
    for part in _parts(text):
        if part == " " and (not parts or parts[-1] == " " or CLOSED.fullmatch(parts[-1][-1])):
            continue
        if parts and parts[-1] == " " and CLOSED.match(part):
            parts.pop()
        parts.append(part)
    return "".join(parts).strip() + "\n"


def _parts(text: str) -> Iterator[str]:
    """Strings as they are, a blank for comments and blanks, and whatever is between them."""
    at = 0
    for found in WORDS.finditer(text):
        if between := text[at : found.start()]:
            yield between
        if found.lastgroup == "comment" and GLUED.match(text, found.start() - 1) and GLUED.match(text, found.end()):
            raise CannotJoin(f"{found[0]!r} stands between two words: leave a blank beside it.")
        yield found[0] if found.lastgroup == "string" else " "
        at = found.end()
    if rest := text[at:]:
        yield rest
