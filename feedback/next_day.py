"""The day after: what is left to do, and who came. For owner and facilitator."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agenda.models import Attendee, Workshop

from . import asks, parking, speaker_queue
from .asks import AtDesk
from .parking import Parked
from .report_text import Came, LeftOpen
from .speaker_queue import Queued, Status


@dataclass(frozen=True)
class WhoCame:
    """How many seats of each role and council, the most first; whoever said neither counts under "not said"."""

    n: int
    roles: Sequence[tuple[str, int]]
    councils: Sequence[tuple[str, int]]
    people: Sequence[Attendee]

    @property
    def in_short(self) -> Came:
        """As a report has it: no council by its name."""
        councils = {council.casefold() for council, _n in self.councils if council != not_said()}
        roles = [one for one in self.roles if one[0] != not_said() or len(self.roles) > 1]
        return Came(self.n, roles, len(councils))


@dataclass(frozen=True)
class NextDay:
    unanswered: Sequence[Queued]
    asks: Sequence[AtDesk]
    parked: Sequence[Parked]
    came: WhoCame


def next_day(workshop: Workshop) -> NextDay:
    """Everything on the page but the report. Six queries."""
    return NextDay(_unanswered(workshop), asks.open_asks(workshop), _parked(workshop), came(workshop))


def left_open(workshop: Workshop) -> LeftOpen:
    """The same for the report: of questions to speakers, and of asks, those that the room has seen."""
    seen = [one.text for one in _unanswered(workshop) if one.approved]
    shown = {ask.key: ask.words for ask in asks.board(workshop).asks}
    asked = [shown[one.key] for one in asks.open_asks(workshop) if one.key in shown]
    return LeftOpen(seen, len(_parked(workshop)), asked)


def _unanswered(workshop: Workshop) -> list[Queued]:
    """Waiting or parked, and not dealt with since; what most people wanted to know first."""
    open_still = {Status.WAITING, Status.PARKED}
    rows = speaker_queue.queued(workshop)
    return [one for one in rows if one.status in open_still and not one.dealt_with]


def _parked(workshop: Workshop) -> list[Parked]:
    """Notes of the parking lot that nobody has dealt with; questions to speakers are told apart."""
    return [one for one in parking.parked(workshop, "") if not one.slot_key and not one.dealt_with]


def came(workshop: Workshop) -> WhoCame:
    """Whoever had a seat, those who left early too. Names are of those who said theirs."""
    seats = list(Attendee.objects.filter(workshop=workshop, arrived=True).order_by("name", "council", "pk"))
    roles = Counter(str(seat.get_role_display()) or not_said() for seat in seats)
    return WhoCame(len(seats), _most_first(roles), _councils(seats), [seat for seat in seats if _is_named(seat)])


def _is_named(seat: Attendee) -> bool:
    return bool(seat.name) and seat.revoked_at is None


def _councils(seats: Iterable[Attendee]) -> Sequence[tuple[str, int]]:
    """Under the spelling that comes first."""
    spelt: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for seat in seats:
        name = " ".join(seat.council.split()) or not_said()
        counts[spelt.setdefault(name.casefold(), name)] += 1
    return _most_first(counts)


def _most_first(counts: Counter[str]) -> Sequence[tuple[str, int]]:
    """Those who said nothing come last."""
    return sorted(counts.items(), key=lambda one: (one[0] == not_said(), -one[1], one[0].casefold()))


def not_said() -> str:
    return _("not said")
