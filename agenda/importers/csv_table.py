"""A table saved as CSV, with commas, semicolons or tabs between its cells."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from . import limits, plain_text
from .gathering import Gathering, cleaned
from .source import Source, Unreadable

DELIMITERS = ",;\t|"
SEPARATOR_SAID = re.compile(r"\s*sep=(.)\s*?(\r\n|\r|\n)", re.IGNORECASE)  # as Excel writes it
TRIED = 100  # rows
LARGEST_CELL = 100_000


def read(data: bytes | str) -> Source:
    """One page, a line a row; what has but one column is a text. Raises Unreadable."""
    if len(data) > limits.MOST_TEXT_BYTES:
        raise Unreadable(limits.TOO_LARGE_A_TEXT)
    text = cleaned(data if isinstance(data, str) else plain_text.decoded(data))
    said = SEPARATOR_SAID.match(text)
    text = text[said.end() :] if said else text
    delimiter = said.group(1) if said and said.group(1) in DELIMITERS else sniffed(text)
    if not delimiter:
        return plain_text.read(text)
    gathering = Gathering()
    try:
        for row in _rows(text, delimiter):
            gathering.row(row)
    except csv.Error as error:
        raise Unreadable("Its cells cannot be told apart. Copy the table and paste it as text.") from error
    return gathering.source(are_pages_real=False)


def sniffed(text: str) -> str:
    """The delimiter that gives most rows the same number of cells, more than one; else nothing."""
    scores = {delimiter: _alike(text, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0, 0) else ""


def _alike(text: str, delimiter: str) -> tuple[int, int]:
    """How many rows have as many cells as most have, and how many cells these are."""
    try:
        widths = Counter(len(row) for row in islice(_rows(text, delimiter), TRIED) if len(row) > 1)
    except csv.Error:
        return 0, 0
    (width, rows), *_ = widths.most_common(1) or [(0, 0)]
    return rows, width


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_CELL)
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
