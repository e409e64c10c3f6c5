"""The server is gone in the middle of a change and comes back at once: until every phone holds the newest state again.

Killed as by a power cut, and ended by SIGTERM with its `bye`. The phones keep the page's rules (`pages.py`). While the
server is away the day changes, so that no phone is right before it has heard of that.
"""

import random
import signal
import time

from .crowd import Phone, Wire
from .day import Clerk
from .halls import halls
from .options import Options
from .pages import Page, Timers
from .report import Claim, Report, spread
from .servers import Server

PHONES, SEED, LONGEST, SETTLE, STEP = 1000, 20261122, 120.0, 1.0, 0.02
HOW = {"killed": signal.SIGKILL, "SIGTERM": signal.SIGTERM}


def run(options: Options) -> Report:
    report = Report(f"wake: seconds until phones are right again after a restart, medians (and range); seed {SEED}")
    for server, clerk, size in halls(options, PHONES):
        one_server(report, server, clerk, size, options.rounds)
    return report


def one_server(report: Report, server: Server, clerk: Clerk, size: int, rounds: int) -> None:
    chance = random.Random(SEED)
    measured: dict[str, list[dict[str, float]]] = {how: [] for how in HOW}
    for _ in range(rounds):
        for how, number in HOW.items():
            measured[how].append(restart(server, clerk, size, number, chance))
    for how, times in measured.items():
        columns = {name: spread([each[name] for each in times]) for name in times[0]}
        report.rows.append({"phones": size, "server": server.name, "how": how, **columns})
        report.claims.append(Claim(f"95 % of {size} phones right again, {how}, s", columns["95 %"], most=10))
        report.claims.append(Claim(f"100 % of {size} phones right again, {how}, s", columns["100 %"], most=20))


def restart(server: Server, clerk: Clerk, size: int, how: signal.Signals, chance: random.Random) -> dict[str, float]:
    wire, timers = Wire(), Timers()
    crowd = server.crowd(wire, size)
    crowd.connect_all()
    wire.rest(SETTLE)
    pages = [Page(crowd, phone, timers, chance) for phone in crowd.phones]
    right: dict[int, float] = {}
    began = time.monotonic()
    server.stop(how)
    ended = time.monotonic()
    server.start()
    wanted = clerk.change()
    wire.heard = lambda _crowd, phone: heard(pages[phone.number], phone)
    listening = 0.0
    while len(right) < size and time.monotonic() - began < LONGEST:
        timers.run()
        wire.turn(STEP)
        now = time.monotonic()
        right |= {p.number: now for p in crowd.phones if p.number not in right and p.stamp[1] >= wanted}
        listening = listening or (now if server.listens() else 0.0)
    crowd.close()
    return summary(sorted(right.values()), size, began, ended, listening)


def heard(page: Page, phone: Phone) -> None:
    if phone.pong:
        page.becomes_healthy()


def summary(times: list[float], size: int, began: float, ended: float, listening: float) -> dict[str, float]:
    """A phone that was not right in the time there is counts as that."""
    times = times + [began + LONGEST] * (size - len(times))
    most = times[(size * 95 - 1) // 100]
    return {
        "ended": ended - began,
        "listens": listening - began,
        "95 %": most - began,
        "100 %": times[-1] - began,
        "95 % since it listens": most - listening,
        "100 % since it listens": times[-1] - listening,
    }
