"""A short storm with real processes. `python3 run.py chaos` plays a long one."""

import os

import pytest

from tests.server import Server

from .play import Plan, play

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]


async def test_every_promise_is_kept_in_a_storm() -> None:
    plan = Plan(seed=int(os.environ.get("CHAOS_SEED", "20261122")), kills=10, answers=400, phones=24, until_gone=False)
    result = await play(plan, Server())
    assert result.wrong == [], result.numbers
    assert result.numbers["faults"]["kill -9"] >= plan.kills
    assert result.numbers["answers"]["saved"] >= plan.answers
