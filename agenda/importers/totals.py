"""Times that say from when to when the whole day is: none of them begins an item."""

import re
from collections.abc import Sequence
from itertools import pairwise

from .clocks import Span
from .item_kinds import is_landmark
from .rows import Find, Row

NAMED = re.compile(r"(?:date and )?(?:times?|hours|when)\W*", re.IGNORECASE)
ROOM = re.compile(r"(?:room|hall|suite|venue)\b", re.IGNORECASE)
MANY = 4  # items beside it; of so many one may lie outside, such as the coffee before


def without_totals(rows: Sequence[Row], kept: Sequence[Find]) -> list[Find]:
    """Without the times of the whole day: above the order, or where the first item starts when it does."""
    ordered = sorted(kept, key=lambda find: find.place)
    if len(ordered) > 2 and _is_whole_day(rows, ordered[0], ordered[1:]):
        ordered = ordered[1:]
    return [find for find, after in pairwise(ordered) if not _is_total(find, after)] + ordered[-1:]


def _is_whole_day(rows: Sequence[Row], head: Find, others: Sequence[Find]) -> bool:
    if head.span is None or not covers(head.span, others):
        return False
    if head.form != "alone":
        return head.form == "first" and ROOM.match(head.title) is not None and len(others) >= MANY
    if is_landmark(rows[head.place + 1].words):
        return False
    is_named = head.place > 0 and NAMED.fullmatch(rows[head.place - 1].words) is not None
    return bool(head.day) or is_named or rows[head.place + 1].line.after_gap


def covers(span: Span, finds: Sequence[Find]) -> bool:
    """Whether all of them, or nearly, start within the range: it is that of the whole day."""
    if span.end is None:
        return False
    begin, length = span.start.readings()[0], (span.end.readings()[-1] - span.start.readings()[0]) % 720
    outside = [find for find in finds if find.span is None or (find.span.start.readings()[0] - begin) % 720 > length]
    return len(outside) <= (len(finds) >= MANY)


def _is_total(find: Find, after: Find) -> bool:
    """The name of a day with its times, or with the one at which it begins, above an item that begins just then."""
    if not find.day or not find.span or not after.span or not (find.span.end or find.form == "alone"):
        return False
    return find.span.start.readings()[0] % 720 == after.span.start.readings()[0] % 720
