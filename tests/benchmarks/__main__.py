"""How long things take: `python3 run.py bench`, or with the names of some benchmarks. What it said is in docs."""

import sys
from collections.abc import Sequence

from . import running_order
from .stopwatch import REPETITIONS, RUNS

BENCHMARKS = {"running_order": running_order}


def main(names: Sequence[str]) -> int:
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        print(f"There is no benchmark {min(unknown)!r}. There are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 1
    print(f"Milliseconds of processor time for one run; {REPETITIONS} repetitions of {RUNS} runs each")
    for name in names or BENCHMARKS:
        module = BENCHMARKS[name]
        times = module.run()
        print(
            f"{name}: min {times.minimum:.2f}, median {times.median:.2f}, max {times.maximum:.2f}; seed {module.SEED}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
