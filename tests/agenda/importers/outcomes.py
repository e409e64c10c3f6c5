"""What may come of reading anything at all: lines, or one sentence for the person who chose it."""

import re
from collections.abc import Callable

from agenda.importers.source import Line, Source, Unreadable

SENTENCES = re.compile(r"[A-Z][^\n]{5,220}\.")


def lines_or_sentence(read: Callable[..., Source], *given: object) -> list[Line]:
    """The lines, none where a sentence says why; any other end of it fails the test."""
    try:
        source = read(*given)
    except Unreadable as refused:
        if SENTENCES.fullmatch(str(refused)):
            return []
        raise
    found = list(source.lines())
    assert [line.number for line in found] == list(range(1, len(found) + 1))
    assert all(line.text.strip() and len(line.text.splitlines()) == 1 for line in found)
    assert [line for line in found if line.text.encode() and line.cells and not any(line.cells)] == []
    return found
