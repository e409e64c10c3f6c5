"""What a speaker is told: when they are on, how long they have, what comes next, and never how late the day is."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from agenda import services as agenda
from agenda.chapters import load_document
from agenda.document import read_toml
from agenda.models import LogEntry, Slot, Speaker, Workshop
from feedback.models import Question
from sessions import room, services, snapshots, speaker_links, turns
from sessions.rendering import Renderings
from sessions.snapshots import Snapshot
from tests.cast import SAMPLE, phone_in

from . import day

TALKS = ["how-digital", "data", "culture", "conditions"]
LATENESS = re.compile(r"\blate|\bahead|on time|behind|minutes? free|finish|planned|wrong", re.IGNORECASE)
Clock = time_machine.Traveller


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(datetime(2026, 11, 22, 10, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


def render(workshop: Workshop) -> Snapshot:
    fresh = Workshop.objects.get(pk=workshop.pk)
    return snapshots.render(fresh, "speaker", snapshots.stamp(fresh, "speaker"))


def words(workshop: Workshop, key: str) -> str:
    """What that speaker reads, without the marks between the words."""
    return " ".join(re.sub(r"<.*?>", " ", render(workshop).regions[key].html).split())


def talk(workshop: Workshop, clock: str = "11:15") -> None:
    """The first speaker begins."""
    day.begin(workshop)
    day.set_clock(workshop, clock)
    day.begin(workshop, until="how-digital")


def press(workshop: Workshop, kind: str, after: timedelta = timedelta(0)) -> None:
    """An entry of the log that no service writes yet."""
    last = LogEntry.objects.filter(workshop=workshop).latest("seq")
    LogEntry.objects.create(workshop=workshop, seq=last.seq + 1, press=uuid.uuid4(), kind=kind, at=last.at + after)


def ends_ms(workshop: Workshop) -> int:
    found = re.search(r'data-ends-ms="(\d+)"', render(workshop).regions["how-digital"].html)
    assert found
    return int(found[1])


def test_there_is_one_region_for_each_item_with_a_speaker(workshop: Workshop) -> None:
    slot = Slot.objects.get(workshop=workshop, key="reflections")
    assert list(render(workshop).regions) == TALKS
    Speaker.objects.create(slot=slot, position=0, name="Ann")
    assert list(render(workshop).regions) == [*TALKS[:2], "reflections", *TALKS[2:]]


def test_before_the_day_a_speaker_reads_when_and_after_what(workshop: Workshop) -> None:
    said = words(workshop, "how-digital")
    assert said == "How digital is helping councils You are on about 11:15 after Intros and Discussion"
    assert "You are on about 13:45 after Reflections" in words(workshop, "culture")


def test_a_speaker_who_is_first_is_on_when_the_day_starts(db: None) -> None:
    document = read_toml(SAMPLE.read_text("utf-8"), SAMPLE.name)
    document["slots"][0]["kind"] = "speaker"
    workshop = load_document(document)
    assert words(workshop, "intros") == "Intros and Discussion You are on when the day starts"


def test_whoever_is_next_is_told_so_and_nobody_else(workshop: Workshop) -> None:
    day.begin(workshop)
    assert "You are next about 11:15 after Intros" in words(workshop, "how-digital")
    assert "You are on about 12:00 after How digital" in words(workshop, "data")


def test_after_a_break_the_time_is_the_one_the_room_was_promised(workshop: Workshop, clock: Clock) -> None:
    Speaker.objects.create(slot=Slot.objects.get(workshop=workshop, key="reflections"), position=0, name="Ann")
    day.begin(workshop, until="data")
    day.set_clock(workshop, "12:53")
    day.begin(workshop, until="lunch")
    assert "You are next 13:40 after Lunch" in words(workshop, "reflections")
    phone = snapshots.render(workshop, "phone", snapshots.stamp(workshop, "phone"))
    assert "13:40" in phone.regions["now"].html


def test_during_the_talk_the_page_counts_to_when_it_is_up(workshop: Workshop, clock: Clock) -> None:
    talk(workshop)
    said = words(workshop, "how-digital")
    assert said.startswith("How digital is helping councils minutes left left over until 12:00")  # the style shows one
    assert said.endswith("Then: Deriving benefits from data, about 12:00")
    assert ends_ms(workshop) == round((datetime.now(UTC) + timedelta(minutes=45)).timestamp() * 1000)


def test_past_the_end_nothing_is_rewritten_but_what_comes_next(workshop: Workshop, clock: Clock) -> None:
    talk(workshop)
    ends, during = ends_ms(workshop), words(workshop, "how-digital")
    clock.shift(timedelta(minutes=57))
    assert ends_ms(workshop) == ends
    assert words(workshop, "how-digital") == during.replace("data, about 12:00", "data, about 12:15")


def test_while_the_clock_is_held_it_says_so_and_what_is_left(workshop: Workshop, clock: Clock) -> None:
    talk(workshop)
    press(workshop, "hold", timedelta(minutes=15, seconds=40))  # 29:20 are left, at whatever second one looks
    clock.shift(timedelta(minutes=15, seconds=50))
    held = words(workshop, "how-digital")
    assert "On hold The clock stands still. You have 29 minutes left when we go on." in held
    assert "until" not in held
    clock.shift(timedelta(minutes=9))
    assert "You have 29 minutes left" in words(workshop, "how-digital")
    press(workshop, "release", timedelta(minutes=10))
    assert "until 12:10" in words(workshop, "how-digital")


def test_a_clock_that_is_held_past_its_end_names_no_minutes(workshop: Workshop, clock: Clock) -> None:
    talk(workshop)
    press(workshop, "hold", timedelta(minutes=50))
    clock.shift(timedelta(minutes=51))
    said = words(workshop, "how-digital")
    assert "On hold The clock stands still. Then:" in said


def test_after_the_talk_the_speaker_is_thanked_and_again_when_the_day_is_over(workshop: Workshop) -> None:
    talk(workshop)
    day.begin(workshop, until="data")
    thanks = "How digital is helping councils Thank you Your part is over. You can close this page."
    assert words(workshop, "how-digital") == thanks
    day.begin(workshop, until="close")
    services.move_on(workshop=workshop, expect="close", actor=None)
    assert {key: "Thank you" in words(workshop, key) for key in TALKS} == dict.fromkeys(TALKS, True)


def test_a_move_that_is_taken_back_gives_the_time_back(workshop: Workshop, clock: Clock) -> None:
    talk(workshop)
    during = words(workshop, "how-digital")
    day.begin(workshop, until="data")
    services.undo(workshop=workshop, seen=day.seen(workshop), actor=None)
    assert words(workshop, "how-digital") == during


def test_the_last_item_has_nothing_after_it(db: None) -> None:
    document = read_toml(SAMPLE.read_text("utf-8"), SAMPLE.name)
    document["slots"][-1]["kind"] = "speaker"
    workshop = load_document(document)
    day.begin(workshop, until="close")
    assert re.fullmatch(r"Close [0-9: ]*minutes left left over until \d\d:\d\d", words(workshop, "close"))


def test_no_speaker_is_told_how_late_the_day_is(workshop: Workshop, clock: Clock) -> None:
    said = [words(workshop, key) for key in TALKS]
    talk(workshop, "11:41")  # 26 minutes behind
    for minutes in (0, 40, 30):
        clock.shift(timedelta(minutes=minutes))
        said += [words(workshop, key) for key in TALKS]
    press(workshop, "hold", timedelta(minutes=80))
    clock.shift(timedelta(minutes=20))
    said += [words(workshop, key) for key in TALKS]
    day.begin(workshop, until="data")
    said += [words(workshop, key) for key in TALKS]
    assert any("about 12:55" in each for each in said)  # the times do follow the day
    assert [each for each in said if LATENESS.search(each)] == []


def test_an_item_that_left_the_running_order_says_so_while_its_link_is_out(workshop: Workshop) -> None:
    """A re-plan may drop it: an open page must not go on showing a time."""
    slot = Slot.objects.create(workshop=workshop, key="a-dropped-talk")
    assert "a-dropped-talk" not in render(workshop).regions
    speaker_links.make_link(workshop=workshop, slot=slot, actor=None)
    assert "Not on for now Your item has been taken out" in words(workshop, "a-dropped-talk")
    speaker_links.revoke_link(workshop=workshop, slot=slot, actor=None)
    assert "a-dropped-talk" not in render(workshop).regions


def test_a_skipped_item_is_not_on_and_nobody_comes_after_it(workshop: Workshop) -> None:
    day.begin(workshop)
    plain = room.look(workshop, real=datetime.now(UTC))
    rows = tuple(replace(row, state="skipped") if row.slot.id == "how-digital" else row for row in plain.schedule.rows)
    seen = replace(plain, schedule=replace(plain.schedule, rows=rows, next=rows[2]))
    first, second = turns.all_of(seen)[:2]
    assert (first.state, first.is_next, second.is_next) == ("skipped", False, True)
    assert second.before
    assert second.before.item.key == "intros"


def test_the_regions_hold_nothing_of_a_person(workshop: Workshop) -> None:
    talk(workshop)
    agenda.say_who(attendee=phone_in(workshop).attendee, name="Zebedee Quill", council="", role="")
    sent = render(workshop).frame()
    names = list(Speaker.objects.values_list("name", flat=True))
    notes = "Welcome both speakers by name"
    assert len(names) == 6
    assert [word for word in (*names, "Zebedee", notes, "csrf") if word in sent] == []


def test_the_same_rows_and_moment_give_the_same_bytes(workshop: Workshop) -> None:
    talk(workshop)
    fresh = Workshop.objects.get(pk=workshop.pk)
    stamp = snapshots.stamp(fresh, "speaker")
    assert snapshots.render(fresh, "speaker", stamp) == snapshots.render(
        Workshop.objects.get(pk=workshop.pk), "speaker", stamp
    )


def test_speakers_hear_of_what_the_desk_changes_and_are_sent_nothing_for_an_answer(workshop: Workshop) -> None:
    talk(workshop)
    asked = day.ask(workshop, "digital_pleased")
    renderings = Renderings()
    before = renderings.current(workshop.pk, "speaker")
    day.answer(asked, "heron")
    assert not renderings.current(workshop.pk, "speaker").is_news_to(before.stamp)
    day.begin(workshop, until="data")
    assert renderings.current(workshop.pk, "speaker").is_news_to(before.stamp)
    assert Question.objects.get(pk=asked.pk).status == "closing"
