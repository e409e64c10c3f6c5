"""A hall hands its answers in in the same moment: from the first one sent to the last one acknowledged.

By the page's script (JSON) and by the plain form, which is a Django view; on SQLite and on PostgreSQL, both keeping
what they commit; on connections that are open already and with the connecting counted. After each round the database
is asked for every answer that was acknowledged.
"""

import json
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests import cluster

from . import day as days
from . import servers
from .calls import Call, all_over, request
from .crowd import Wire
from .day import CSRF, Clerk
from .options import Options
from .report import Claim, Report, ratios, spread
from .servers import Server

PHONES, LONGEST, PLAIN_ROUNDS = 1000, 180.0, 3  # the plain form takes long, and is measured fewer times
SERVERS = ("daphne", "uvicorn")
WARM_UP = 5  # phones


@dataclass(frozen=True)
class Way:
    """How they come in."""

    door: str  # "json" or "form"
    connected: bool  # before the first is sent

    def __str__(self) -> str:
        return f"{self.door}, {'connected before' if self.connected else 'connecting too'}"


PLAIN = Way("form", connected=True)
WAYS = [Way("json", connected=True), Way("json", connected=False), PLAIN]


@dataclass(frozen=True)
class Outcome:
    seconds: float
    acknowledged: int
    lost: int  # acknowledged and not in the database
    statuses: Counter[int]  # of the others; 0 is no answer at all

    @property
    def a_second(self) -> float:
        return self.acknowledged / self.seconds


def run(options: Options) -> Report:
    report = Report("answers: seconds from the first answer sent to the last acknowledged, medians (and range)")
    servers.raise_file_limit()
    for database in ("sqlite", "postgres"):
        if database == "postgres" and not _is_installed():
            report.rows.append({"database": "postgres", "server": "PostgreSQL is not installed"})
            continue
        for size in options.phones or (PHONES,):
            for name in options.servers or SERVERS:
                one_kind(report, database, name, size, options.rounds)
    return report


def _is_installed() -> bool:
    try:
        cluster.programs()
    except cluster.Missing:
        return False
    return True


def one_kind(report: Report, database: str, name: str, size: int, rounds: int) -> None:
    with ExitStack() as stack:
        url = ""
        if database == "postgres":
            url = cluster.existing(stack.enter_context(cluster.running(cluster.DURABLE)))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="masterclass-bench-"))
        day = days.prepare(Path(folder, "day"), size, url)
        (server,) = stack.enter_context(servers.running((name,), day))
        clerk = stack.enter_context(Clerk(server.day))
        wire = Wire()
        server.crowd(wire, size).connect_all()  # as in a hall: who answers has a page open
        for way in WAYS:
            hand_in(server, clerk, wire, way, min(WARM_UP, size))
        measured: dict[Way, list[Outcome]] = {way: [] for way in WAYS}
        for turn in range(rounds):
            for way in WAYS:
                if way != PLAIN or turn < PLAIN_ROUNDS:
                    measured[way].append(hand_in(server, clerk, wire, way, size))
    add(report, {"database": database, "server": name}, size, measured)


def hand_in(server: Server, clerk: Clerk, wire: Wire, way: Way, size: int) -> Outcome:
    """One answer from each phone to the question that is on, all at once; the table is empty before."""
    clerk.wipe()
    keys = [str(uuid.uuid4()) for _ in range(size)]
    calls = [Call(wire, server.port) for _ in keys]
    words = list(requests(server, way, keys))
    if way.connected:
        for call in calls:
            call.connect()
        wire.run(lambda: all(call.connected for call in calls), LONGEST)
    began = time.monotonic_ns()
    for call, sent in zip(calls, words, strict=True):
        if not way.connected:
            call.connect()
        call.send(sent)
    all_over(wire, calls, LONGEST)
    stored = dict(clerk.answers())
    taken = [(key, call) for key, call in zip(keys, calls, strict=True) if acknowledged(way, call, key)]
    lost = sum(stored.get(key) != said(key) for key, _ in taken)
    others = Counter(call.status for call in set(calls) - {call for _, call in taken})
    return Outcome((max(call.arrived for call in calls) - began) / 1e9, len(taken), lost, others)


def requests(server: Server, way: Way, keys: list[str]) -> Iterator[bytes]:
    day, csrf = server.day, f"X-CSRFToken: {CSRF}"
    for key, cookie in zip(keys, day.phones, strict=False):
        answer = {"key": key, "edit": 1, "question": day.question, "value": said(key)}
        if way.door == "json":
            more, body = ["Content-Type: application/json", "X-Live: 1", csrf], json.dumps(answer)
        else:
            more, body = ["Content-Type: application/x-www-form-urlencoded", csrf], urlencode(answer)
        yield request(
            server.port,
            "POST",
            f"/w/{day.workshop}/answers/",
            f"{cookie}; csrftoken={CSRF}",
            *more,
            body=body.encode(),
        )


def said(key: str) -> str:
    return f"More buses in the evening, says {key[:8]}"


def acknowledged(way: Way, call: Call, key: str) -> bool:
    if way.door == "form":
        return call.status == 302
    return call.status == 200 and json.loads(call.body)["key"] == key


def add(report: Report, row: dict[str, str], size: int, measured: dict[Way, list[Outcome]]) -> None:
    where = f"{row['server']}, {row['database']}"
    for way, outcomes in measured.items():
        seconds = [outcome.seconds for outcome in outcomes]
        taken = [outcome.acknowledged for outcome in outcomes]
        a_second = spread([outcome.a_second for outcome in outcomes])
        row = {**row, "phones": str(size), "way": str(way)}
        others = sum((outcome.statuses for outcome in outcomes), Counter())
        kept: dict[str, object] = {
            "acknowledged": f"{min(taken)} of {size}",
            "lost": sum(outcome.lost for outcome in outcomes),
        }
        kept["others, all rounds"] = ", ".join(f"{count} × {status}" for status, count in sorted(others.items()))
        report.rows.append({**row, "seconds": spread(seconds), "a second": a_second, **kept})
        if way != PLAIN:
            report.claims.append(Claim(f"seconds for {size}, {way}, {where}", spread(seconds), most=1.5))
            plain = [outcome.a_second for outcome in measured[PLAIN]]
            times = ratios([outcome.a_second for outcome in outcomes[: len(plain)]], plain)
            report.claims.append(Claim(f"acknowledged a second, {way} ÷ {PLAIN}, {where}", times, least=5))
            short = float(sum(size - count for count in taken))
            report.claims.append(Claim(f"not acknowledged, {way}, {where}", short, most=0))
    all_lost = float(sum(outcome.lost for outcomes in measured.values() for outcome in outcomes))
    report.claims.append(Claim(f"acknowledged and lost, {where}", all_lost, most=0))
