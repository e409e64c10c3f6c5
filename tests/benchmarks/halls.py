"""The halls that are asked for, one after the other: so many phones, a server of their own, and a clerk."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from . import day as days
from . import servers
from .day import Clerk
from .options import Options
from .servers import Server


def halls(options: Options, phones: int) -> Iterator[tuple[Server, Clerk, int]]:
    """The server that runs, its clerk and the number of phones; `phones` where none was asked for."""
    servers.raise_file_limit()
    with tempfile.TemporaryDirectory(prefix="masterclass-bench-") as folder:
        for size in options.phones or (phones,):
            day = days.prepare(Path(folder, f"day-{size}"), size)
            for name in options.servers or ("serve",):
                with servers.running((name,), day) as (server,), Clerk(server.day) as clerk:
                    yield server, clerk, size
