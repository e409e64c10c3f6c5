"""How long something takes, said so that two runs can be compared."""

import time
from collections.abc import Callable

from .report import Spread, spread

RUNS = 20


def measure(work: Callable[[], object], *, repetitions: int) -> Spread:
    """Milliseconds of processor time: one run to warm up, then the mean run of each repetition."""
    work()
    return spread([_mean(work) for _ in range(repetitions)])


def _mean(work: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(RUNS):
        work()
    return (time.process_time() - began) / RUNS * 1000
