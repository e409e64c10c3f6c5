"""Any order of changes, reads, losses, repeats and restarts: stamps rise at every page, and quiet makes them right.

I3 and I4 of docs/reliability.md, on the rules alone; test_chaos.py claims the same of real processes.
"""

import uuid
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from .model import Link, Outbox, OutOfDate, Page, Reply, Sheet, next_sheet, reading, stamp_of, verdict
from .model_hub import Frame, Process, Rows

REGIONS = st.sampled_from(["now", "question", "answers"])
PAGES = st.integers(0, 2)
ANY = st.integers(0, 50)


class Hall(RuleBasedStateMachine):
    """Three pages, and one process. What is under way may arrive in any order, twice, or never."""

    kept = Bundle("kept")
    several = False

    @initialize()
    def furnish(self) -> None:
        self.rows = Rows({"now": 0, "question": 0, "answers": 0})
        self.processes = [Process() for _ in range(2 if self.several else 1)]
        self.pages = [Page() for _ in range(3)]
        self.under_way: list[list[Frame]] = [[] for _ in self.pages]
        self.stamps = [page.stamp for page in self.pages]
        self.behind = [False for _ in self.pages]

    @rule(region=REGIONS, value=st.integers(0, 3))
    def change(self, region: str, value: int) -> None:
        self.rows.change(region, value)

    @rule()
    def a_minute_passes(self) -> None:
        self.rows.at += 60

    @rule(target=kept)
    def keep_a_copy(self) -> tuple[dict[str, int], int]:
        return dict(self.rows.regions), self.rows.rev

    @rule(copy=kept)
    def restore(self, copy: tuple[dict[str, int], int]) -> None:
        self.rows.restore(*copy)

    def process(self, which: int) -> Process:
        return self.processes[which % len(self.processes)]

    @rule(which=ANY)
    def read(self, which: int) -> None:
        self.process(which).read(self.rows)

    @rule(page=PAGES, which=ANY)
    def connect(self, page: int, which: int) -> None:
        self.socket_ends(page)
        self.process(which).hello(page, self.pages[page].stamp, self.rows)

    @rule(page=PAGES)
    def socket_ends(self, page: int) -> None:
        """With whatever has not left; what has may still come."""
        for process in self.processes:
            process.followers.pop(page, None)

    @rule(which=ANY)
    def kill(self, which: int) -> None:
        self.processes[which % len(self.processes)] = Process()

    @rule(page=PAGES)
    def frame_leaves(self, page: int) -> None:
        for process in self.processes:
            follower = process.followers.get(page)
            if follower and follower.waiting:
                self.under_way[page].append(follower.waiting)
                follower.waiting = None

    @rule(page=PAGES, which=ANY)
    def poll(self, page: int, which: int) -> None:
        process = self.process(which)
        frame = process.current(self.rows)
        if stamp_of(frame) > self.pages[page].stamp and self.pages[page].stamp not in process.alike:
            self.under_way[page].append({**frame, "polled": True})

    @rule(which=ANY)
    def tick(self, which: int) -> None:
        for page in self.process(which).followers:
            if frame := self.process(which).tick():
                self.under_way[page].append(frame)

    @rule(page=PAGES, which=ANY, again=st.booleans())
    def arrive(self, page: int, which: int, again: bool) -> None:
        waiting = self.under_way[page]
        if waiting:
            frame = waiting[which % len(waiting)]
            if not again:
                waiting.remove(frame)
            self._take(page, frame)

    @rule(page=PAGES, which=ANY)
    def lose(self, page: int, which: int) -> None:
        """Nothing is lost on a socket that lives: it ends with it."""
        if self.under_way[page]:
            del self.under_way[page][which % len(self.under_way[page])]
            self.socket_ends(page)

    def _take(self, page: int, frame: Frame) -> None:
        if frame["t"] == "tick":
            self.behind[page] = self.pages[page].is_behind(frame)
        elif self.pages[page].apply(frame):
            assert self.pages[page].stamp > self.stamps[page]
            self.stamps[page] = self.pages[page].stamp
            for process in self.processes if "polled" in frame else []:
                if page in process.followers:  # its socket may lead to another process than the one that answered
                    process.hello(page, self.pages[page].stamp, self.rows)

    @rule()
    def quiet(self) -> None:
        """Each process reads once, what is under way arrives, and then pages without a socket poll: all are right."""
        for process in self.processes:
            process.read(self.rows)
        for page in range(len(self.pages)):
            self._all_arrives(page)  # before the poll: a page waits for one answer before it polls again
            if self.behind[page] or not any(page in process.followers for process in self.processes):
                self.poll(page, page)
            self._all_arrives(page)
            self.behind[page] = False
            wanted = {name: (part["h"], part["html"]) for name, part in self.rows.render()["regions"].items()}
            assert self.pages[page].regions == wanted

    def _all_arrives(self, page: int) -> None:
        self.frame_leaves(page)
        while self.under_way[page]:
            self._take(page, self.under_way[page].pop())
            self.frame_leaves(page)

    @invariant()
    def nothing_is_ahead_of_the_rows(self) -> None:
        assert all(page.stamp <= self.rows.stamp for page in self.pages)


class HallWithTwoProcesses(Hall):
    """The same where a page that comes back may be let in by another process."""

    several = True


TestHall = Hall.TestCase
TestHallWithTwoProcesses = HallWithTwoProcesses.TestCase


