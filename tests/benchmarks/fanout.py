"""From a frame that is ready in the server to the last phone that holds all of it; and from a press at the desk.

Ours under daphne and under uvicorn, plain Channels under daphne, and the bare broadcast of `websockets`. All are up at
once with as many phones each, the same frame goes to all, and the rounds go round: noise hits all alike.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from . import day as days
from . import servers
from .crowd import Crowd, Wire
from .options import Options
from .report import Claim, Report, ratios, spread
from .servers import OURS, Server

SIZES = (200, 1000, 3000, 5000)
SERVERS = ("daphne", "uvicorn", "channels", "bare")
WARM_UP, LONGEST, SETTLE, APART = 2, 60.0, 3.0, 0.1
PRESSES = ("close", "ask")  # in turn; the day begins with the question asked

Times = dict[str, float]  # first, p50, p99, last of all phones, in ms


def run(options: Options) -> Report:
    report = Report("fanout: ms from the frame being ready to the phones, medians (and range) of the rounds")
    names, most = options.servers or SERVERS, servers.raise_file_limit()
    sizes = sorted({min(size, (most - 100) // len(names)) for size in options.phones or SIZES})
    with tempfile.TemporaryDirectory(prefix="masterclass-bench-") as folder:
        day = days.prepare(Path(folder, "day"), max(sizes))
        for size in sizes:
            one_size(report, day, names, size, options.rounds)
    return report


def one_size(report: Report, day: days.Day, names: tuple[str, ...], size: int, rounds: int) -> None:
    with servers.running(names, day) as running:
        wire = Wire()
        crowds = {server.name: fill(report, server, wire, size) for server in running}
        for _ in range(WARM_UP):
            for server in running:
                fan_out(server, crowds[server.name])
        fans: dict[str, list[Times]] = {server.name: [] for server in running}
        presses: dict[str, list[Times]] = {server.name: [] for server in running if server.name in OURS}
        for turn in range(rounds):
            for server in running:
                fans[server.name].append(fan_out(server, crowds[server.name]))
                if server.name in presses:
                    presses[server.name].append(press(server, crowds[server.name], PRESSES[turn % 2]))
        for crowd in crowds.values():
            crowd.close()
    add_rows(report, size, "frame", fans)
    add_rows(report, size, "press", presses)
    add_claims(report, size, fans)


def fill(report: Report, server: Server, wire: Wire, size: int) -> Crowd:
    """Connect the phones, and note how fast they came in and what one of them costs."""
    one = Crowd(wire, server.port, server.day.socket_path, server.day.phones[:1])
    one.connect_all()
    wire.rest(SETTLE / 3)
    before = server.memory()
    crowd = server.crowd(wire, size)
    seconds = crowd.connect_all()
    wire.rest(SETTLE)
    each = (server.memory() - before) / size
    one.close()
    report.rows.append(
        {"phones": size, "server": server.name, "what": "idle", "connects/s": size / seconds, "kB each": each}
    )
    if server.name in OURS and size == 1000:
        report.claims.append(Claim(f"kB for each of 1000 idle phones, {server.name}", each, most=30))
    return crowd


def fan_out(server: Server, crowd: Crowd) -> Times:
    asked = servers.publish(server)
    return to_the_last(crowd, asked, began=lambda: servers.began(asked))


def press(server: Server, crowd: Crowd, kind: str) -> Times:
    """A real press at the desk: the view, the commit, the rendering and the sending."""
    day = server.day
    path = f"/w/{day.workshop}/desk/{day.question}/{kind}/"
    asked = server.ask("POST", path, f"expect={day.live}", day.desk)

    def accepted() -> int:
        status, body = asked.answer()
        assert status == 302, f"The press was answered with {status}: {body[-2000:]}"
        return sent

    sent = 0

    def send() -> int:
        nonlocal sent
        sent = asked.send()
        return sent

    return to_the_last(crowd, asked, began=accepted, send=send)


def to_the_last(
    crowd: Crowd, asked: servers.Asked, *, began: Callable[[], int], send: Callable[[], int] | None = None
) -> Times:
    """Send it, serve the phones until each has something newer, and then ask when it began."""
    crowd.wire.rest(APART)
    crowd.expect_newer()
    (send or asked.send)()
    if not crowd.wire.run(lambda: not crowd.waiting, LONGEST):
        raise TimeoutError(f"{len(crowd.waiting)} of {len(crowd.phones)} phones heard nothing in {LONGEST} s.")
    start = began()
    return summary([(phone.arrived - start) / 1e6 for phone in crowd.phones])


def summary(times: list[float]) -> Times:
    times = sorted(times)
    count = len(times)
    return {
        "first": times[0],
        "p50": times[count // 2],
        "p99": times[min(count - 1, count * 99 // 100)],
        "last": times[-1],
    }


def add_rows(report: Report, size: int, what: str, measured: dict[str, list[Times]]) -> None:
    for name, rounds in measured.items():
        row = {point: spread([times[point] for times in rounds]) for point in rounds[0]}
        report.rows.append({"phones": size, "server": name, "what": what, **row})


def add_claims(report: Report, size: int, fans: dict[str, list[Times]]) -> None:
    last = {name: [times["last"] for times in rounds] for name, rounds in fans.items()}
    for over, under, claimed_at, limit in (
        ("uvicorn", "bare", 1000, {"most": 1.3}),
        ("uvicorn-asyncio", "bare-asyncio", 1000, {"most": 1.3}),
        ("daphne", "bare", 1000, {"most": 4.0}),
        ("channels", "daphne", 3000, {"least": 15.0}),
    ):
        if over in last and under in last:
            words = f"{over} ÷ {under}, last of {size} phones"
            figure = ratios(last[over], last[under])
            report.claims.append(Claim(words, figure, **(limit if size == claimed_at else {})))
