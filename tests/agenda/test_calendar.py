"""The calendar file, read back by a library and looked at line by line."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from agenda import calendar, plan

PUBLISHED = datetime(2026, 1, 15, 9, 30, 12, tzinfo=UTC)
DAY = date(2026, 3, 29)  # the clocks in London go forward at one in the morning
BACK = date(2026, 10, 25)
HOUR = timedelta(hours=1)
SECRET = "Nobody but the facilitator reads this"


def slot(key: str, start: str, minutes: int | None = 45, **more: Any) -> dict[str, Any]:
    blank = {"kind": "speaker", "title": f"Item {key}", "byline": "", "detail": "", "notes": SECRET}
    return {"key": key, "start": start, "minutes": minutes, "fixed": False, "absorb": "never", **blank, **more}


def programme(
    *slots: dict[str, Any], day: date = DAY, time_zone: str = "Europe/London", **more: Any
) -> calendar.Programme:
    value = plan.make_value(day, time_zone, slots or [slot("talk", "10:00"), slot("close", "15:30", 0)])
    given: dict[str, Any] = {
        "id": "abcdefghjk",
        "title": "Data and Digital Masterclass",
        "place": "Newcastle",
        "date": day,
        "time_zone": time_zone,
        "version": 3,
        "published_at": PUBLISHED,
        "items": list(plan.items(value).values()),
        "speakers": {},
        "first": "first",
    }
    return calendar.Programme(**(given | more))


def written(*slots: dict[str, Any], each_item: bool = False, **more: Any) -> bytes:
    return calendar.write(programme(*slots, **more), each_item=each_item)


def events(content: bytes) -> dict[str, Any]:
    """UID -> event, read back."""
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def lines(content: bytes) -> list[str]:
    """As a calendar reads them: unfolded."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_day_is_one_event_from_the_first_start_to_the_last_end() -> None:
    [event] = events(written(slot("talk", "10:00"), slot("close", "15:30", 20))).values()
    assert event["summary"] == "Data and Digital Masterclass"
    assert event["location"] == "Newcastle"
    assert event["description"] == "10:00  Item talk\n15:30  Item close"
    london = ZoneInfo("Europe/London")
    assert event.start == datetime(2026, 3, 29, 10, 0, tzinfo=london)
    assert event.end == datetime(2026, 3, 29, 15, 50, tzinfo=london)


def test_times_stand_in_the_days_own_zone() -> None:
    raw = lines(written(each_item=True))
    assert [line for line in raw if line.startswith("DTSTART;")] == [
        "DTSTART;TZID=Europe/London:20260329T100000",
        "DTSTART;TZID=Europe/London:20260329T100000",
        "DTSTART;TZID=Europe/London:20260329T153000",
    ]
    assert [line for line in raw if line.startswith("DTEND;")] == [
        "DTEND;TZID=Europe/London:20260329T153000",
        "DTEND;TZID=Europe/London:20260329T104500",
    ]


def test_each_item_is_an_event_where_that_is_asked_for() -> None:
    talk = slot("talk", "10:00", title="A talk", byline="Guest speakers", detail="Bring:\n- a **question**")
    found = events(
        written(talk, slot("close", "15:30", 0), each_item=True, speakers={"talk": ["Ann", "Ben, Leader, Durham"]})
    )
    assert list(found) == ["abcdefghjk@masterclass", "abcdefghjk-talk@masterclass", "abcdefghjk-close@masterclass"]
    event = found["abcdefghjk-talk@masterclass"]
    assert event["summary"] == "A talk"
    assert event["description"] == "Guest speakers\nAnn\nBen, Leader, Durham\nBring:\n- a **question**"
    assert event.duration == timedelta(minutes=45)


def test_what_takes_no_time_has_no_end() -> None:
    """An end that is not later than the start is no end to a calendar."""
    close = events(written(each_item=True))["abcdefghjk-close@masterclass"]
    assert "DTEND" not in close
    assert "DESCRIPTION" not in close


def test_a_day_that_begins_when_it_is_started_takes_its_date() -> None:
    """A time that nobody has said would bring people late."""
    content = written(slot("intros", "now", None), slot("talk", "11:15"), each_item=True)
    found = events(content)
    assert list(found) == ["abcdefghjk@masterclass", "abcdefghjk-talk@masterclass"]
    assert "DTSTART;VALUE=DATE:20260329" in lines(content)
    assert "DTEND;VALUE=DATE:20260330" in lines(content)
    assert found["abcdefghjk@masterclass"]["description"] == "first  Item intros\n11:15  Item talk"


def test_a_day_that_is_one_item_without_a_time_is_a_date() -> None:
    [event] = events(written(slot("intros", "now", None), each_item=True)).values()
    assert event.start == DAY


def test_a_later_version_takes_the_place_of_an_earlier_one() -> None:
    later = PUBLISHED + HOUR
    talk, close = slot("talk", "10:00"), slot("close", "15:30", 0)
    before = events(written(talk, close, each_item=True))
    after = events(written(slot("talk", "09:00"), close, each_item=True, version=4, published_at=later))
    assert before.keys() == after.keys()
    for uid in before:
        assert (before[uid]["sequence"], after[uid]["sequence"]) == (3, 4)
        assert (before[uid].stamp, after[uid].stamp) == (PUBLISHED, later)
        assert (before[uid].last_modified, after[uid].last_modified) == (PUBLISHED, later)


def test_the_same_version_is_the_same_file() -> None:
    assert written(each_item=True) == written(each_item=True)


