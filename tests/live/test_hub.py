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
from django.utils import timezone

from agenda import services as agenda
from agenda.models import Attendee, Slot, Speaker, Workshop
from feedback.models import Question
from sessions import hub as hubs
from sessions import reader, services
from sessions.follower import Follower, message
from sessions.hub import Hub
from sessions.models import Stage
from sessions.snapshots import Snapshot
from tests.cast import newcastle

from . import day

SOON = 3.0  # seconds: a hint that was lost costs one, and a busy machine another


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()
    yield hub
    reader = hub._reader
    for key in hub.served():
        for page in hub.followers(*key):
            hub.detach(page)
    if reader:
        assert reader.join(SOON)


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


class Page(Follower):
    """A follower and what has reached its page. While `wire` is not set, the server takes no more."""

    __slots__ = ("arrived", "doubts", "wire")

    def __init__(self, workshop_id: str, audience: str) -> None:
        self.arrived: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.wire, self.doubts = asyncio.Event(), asyncio.Event()
        self.wire.set()
        super().__init__(workshop_id, audience, str(uuid.uuid4()), self._take, self.doubts.set)

    async def _take(self, frame: dict[str, Any]) -> None:
        await self.wire.wait()
        assert frame["type"] == "websocket.send"
        self.arrived.put_nowait(json.loads(frame["text"]))


async def heard(page: Page, within: float = SOON) -> dict[str, Any]:
    return await asyncio.wait_for(page.arrived.get(), within)


async def is_silent(page: Page) -> bool:
    """Nothing waits for this page now."""
    await asyncio.sleep(0.01)
    return page.arrived.empty()


async def follow(hub: Hub, workshop: Workshop, audience: str) -> Page:
    """A socket whose page has been told what is on."""
    page = Page(workshop.pk, audience)
    hub.attach(page)
    page.greet((-1, -1, -1))
    now = await hub.newest(page.key)
    assert now
    page.offer_state(now, message(now.frame()))
    await heard(page)
    return page


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
            later = hub.current(workshop.pk, "phone")
            assert hub.current(workshop.pk, "phone") is later
        assert len(rendered) == 1
    assert later.stamp > first.stamp
    assert not later.is_news_to(first.stamp)
    assert later.is_news_to((*first.stamp[:2], first.stamp[2] + 1))  # of another process, between the two
    assert later.since == first.stamp


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
    assert after.is_news_to(before.stamp)


def snapshot(rev: int, at: int = 0, epoch: int = 0) -> Snapshot:
    return Snapshot("phone", (epoch, rev, at), {})


def state(rev: int) -> dict[str, Any]:
    return message(json.dumps({"rev": rev}))


async def test_a_socket_that_takes_no_more_holds_the_latest_frame_and_nothing_older() -> None:
    page = Page("w", "phone")
    page.greet((0, 0, 0))
    page.wire.clear()
    for rev in range(1, 1001):
        page.offer_state(snapshot(rev), state(rev))
    page.offer_if_free(message('{"t": "tick"}'))
    page.wire.set()
    assert [await heard(page), await heard(page)] == [{"rev": 1}, {"rev": 1000}]
    assert await is_silent(page)
    page.offer_if_free(message('{"t": "tick"}'))
    assert await heard(page) == {"t": "tick"}


async def test_a_frame_leaves_without_a_task_while_the_server_takes_it() -> None:
    page = Page("w", "phone")
    page.greet((0, 0, 0))
    tasks = len(asyncio.all_tasks())
    page.offer_state(snapshot(1), state(1))
    assert len(asyncio.all_tasks()) == tasks
    assert page.arrived.get_nowait() == {"rev": 1}


