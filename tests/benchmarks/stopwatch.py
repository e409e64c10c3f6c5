"""How long something takes, said so that two runs can be compared."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

REPETITIONS, RUNS = 9, 20


@dataclass(frozen=True)
class Times:
    """Milliseconds for one run, of `REPETITIONS` repetitions of `RUNS` runs each."""

    minimum: float
    median: float
    maximum: float


def measure(work: Callable[[], object]) -> Times:
    """One run to warm up, then the mean run of each repetition."""
    work()
    took = sorted(_mean(work) for _ in range(REPETITIONS))
    return Times(took[0], median(took), took[-1])


def _mean(work: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(RUNS):
        work()
    return (time.process_time() - began) / RUNS * 1000
