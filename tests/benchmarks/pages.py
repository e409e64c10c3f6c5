"""Phones that come back by the page's own rules: `static/js/connection.js`, as `docs/live.md` tells them."""

import heapq
import itertools
import json
import random
import time
from collections.abc import Callable

from .calls import Call, request
from .crowd import NOTHING, Crowd, Phone, Wire

DEGRADE, GIVE_UP, READ_LIMIT, RESTART, POLL, MINUTE = 4.0, 15.0, 8.0, 5.0, 5.0, 60.0
LONGEST_WAIT, FIRST_WAIT, MOST_DOUBLINGS = 15.0, 0.5, 5


class Timers:
    """What is to be done when."""

    def __init__(self) -> None:
        self.due: list[tuple[float, int, Callable[[], None]]] = []
        self.number = itertools.count()

    def after(self, seconds: float, do: Callable[[], None]) -> None:
        heapq.heappush(self.due, (time.monotonic() + seconds, next(self.number), do))

    def run(self) -> None:
        while self.due and self.due[0][0] <= time.monotonic():
            heapq.heappop(self.due)[2]()


class Page:
    """One phone's page: keeps the socket, and polls while there is none. `right` once it holds what was wanted."""

    def __init__(self, crowd: Crowd, phone: Phone, timers: Timers, chance: random.Random) -> None:
        self.crowd, self.phone, self.timers, self.chance = crowd, phone, timers, chance
        self.wire: Wire = crowd.wire
        self.failures = 0
        self.polling = False
        self.poll_ok: bool | None = None
        self.asking: Call | None = None
        self.marks: dict[str, int] = {}  # a timer that was cancelled or set anew finds another number here
        phone.on_end = lambda _phone: self.socket_ended()

    def after(self, name: str, seconds: float, do: Callable[[], None]) -> None:
        mark = self.marks[name] = self.marks.get(name, 0) + 1
        self.timers.after(seconds, lambda: do() if self.marks[name] == mark else None)

    def cancel(self, *names: str) -> None:
        for name in names:
            self.marks[name] = self.marks.get(name, 0) + 1

    def connect(self) -> None:
        self.cancel("retry")
        self.wire.connect(self.crowd, self.phone)
        self.after("give up", GIVE_UP, lambda: None if self.phone.pong else self.wire.end(self.phone))
        self.degrade_soon()

    def becomes_healthy(self) -> None:
        self.failures, self.polling, self.poll_ok = 0, False, None
        self.cancel("degrade", "poll", "retry", "give up")

    def socket_ended(self) -> None:
        self.cancel("give up")
        healthy, said = self.phone.pong, self.phone.retry_ms
        if not healthy:
            self.failures += 1
        if self.failures >= 2:
            self.start_polling()
        else:
            self.degrade_soon()
        longest = RESTART if said is None else said / 1000
        self.retry_in(self.chance.random() * longest if healthy else self.backoff())

    def backoff(self) -> float:
        if self.polling and self.poll_ok:
            return self.around(MINUTE)
        return self.chance.random() * min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(self.failures, MOST_DOUBLINGS))

    def around(self, seconds: float) -> float:
        return seconds * self.chance.uniform(0.8, 1.2)

    def retry_in(self, seconds: float) -> None:
        self.after("retry", seconds, self.connect)

    def degrade_soon(self) -> None:
        if not self.polling and not self.phone.pong:
            self.after("degrade", DEGRADE, self.start_polling)

    def start_polling(self) -> None:
        if not self.polling and not (self.phone.pong and not self.phone.ended):
            self.polling, self.poll_ok = True, None
            self.poll()

    def poll(self) -> None:
        have = "" if self.phone.stamp == NOTHING else "{}.{}.{}".format(*self.phone.stamp)
        path = self.crowd.path.removeprefix("/ws").replace("/phone", f"/state/phone?have={have}&w=0")
        call = self.asking = Call(self.wire, self.crowd.port, self.was_read)
        call.connect()
        call.send(request(self.crowd.port, "GET", path, self.crowd.cookies[self.phone.number]))
        self.after("limit", READ_LIMIT, call.end)

    def was_read(self, call: Call) -> None:
        self.cancel("limit")
        before, self.poll_ok = self.poll_ok, call.status in {200, 204}
        if call.status == 200:
            state = json.loads(call.body)
            self.phone.stamp = max(self.phone.stamp, (state["epoch"], state["rev"], state["at"]))
        if not self.polling:
            return
        if self.poll_ok and self.phone.sock is None:
            if before is False:
                self.retry_in(self.chance.random() * RESTART)
            elif before is None and self.failures >= 2:
                self.retry_in(self.backoff())
        self.after("poll", self.around(POLL), self.poll)
