"""One run: a hall full of phones, a desk, a screen, and everything that can go wrong; then quiet, and the check."""

import asyncio
import contextlib
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from time import monotonic, time
from typing import Any

from channels.db import database_sync_to_async as in_database

from tests.server import Server, sockets_of

from . import checker
from .client import Client, Place, digest
from .desk import Desk
from .history import History
from .nemesis import Nemesis
from .phone import Pace, Phone
from .room import CSRF, Room, furnish, revision, stored
from .wire import Wire

Shows = dict[str, dict[str, str]]  # by audience and region, a digest of what is shown
QUIET = 3.0
MOST_QUIETS = 10  # tries to find some
IN_TOUCH_WITHIN = 60.0
GONE_WITHIN = 40.0  # a phone that polled counts as here for half a minute


@dataclass(frozen=True)
class Plan:
    """What a run is to do. Times in seconds; `scale` shortens the pages' waits and `harm` the faults."""

    seed: int
    kills: int
    answers: int
    phones: int = 60
    questions: int = 40
    wires: int = 4
    scale: float = 0.25
    harm: float = 0.3
    think: float = 1.0
    patience: float = 3.0  # how long a kill waits for its share of the answers
    longest: float = 1800.0
    until_gone: bool = True  # wait until the server knows of nobody: half a minute for those who polled


@dataclass
class Result:
    """What came of it. `wrong` is empty when every promise was kept."""

    plan: Plan
    wrong: list[str]
    numbers: dict[str, Any] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)  # the end of what the server said

    def as_json(self) -> dict[str, Any]:
        return {"plan": asdict(self.plan), **self.numbers, "wrong": self.wrong}


