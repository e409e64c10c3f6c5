"""The benchmarks run, each with a few phones and one round; what they measure is for `run.py bench`."""

import json
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

from tests.benchmarks.crowd import TEXT, Crowd, Phone, Wire, begin_frame
from tests.benchmarks.report import Claim, spread

WORDS = b'{"t": "state", "v": 1, "epoch": 7, "rev": 8, "at": 9, "html": "' + b"x" * 70_000 + b'"}'
FRAME = bytes([0x80 | TEXT, 127]) + len(WORDS).to_bytes(8, "big") + WORDS


def bench(*words: str) -> Any:
    """What one benchmark says of a very small run."""
    command = [sys.executable, "-m", "tests.benchmarks", *words, "--rounds", "1", "--json"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)[words[0]]


def test_the_running_order_is_measured() -> None:
    assert bench("running_order")["rows"][0]["one run"]["median"] > 0


@pytest.mark.long
def test_the_fan_out_reaches_every_phone_of_every_server() -> None:
    rows = bench("fanout", "--phones", "3")["rows"]
    measured = {(row["server"], row["what"]) for row in rows if row["phones"] == 3}
    everybody = {"daphne", "uvicorn", "channels", "bare"}
    assert {server for server, what in measured if what == "frame"} == everybody
    assert {server for server, what in measured if what == "press"} == {"daphne", "uvicorn"}
    assert all(0 < row["first"]["low"] <= row["last"]["high"] for row in rows if row["what"] != "idle")


@pytest.mark.long
def test_phones_that_never_read_are_stuck_while_the_others_are_measured() -> None:
    rows = bench("stalled", "--phones", "3")["rows"]
    assert {row["server"] for row in rows} == {"daphne", "uvicorn"}
    assert all(row["stuck to the end"] == 5 and row["nobody"]["low"] > 0 for row in rows)


def test_every_answer_that_was_acknowledged_is_asked_for() -> None:
    rows = bench("answers", "--phones", "3", "--servers", "daphne")["rows"]
    on_sqlite = [row for row in rows if row["database"] == "sqlite"]
    assert len(on_sqlite) == 3
    assert all((row["acknowledged"], row["lost"]) == ("3 of 3", 0) for row in rows if "way" in row)


def test_the_walls_have_what_everybody_answers() -> None:
    rows = bench("tally", "--phones", "90")["rows"]
    assert [row["kind"] for row in rows] == ["choice", "text"]
    assert all(row["desk, s"]["high"] > 0 and row["last half"]["high"] > 0 for row in rows)


@pytest.mark.long
def test_phones_are_right_again_after_a_restart() -> None:
    rows = bench("wake", "--phones", "3")["rows"]
    assert [row["how"] for row in rows] == ["killed", "SIGTERM"]
    assert all(row["listens"]["low"] < row["100 %"]["high"] < 120 for row in rows)


@pytest.mark.long
def test_a_soak_looks_at_memory_and_open_files_while_phones_come_and_go() -> None:
    (row,) = bench("soak", "--phones", "3", "--minutes", "0.7")["rows"]
    assert row["came back"] >= 1
    assert row["open files"]["low"] > 3
    assert (row["failures logged"], row["right at the end"]) == (0, 3)


@pytest.mark.parametrize("piece", [1, 2, 9, 300, 65_536, len(FRAME) * 2])
def test_a_frame_counts_when_its_last_byte_is_there(piece: int) -> None:
    crowd = Crowd(Wire(), 1, "/", [""])
    (phone,) = crowd.phones
    crowd.expect_newer()
    for start in range(0, len(FRAME), piece):
        assert crowd.waiting == {0}
        crowd.wire._feed(crowd, phone, memoryview(FRAME[start : start + piece]), now=start)
    assert (phone.stamp, phone.arrived, crowd.waiting) == ((7, 8, 9), start, set())


def test_a_frame_whose_head_is_not_there_yet_is_left_alone() -> None:
    assert begin_frame(memoryview(FRAME[:20])) is None
    assert Phone(0).ready is False


def test_a_claim_says_whether_it_was_reached() -> None:
    assert Claim("x", spread([1.0, 1.2, 9.0]), most=1.3).holds
    assert not Claim("x", 14.9, least=15).holds
    assert "reached" not in str(Claim("x", 14.9))
