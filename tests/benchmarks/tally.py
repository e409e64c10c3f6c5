"""A question that everybody answers, shown as the answers come: what an answer costs, and when the walls have it.

The answers come in blocks. Of each block is measured the processor time of the server for one answer; after each, how
long the desk and the screen take until they hold three more answers, from the last acknowledgement. The first block
against the last says whether the ten-thousandth answer costs what the first did.
"""

import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .calls import Call, all_over, request
from .crowd import Crowd, Phone, Stamp, Wire
from .day import CSRF, Clerk
from .halls import halls
from .options import Options
from .report import Claim, Report, spread
from .servers import Server

PHONES, BLOCKS, AT_ONCE, LONGEST = 5000, 10, 50, 120.0
KINDS: dict[str, Callable[[int], object]] = {
    "choice": lambda number: f"option_{number % 4}",
    "text": lambda number: f"More buses in the evening, says number {number}",
}
LAST = 3  # answers whose way to the walls is timed; fewer are not released


@dataclass
class Wall:
    """The desk or the screen: when each state came."""

    crowd: Crowd
    came: list[int] = field(default_factory=list)

    @property
    def phone(self) -> Phone:
        return self.crowd.phones[0]

    def most_a_second(self) -> int:
        """Of the states, within any second."""
        return max((sum(0 <= later - first < 1e9 for later in self.came) for first in self.came), default=0)


def run(options: Options) -> Report:
    report = Report("tally: a question that is shown as its answers come, with a desk and a screen")
    for server, clerk, size in halls(options, PHONES):
        for kind, says in KINDS.items():
            _measure(report, server, clerk, size, kind, says)
    return report


def _measure(report: Report, server: Server, clerk: Clerk, size: int, kind: str, says: Callable[[int], object]) -> None:
    question = clerk.put(kind)
    wire = Wire()
    walls = {name: _wall(server, wire, name) for name in ("desk", "screen")}
    sent = _requests(server, question, says)
    _hand_in(server, wire, list(itertools.islice(sent, LAST * 4)))  # to warm up
    costs: list[float] = []
    waits: dict[str, list[float]] = {name: [] for name in walls}
    blocks = max(2, min(BLOCKS, size // 100))
    block = max(1, (size - LAST * 4) // blocks - LAST)
    for _ in range(blocks):
        began = server.processor_seconds()
        _hand_in(server, wire, list(itertools.islice(sent, block)))
        wire.rest(1.0)
        costs.append((server.processor_seconds() - began) / block * 1000)
        held = {name: wall.phone.stamp for name, wall in walls.items()}
        done = _hand_in(server, wire, list(itertools.islice(sent, LAST)))
        for name, seconds in _until_there(wire, walls, held, done).items():
            waits[name].append(seconds)
    _add(report, server, kind, size, costs, waits, walls)
    for wall in walls.values():
        wall.crowd.close()


def _wall(server: Server, wire: Wire, name: str) -> Wall:
    wall = Wall(Crowd(wire, server.port, f"/ws/w/{server.day.workshop}/{name}", [server.day.desk]))
    wall.crowd.connect_all()
    before = wire.heard

    def heard(crowd: Crowd, phone: Phone) -> None:
        if before:
            before(crowd, phone)
        if crowd is wall.crowd and b'"state"' in phone.head[:20]:
            wall.came.append(phone.arrived)

    wire.heard = heard
    return wall


def _requests(server: Server, question: str, says: Callable[[int], object]) -> Iterator[bytes]:
    """An answer from each phone, one after the other."""
    more = ["Content-Type: application/json", "X-Live: 1", f"X-CSRFToken: {CSRF}"]
    for number, cookie in enumerate(server.day.phones):
        answer = {"key": str(uuid.uuid4()), "edit": 1, "question": question, "value": says(number)}
        body, path = json.dumps(answer).encode(), f"/w/{server.day.workshop}/answers/"
        yield request(server.port, "POST", path, cookie, *more, body=body)


def _hand_in(server: Server, wire: Wire, words: list[bytes]) -> int:
    """So many at once; gives when the last was acknowledged, in ns."""
    last = 0
    for start in range(0, len(words), AT_ONCE):
        calls = []
        for one in words[start : start + AT_ONCE]:
            call = Call(wire, server.port)
            call.words = one
            call.connect()
            calls.append(call)
        all_over(wire, calls, LONGEST)
        statuses = {call.status for call in calls}
        assert statuses == {200}, f"not acknowledged: {statuses}"
        last = max(call.arrived for call in calls)
    return last


def _until_there(wire: Wire, walls: dict[str, Wall], held: dict[str, Stamp], since: int) -> dict[str, float]:
    """Wall -> the seconds until it holds more than it did. With what waited before, three answers are a batch."""
    found = wire.run(lambda: all(wall.phone.stamp > held[name] for name, wall in walls.items()), LONGEST)
    assert found, "a wall was never told"
    wire.rest(0.5)
    return {name: (wall.phone.arrived - since) / 1e9 for name, wall in walls.items()}


def _add(
    report: Report,
    server: Server,
    kind: str,
    size: int,
    costs: list[float],
    waits: dict[str, list[float]],
    walls: dict[str, Wall],
) -> None:
    half = max(1, len(costs) // 2)
    report.rows.append(
        {
            "kind": kind,
            "server": server.name,
            "answers": str(size),
            "ms an answer, first half": spread(costs[:half]),
            "last half": spread(costs[half:]),
            **{f"{name}, s": spread(times) for name, times in waits.items()},
        }
    )
    grown = spread(costs[half:]).median / spread(costs[:half]).median
    report.claims.append(Claim(f"{kind}: an answer of the last half ÷ of the first", grown, most=1.2))
    for name, times in waits.items():
        report.claims.append(Claim(f"{kind}: seconds until the {name} has it", spread(times), most=1.0))
        most = float(walls[name].most_a_second())
        report.claims.append(Claim(f"{kind}: states of the {name} within a second", most, most=4))
