"""Going round the room: who speaks, who has spoken, who passed. Pure: no Django, no database, no clock.

Nobody is called twice for something they may leave: whoever passes is not called again by Next. The desk can call them
all the same when they wish it, and so it can anybody who has spoken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

CALLED: Literal["called"] = "called"
PASSED: Literal["passed"] = "passed"
OVER: Literal["over"] = "over"


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that happened. `seat`: whose turn it was; None is somebody who is not on the list, or is no more."""

    kind: str
    seat: str | None


@dataclass(frozen=True, slots=True)
class Round:
    """What has happened. `others`: how many have spoken who were not on the list. `now`: the call that stands."""

    now: Call | None = None
    spoken: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    others: int = 0
    has_begun: bool = False
    is_over: bool = False

    def waiting(self, seats: Sequence[str]) -> list[str]:
        """Those of the list who have not had their turn, in its order."""
        return [seat for seat in seats if seat not in self.spoken | self.passed]

    def unlisted(self, count: int) -> int:
        """How many of so many people who are not on the list have not spoken."""
        return max(0, count - self.others)


def fold(calls: Iterable[Call]) -> Round:
    """What they come to, oldest first."""
    round_ = Round()
    for call in calls:
        round_ = replace(_after(round_, call), has_begun=True)
    return round_


def _after(round_: Round, call: Call) -> Round:
    if call.kind == OVER:
        return replace(round_, now=None, is_over=True)
    if call.kind == PASSED:
        ends = round_.now is not None and round_.now.seat == call.seat
        passed, spoken = round_.passed, round_.spoken
        if call.seat:
            passed, spoken = passed | {call.seat}, spoken - {call.seat}
        return replace(round_, now=None if ends else round_.now, passed=passed, spoken=spoken)
    if call.seat is None:
        return replace(round_, now=call, others=round_.others + 1, is_over=False)
    spoken, passed = round_.spoken | {call.seat}, round_.passed - {call.seat}
    return replace(round_, now=call, spoken=spoken, passed=passed, is_over=False)
