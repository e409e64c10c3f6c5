"""As long as a line may be, the reader is done with it in a moment."""

import time

import pytest

from agenda.importers import limits
from agenda.importers.plain_text import read as source_of
from agenda.importers.reader import read

SECONDS = 5.0  # of the processor; each takes a tenth of one
SHAPES = {
    "a whole agenda, glued": " ".join(f"{9 + n % 9}.{n % 6}0 Talk {n}" for n in range(900)),
    "times and nothing else": "9.00 - " * 250,  # these grow faster than the others
    "names and nothing else": "Joyce McCarty, " * 600,
    "tabs": "9.00\t" * 1_200,
    "bars": "|" * 5_000,
    "brackets": "9.00 Talk " + "(" * 5_000,
    "links": "[a](" * 500,
    "digits": "1" * 5_000,
    "dots": "9.00 Talk " + "." * 5_000,
    "spaces": "9.00 Talk" + " " * 4_900 + "x",
    "stars": "*" * 5_000,
    "questions": "Why? " * 1_000,
}


@pytest.mark.parametrize("line", SHAPES.values(), ids=SHAPES)
def test_a_line_as_long_as_may_be_is_read_in_a_moment(line: str) -> None:
    source = source_of("\n".join(["Programme", line[: limits.MOST_LINE_CHARACTERS].strip(), "12.30 Lunch"]))
    begun = time.process_time()
    assert len(read(source).lines) == 3
    assert time.process_time() - begun < SECONDS
