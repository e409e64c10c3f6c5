"""A hall that comes in the same second is let in one after the other, and who has gone away is not waited for."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from agenda.models import Attendee, Workshop
from masterclass.turnstile import AT_A_TIME, MOST_HELD, Turnstile
from tests.live.sockets import fetch
from tests.server import Server

HALL = 120
GONE = {"type": "http.disconnect"}

Message = dict[str, Any]


class Page:
    """One that has sent its request: `hears` is what it is answered."""

    def __init__(self, path: str = "/", *chunks: bytes) -> None:
        self.scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": []}
        self.says: asyncio.Queue[Message] = asyncio.Queue()
        self.hears: list[Message] = []
        for chunk in chunks or (b"",):
            self.says.put_nowait({"type": "http.request", "body": chunk, "more_body": True})
        self.says.put_nowait({"type": "http.request", "body": b""})

    async def hear(self, message: Message) -> None:
        self.hears.append(message)

    def comes_to(self, turnstile: Turnstile) -> "asyncio.Task[None]":
        return asyncio.ensure_future(turnstile(self.scope, self.says.get, self.hear))

    def goes_away(self) -> None:
        self.says.put_nowait(GONE)

    @property
    def status(self) -> int:
        return int(self.hears[0]["status"])


class House:
    """What stands behind the turnstile; everybody stays until `done`."""

    def __init__(self) -> None:
        self.done = asyncio.Event()
        self.inside: list[str] = []
        self.came: list[str] = []
        self.bodies: list[bytes] = []

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        self.inside.append(scope["path"])
        self.came.append(scope["path"])
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.bodies.append(body)
        await self.done.wait()
        self.inside.remove(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"in"})


async def settled() -> None:
    """Everybody has gone as far as can be gone without anything new."""
    for _ in range(20):
        await asyncio.sleep(0)


async def full_house(longest_wait: float = 30) -> tuple[House, Turnstile, "list[asyncio.Task[None]]"]:
    house = House()
    turnstile = Turnstile(house, longest_wait)
    crowd = [Page(f"/{number}").comes_to(turnstile) for number in range(AT_A_TIME)]
    await settled()
    assert len(house.inside) == AT_A_TIME
    return house, turnstile, crowd


async def test_so_many_are_inside_at_a_time_and_everybody_gets_in() -> None:
    house, turnstile, crowd = await full_house()
    others = [Page(f"/other/{number}") for number in range(2 * AT_A_TIME)]
    crowd += [page.comes_to(turnstile) for page in others]
    await settled()
    assert len(house.inside) == AT_A_TIME
    house.done.set()
    await asyncio.gather(*crowd)
    assert [page.status for page in others] == [200] * len(others)
    assert house.came[AT_A_TIME:] == [page.scope["path"] for page in others]  # in the order they came


async def test_whoever_asks_for_our_health_does_not_wait() -> None:
    house, turnstile, crowd = await full_house()
    doctor = Page("/healthz/live").comes_to(turnstile)
    await settled()
    assert "/healthz/live" in house.inside
    house.done.set()
    await asyncio.gather(*crowd, doctor)


async def test_a_page_that_has_gone_takes_no_turn() -> None:
    house, turnstile, crowd = await full_house()
    gone, patient = [Page(f"/gone/{number}") for number in range(50)], Page("/patient")
    waiting = [page.comes_to(turnstile) for page in [*gone, patient]]
    await settled()
    for page in gone:
        page.goes_away()
    await asyncio.gather(*waiting[:-1])  # while the house is still full
    house.done.set()
    await asyncio.gather(*crowd, waiting[-1])
    assert house.came[AT_A_TIME:] == ["/patient"]
    assert [page.hears for page in gone] == [[]] * 50
    assert not turnstile.turns.locked()


async def test_whoever_has_waited_too_long_is_told_when_to_come_back() -> None:
    house, turnstile, crowd = await full_house(longest_wait=0.01)
    page, script = Page(), Page()
    page.scope["headers"] = [(b"accept", b"text/html")]
    await asyncio.gather(page.comes_to(turnstile), script.comes_to(turnstile))
    assert len(house.came) == AT_A_TIME
    for each in (page, script):
        assert each.status == 503
        assert (b"retry-after", b"5") in each.hears[0]["headers"]
        assert b"What was saved is safe." in each.hears[1]["body"]
    assert b"<h1>" in page.hears[1]["body"]
    house.done.set()
    await asyncio.gather(*crowd)
    late = Page()
    await late.comes_to(turnstile)
    assert late.status == 200


async def test_what_was_sent_is_heard_inside_byte_for_byte_however_long_it_is() -> None:
    house, turnstile, crowd = await full_house()
    long = [bytes([number]) * (MOST_HELD // 3) for number in range(7)]
    pages = [Page("/short", b"one ", b"two").comes_to(turnstile), Page("/long", *long).comes_to(turnstile)]
    await settled()
    house.done.set()
    await asyncio.gather(*crowd, *pages)
    assert house.bodies[AT_A_TIME:] == [b"one two", b"".join(long)]


@pytest.mark.parametrize("moment", ["while it waits", "while it is inside", "while it is answered"])
async def test_a_server_that_ends_a_request_gives_its_turn_back(moment: str) -> None:
    house, turnstile, crowd = await full_house()
    stuck: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def reads_nothing(_message: Message) -> None:
        await stuck

    page = Page("/slow")
    page.hear = reads_nothing  # type: ignore[method-assign]
    ended = page.comes_to(turnstile)
    await settled()
    if moment != "while it waits":
        crowd.pop().cancel()
        await settled()
        assert "/slow" in house.inside
    if moment == "while it is answered":
        house.done.set()
        await settled()
        assert "/slow" not in house.inside
        assert not turnstile.turns.locked()  # how fast it reads is not the hall's affair
    ended.cancel()
    house.done.set()
    await asyncio.gather(*crowd, ended, return_exceptions=True)
    again = [Page(f"/again/{number}").comes_to(turnstile) for number in range(AT_A_TIME)]
    await asyncio.gather(*again)


@pytest.mark.django_db(transaction=True)
def test_a_hall_that_gives_up_had_no_thread_each_and_holds_up_nobody(workshop: Workshop, server: Server) -> None:
    path = f"/j/{workshop.join_code}/"
    ask = f"GET {path} HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode()
    most = 0
    with ExitStack() as open_lines:
        for _ in range(3 * HALL):
            line = open_lines.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
            line.sendall(ask)
            most = max(most, _threads(server))
    assert fetch(server, path, within=20).status == 200
    assert most < 4 * AT_A_TIME


def _threads(server: Server) -> int:
    assert server.process
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("Threads:")[2].split()[0])


@pytest.mark.django_db(transaction=True)
def test_a_hall_that_joins_at_once_has_a_seat_each(workshop: Workshop, server: Server) -> None:
    def join(_number: int) -> str:
        page = fetch(server, f"/j/{workshop.join_code}/", within=60)
        token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        sent = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Origin": server.origin}
        body = f"csrfmiddlewaretoken={token}"
        reply = fetch(server, f"/j/{workshop.join_code}/", method="POST", body=body, within=60, **sent)
        assert reply.status == 302
        return next(value for value in reply.headers.get_all("Set-Cookie") or [] if value.startswith("seat-"))

    with ThreadPoolExecutor(HALL) as threads:
        seats = {cookie.partition("=")[2].partition(":")[0] for cookie in threads.map(join, range(HALL))}
    assert len(seats) == HALL
    assert Attendee.objects.filter(workshop=workshop, pk__in=seats).count() == HALL
