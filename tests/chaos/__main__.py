"""The long storm: `python3 run.py chaos --kills 200 --answers 100000 --seed 7 [--database postgres] [--json FILE]`."""

import argparse
import asyncio
import json
import platform
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any


def read_words(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 run.py chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--phones", type=int, default=120)
    parser.add_argument("--questions", type=int, default=150)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--scale", type=float, default=0.5, help="shortens the pages' waits")
    parser.add_argument("--harm", type=float, default=1.0, help="shortens the faults")
    parser.add_argument("--think", type=float, default=0.5, help="seconds between two answers of a phone")
    parser.add_argument("--patience", type=float, default=6.0, help="seconds a kill waits for its share of answers")
    parser.add_argument("--longest", type=float, default=3600.0, help="seconds after which a storm is given up")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--program", choices=["serve", "uvicorn"], default="serve")
    parser.add_argument("--processes", type=int, default=1, help="of the server; more than one only on PostgreSQL")
    parser.add_argument("--json", type=Path, default=None, help="where the result is written")
    parser.add_argument("--history", type=Path, default=None, help="where everything that happened is written")
    return parser.parse_args(words)


def make_ready(database: str) -> None:
    """A data folder, a database and the static files, all thrown away in the end; before any settings are read."""
    from tests import environment  # noqa: F401 - sets them

    if database == "postgres":
        from tests import postgres

        if postgres.missing:
            raise SystemExit(postgres.missing)
    import os

    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "masterclass.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from . import own_postgres

    connection.creation.create_test_db(verbosity=0, serialize=False)
    call_command("collectstatic", interactive=False, verbosity=0)
    if own_postgres.is_ours():
        own_postgres.commit_for_real()


def main(words: Sequence[str]) -> int:
    asked = read_words(words)
    make_ready(asked.database)
    from tests.server import Server

    from .play import Plan, play

    seed = random.randrange(10**6) if asked.seed is None else asked.seed
    plan = Plan(seed=seed, kills=asked.kills, answers=asked.answers, phones=asked.phones, questions=asked.questions)
    plan = replace(
        plan, scale=asked.scale, harm=asked.harm, think=asked.think, patience=asked.patience, longest=asked.longest
    )
    print(f"seed {seed}, {asked.database}", flush=True)
    servers = [Server(program=asked.program) for _ in range(asked.processes)]
    result = asyncio.run(play(plan, *servers, keep=asked.history))
    kept = {
        "database": asked.database,
        "program": asked.program,
        "python": platform.python_version(),
        **result.as_json(),
    }
    if asked.json:
        asked.json.write_text(json.dumps(kept, indent=1), "utf-8")
    print_table(kept)
    if result.wrong:
        print(f"{len(result.wrong)} promises broken:", *result.wrong[:50], "what the server said last:", sep="\n")
        print(*result.log[-60:], sep="")
    return 1 if result.wrong else 0


def print_table(kept: dict[str, Any]) -> None:
    """What happened, and whether the promises were kept."""
    for name, value in kept.items():
        if name == "wrong":
            print(f"{'broken promises':26} {len(value)}")
        elif isinstance(value, dict):
            print(f"{name:26} {', '.join(f'{key} {count}' for key, count in value.items())}")
        else:
            print(f"{name:26} {value}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