async def test_a_socket_that_breaks_while_it_is_sent_to_hurts_nobody() -> None:
    async def at_once(frame: dict[str, Any]) -> None:
        raise ConnectionResetError

    async def after_a_while(frame: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        raise ConnectionResetError

    for broken in (at_once, after_a_while):
        follower = Follower("w", "phone", "who", broken, lambda: None)
        follower.greet((0, 0, 0))
        follower.offer_state(snapshot(1), state(1))
        await asyncio.sleep(0.01)
        follower.offer_state(snapshot(2), state(2))
        follower.hang_up()


async def test_a_socket_that_is_gone_is_sent_nothing_that_waited() -> None:
    page = Page("w", "phone")
    page.greet((0, 0, 0))
    page.wire.clear()
    for rev in (1, 2):
        page.offer_state(snapshot(rev), state(rev))
    page.hang_up()
    page.wire.set()
    assert await is_silent(page)


async def test_before_the_page_has_spoken_nothing_is_sent_to_it() -> None:
    page = Page("w", "phone")
    page.offer_state(snapshot(2), state(2))
    page.offer_if_free(message('{"t": "tick"}'))
    assert await is_silent(page)
    page.greet((0, 2, 0))
    page.offer_state(snapshot(2), state(2))
    assert await is_silent(page)
    page.offer_state(snapshot(3), state(3))
    assert await heard(page) == {"rev": 3}


@pytest.mark.parametrize(("older", "newer"), [((0, 1, 9), (0, 2, 0)), ((0, 9, 9), (1, 1, 0)), ((0, 1, 1), (0, 1, 2))])
async def test_a_socket_never_goes_back(older: tuple[int, int, int], newer: tuple[int, int, int]) -> None:
    page = Page("w", "phone")
    page.greet((0, 0, 0))
    page.offer_state(snapshot(newer[1], newer[2], newer[0]), state(2))
    assert await heard(page) == {"rev": 2}
    for stamp in (older, newer):
        page.offer_state(snapshot(stamp[1], stamp[2], stamp[0]), state(1))
    assert await is_silent(page)


@pytest.mark.django_db(transaction=True)
async def test_a_change_reaches_every_socket_it_concerns(workshop: Workshop, hub: Hub) -> None:
    lines = [await follow(hub, workshop, audience) for audience in ("phone", "phone", "screen", "desk")]
    await in_database(services.put_on_screen)(workshop=workshop, face="rules")
    frames = [await heard_state(page) for page in lines]
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
    for page in lines:
        frame = await heard(page)
        assert "Confidentiality" in str(frame["regions"])
        assert frame["rev"] == 2


@pytest.mark.django_db(transaction=True)
async def test_a_change_somebody_else_asked_for_first_still_reaches_the_sockets(workshop: Workshop, hub: Hub) -> None:
    page = await follow(hub, workshop, "phone")

    def change_unheard_and_load_the_page() -> None:
        Stage.objects.update(face="rules")
        Workshop.objects.update(rev=F("rev") + 1, control_rev=F("control_rev") + 1)
        assert "Confidentiality" in hub.current(workshop.pk, "phone").regions["rules"].html

    await in_database(change_unheard_and_load_the_page)()
    assert "the screen" in str((await heard(page))["regions"]["now"])


@pytest.mark.django_db(transaction=True)
async def test_phones_hear_nothing_of_an_answer(workshop: Workshop, hub: Hub) -> None:
    phone, desk = await follow(hub, workshop, "phone"), await follow(hub, workshop, "desk")
    await in_database(agenda.join)(workshop=workshop)
    assert "<dd>1</dd>" in (await heard_state(desk))["regions"]["room"]["html"]
    assert await is_silent(phone)


@pytest.mark.django_db(transaction=True)
async def test_whoever_follows_by_a_link_looks_again_after_each_change_of_the_day(workshop: Workshop, hub: Hub) -> None:
    speaker, phone = await follow(hub, workshop, "speaker"), await follow(hub, workshop, "phone")
    await asyncio.wait_for(speaker.doubts.wait(), SOON)  # the reader's first look at the day
    speaker.doubts.clear()
    await in_database(agenda.join)(workshop=workshop)
    await asyncio.wait_for(speaker.doubts.wait(), SOON)
    assert not phone.doubts.is_set()


async def heard_state(page: Page) -> dict[str, Any]:
    """The next state, past the ticks that tell a desk who is here."""
    while (frame := await heard(page))["t"] != "state":
        pass
    return frame


async def collect(page: Page, words: str) -> list[dict[str, Any]]:
    """Every frame up to the first that holds these words."""
    frames = [await heard_state(page)]
    while words not in str(frames[-1]["regions"]):
        frames.append(await heard_state(page))
    return frames


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("audience", ["screen", "desk"])
async def test_a_wall_is_sent_at_most_four_times_a_second_and_ends_with_the_last(
    workshop: Workshop, hub: Hub, audience: str
) -> None:
    await in_database(day.begin)(workshop)
    question = await in_database(day.ask)(workshop, "pre_conf")
    page = await follow(hub, workshop, audience)
    started = time.monotonic()
    collecting = asyncio.create_task(collect(page, "50 answers"))
    for _ in range(50):
        await in_database(day.answer)(question, {"confident": "very"})
    frames = await collecting
    assert len(frames) <= (time.monotonic() - started) / 0.25 + 2
    assert frames[-1]["rev"] == (await in_database(day.revisions)(workshop))[0]


@pytest.mark.django_db(transaction=True)
async def test_what_the_desk_changes_is_not_held_back(
    workshop: Workshop, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "WALL_GAP", 3600.0)
    page = await follow(hub, workshop, "screen")
    for _ in range(3):
        await in_database(agenda.join)(workshop=workshop)
    await in_database(services.put_on_screen)(workshop=workshop, face="rules")
    assert len(await collect(page, "0 of 3 agreed")) == 1


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


@pytest.mark.django_db(transaction=True)
async def test_the_hub_is_empty_after_everybody_left(workshop: Workshop, hub: Hub) -> None:
    pages = [await follow(hub, workshop, audience) for _ in range(5) for audience in ("phone", "screen", "desk")]
    assert (len(hub.followers(workshop.pk, "phone")), hub.size()) == (5, 15)
    reader = hub._reader
    for page in pages:
        hub.detach(page)
        hub.detach(page)
    assert reader
    assert await asyncio.to_thread(reader.join, SOON)  # it ends by itself
    assert (hub.size(), hub.served(), hub._newest, hub._seats, hub._reader) == (0, set(), {}, {}, None)
    assert await follow(hub, workshop, "phone") in hub.followers(workshop.pk, "phone")


@pytest.mark.django_db(transaction=True)
async def test_a_page_that_polls_finds_its_state_ready_for_half_a_minute(
    workshop: Workshop, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await hub.newest((workshop.pk, "phone"), polled=True)
    await in_database(services.put_on_screen)(workshop=workshop, face="rules")
    async with asyncio.timeout(SOON):
        while (later := await hub.newest((workshop.pk, "phone"), polled=True)) is first:
            await asyncio.sleep(0.01)
    assert first
    assert later
    assert later.stamp > first.stamp
    assert "the screen" in later.regions["now"].html
    monkeypatch.setattr(hubs, "WANTED_FOR", -1.0)
    await hub.newest((workshop.pk, "phone"), polled=True)
    assert hub.served() == set()


@pytest.mark.django_db(transaction=True)
async def test_nobody_knows_what_a_day_that_does_not_exist_looks_like(hub: Hub) -> None:
    page = Page("nosuchday1", "phone")
    hub.attach(page)
    assert await hub.newest(page.key) is None
    assert not await hub.is_seated("nosuchday1", str(uuid.uuid4()))


@pytest.mark.django_db(transaction=True)
async def test_a_seat_is_known_by_heart_until_it_is_taken_away(workshop: Workshop, hub: Hub) -> None:
    kept, lost = [await in_database(agenda.join)(workshop=workshop) for _ in range(2)]
    for seat in (kept, lost):
        assert await hub.is_seated(workshop.pk, str(seat.attendee_id))
    assert not await hub.is_seated(workshop.pk, str(uuid.uuid4()))
    page = await follow(hub, workshop, "phone")
    page.who = str(lost.attendee_id)

    def take_away() -> None:
        Attendee.objects.filter(pk=lost.attendee_id).update(revoked_at=timezone.now())
        Workshop.objects.update(rev=F("rev") + 1)

    await in_database(take_away)()
    await asyncio.wait_for(page.doubts.wait(), SOON)
    assert await hub.is_seated(workshop.pk, str(kept.attendee_id))
    assert not await hub.is_seated(workshop.pk, str(lost.attendee_id))


async def test_every_page_is_told_good_bye_and_when_to_come_back(hub: Hub) -> None:
    pages = [Page("w", audience) for audience in ("phone", "phone", "screen", "desk")]
    for page in pages:
        hub.attach(page)
    hub.say_bye()
    for page in pages:
        frame = await heard(page)
        assert frame["t"] == "bye"
        assert 500 <= frame["retry_ms"] <= 5000
