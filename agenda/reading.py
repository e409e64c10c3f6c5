"""What somebody brings, read in a process of its own, first for its lines and then for what they mean: whatever is in
it can neither hold up this process nor bring it down. For whoever may make a day.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agenda.importers import limits, source_json
from agenda.importers.draft import Choices, Draft
from agenda.importers.source import Source, Unreadable

ROOT = Path(__file__).resolve().parent.parent
START = "import sys; sys.path.append(sys.argv[1]); from agenda.importers import apart; apart.main()"
MOST_SECONDS = 20.0
MOST_WAITING = 5.0  # seconds, for those before; whoever waits holds up a turn of the turnstile
TWO_AT_ONCE = threading.BoundedSemaphore(2)
NOT_READ = "It could not be read. Copy the running order and paste it here."
KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")  # of the environment: where programs are, and no secret
DRAFT = TypeAdapter(Draft)


def read_file(name: str, data: bytes, *, seconds: float = MOST_SECONDS) -> Source:
    """What is in a file called `name`. Takes up to `seconds`, and blocks. Raises Unreadable with a sentence."""
    if len(data) > limits.MOST_FILE_BYTES:
        raise Unreadable(limits.TOO_LARGE)
    said = _asked({"open": name}, data, seconds)
    try:
        return source_json.from_json(json.dumps(said))
    except ValueError as error:
        raise Unreadable(NOT_READ) from error


def understood(source: str, choices: Choices) -> Draft:
    """What a source, as `source_json` writes it, means with what was decided about it. Blocks and raises likewise."""
    return _understood(source, json.dumps(asdict(choices), sort_keys=True))


@lru_cache(maxsize=8)
def _understood(source: str, choices: str) -> Draft:
    """The same comes of the same, and a page asks for it again right after a press."""
    said = _asked({"read": json.loads(choices)}, source.encode(), MOST_SECONDS)
    try:
        return DRAFT.validate_python(said)
    except ValidationError as error:
        raise Unreadable(NOT_READ) from error


def _asked(wanted: dict[str, Any], data: bytes, seconds: float) -> Any:
    if not TWO_AT_ONCE.acquire(timeout=MOST_WAITING):
        raise Unreadable("Others are having something read just now. Try again in a minute.")
    try:
        said = json.loads(_run(json.dumps(wanted).encode() + b"\n" + data, seconds))
        if "unreadable" in said:
            raise Unreadable(str(said["unreadable"]))
        return said["said"]
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(NOT_READ) from error
    finally:
        TWO_AT_ONCE.release()


def _run(sent: bytes, seconds: float) -> bytes:
    program = [sys.executable, "-I", "-c", START, str(ROOT)]
    environment = {key: os.environ[key] for key in KEPT if key in os.environ}
    try:
        done = subprocess.run(
            program,
            input=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("It takes too long to read. Copy the running order and paste it here.") from error
    except (subprocess.SubprocessError, OSError) as error:
        raise Unreadable(NOT_READ) from error
    return done.stdout
