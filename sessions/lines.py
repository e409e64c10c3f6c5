"""The running order as the faces show it, item by item."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from agenda import words
from agenda.plan import Item
from agenda.timing import Row

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Line:
    """One item of the running order as a face shows it."""

    item: Item
    row: Row
    public: str  # when the room is told it starts
    planned: str
    projected: str
    late: str
    is_late: bool

    @property
    def is_sure(self) -> bool:
        """A fixed time that holds: the room is told it without "about"."""
        return self.row.slot.anchored and abs(self.row.late) < words.FIVE


def line(item: Item, row: Row, now: datetime, zone: str, *, follows_break: bool) -> Line:
    """`follows_break`: when it starts is when people have to be back."""
    return Line(
        item=item,
        row=row,
        public=words.at(words.restart(row), zone) if follows_break else words.public_start(row, now, zone),
        planned=words.at(row.slot.start, zone),
        projected=words.at(row.start, zone),
        late=words.lateness(row.late) if row.start and abs(row.late) >= MINUTE else "",
        is_late=row.late >= MINUTE,
    )
