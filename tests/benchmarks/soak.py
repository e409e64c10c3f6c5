"""Half an hour of phones that come and go, as in a hall with poor wifi: does the server stay as it is?

Each phone loses its socket once a minute and comes back. Meanwhile the day changes every few seconds. What the server
holds in memory and how many files it has open is read every ten seconds.
"""

import random
import time

from .crowd import Crowd, Wire
from .day import Clerk
from .halls import halls
from .options import Options
from .report import Claim, Report, spread
from .servers import Server

PHONES, SEED = 200, 20261122
WARM_UP = 1 / 5  # of the time; caches fill and the allocator finds its size
EVERY, CHANGE_EVERY, LOSES_EVERY = 10.0, 5.0, 60.0


def run(options: Options) -> Report:
    report = Report(f"soak: {options.minutes} minutes of phones that lose their socket once a minute; seed {SEED}")
    for server, clerk, size in halls(options, PHONES):
        one_server(report, server, clerk, size, options.minutes * 60)
    return report


def one_server(report: Report, server: Server, clerk: Clerk, size: int, seconds: float) -> None:
    wire, chance = Wire(), random.Random(SEED)
    crowd = server.crowd(wire, size)
    crowd.connect_all()
    came_back, looks = hall(server, clerk, crowd, chance, seconds)
    warm = looks[int(len(looks) * WARM_UP) :]
    half = len(warm) // 2
    early, late = spread([kb for kb, _ in warm[:half]]), spread([kb for kb, _ in warm[half:]])
    files, failures = spread([float(count) for _, count in warm]), server.log().count("Traceback")
    right = sum(phone.ready and phone.stamp == max(other.stamp for other in crowd.phones) for phone in crowd.phones)
    row = {"phones": size, "server": server.name, "came back": came_back, "kB, first half": early, "second half": late}
    report.rows.append(row | {"open files": files, "failures logged": failures, "right at the end": right})
    report.claims += [
        Claim(f"memory of the second half ÷ of the first, {server.name}", late.median / early.median, most=1.02),
        Claim(f"open files, most − least, {server.name}", files.high - files.low, most=size * 0.1),
        Claim(f"failures in the log, {server.name}", float(failures), most=0),
        Claim(f"phones right at the end, {server.name}", float(right), least=size),
    ]
    crowd.close()


def hall(
    server: Server, clerk: Clerk, crowd: Crowd, chance: random.Random, seconds: float
) -> tuple[int, list[tuple[float, int]]]:
    """Until the time is over; how often a phone came back, and each look at memory and open files."""
    began = time.monotonic()
    lost_at = [began + chance.uniform(0, LOSES_EVERY) for _ in crowd.phones]
    next_look, next_change, came_back = began + EVERY, began + CHANGE_EVERY, 0
    looks: list[tuple[float, int]] = []
    while (now := time.monotonic()) < began + seconds:
        crowd.wire.turn(0.05)
        for phone in crowd.phones:
            if now >= lost_at[phone.number]:
                crowd.wire.drop(phone)
                crowd.wire.connect(crowd, phone)
                lost_at[phone.number], came_back = now + LOSES_EVERY, came_back + 1
        if now >= next_change:
            clerk.change()
            next_change = now + CHANGE_EVERY
        if now >= next_look:
            looks.append((server.memory(), server.open_files()))
            next_look = now + EVERY
    crowd.wire.run(lambda: all(phone.ready for phone in crowd.phones), 10)
    clerk.change()
    crowd.wire.rest(3)
    return came_back, looks
