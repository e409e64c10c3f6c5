"""Reading what somebody has brought in a process that is there for nothing else, with so much memory and time, no
network and no other program. `agenda/reading.py` starts it.

From its standard input it takes a line of JSON, which says what is to be done, and what it is to be done with: a file
("open" and its name), or a source as JSON ("read" and what was decided about it). To its standard output it writes
JSON: {"said": the source or the draft} or {"unreadable": a sentence}.
"""

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from . import source_json
from .draft import Choices
from .source import Unreadable

MOST_MEMORY = 1 << 30
MOST_SECONDS = 20  # of the processor; whoever waits has a clock of their own
NICENESS = 10
BARRED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.startfile", "ctypes.")


def main() -> None:
    """One piece of work, then the end. What a library prints goes where the errors go."""
    into, sys.stdout = sys.stdout.buffer, sys.stderr
    hold_back()
    wanted, _, data = sys.stdin.buffer.read().partition(b"\n")
    into.write(answer(json.loads(wanted), data).encode())
    into.flush()
    os._exit(0)  # a large tree takes its time to be taken down


def answer(wanted: dict[str, Any], data: bytes) -> str:
    try:
        said = _opened(wanted["open"], data) if "open" in wanted else _read(wanted["read"], data)
    except Unreadable as refused:
        return json.dumps({"unreadable": str(refused)})
    return f'{{"said": {said}}}'


def _opened(name: str, data: bytes) -> str:
    from . import opening  # the libraries that know a file's form, which reading it for its meaning does not need

    return source_json.to_json(opening.open_source(name, data))


def _read(choices: dict[str, Any], data: bytes) -> str:
    from .reader import read

    fates = {int(number): fate for number, fate in choices["fates"].items()}
    draft = read(source_json.from_json(data), Choices(fates, choices["answers"]))
    return json.dumps(asdict(draft), separators=(",", ":"))


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
