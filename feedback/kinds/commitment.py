"""What somebody will do: what, the first step, by when. Read by whoever wrote it, and by nobody else."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from feedback.kinds.base import (
    Cell,
    Config,
    Counted,
    Field,
    Kind,
    Mark,
    Value,
    is_blank,
    read_config,
    without_controls,
)
from feedback.kinds.lines import on_one_line
from feedback.kinds.parts import by_part
from feedback.kinds.refusals import UNREADABLE, Refused

LONGEST = 500
LONGEST_LINE = 200
WHAT, FIRST, BY = "what", "first", "by"
LIMITS = {WHAT: LONGEST, FIRST: LONGEST_LINE, BY: 60}
LABELS = {WHAT: "What will you do?", FIRST: "The first step (optional)", BY: "By when (optional)"}


@dataclass(frozen=True)
class CommitmentTally:
    """How many wrote one. There is nothing else to see."""

    n: int


class Commitment(Kind):
    """The value has its three parts, "" where nothing was written: {"what": "Ring the port", "first": "", "by": ""}."""

    name = "commitment"
    label = "What they will do, which only they read"
    is_private = True

    def check_config(self, config: dict[str, object]) -> dict[str, object]:
        return read_config(Config, config).model_dump()

    def fields(self, config: dict[str, object]) -> tuple[Field, ...]:
        return tuple(
            Field(
                f"value.{part}",
                LABELS[part],
                "textarea" if part == WHAT else "line",
                max_length=limit,
                required=part == WHAT,
            )
            for part, limit in LIMITS.items()
        )

    def validate(self, config: dict[str, object], raw: object) -> Value:
        value = {part: _part(given, part) for part, given in by_part(raw, LIMITS).items()}
        if not value[WHAT]:
            raise Refused("Write what you will do first.", field=f"value.{WHAT}")
        return value

    def marks(self, config: dict[str, object], value: Value) -> Mapping[Mark, int]:
        return {}

    def tally(self, config: dict[str, object], counted: Counted) -> CommitmentTally:
        return CommitmentTally(counted.n)

    def export_cells(self, config: dict[str, object], value: Value) -> tuple[Cell, ...]:
        """No file holds the words: that somebody wrote one is all that leaves."""
        return (Cell("", "", "", None),) if isinstance(value, dict) and value.get(WHAT) else ()

    def words(self, config: dict[str, object], value: Value) -> str:
        kept = value if isinstance(value, dict) else {}
        lines = [kept.get(WHAT, "")]
        lines += [f"First step: {kept[FIRST]}"] if kept.get(FIRST) else []
        lines += [f"By when: {kept[BY]}"] if kept.get(BY) else []
        return "\n".join(lines)

    def typing_seconds(self, config: dict[str, object]) -> int:
        """A sentence, and two lines of a few words."""
        return 30 + 45 + 30


def _part(raw: object, part: str) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise Refused(UNREADABLE, field=f"value.{part}")
    text = _paragraph(raw) if part == WHAT else on_one_line(raw, LIMITS[part])
    if len(text) > LIMITS[part]:
        said = "“{start}…” is {length:,} characters. Shorten it to {limit}: nothing is lost."
        raise Refused(said, field=f"value.{part}", start=text[:20], length=len(text), limit=LIMITS[part])
    return text


def _paragraph(raw: str) -> str:
    """Line breaks stay. Composing a long run of accents takes quadratic time: what is far too long stays as it is."""
    text = without_controls(raw).strip()
    if is_blank(text):
        return ""
    return unicodedata.normalize("NFC", text).strip() if len(text) <= 4 * LONGEST else text