def test_the_file_says_what_it_is() -> None:
    raw = lines(written())
    assert raw[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//masterclass//running order//EN"]
    assert raw[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTAMP:20260115T093012Z" in raw
    assert "LAST-MODIFIED:20260115T093012Z" in raw
    assert [line for line in raw if line.startswith("METHOD")] == []


def test_lines_are_short_and_end_as_they_must() -> None:
    title = "Dŵr, gwynt a thân: “Pethau’n newid” – 日本語も 🙂 " * 2
    content = written(slot("talk", "10:00", title=title, detail="ŷ" * 900), each_item=True, place="Caffi’r Gŵyl, Llŷn")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    physical = content.split(b"\r\n")
    assert max(len(line) for line in physical) <= 75
    assert any(line.startswith(b" ") for line in physical)
    for line in physical:
        line.decode()  # no letter is cut in two
    event = events(content)["abcdefghjk-talk@masterclass"]
    assert event["summary"] == title
    assert event["description"] == "ŷ" * 900
    assert event["location"] == "Caffi’r Gŵyl, Llŷn"


@pytest.mark.parametrize("text", ["a; b, c\\n\\N: d", "a\nb", "a\r\nb", "a\rATTENDEE:x", "a\u2028BEGIN:VEVENT"])
def test_no_text_becomes_a_line_of_its_own(text: str) -> None:
    content = written(slot("talk", "10:00", detail=text, title=text), each_item=True, place=text)
    raw = lines(content)
    names = {re.split("[:;]", line)[0] for line in raw[raw.index("BEGIN:VEVENT") : -2]}
    assert names == {
        *("BEGIN", "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "LOCATION", "DESCRIPTION"),
        *("DTSTART", "DTEND", "END"),
    }
    assert raw.count("BEGIN:VEVENT") == 2
    assert b"\r" not in content.replace(b"\r\n", b"")


def test_private_notes_are_not_in_it() -> None:
    asked = programme()
    assert {item.notes for item in asked.items} == {SECRET}
    assert SECRET.encode() not in calendar.write(asked, each_item=True).replace(b"\r\n ", b"")


# --- The zone


def moments(day: date) -> Iterator[datetime]:
    """Every quarter of an hour of the day before, the day and the day after."""
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - 24 * HOUR
    return (begin + timedelta(minutes=15 * n) for n in range(3 * 24 * 4))


def onsets(content: bytes) -> dict[datetime, timedelta]:
    """From when on which offset, for a calendar that knows no zones but the file's, by the rules of RFC 5545."""
    zone = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")[0]
    return {
        rule.DTSTART.replace(tzinfo=UTC) - rule["tzoffsetfrom"].td: rule["tzoffsetto"].td for rule in zone.subcomponents
    }


@pytest.mark.parametrize("day", [DAY, BACK, date(2020, 2, 7), date(2026, 12, 31), date(2027, 1, 1)])
@pytest.mark.parametrize(
    "name",
    [
        "Europe/London",
        "Europe/Dublin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Kolkata",
        "Etc/GMT+5",
    ],
)
def test_the_zone_in_the_file_is_right_all_day(day: date, name: str) -> None:
    offsets = onsets(written(day=day, time_zone=name))
    zone = ZoneInfo(name)
    for moment in moments(day):
        newest = max(onset for onset in offsets if onset <= moment)
        assert offsets[newest] == moment.astimezone(zone).utcoffset(), moment


def test_the_zone_of_a_day_in_london_is_as_everybody_writes_it() -> None:
    raw = lines(written())
    begin = raw.index("BEGIN:DAYLIGHT", raw.index("DTSTART:20251026T020000"))
    assert raw[begin : raw.index("END:DAYLIGHT", begin)] == [
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T010000",
        "TZNAME:BST",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100",
    ]
    begin = raw.index("BEGIN:STANDARD", begin)
    assert raw[begin : raw.index("END:STANDARD", begin)] == [
        "BEGIN:STANDARD",
        "DTSTART:20261025T020000",
        "TZNAME:GMT",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
    ]


@pytest.mark.parametrize("name", ["Europe/London", "UTC", "Etc/UTC", "GMT", "Zulu", "Asia/Kathmandu", "EST"])
def test_every_zone_that_is_named_is_there(name: str) -> None:
    content = written(time_zone=name, each_item=True)
    assert icalendar.Calendar.from_ical(content).get_missing_tzids() == set()
    [start] = {event.start for event in events(content).values() if "talk" in event["uid"]}
    assert start.astimezone(UTC) == plan.instant(DAY, "10:00", name)


def test_an_item_across_the_change_of_the_clocks_lasts_as_long_as_planned() -> None:
    night = slot("night", "00:30", 120)
    forward = events(written(night, each_item=True))["abcdefghjk-night@masterclass"]
    assert (f"{forward.start:%H:%M}", f"{forward.end:%H:%M}") == ("00:30", "03:30")
    content = written(night, each_item=True, day=BACK)
    assert "DTSTART;TZID=Europe/London:20261025T003000" in lines(content)
    assert "DTEND:20261025T013000Z" in lines(content)  # 01:30 comes twice, and this is the second
    night_back = events(content)["abcdefghjk-night@masterclass"]
    assert night_back.end - night_back.start.astimezone(UTC) == 2 * HOUR


@pytest.mark.parametrize(("day", "utc"), [(date(2026, 3, 28), 10), (DAY, 9), (date(2026, 10, 24), 9), (BACK, 10)])
def test_ten_o_clock_is_ten_o_clock_on_either_side(day: date, utc: int) -> None:
    content = written(day=day)
    assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T100000" in lines(content)
    [event] = events(content).values()
    assert event.start.astimezone(UTC).hour == utc
