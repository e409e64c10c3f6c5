"""One snapshot for everybody, the newest frame for each, and nothing left behind."""

import asyncio
import json
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from channels.db import database_sync_to_async as in_database
from django.db import connection
from django.db.models import F
from django.test.signals import template_rendered

from agenda import services as agenda
from agenda.models import Slot, Speaker, Workshop
from feedback.models import Question
from sessions import hub as hubs
from sessions import services, snapshots
from sessions.hub import Hub, Line
from sessions.models import Stage
from sessions.snapshots import Snapshot
from tests.cast import newcastle

from . import day

SOON = 3.0  # seconds: a hint that was lost costs one, and a busy machine another


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()
    yield hub
    thread = hub._thread
    for lines in list(hub._lines.values()):
        for line in list(lines):
            hub.detach(line)
    if thread:
        thread.join(SOON)
        assert not thread.is_alive()


@contextmanager
def renderings(name: str) -> Iterator[list[str]]:
    """The names of the templates of this name that are rendered meanwhile, in any thread."""
    found: list[str] = []

    def note(template: Any, **others: Any) -> None:
        if template.name == name:
            found.append(template.name)

    template_rendered.connect(note)
    try:
        yield found
    finally:
        template_rendered.disconnect(note)


def snapshot(rev: int, at: int = 0, epoch: int = 0) -> Snapshot:
    return Snapshot("phone", (epoch, rev, at), {})


async def heard(line: Line, within: float = SOON) -> dict[str, Any]:
    frame: dict[str, Any] = json.loads(await asyncio.wait_for(line.next(), within))
    return frame


async def is_silent(line: Line) -> bool:
    """Nothing waits for this socket now."""
    try:
        await asyncio.wait_for(line.next(), 0.01)
    except TimeoutError:
        return True
    return False


async def follow(hub: Hub, workshop: Workshop, audience: str) -> Line:
    """A socket whose page has been told what is on."""
    line = hub.attach(workshop.pk, audience, str(uuid.uuid4()))
    now = await in_database(hub.current)(workshop.pk, audience)
    line.offer_state(now, now.frame())
    await heard(line)
    return line


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_is_rendered_once_however_many_ask(workshop: Workshop, hub: Hub) -> None:
    def ask(together: threading.Barrier) -> Snapshot:
        together.wait()
        try:
            return hub.current(workshop.pk, "phone")
        finally:
            connection.close()

    with time_machine.travel(datetime(2026, 11, 22, 10, 0, 30, tzinfo=UTC), tick=False):
        for press in range(3):
            services.put_on_screen(workshop=workshop, face=["rules", "join", "housekeeping"][press])
            with renderings("live/phone/_head.html") as rendered, ThreadPoolExecutor(12) as threads:
                given = list(threads.map(ask, [threading.Barrier(12)] * 12))
            assert len(rendered) == 1
            assert {id(one) for one in given} == {id(hub.current(workshop.pk, "phone"))}
            assert given[0].stamp[1] == day.revisions(workshop)[1]


def test_a_minute_that_changes_nothing_is_no_news(workshop: Workshop, hub: Hub) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 10, 0, 30, tzinfo=UTC), tick=False) as clock:
        first = hub.current(workshop.pk, "phone")
        clock.shift(timedelta(minutes=1))
        with renderings("live/phone/_head.html") as rendered:
            assert hub.current(workshop.pk, "phone") is first
            assert hub.current(workshop.pk, "phone") is first
        assert len(rendered) == 1


def test_a_minute_that_changes_a_time_is_news(workshop: Workshop, hub: Hub) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 10, 0, 30, tzinfo=UTC), tick=False) as clock:
        day.begin(workshop, until="data")
        first = hub.current(workshop.pk, "desk")
        clock.shift(timedelta(hours=3))
        later = hub.current(workshop.pk, "desk")
    assert later.stamp == (first.stamp[0], first.stamp[1], first.stamp[2] + 3 * 3600)
    assert "late" in later.regions["live"].html
    assert "late" not in first.regions["live"].html


def test_a_speaker_who_is_new_on_the_day_is_news(workshop: Workshop, hub: Hub) -> None:
    first = hub.current(workshop.pk, "speaker")
    slot = Slot.objects.get(workshop=workshop, key="reflections")
    Speaker.objects.create(slot=slot, position=0, name="Ann")
    workshop.touch(phones=True)
    later = hub.current(workshop.pk, "speaker")
    assert "reflections" not in first.regions
    assert "You are on" in later.regions["reflections"].html


def test_a_restored_day_is_news_though_its_revision_is_lower_and_it_looks_the_same(
    workshop: Workshop, hub: Hub
) -> None:
    services.put_on_screen(workshop=workshop, face="rules")
    before = hub.current(workshop.pk, "screen")
    Workshop.objects.update(epoch=1_763_712_000, rev=1, control_rev=1)
    after = hub.current(workshop.pk, "screen")
    assert after.stamp > before.stamp
    assert after.stamp[:2] == (1_763_712_000, 1)


