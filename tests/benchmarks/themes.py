"""A thousand answers grouped into themes: what each press takes on the server, and how large its answer is."""

import time
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from .calls import Call, all_over, request
from .crowd import Wire
from .day import CSRF
from .halls import halls
from .options import Options
from .report import Claim, Report, spread
from .servers import Server

ANSWERS, EACH, LONGEST = 1000, 15, 60.0
Sent = tuple[str, dict[str, object]]  # the end of the address, and the form; nothing to send is a look at the page
Given = dict[str, list[str]]


def run(options: Options) -> Report:
    report = Report("themes: 1,000 answers, a third of them in 30 themes; one press after the other")
    for server, clerk, _size in halls(options, 1):
        given = clerk.gather(ANSWERS)
        wire = Wire()
        worst, dearest, largest = 0.0, 0.0, 0
        for name, presses in _presses(given).items():
            times, costs, size = _measure(server, wire, presses)
            row = {"press": name, "ms": spread(times), "processor ms": spread(costs), "kB": f"{size / 1000:.0f}"}
            report.rows.append(row)
            worst, dearest, largest = max(worst, *times), max(dearest, *costs), max(largest, size)
        report.claims.append(Claim("the slowest press, ms", worst, most=100))
        report.claims.append(Claim("the dearest press, processor ms of the server", dearest, most=100))
        report.claims.append(Claim("the largest answer, kB", largest / 1000, most=1000))
    return report


def _presses(given: Given) -> dict[str, Callable[[int], Sent]]:
    """What is pressed, by its number."""
    themes, answers = given["themes"], given["answers"]
    return {
        "look": lambda n: ("", {}),
        "look for words": lambda n: ("?show=all&words=hexham", {}),
        "put one": lambda n: ("put/", {"theme": themes[n % 9], "answer": answers[400 + n]}),
        "put forty": lambda n: ("put/", {"theme": themes[n % 9], "answer": answers[450 + n : 490 + n]}),
        "begin": lambda n: ("begin/", {"name": f"New {n}", "number": uuid.uuid4(), "answer": answers[500 + n]}),
        "rename": lambda n: ("rename/", {"theme": themes[n], "name": f"Other {n}", "expect": f"Theme {n + 1}"}),
        "move": lambda n: ("move/", {"theme": themes[20], "up": n % 2}),
        "merge": lambda n: ("merge/", {"theme": themes[n + 1], "into": themes[0]}),
        "open a theme": lambda n: (f"?show={themes[0]}", {}),
    }


def _measure(server: Server, wire: Wire, presses: Callable[[int], Sent]) -> tuple[list[float], list[float], int]:
    """Milliseconds of each, and of the server's processor for it, and the bytes of the largest answer."""
    times, costs, largest = [], [], 0
    _send(server, wire, *presses(0))
    for sent in _each(presses):
        start, began = time.monotonic_ns(), server.processor_seconds()
        call = _send(server, wire, *sent)
        times.append((call.arrived - start) / 1e6)
        costs.append((server.processor_seconds() - began) * 1000)
        largest = max(largest, len(call.body))
    return times, costs, largest


def _each(presses: Callable[[int], Sent]) -> Iterator[Sent]:
    return (presses(number) for number in range(1, EACH + 1))


def _send(server: Server, wire: Wire, end: str, form: dict[str, object]) -> Call:
    path = f"/w/{server.day.workshop}/summary/themes/{end}"
    more = ["HX-Request: true", "X-Live: 1", f"X-CSRFToken: {CSRF}"]
    if form:
        more.append("Content-Type: application/x-www-form-urlencoded")
    body = urlencode(form, doseq=True).encode()
    call = Call(wire, server.port)
    call.words = request(server.port, "POST" if form else "GET", path, server.day.desk, *more, body=body)
    call.connect()
    all_over(wire, [call], LONGEST)
    assert call.status == 200, f"{end}: {call.status}"
    return call
