"""Rows as plain values and back, every field as it was."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from agenda import rows
from agenda.models import Attendee, LogEntry, Workshop
from agenda.rows import Unreadable

AT = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))


def entry(**changes: Any) -> dict[str, Any]:
    return rows.write(LogEntry(seq=1, kind="advance", data={"expect": None}, at=AT), actor="ann") | changes


def test_a_row_is_plain_json_and_its_moments_are_in_utc() -> None:
    written = entry()
    assert json.loads(json.dumps(written)) == written
    assert written["at"] == "2026-11-22T07:00:00.123456Z"
    assert set(written) == {"seq", "press", "kind", "data", "at", "actor"}


def test_what_is_written_is_read() -> None:
    values = rows.read(LogEntry, entry(), "actor")
    assert (values["at"], values["data"], values["seq"]) == (AT, {"expect": None}, 1)
    assert isinstance(values["press"], uuid.UUID)
    assert "actor" not in values
    day = rows.read(Workshop, rows.write(Workshop(title="A", slug="a", date=date(2020, 2, 7), clock_shown=AT)))
    assert (day["date"], day["clock_shown"], day["clock_real"], day["clock_rate"]) == (date(2020, 2, 7), AT, None, 1.0)


def test_a_field_that_is_not_there_gets_its_default_if_it_has_one() -> None:
    old = entry()
    del old["press"]
    assert "press" not in rows.read(LogEntry, old, "actor")
    del old["seq"]
    with pytest.raises(Unreadable, match="lacks “seq”"):
        rows.read(LogEntry, old, "actor")


def test_a_field_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Unreadable, match="It holds “actor”, which this version does not know"):
        rows.read(LogEntry, entry())
    with pytest.raises(Unreadable):
        rows.read(LogEntry, ["not a row"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seq", "1"),
        ("seq", 1.5),
        ("seq", -1),
        ("seq", None),
        ("press", "x"),
        ("press", 5),
        ("kind", 5),
        ("kind", "x" * 21),
        ("at", "yesterday"),
        ("at", "2026-11-22"),
        ("at", "2026-11-22T09:00:00"),
        ("at", "2026-11-22T09:00:00+02:00"),
        ("at", 0),
        ("data", None),
    ],
)
def test_nothing_is_guessed_from_another_spelling(name: str, value: object) -> None:
    with pytest.raises(Unreadable, match=f"What it says as “{name}” cannot be read"):
        rows.read(LogEntry, entry(**{name: value}), "actor")


def test_a_row_names_others_that_are_known_or_none() -> None:
    known = {"a": 1}
    assert rows.link({"slot": "a"}, "slot", known) == 1
    assert rows.link({"slot": None}, "slot", known) is None
    assert rows.link({}, "slot", known) is None
    for wrong in ("b", 5, ["a"], {}):
        with pytest.raises(Unreadable):
            rows.link({"slot": wrong}, "slot", known)
    with pytest.raises(Unreadable, match="lacks “slot”"):
        rows.needed({"slot": None}, "slot", known)


def test_what_is_missing_elsewhere_is_found_whatever_the_order_of_keys() -> None:
    here = [{"a": 1, "b": {"c": 1, "d": 2}}, {"a": 2, "b": None}]
    assert rows.missing(here, [{"b": {"d": 2, "c": 1}, "a": 1}]) == [here[1]]
    assert rows.missing(here, [{"a": 7, "b": None}], "a") == [here[0]]
    assert rows.missing([], here) == []


def test_numbers_that_a_database_gave_are_never_written() -> None:
    assert "id" not in entry()
    assert "id" in rows.write(Attendee())
    assert datetime.fromisoformat(entry()["at"]).tzinfo == UTC