async def test_a_socket_holds_the_latest_frame_and_nothing_older() -> None:
    line = Line("w", "phone", "who")
    for rev in range(1, 1001):
        line.offer_state(snapshot(rev), f'{{"rev": {rev}}}')
    line.offer_if_empty('{"t": "tick"}')
    assert await heard(line) == {"rev": 1000}
    assert await is_silent(line)
    line.offer_if_empty('{"t": "tick"}')
    assert await heard(line) == {"t": "tick"}


async def test_what_came_before_the_page_spoke_is_not_sent_to_it() -> None:
    line = Line("w", "phone", "who")
    line.offer_state(Snapshot("phone", (0, 2, 0), {}), '{"t": "state"}')
    line.greet((0, 2, 0))
    assert await is_silent(line)
    line.offer_state(Snapshot("phone", (0, 3, 0), {}), '{"t": "newer"}')
    assert await heard(line) == {"t": "newer"}


@pytest.mark.parametrize(("older", "newer"), [((0, 1, 9), (0, 2, 0)), ((0, 9, 9), (1, 1, 0)), ((0, 1, 1), (0, 1, 2))])
async def test_a_socket_never_goes_back(older: tuple[int, int, int], newer: tuple[int, int, int]) -> None:
    line = Line("w", "phone", "who")
    line.offer_state(Snapshot("phone", newer, {}), '{"t": "newer"}')
    assert await heard(line) == {"t": "newer"}
    for stamp in (older, newer):
        line.offer_state(Snapshot("phone", stamp, {}), '{"t": "older"}')
    assert await is_silent(line)


@pytest.mark.django_db(transaction=True)
async def test_a_change_reaches_every_socket_it_concerns(workshop: Workshop, hub: Hub) -> None:
    lines = [await follow(hub, workshop, audience) for audience in ("phone", "phone", "screen", "desk")]
    await in_database(services.put_on_screen)(workshop=workshop, face="rules")
    frames = [await heard_state(line) for line in lines]
    assert frames[0]["regions"] == frames[1]["regions"]
    assert ["Confidentiality" in str(frame["regions"]) for frame in frames] == [True] * 4
    assert "the ground rules" in str(frames[3]["regions"])


@pytest.mark.django_db(transaction=True)
async def test_a_change_nobody_announced_is_found_within_seconds(workshop: Workshop, hub: Hub) -> None:
    lines = [await follow(hub, workshop, audience) for audience in ("phone", "screen")]

    def change_unheard() -> None:
        Stage.objects.update(face="rules")
        Workshop.objects.update(rev=F("rev") + 1, control_rev=F("control_rev") + 1)

    await in_database(change_unheard)()
    for line in lines:
        frame = await heard(line)
        assert "Confidentiality" in str(frame["regions"])
        assert frame["rev"] == 2


@pytest.mark.django_db(transaction=True)
async def test_a_change_somebody_else_asked_for_first_still_reaches_the_sockets(workshop: Workshop, hub: Hub) -> None:
    line = await follow(hub, workshop, "phone")

    def change_unheard_and_load_the_page() -> None:
        Stage.objects.update(face="rules")
        Workshop.objects.update(rev=F("rev") + 1, control_rev=F("control_rev") + 1)
        assert "Confidentiality" in hub.current(workshop.pk, "phone").regions["rules"].html

    await in_database(change_unheard_and_load_the_page)()
    assert "the screen" in str((await heard(line))["regions"]["now"])


@pytest.mark.django_db(transaction=True)
async def test_phones_hear_nothing_of_an_answer(workshop: Workshop, hub: Hub) -> None:
    phone, desk = await follow(hub, workshop, "phone"), await follow(hub, workshop, "desk")
    await in_database(agenda.join)(workshop=workshop)
    assert "<dd>1</dd>" in (await heard_state(desk))["regions"]["room"]["html"]
    assert await is_silent(phone)


@pytest.mark.django_db(transaction=True)
async def test_whoever_follows_by_a_link_looks_again_after_each_change_of_the_day(workshop: Workshop, hub: Hub) -> None:
    speaker, phone = await follow(hub, workshop, "speaker"), await follow(hub, workshop, "phone")
    assert speaker.doubt.is_set()  # the link may be gone since the socket was let in
    while hub._doubted.get(speaker.key) is None:  # the hub's first look at the day
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    speaker.doubt.clear()
    await in_database(agenda.join)(workshop=workshop)
    await asyncio.wait_for(speaker.doubt.wait(), SOON)
    assert not phone.doubt.is_set()


