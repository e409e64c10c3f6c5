"""A file that somebody brings, read in a process of its own: what is in it can neither hold up this one nor bring it
down. For whoever may make a day.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from agenda.importers import limits, source_json
from agenda.importers.source import Source, Unreadable

ROOT = Path(__file__).resolve().parent.parent
START = "import sys; sys.path.append(sys.argv[1]); from agenda.importers import apart; apart.main()"
MOST_SECONDS = 20.0
MOST_WAITING = 5.0  # seconds, for those before; whoever waits holds up a turn of the turnstile
TWO_AT_ONCE = threading.BoundedSemaphore(2)
KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")  # of the environment: where programs are, and no secret


def read_file(name: str, data: bytes, *, seconds: float = MOST_SECONDS) -> Source:
    """What is in a file called `name`. Takes up to `seconds`, and blocks. Raises Unreadable with a sentence."""
    if len(data) > limits.MOST_FILE_BYTES:
        raise Unreadable(limits.TOO_LARGE)
    if not TWO_AT_ONCE.acquire(timeout=MOST_WAITING):
        raise Unreadable("Other files are being read just now. Try again in a minute.")
    try:
        return _told(_run(name, data, seconds))
    finally:
        TWO_AT_ONCE.release()


def _run(name: str, data: bytes, seconds: float) -> bytes:
    program = [sys.executable, "-I", "-c", START, str(ROOT)]
    sent = json.dumps(name).encode() + b"\n" + data
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
        raise Unreadable("It could not be read. Copy the running order and paste it here.") from error
    return done.stdout


def _told(said: bytes) -> Source:
    try:
        answer = json.loads(said)
        if "unreadable" in answer:
            raise Unreadable(str(answer["unreadable"]))
        return source_json.from_json(json.dumps(answer["source"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable("It could not be read. Copy the running order and paste it here.") from error
