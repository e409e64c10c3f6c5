"""Which deliberate faults do the tests notice? `python3 run.py mutants [--only WORD ...] [--json FILE]`.

Each fault is put into a copy of the source, alone; the working tree is left as it is.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from .door_faults import AT_THE_DOORS
from .fault import DoesNotFit, Fault
from .import_faults import OPENING
from .keeping_faults import KEEPING
from .kind_faults import OF_KINDS
from .page_faults import PAGE
from .server_faults import SERVER

ROOT = Path(__file__).resolve().parents[2]
FAULTS = [*SERVER, *OF_KINDS, *AT_THE_DOORS, *KEEPING, *OPENING, *PAGE]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "data", "__pycache__", ".*_cache", ".hypothesis")
LONGEST = 600.0  # a fault that hangs the tests is noticed as well
CAUGHT, LIVES, UNCLEAR = "caught", "NOT CAUGHT", "UNCLEAR"
VERDICTS = {0: LIVES, 1: CAUGHT}  # as pytest ends; anything else says nothing about the fault


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 run.py mutants", description=__doc__)
    parser.add_argument("--only", action="append", default=[], help="faults with this in their name or file")
    parser.add_argument("--json", type=Path, default=None, help="where the result is written")
    asked = parser.parse_args(words)
    chosen = [one for one in FAULTS if not asked.only or any(word in f"{one.name} {one.file}" for word in asked.only)]
    wrong = [said for said in map(misfit, chosen) if said]
    if wrong or not chosen:
        print("\n".join(wrong) or "There is no such fault.", file=sys.stderr)
        return 2
    results = try_all(chosen)
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1), "utf-8")
    caught = sum(result["verdict"] == CAUGHT for result in results)
    print(f"{caught} of {len(results)} faults caught: {100 * caught / len(results):.0f} %")
    return 0 if caught == len(results) else 1


def misfit(fault: Fault) -> str:
    try:
        fault.check(ROOT)
    except DoesNotFit as said:
        return str(said)
    return ""


def try_all(faults: Sequence[Fault]) -> list[dict[str, str]]:
    results = []
    with tempfile.TemporaryDirectory(prefix="masterclass-mutants-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        for fault in faults:
            began = time.monotonic()
            verdict, last = try_one(fault, copy)
            seconds = f"{time.monotonic() - began:.0f}"
            print(f"{verdict:10} {seconds:>4} s  {fault.name} ({fault.file})", flush=True)
            if verdict == UNCLEAR:
                print(last, flush=True)
            results.append({"name": fault.name, "file": fault.file, "verdict": verdict, "seconds": seconds})
    return results


def try_one(fault: Fault, copy: Path) -> tuple[str, str]:
    """Whether the tests notice, and the end of what they said."""
    path = copy / fault.file
    right = path.read_text("utf-8")
    path.write_text(fault.put_into(right), "utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *fault.tests.split()]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return CAUGHT, ""
    finally:
        path.write_text(right, "utf-8")
    return VERDICTS.get(done.returncode, UNCLEAR), "\n".join((done.stdout + done.stderr).splitlines()[-15:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
