"""What phones that never read cost the others, and the server.

Two servers of a kind are up at once, with as many phones each that read; at one there are some more that are connected
and never read. First both are sent frames until the system takes no more for those, which is a megabyte or two for
each; from then on it is the server that has to hold back. Then both are sent the same steady frames in turn. A server
may end such a socket, and ours do when their pings are not answered: how many are still there is said.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.server import ESTABLISHED

from . import day as days
from . import servers
from .crowd import Crowd, Wire
from .fanout import LONGEST
from .options import Options
from .report import Claim, Report, ratios, spread
from .servers import Server

PHONES, STUCK, FRAMES, APART = 1000, 5, 20, 0.02
FILL, MOST_FILLS = 20, 60  # frames between two looks at what waits in the system
SERVERS = ("daphne", "uvicorn")
LITTLE = 1024  # bytes of receive buffer; the system makes it the least it allows


def run(options: Options) -> Report:
    report = Report(f"stalled: ms to 99 of 100 phones with nobody and with {STUCK} who never read, medians (and range)")
    servers.raise_file_limit()
    with tempfile.TemporaryDirectory(prefix="masterclass-bench-") as folder:
        for size in options.phones or (PHONES,):
            day = days.prepare(Path(folder, f"day-{size}"), size + STUCK)
            for name in options.servers or SERVERS:
                one_kind(report, name, day, size, options.rounds)
    return report


def one_kind(report: Report, name: str, day: days.Day, size: int, rounds: int) -> None:
    with servers.running((name, name), day) as (alone, burdened):
        wire = Wire()
        ours = [(server, server.crowd(wire, size)) for server in (alone, burdened)]
        for _, crowd in ours:
            crowd.connect_all()
        stick(wire, burdened)
        waits = fill(wire, [alone, burdened])
        before = [server.memory() for server in (alone, burdened)]
        measured = [[steady(server, crowd) for server, crowd in ours] for _ in range(rounds)]
        grown = [server.memory() - was for (server, _), was in zip(ours, before, strict=True)]
        still = sum(queue > waits / 2 for queue in queues(burdened))
    without, with_them = ([late(pair[i]) for pair in measured] for i in (0, 1))
    row = {"phones": size, "server": name, "nobody": spread(without), f"{STUCK} stuck": spread(with_them)}
    row |= {"frames": rounds * FRAMES, "kB grown, nobody": grown[0], f"kB grown, {STUCK} stuck": grown[1]}
    report.rows.append(row | {"kB each in the system": waits / 1024, "stuck to the end": still})
    report.claims.append(Claim(f"p99 with {STUCK} stuck ÷ without, {name}", ratios(with_them, without), most=1.2))
    each = (grown[1] - grown[0]) / STUCK
    report.claims.append(Claim(f"kB grown for each stuck phone in {rounds * FRAMES} frames, {name}", each, most=200))


def stick(wire: Wire, server: Server) -> None:
    """Phones that come in as others do, and then never read."""
    crowd = Crowd(wire, server.port, server.day.socket_path, server.day.phones[-STUCK:])
    for phone in crowd.phones:
        wire.connect(crowd, phone, buffer=LITTLE)
    assert wire.run(lambda: all(phone.ready for phone in crowd.phones), LONGEST)
    for phone in crowd.phones:
        wire.stop_reading(phone)


def fill(wire: Wire, both: Sequence[Server]) -> float:
    """Frames for everybody, until no more bytes of them wait in the system than before; returns how many do."""
    before = 0.0
    for _ in range(MOST_FILLS):
        for _ in range(FILL):
            asked = [servers.publish(server) for server in both]
            for each in asked:
                each.send()
            wire.rest(APART)
            for each in asked:
                servers.began(each)
        now = median(queues(both[-1])[-STUCK:])
        if now == before > 0:
            return now
        before = now
    raise TimeoutError("Phones that never read are still sent more.")


def queues(server: Server) -> list[int]:
    """The bytes that wait in the system for each of its connections, the least first."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ours = [row for row in rows if row[1].endswith(f":{server.port:04X}") and row[3] == ESTABLISHED]
    return sorted(int(row[4].partition(":")[0], 16) for row in ours)


def steady(server: Server, crowd: Crowd) -> list[float]:
    """Frame after frame; the ms each took to each phone."""
    times = []
    for _ in range(FRAMES):
        crowd.wire.rest(APART)
        crowd.expect_newer()
        asked = servers.publish(server)
        asked.send()
        if not crowd.wire.run(lambda: not crowd.waiting, LONGEST):
            raise TimeoutError(f"{len(crowd.waiting)} of {len(crowd.phones)} phones heard nothing in {LONGEST} s.")
        began = servers.began(asked)
        times += [(phone.arrived - began) / 1e6 for phone in crowd.phones]
    return times


def late(times: list[float]) -> float:
    """What 99 of 100 are under."""
    return sorted(times)[len(times) * 99 // 100]
