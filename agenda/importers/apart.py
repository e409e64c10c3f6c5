"""Reading one file in a process that is there for nothing else, with so much memory and time, no network and no other
program. `agenda/reading.py` starts it.

From its standard input it takes a line of JSON with the file's name, and the file; to its standard output it writes
JSON: {"source": …} or {"unreadable": a sentence}.
"""

import json
import os
import sys
from contextlib import suppress
from typing import Any

from . import opening, source_json
from .source import Unreadable

MOST_MEMORY = 1 << 30
MOST_SECONDS = 20  # of the processor; whoever waits has a clock of their own
NICENESS = 10
BARRED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.startfile", "ctypes.")


def main() -> None:
    """One file, then the end. What a library prints goes where the errors go."""
    into, sys.stdout = sys.stdout.buffer, sys.stderr
    hold_back()
    name, _, data = sys.stdin.buffer.read().partition(b"\n")
    into.write(answer(str(json.loads(name)), data).encode())
    into.flush()
    os._exit(0)  # a large tree takes its time to be taken down


def answer(name: str, data: bytes) -> str:
    try:
        return f'{{"source": {source_json.to_json(opening.open_source(name, data))}}}'
    except Unreadable as refused:
        return json.dumps({"unreadable": str(refused)})


def hold_back() -> None:
    """From here on for good. Windows knows no such limits; the network and other programs are barred there, too."""
    sys.addaudithook(bar)
    with suppress(ImportError, OSError, ValueError):
        import resource

        os.nice(NICENESS)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def bar(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(BARRED):
        raise PermissionError("No file is read by way of the network or of another program")