async def heard_state(line: Line) -> dict[str, Any]:
    """The next state, past the ticks that tell a desk who is here."""
    while (frame := await heard(line))["t"] != "state":
        pass
    return frame


async def collect(line: Line, words: str) -> list[dict[str, Any]]:
    """Every frame up to the first that holds these words."""
    frames = [await heard_state(line)]
    while words not in str(frames[-1]["regions"]):
        frames.append(await heard_state(line))
    return frames


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("audience", ["screen", "desk"])
async def test_a_wall_is_sent_at_most_four_times_a_second_and_ends_with_the_last(
    workshop: Workshop, hub: Hub, audience: str
) -> None:
    await in_database(day.begin)(workshop)
    question = await in_database(day.ask)(workshop, "pre_conf")
    line = await follow(hub, workshop, audience)
    started = time.monotonic()
    collecting = asyncio.create_task(collect(line, "50 answers"))
    for _ in range(50):
        await in_database(day.answer)(question, {"confident": "very"})
    frames = await collecting
    assert len(frames) <= (time.monotonic() - started) / 0.25 + 2
    assert frames[-1]["rev"] == (await in_database(day.revisions)(workshop))[0]


@pytest.mark.django_db(transaction=True)
async def test_what_the_desk_changes_is_not_held_back(
    workshop: Workshop, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "WALL_GAP", 3600.0)
    line = await follow(hub, workshop, "screen")
    for _ in range(3):
        await in_database(agenda.join)(workshop=workshop)
    await in_database(services.put_on_screen)(workshop=workshop, face="rules")
    assert len(await collect(line, "0 of 3 agreed")) == 1


@pytest.mark.django_db(transaction=True)
async def test_a_broken_day_stops_no_other_day_and_comes_back_by_itself(workshop: Workshop, hub: Hub) -> None:
    other = await in_database(newcastle)("another-day")
    first, second = await follow(hub, workshop, "phone"), await follow(hub, other, "phone")
    await in_database(Stage.objects.filter(pk=workshop.pk).delete)()
    await in_database(workshop.touch)(phones=True)
    await in_database(services.put_on_screen)(workshop=other, face="rules")
    assert "the screen" in str((await heard(second))["regions"]["now"])
    assert await is_silent(first)
    await in_database(Stage.objects.create)(workshop=workshop, face="housekeeping")
    assert "Fire" in str((await heard(first))["regions"]["now"])


@pytest.mark.django_db(transaction=True)
async def test_a_day_that_is_deleted_leaves_the_hub_working(workshop: Workshop, hub: Hub) -> None:
    other = await in_database(newcastle)("another-day")
    first, second = await follow(hub, workshop, "phone"), await follow(hub, other, "phone")
    await in_database(Question.objects.filter(workshop=workshop).delete)()  # they hold on to their slots
    await in_database(Workshop.objects.filter(pk=workshop.pk).delete)()
    await in_database(services.put_on_screen)(workshop=other, face="rules")
    assert "the screen" in str((await heard(second))["regions"]["now"])
    assert await is_silent(first)


async def test_the_hub_is_empty_after_everybody_left(hub: Hub) -> None:
    lines = [hub.attach("w", audience, str(n)) for n in range(20) for audience in ("phone", "screen", "desk")]
    assert len(hub.lines("w", "phone")) == 20
    for line in lines:
        hub.detach(line)
        hub.detach(line)
    assert hub._lines == {}
    while hub._thread:  # it ends by itself
        await asyncio.sleep(0)
    assert hub.attach("w", "phone", "who") in hub.lines("w", "phone")
    assert hub._thread


async def test_every_page_is_told_good_bye_and_when_to_come_back(hub: Hub) -> None:
    lines = [hub.attach("w", audience, "who") for audience in ("phone", "phone", "screen", "desk")]
    hub.say_bye()
    for line in lines:
        frame = await heard(line)
        assert frame["t"] == "bye"
        assert 500 <= frame["retry_ms"] <= 5000


@pytest.mark.django_db(transaction=True)
async def test_a_tick_tells_everybody_the_stamp_and_only_the_desk_how_many_are_here(
    workshop: Workshop, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "TICK_EVERY", 0.0)
    phone, desk = await follow(hub, workshop, "phone"), await follow(hub, workshop, "desk")
    phone.writing = True
    told = {line: await heard(line, 2 * SOON) for line in (phone, desk)}
    stamp = (await in_database(hub.current)(workshop.pk, "desk")).stamp
    assert set(told[phone]) == {"t", "epoch", "rev", "at", "server_ms"}
    assert (told[desk]["here"], told[desk]["writing"]) == (1, 1)
    assert all((frame["t"], frame["epoch"], frame["rev"]) == ("tick", *stamp[:2]) for frame in told.values())
    assert abs(told[desk]["server_ms"] - snapshots.server_ms()) < 60_000
