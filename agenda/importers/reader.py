"""The one way from a source to a draft."""

from .draft import Choices, Draft, ReadLine
from .source import Source


def read(source: Source, choices: Choices | None = None) -> Draft:
    """The draft day that `source` and a person's `choices` about it make; the same for the same, and never an error."""
    return Draft(lines=tuple(ReadLine(line.number, line.text, "ignored", "Not read") for line in source.lines()))
