"""Where the day stands, late on a very full one: sixty slots, and five hundred presses that all counted."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from agenda.timing import Event, Plan, Progress, Refused, Slot, project, replay

from .options import Options
from .report import Report
from .stopwatch import RUNS, measure

SLOTS, EVENTS, SEED = 60, 500, 20261122
NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BETWEEN = {
    "extend": 30,
    "retime": 16,
    "hold": 10,
    "release": 10,
    "skip": 4,
    "unskip": 8,
    "correct": 10,
    "move_anchor": 20,
    "undo": 5,
    "reorder": 2,
}


def run(options: Options) -> Report:
    plan = full_plan()
    log = full_log(plan, random.Random(SEED))
    now = log[-1].at + MINUTE
    times = measure(lambda: project(plan, log, now), repetitions=options.rounds)
    title = f"running_order: ms of processor time, {options.rounds} repetitions of {RUNS} runs; seed {SEED}"
    return Report(title, rows=[{"one run": times}])


def full_plan() -> Plan:
    """Slots of twenty minutes: every seventh has a fixed time, every fifth is a buffer, some may be shortened."""
    length, floor = 20 * MINUTE, 8 * MINUTE
    absorb = ["auto" if i % 5 == 4 else "offer" if i % 3 == 1 else "never" for i in range(SLOTS)]
    slots = [
        Slot(f"slot-{i}", "talk", NINE + i * length, length, i % 7 == 6, absorb[i], floor, i % 4 == 0)
        for i in range(SLOTS)
    ]
    return Plan(tuple(slots))


def full_log(plan: Plan, chance: random.Random) -> list[Event]:
    """A press a minute, every sixteenth of them Move on, so that much of the day is still to come."""
    log: list[Event] = []
    standing = replay(plan, log)
    while len(log) < EVENTS:
        event = press(standing.progress, len(log), chance)
        with suppress(Refused):
            standing.press(event)
            log.append(event)
    return log


def press(progress: Progress, seq: int, chance: random.Random) -> Event:
    """A press that may fit the day as it stands; reordering swaps two neighbours."""
    kind = "advance" if seq % 16 == 0 else chance.choices([*BETWEEN], [*BETWEEN.values()])[0]
    coming = [slot.id for slot in progress.coming]
    slot = progress.live if kind == "extend" else chance.choice(coming)
    at = NINE + seq * MINUTE
    to = at + MINUTE * (chance.randint(-3, 0) if kind == "correct" else chance.randint(5, 90))
    event = Event(seq, kind, at, progress.live, slot, chance.randint(-4, 12), to)
    first = chance.randrange(len(coming) - 1)
    swapped = (*coming[:first], coming[first + 1], coming[first], *coming[first + 2 :])
    return replace(event, order=swapped)
