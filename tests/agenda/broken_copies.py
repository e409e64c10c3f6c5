"""The pure modules of the running order, whole or with one fault, and the proof that a claim notices it."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from agenda import recovery, timing

from .random_days import Day

PARTS = ("running_order", "progress", "verbs", "daylog", "timing", "recovery")
FOLDER = Path(timing.__file__).parent
Timing = SimpleNamespace  # what timing and recovery offer, whole or broken
Claim = Callable[[Timing, Day], None]
Break = tuple[Claim, str, str]

WHOLE = Timing(**{**vars(timing), "options": recovery.options})


def broken(old: str, new: str) -> Timing:
    """The pure modules with one fault."""
    sources = {part: (FOLDER / f"{part}.py").read_text(encoding="utf-8") for part in PARTS}
    assert sum(source.count(old) for source in sources.values()) == 1, f"{old!r} is no longer there exactly once"
    with patch.dict(sys.modules, {"broken": ModuleType("broken")}):
        for part, source in sources.items():
            module = ModuleType(f"broken.{part}")
            module.__package__ = "broken"
            sys.modules[module.__name__] = module
            exec(compile(source.replace(old, new), f"broken {part}.py", "exec"), module.__dict__)
        names = vars(sys.modules["broken.timing"])
        return Timing(**{**names, "options": sys.modules["broken.recovery"].options})


def claims(breaks: Sequence[Break]) -> list[Claim]:
    return list(dict.fromkeys(claim for claim, _, _ in breaks))


def name(part: object) -> str:
    return getattr(part, "__name__", "")


def assert_noticed(claim: Claim, old: str, new: str, tried: SearchStrategy[Day]) -> None:
    """That the claim fails on one of the days tried once `old` has become `new`."""
    copy = broken(old, new)

    @settings(
        max_examples=1000,
        derandomize=True,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(day=tried)
    def search(day: Day) -> None:
        claim(copy, day)

    with pytest.raises(AssertionError):
        search()