class Run:
    """Everything that takes part in one run."""

    def __init__(self, plan: Plan, servers: list[Server], room: Room, wires: list[Wire]) -> None:
        self.plan, self.servers, self.room, self.wires = plan, servers, room, wires
        self.server = servers[0]  # where the desk presses, and where a fresh read comes from
        self.history, self.chance = History(), Random(plan.seed)
        self.pace = Pace(plan.think)
        self.desk = Desk(room, self.server.port, self.history, Random(plan.seed + 1))
        self.nemesis = Nemesis(servers, wires, Random(plan.seed + 2), plan.harm, room.workshop_id, self.desk.calm)
        self.phones = [self._phone(n, cookies) for n, cookies in enumerate(room.phones)]
        self.pages: list[Client] = [self._page("desk", room.desk), self._page("screen", room.screen), *self.phones]

    def _place(self, audience: str, wire: Wire, cookies: str) -> Place:
        return Place(self.room.workshop_id, audience, wire.port, cookies, self.room.public)

    def _phone(self, n: int, cookies: str) -> Phone:
        place = self._place("phone", self.wires[n % len(self.wires)], cookies)
        chance = Random(self.plan.seed * 1000 + n)
        return Phone(f"phone {n}", place, self.history, chance, self.plan.scale, pace=self.pace, csrf=CSRF)

    def _page(self, audience: str, cookies: str) -> Client:
        place = self._place(audience, self.wires[0], cookies)
        return Client(audience, place, self.history, Random(self.plan.seed), self.plan.scale)

    # The acts.

    async def storm(self) -> None:
        """Everything at once, until the server was killed often enough and enough answers were saved."""
        for page in self.pages:
            page.start()
        self.pace.writing.set()
        faults = [
            self.desk.run(0.5),
            self.nemesis.trouble_wires(2.0),
            self.nemesis.trouble_database(8.0),
            self.bursts(),
            self.restless(),
            self.tell(),
        ]
        tasks = [asyncio.ensure_future(fault) for fault in faults]
        try:
            async with asyncio.timeout(self.plan.longest):
                await _unless_one_fails(tasks, self._kills_and_answers())
        except TimeoutError:
            self.nemesis.done["given up"] += 1  # what has happened by now is looked at all the same
        finally:
            async with self.desk.calm:  # what it has pressed it has written down, too
                for task in tasks:
                    task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self.nemesis.mend()

    async def _kills_and_answers(self) -> None:
        await self.nemesis.trouble_server(self.plan.kills, self._may_go_on)
        while self.pace.saved < self.plan.answers:
            await asyncio.sleep(0.2)

    async def _may_go_on(self, kill: int) -> None:
        """Kills are spread over the answers; a hall that cannot write does not hold them up for long."""
        await asyncio.sleep(self.chance.random() * 2)
        wanted, patience = self.plan.answers * (kill + 1) / (self.plan.kills + 1), monotonic() + self.plan.patience
        while self.pace.saved < wanted and monotonic() < patience:
            await asyncio.sleep(0.1)

    async def bursts(self) -> None:
        """Answers come in bursts: everybody writes, then somebody talks."""
        while True:
            await asyncio.sleep(self.chance.uniform(1, 6))
            self.pace.writing.clear()
            await asyncio.sleep(self.chance.uniform(0.2, 1))
            self.pace.writing.set()

    async def restless(self) -> None:
        """People put phones away, look at them again, and load the page anew."""
        while True:
            await asyncio.sleep(0.3)
            phone = self.chance.choice(self.phones)
            if phone.paused:
                phone.wake()
            else:
                self.chance.choice([phone.pause, phone.load_anew, phone.wake])()

    async def tell(self) -> None:
        """How far it is, once a minute, for whoever waits."""
        began = monotonic()
        while True:
            await asyncio.sleep(60)
            minutes, kills = round((monotonic() - began) / 60), self.nemesis.done["kill -9"]
            sys.stderr.write(f"{minutes:3} min, {kills} kills, {self.pace.saved} answers\n")

    async def calm_down(self) -> Shows:
        """Nobody writes and nothing fails, until every page is in touch and every outbox empty. Then one last change
        that nobody is told of, and as much quiet as is promised. Gives what a fresh read shows after that."""
        self.pace.writing.clear()
        for page in self.pages:
            if page.paused and not page.stopped:
                page.wake()
        limit = monotonic() + IN_TOUCH_WITHIN
        while not self._all_in_touch() and monotonic() < limit:
            await asyncio.sleep(0.1)
        shows: Shows = {}
        for _ in range(MOST_QUIETS):
            await self.desk.change_unannounced()
            began, before = time(), await in_database(revision)(self.room)
            await asyncio.sleep(max(QUIET, *(self._quiet_for(page) for page in self.pages)))
            self.history.ended[:] = [page.ended() for page in self.pages]
            shows, newest = await self.fresh()
            if newest < began and before == await in_database(revision)(self.room):
                break  # otherwise a minute has passed, or an answer was still on its way, and it was not quiet
        return shows

    def _all_in_touch(self) -> bool:
        silent = any(page.link.status == "lost" for page in self.pages if not page.stopped)
        return not silent and not any(phone.storage for phone in self.phones)

    def _quiet_for(self, page: Client) -> float:
        if page.link.status == "live":
            return QUIET
        return page.page.poll_ms / 1000 * 1.2 * self.plan.scale + 2.0

    async def fresh(self) -> tuple[Shows, float]:
        """By audience, what a page that has nothing is given; and the newest moment that one of these is of."""
        shows, newest = {}, 0.0
        cookies = {"phone": self.room.phones[0], "screen": self.room.screen, "desk": self.room.desk}
        for audience in cookies:
            reader = self._stranger(audience, cookies[audience])
            body = await self._given(reader)
            reader.leave()
            shows[audience] = {name: digest(region["html"]) for name, region in body["regions"].items()}
            newest = max(newest, body["at"])
        return shows, newest

    async def _given(self, reader: Client) -> dict[str, Any]:
        """A server that has just been started may take a while."""
        limit = monotonic() + IN_TOUCH_WITHIN
        while (body := (await reader.read_state("")).body) is None:
            if monotonic() > limit:
                raise TimeoutError("the server gave no state when all was quiet")
            await asyncio.sleep(0.2)
        return body

    def _stranger(self, audience: str, cookies: str) -> Client:
        """A page that takes no part: straight to the server, and nothing it sees is history."""
        place = Place(self.room.workshop_id, audience, self.server.port, cookies)
        return Client("stranger", place, History(), Random(0), 1)

    async def everybody_leaves(self) -> None:
        """Then the server must know of nobody, and hold no connection of theirs."""
        for page in self.pages:
            page.leave()
        desk = self._stranger("desk", self.room.desk)
        counted: dict[str, Any] = {}
        desk.take_frame = lambda frame: counted.update(frame) if frame["t"] == "tick" else None  # type: ignore[method-assign]
        desk.start()
        limit = monotonic() + GONE_WITHIN
        while (counted.get("here"), counted.get("screens")) != (0, 0) and monotonic() < limit:
            await asyncio.sleep(0.1)
        desk.leave()
        if (counted.get("here"), counted.get("screens")) != (0, 0):
            self.history.left_behind.append(f"the desk still counts {counted}")
        for server in self.servers:
            while (held := sockets_of(server)) and monotonic() < limit:
                await asyncio.sleep(0.1)
            if held:
                self.history.left_behind.append(f"a server still holds {held} sockets")

    def numbers(self) -> dict[str, Any]:
        verdicts = Counter(told.verdict for told in self.history.told)
        links = Counter(page.link for page in self.history.ended)
        return {
            "faults": dict(sorted(self.nemesis.done.items())),
            "presses": dict(sorted(self.desk.presses.items())),
            "answers": {"saved": self.pace.saved, "tries": len(self.history.tried), **dict(sorted(verdicts.items()))},
            "snapshots applied": len(self.history.applied),
            "snapshots with words": len(self.history.heard),
            "pages": dict(links),
            "seconds without a server": round(self.nemesis.down, 1),
        }


