"""How long things take: `python3 run.py bench`, or with the names of some benchmarks. What it said is in docs."""

import gc
import json
import sys
from collections.abc import Callable, Sequence

from . import answers, fanout, options, running_order, soak, stalled, tally, themes, wake
from .options import Options
from .report import Report

BENCHMARKS: dict[str, Callable[[Options], Report]] = {
    "running_order": running_order.run,
    "fanout": fanout.run,
    "stalled": stalled.run,
    "answers": answers.run,
    "tally": tally.run,
    "themes": themes.run,
    "wake": wake.run,
    "soak": soak.run,
}
LONG = {"soak"}  # only when it is named


def main(arguments: Sequence[str]) -> int:
    asked = options.read(arguments, list(BENCHMARKS))
    gc.freeze()
    gc.disable()  # a collection here would be measured as the server's
    reports = {}
    for name in asked.names or BENCHMARKS.keys() - LONG:
        reports[name] = BENCHMARKS[name](asked)
        if not asked.json:
            print(reports[name].text(), end="\n\n", flush=True)
    if asked.json:
        print(json.dumps({name: report.json() for name, report in reports.items()}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