def test_what_looks_as_it_did_long_ago_is_news_to_a_page_that_comes_from_another_process() -> None:
    """Something changes and changes back while only the other one looks: the page that comes from there is told."""
    rows, here, there, page = Rows({"now": 0}), Process(), Process(), Page()
    here.read(rows)
    here.hello(1, rows.stamp, rows)
    rows.change("now", 1)
    page.apply(there.current(rows))
    rows.change("now", 0)
    here.hello(0, page.stamp, rows)
    here.read(rows)
    assert here.followers[0].waiting
    assert here.followers[1].waiting is None


def test_a_page_that_has_read_elsewhere_tells_its_socket_what_it_holds_now() -> None:
    hall = HallWithTwoProcesses()
    hall.furnish()
    hall.connect(page=0, which=0)
    hall.frame_leaves(page=0)
    hall.change("now", 1)
    hall.poll(page=0, which=1)
    hall.arrive(page=0, which=0, again=False)
    hall.arrive(page=0, which=0, again=False)
    hall.change("now", 0)
    hall.quiet()


@given(before=st.tuples(ANY, ANY, ANY), frame=st.tuples(ANY, ANY, ANY))
def test_a_snapshot_is_taken_if_and_only_if_its_stamp_is_higher(
    before: tuple[int, int, int], frame: tuple[int, int, int]
) -> None:
    page = Page(stamp=before, regions={"now": ("h1", "one")})
    epoch, rev, at = frame
    taken = page.apply({"v": 1, "epoch": epoch, "rev": rev, "at": at, "regions": {"now": {"h": "h2", "html": "two"}}})
    assert taken == (frame > before)
    assert page.regions["now"][1] == ("two" if taken else "one")


def test_a_frame_of_another_version_stops_the_page() -> None:
    with pytest.raises(OutOfDate):
        Page().apply({"v": 2, "epoch": 9, "rev": 9, "at": 9, "regions": {}})


SHEET = Sheet(str(uuid.UUID(int=7, version=4)), 3, "question", "words")


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (Reply(200, True, {"key": SHEET.key, "edit": 3}), "saved"),
        (Reply(200, True, {"key": SHEET.key, "edit": 4}), "older"),
        (Reply(200, True, {"key": "another", "edit": 3}), "kept"),
        (Reply(200, False, {"key": SHEET.key, "edit": 3}), "kept"),
        (Reply(409, True, {"message": "closed"}), "refused"),
        (Reply(409, False, None), "kept"),
        (Reply(429, True, {}), "kept"),
        (Reply(503, True, {}), "kept"),
        (Reply(302, True, None), "kept"),
        (Reply(), "kept"),
    ],
)
def test_only_a_2xx_of_ours_with_the_same_key_is_saved(reply: Reply, what: str) -> None:
    assert verdict(SHEET, reply) == what
    storage = {SHEET.question: SHEET}
    assert Outbox(storage).hear(SHEET, reply) == what
    assert (SHEET.question in storage) == (what == "kept")


def test_an_older_try_that_arrives_leaves_the_newer_edit_in_the_outbox() -> None:
    newer = next_sheet(SHEET.question, "better words", "fresh", SHEET, None)
    storage = {newer.question: newer}
    Outbox(storage).hear(SHEET, Reply(200, True, {"key": SHEET.key, "edit": 3}))
    assert storage == {newer.question: newer}
    assert (newer.key, newer.edit) == (SHEET.key, 4)


@given(tries=st.integers(0, 20), seed=st.integers())
def test_tries_come_within_half_a_minute_and_not_at_once(tries: int, seed: int) -> None:
    outbox = Outbox({})
    waits = [outbox.wait_ms(Random(seed)) for _ in range(tries + 1)]
    assert all(500 <= wait <= 30_000 for wait in waits)


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (Reply(204, True), "same"),
        (Reply(200, True, {"v": 1}), "new"),
        (Reply(200, True, {"v": 2}), "stale"),
        (Reply(404, True, {}), "stale"),
        (Reply(404, False), "away"),
        (Reply(200, False, {"v": 1}), "away"),
        (Reply(503, True), "away"),
        (Reply(), "away"),
    ],
)
def test_what_a_read_says(reply: Reply, what: str) -> None:
    assert reading(reply) == what


@given(
    endings=st.lists(st.tuples(st.booleans(), st.sampled_from([0, 1000, 1006, 4500])), min_size=2, max_size=30),
    seed=st.integers(),
)
def test_a_page_never_gives_up_on_sockets_and_polls_after_two_failures(
    endings: list[tuple[bool, int]], seed: int
) -> None:
    link = Link(Random(seed))
    for was_healthy, code in endings:
        if was_healthy:
            link.heard_pong()
        wait = link.socket_ended(code, None)
        assert wait is not None
        assert 0 <= wait <= 72_000
    assert link.must_poll == (not any(healthy for healthy, _ in endings[-2:]))


@pytest.mark.parametrize("code", [4401, 4403, 4409, 4008, 1008])
def test_a_page_that_is_sent_away_polls_and_opens_no_more_sockets(code: int) -> None:
    link = Link(Random(0))
    assert link.socket_ended(code, None) is None
    assert link.must_poll
    link.polling = True
    assert link.has_read("same", has_socket=False) is None


def test_an_answer_to_a_poll_that_comes_late_is_made_good_by_the_next_poll() -> None:
    hall = HallWithTwoProcesses()
    hall.furnish()
    hall.quiet()
    hall.change("answers", 1)
    hall.poll(page=0, which=1)
    hall.change("answers", 0)
    hall.quiet()