async def _unless_one_fails(tasks: list["asyncio.Future[None]"], main: Any) -> None:
    """Wait for `main`, but not longer than the first of the others that ends by an error."""
    wanted = asyncio.ensure_future(main)
    try:
        done, _ = await asyncio.wait([wanted, *tasks], return_when=asyncio.FIRST_COMPLETED)
        for each in done:
            each.result()
    finally:
        wanted.cancel()
        await asyncio.gather(wanted, return_exceptions=True)


@asynccontextmanager
async def run_of(plan: Plan, *servers: Server) -> AsyncIterator[Run]:
    """A room, wires to it, and everybody in their place. The server is not running before, nor afterwards."""
    room = await in_database(furnish)(plan.phones, plan.questions)
    ports = [server.port for server in servers]
    wires = [Wire(ports[0], tuple(ports[1:])) for _ in range(plan.wires)]
    async with contextlib.AsyncExitStack() as stack:
        for wire in wires:
            await stack.enter_async_context(wire)
        run = Run(plan, list(servers), room, wires)
        try:
            for server in servers:
                await run.nemesis.start_server(server)
            yield run
        finally:
            for page in run.pages:
                page.leave()
            run.desk.asking.close()
            for server in servers:
                await asyncio.to_thread(server.kill)


async def play(plan: Plan, *servers: Server, keep: Path | None = None) -> Result:
    """The whole of it."""
    began = monotonic()
    async with run_of(plan, *servers) as run:
        await run.storm()
        stormed = monotonic()
        fresh = await run.calm_down()
        calmed = monotonic()
        numbers = run.numbers()
        if plan.until_gone:
            await run.everybody_leaves()
        rows = await in_database(stored)(run.room)
    if keep:
        run.history.write(keep)
    seconds = {"storm": stormed - began, "until quiet": calmed - stormed, "until gone": monotonic() - calmed}
    numbers |= {"rows": len(rows), "seconds": {name: round(each, 1) for name, each in seconds.items()}}
    return Result(plan, checker.check(run.history, rows, fresh), numbers, list(run.nemesis.log))
