"""What goes wrong in a run, at random from a seed: the server, the network and the database, each in its own time."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import threading
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from django.db import connection

from tests.server import Server

from . import own_postgres
from .wire import Wire

GOODBYE = 4.0
STARTS_WITHIN = 60.0


@dataclass
class Nemesis:
    """`harm` shortens every fault: 1 is what docs/reliability.md promises to bear. `calm` is the desk's."""

    servers: list[Server]
    wires: list[Wire]
    chance: Random
    harm: float
    workshop_id: str
    calm: asyncio.Lock
    done: Counter[str] = field(default_factory=Counter)
    log: deque[str] = field(default_factory=lambda: deque(maxlen=400))
    down: float = 0.0  # seconds in which no server listened

    async def start_server(self, server: Server) -> None:
        """Without its database it does not start: then it is started again, as a service manager does it."""
        limit = monotonic() + STARTS_WITHIN
        while True:
            try:
                await asyncio.to_thread(server.start)
                break
            except AssertionError:
                self.done["started in vain"] += 1
                if monotonic() > limit:
                    raise
        process = server.process
        if process and process.stderr:
            # A pipe that nobody reads would stop the server in the middle of a line.
            threading.Thread(target=self._read_log, args=[process.stderr], daemon=True).start()

    def _read_log(self, pipe) -> None:  # type: ignore[no-untyped-def]  # text of the child
        try:
            self.log.extend(pipe)
        except ValueError:
            return  # closed meanwhile

    # The server.

    async def trouble_server(self, kills: int, may_go_on: Callable[[int], Awaitable[None]]) -> None:
        """Kill it so often; between two kills, other things happen to it. `may_go_on(n)` waits for the nth kill."""
        while self.done["kill -9"] < kills:
            await may_go_on(self.done["kill -9"])
            if self.chance.random() < 0.25:
                await self.chance.choice([self.stop_for_a_while, self.restart])()
            else:
                await self.kill()

    async def kill(self) -> None:
        server = self.chance.choice(self.servers)
        await self._bring_down("kill -9", server, server.kill)

    async def restart(self) -> None:
        """Ask it to stop. Who does not within a few seconds is killed, as a service manager does it."""
        server = self.chance.choice(self.servers)
        await self._bring_down("restart", server, lambda: self._stop_or_kill(server))

    def _stop_or_kill(self, server: Server) -> None:
        process = server.process
        if process:
            process.terminate()
            try:
                process.wait(GOODBYE)
            except subprocess.TimeoutExpired:
                self.done["slow to stop"] += 1
        server.kill()

    async def _bring_down(self, what: str, server: Server, how: Callable[[], None]) -> None:
        self.done[what] += 1
        began = monotonic()
        await asyncio.to_thread(how)
        await self.for_up_to(1.0)
        await self.start_server(server)
        self.down += monotonic() - began

    async def stop_for_a_while(self) -> None:
        """The laptop is busy with something else."""
        process = self.chance.choice(self.servers).process
        if process:
            self.done["stopped"] += 1
            os.kill(process.pid, signal.SIGSTOP)
            try:
                await self.for_up_to(10.0)
            finally:
                os.kill(process.pid, signal.SIGCONT)

    # The network.

    async def trouble_wires(self, every: float) -> None:
        """One fault after another, each on some of the wires."""
        while True:
            for wire in self.chance.sample(self.wires, self.chance.randint(1, len(self.wires))):
                self._trouble(wire)
            await self.for_up_to(10.0)
            self.mend()
            await asyncio.sleep(self.chance.random() * every)

    def _trouble(self, wire: Wire) -> None:
        what = self.chance.choice(["reset", "black hole", "latency", "refused", "silent", "cut"])
        self.done[what] += 1
        if what == "reset":
            wire.reset()
        elif what == "black hole":
            wire.suffer(black_hole=True)
        elif what == "latency":
            wire.suffer(latency=self.chance.uniform(0.05, 3.0) * self.harm)
        elif what == "refused":
            wire.suffer(refuse_upgrade=self.chance.choice([403, 502]))
            wire.reset()
        elif what == "silent":
            wire.suffer(silent_upgrade=True)
            wire.reset()
        else:
            wire.suffer(cut_after=self.chance.randint(50, 30_000))

    def mend(self) -> None:
        for wire in self.wires:
            wire.mend()

    # The database.

    async def trouble_database(self, every: float) -> None:
        while True:
            await asyncio.sleep(self.chance.random() * 2 * every)
            if own_postgres.is_ours() and self.chance.random() < 0.5:
                await self.take_postgres_away()
            else:
                self.done["locked"] += 1
                await asyncio.to_thread(hold_lock, self.workshop_id, self.chance.random() * 5.0 * self.harm)

    async def take_postgres_away(self) -> None:
        async with self.calm:
            self.done["postgres gone"] += 1
            own_postgres.stop()
            try:
                await self.for_up_to(30.0)
            finally:
                await asyncio.to_thread(own_postgres.start)

    async def for_up_to(self, seconds: float) -> None:
        await asyncio.sleep(self.chance.random() * seconds * self.harm)


def hold_lock(workshop_id: str, seconds: float) -> None:
    """Somebody else writes and takes their time: nobody can write meanwhile."""
    wait = threading.Event()
    if connection.vendor == "sqlite":
        database = sqlite3.connect(connection.settings_dict["NAME"], timeout=20, isolation_level=None)
        try:
            database.execute("BEGIN IMMEDIATE")
            wait.wait(seconds)
            database.execute("ROLLBACK")
        finally:
            database.close()
    else:
        with own_postgres.connect() as database, database.transaction():
            database.execute("SELECT id FROM agenda_workshop WHERE id = %s FOR UPDATE", [workshop_id])
            wait.wait(seconds)
