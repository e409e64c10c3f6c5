"""What can be asked of a benchmark."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from .servers import NAMES

ROUNDS = 7


@dataclass(frozen=True)
class Options:
    """`phones` and `servers` are empty where the benchmark is to choose."""

    names: tuple[str, ...] = ()
    phones: tuple[int, ...] = ()
    servers: tuple[str, ...] = ()
    rounds: int = ROUNDS
    minutes: float = 30.0
    json: bool = False


def read(arguments: Sequence[str], known: Sequence[str]) -> Options:
    parser = argparse.ArgumentParser(prog="run.py bench", description="Measure how long things take.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"one or more of: {', '.join(known)}")
    parser.add_argument("--phones", type=int, nargs="+", default=[], help="how many phones")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often everything is measured")
    parser.add_argument("--minutes", type=float, default=30.0, help="how long the soak takes")
    parser.add_argument("--servers", nargs="+", default=[], choices=NAMES, help="which servers are compared")
    parser.add_argument("--json", action="store_true", help="print JSON")
    found = parser.parse_args(arguments)
    if unknown := set(found.names) - set(known):
        parser.error(f"There is no benchmark {min(unknown)!r}. There are: {', '.join(known)}")
    return Options(
        tuple(found.names), tuple(found.phones), tuple(found.servers), found.rounds, found.minutes, found.json
    )
