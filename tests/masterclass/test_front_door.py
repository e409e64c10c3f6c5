"""What every request and socket meets first: who may come in under which address, and what every answer carries."""

import socket
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.test import Client
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from agenda.models import Workshop
from masterclass.front_door import FrontDoor
from tests.cast import Cast, phone_in
from tests.live.sockets import cookies, fetch
from tests.server import Server


@pytest.fixture
def attendee(workshop: Workshop) -> Client:
    return phone_in(workshop).client


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self' ws://{host}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.django_db(transaction=True)
def test_every_answer_carries_the_headers_once_whatever_made_it(cast: Cast, server: Server) -> None:
    desk, phone = f"/w/{cast.workshop.pk}/desk/", f"/w/{cast.workshop.pk}/"
    static = fetch(server, phone, cast.attendee).text.partition('href="/static/')[2].partition('"')[0]
    answers = [
        ("Start the day", fetch(server, desk, cast.facilitator)),
        ("You are in", fetch(server, phone, cast.attendee)),
        ("There is nothing at this address", fetch(server, phone)),
        ("regions", fetch(server, f"{phone}state/phone", cast.attendee)),
        ("alive", fetch(server, "/healthz/live")),
    ]
    for words, reply in answers:
        assert words in reply.text
        assert reply.headers.get_all("Content-Security-Policy") == [POLICY.format(host=f"127.0.0.1:{server.port}")]
        assert reply.headers.get_all("Referrer-Policy") == ["same-origin"]
        assert reply.headers.get_all("X-Content-Type-Options") == ["nosniff"]
        assert reply.headers.get_all("X-Frame-Options") == ["DENY"]
        assert reply.headers.get_all("Permissions-Policy") == ["camera=(), geolocation=(), microphone=()"]
        assert reply.headers.get_all("Strict-Transport-Security") is None
        assert reply.headers.get_all("Access-Control-Allow-Origin") is None
    file = fetch(server, f"/static/{static}")
    assert "<svg" in file.text
    assert file.headers.get_all("Content-Security-Policy") == ["default-src 'none'"]
    assert file.headers.get_all("X-Content-Type-Options") == ["nosniff"]


@pytest.mark.django_db(transaction=True)
def test_no_page_holds_what_its_own_policy_forbids(cast: Cast, server: Server) -> None:
    pages = [("desk/", cast.facilitator), ("", cast.attendee), ("screen/", cast.viewer)]
    for path, client in pages:
        text = fetch(server, f"/w/{cast.workshop.pk}/{path}", client).text
        assert "<main" in text
        assert [
            found for found in ("<style", " style=", "<script>", "onclick=", "hx-on", "https://unpkg") if found in text
        ] == []


@pytest.mark.parametrize(
    "host", ["evil.example", "8.8.8.8", "127.0.0.1.evil.example", "evil.example@127.0.0.1", "127.0.0.1:x", ""]
)
@pytest.mark.django_db(transaction=True)
def test_a_foreign_host_is_told_where_to_go_and_nothing_else(cast: Cast, server: Server, host: str) -> None:
    reply = fetch(server, f"/w/{cast.workshop.pk}/", cast.attendee, Host=host)
    assert reply.status == 400
    assert "Use the address shown on the laptop." in reply.text
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("host", ["localhost:{port}", "192.168.1.20:{port}", "[::1]:{port}", "10.0.0.7"])
@pytest.mark.django_db(transaction=True)
def test_the_halls_own_addresses_are_ours_and_the_policy_follows_them(server: Server, host: str) -> None:
    named = host.format(port=server.port)
    reply = fetch(server, "/healthz/live", Host=named)
    assert reply.text == '{"alive": true}'
    assert f"ws://{named};" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize("hosts", [[], ["127.0.0.1", "127.0.0.1"], ["127.0.0.1", "evil.example"]])
@pytest.mark.django_db(transaction=True)
def test_a_request_names_exactly_one_host(server: Server, hosts: list[str]) -> None:
    lines = ["GET /healthz/live HTTP/1.1", *(f"Host: {host}" for host in hosts), "Connection: close", "", ""]
    with socket.create_connection((server.host, server.port), 5) as wire:
        wire.sendall("\r\n".join(lines).encode())
        heard = b"".join(iter(lambda: wire.recv(4096), b""))
    assert heard.startswith(b"HTTP/1.1 400 ")
    assert b"alive" not in heard


async def refused_at_the_door(server: Server, workshop: Workshop, cookie: str, **how: Any) -> int:
    """The status of a socket that is not even accepted."""
    headers = [("Cookie", cookie), *how.pop("headers", [])]
    with pytest.raises(InvalidStatus) as refusal:
        async with connect(
            how.pop("address", server.socket_url(workshop.pk, "phone")), additional_headers=headers, proxy=None, **how
        ):
            pass
    return refusal.value.response.status_code


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "origins",
    [
        [],
        ["null"],
        [""],
        ["http://evil.example"],
        ["https://127.0.0.1:{port}"],
        ["http://127.0.0.1"],
        ["http://127.0.0.1:{port}/"],
        ["http://127.0.0.1:{port}.evil.example"],
        ["http://localhost:{port}"],
        ["http://127.0.0.1:{port}", "http://127.0.0.1:{port}"],
        ["http://127.0.0.1:{port}", "http://evil.example"],
    ],
)
async def test_a_socket_from_any_page_but_our_own_is_refused(
    workshop: Workshop, attendee: Client, server: Server, origins: list[str]
) -> None:
    headers = [("Origin", origin.format(port=server.port)) for origin in origins]
    status = await refused_at_the_door(server, workshop, cookies(attendee), headers=headers)
    assert status in {400, 403}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("host", ["evil.example", "8.8.8.8", "127.0.0.1.evil.example"])
async def test_a_socket_for_another_host_is_refused(
    workshop: Workshop, attendee: Client, server: Server, host: str
) -> None:
    status = await refused_at_the_door(
        server,
        workshop,
        cookies(attendee),
        address=f"ws://{host}:{server.port}/ws/w/{workshop.pk}/phone",
        host="127.0.0.1",
        headers=[("Origin", f"http://{host}:{server.port}")],
    )
    assert status == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/ws/w/{workshop}/nobody", "/ws/w/{workshop}/phone/", "/ws/", "/", "/ws/w//phone"])
async def test_a_socket_to_no_address_of_ours_is_refused(
    workshop: Workshop, attendee: Client, server: Server, path: str
) -> None:
    address = f"ws://127.0.0.1:{server.port}{path.format(workshop=workshop.pk)}"
    headers = [("Origin", server.origin)]
    assert await refused_at_the_door(server, workshop, cookies(attendee), address=address, headers=headers) == 403


async def says_hello(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """An application behind the door."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-own", b"1")]})
    await send({"type": "http.response.body", "body": b"hello"})


async def knock(kind: str, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    """The first thing that comes back."""
    scope = {"type": kind, "path": "/", "method": "GET", "headers": list(headers)}
    visitor = ApplicationCommunicator(FrontDoor(says_hello), scope)
    await visitor.send_input({"type": "websocket.connect" if kind == "websocket" else "http.request"})
    first: dict[str, Any] = await visitor.receive_output()
    await visitor.wait()
    return first


@pytest.mark.parametrize("hosts", [[], [b"localhost", b"localhost"], [b"localhost", b"evil.example"]])
async def test_the_door_itself_wants_exactly_one_host(hosts: list[bytes]) -> None:
    headers = [(b"host", host) for host in hosts]
    assert (await knock("http", *headers))["status"] == 400
    assert (await knock("websocket", *headers, (b"origin", b"http://localhost")))["type"] == "websocket.close"
    assert (await knock("http", (b"host", b"localhost")))["status"] == 200


@pytest.fixture
def hosted(settings: Any) -> None:
    settings.PUBLIC_URL, settings.HOSTED = "https://masterclass.example.org", True


OWN = (b"host", b"masterclass.example.org")


@pytest.mark.usefixtures("hosted")
async def test_a_hosted_server_asks_browsers_to_stay_with_https() -> None:
    headers = dict((await knock("http", OWN))["headers"])
    assert headers[b"strict-transport-security"] == b"max-age=31536000"
    assert headers[b"cross-origin-opener-policy"] == b"same-origin"
    assert b"connect-src 'self' wss://masterclass.example.org;" in headers[b"content-security-policy"]
    assert headers[b"x-own"] == b"1"


@pytest.mark.usefixtures("hosted")
@pytest.mark.parametrize("host", [b"localhost:8000", b"192.168.1.20", b"evil.example", b"masterclass.example.org:444"])
async def test_a_hosted_server_answers_to_its_one_name(host: bytes) -> None:
    assert (await knock("http", (b"host", host)))["status"] == 400
    assert (await knock("http", OWN))["status"] == 200


@pytest.mark.usefixtures("hosted")
@pytest.mark.parametrize(
    ("origins", "answer"),
    [
        ([b"https://masterclass.example.org"], "websocket.accept"),
        ([b"http://masterclass.example.org"], "websocket.close"),
        ([b"https://masterclass.example.org.evil.example"], "websocket.close"),
        ([b"https://masterclass.example.org"] * 2, "websocket.close"),
        ([b"null"], "websocket.close"),
        ([], "websocket.close"),
    ],
)
async def test_a_hosted_servers_sockets_come_from_its_own_pages(origins: list[bytes], answer: str) -> None:
    first = await knock("websocket", OWN, *((b"origin", origin) for origin in origins))
    assert first["type"] == answer


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "nonsense"])
def test_a_form_in_another_charset_is_answered_with_a_sentence(server: Server, charset: str) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    reply = fetch(server, "/", method="POST", body="code=ABCDEF", Content_Type=kind)
    assert (reply.status, "not sent as UTF-8" in reply.text) == (415, True)
    assert fetch(server, "/", method="POST", body="x", Content_Type='text/plain; charset="UTF-8"').status == 403


@pytest.mark.django_db
def test_a_refused_press_leaves_no_address_in_the_log(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(enforce_csrf_checks=True)
    for path in (f"/w/{workshop.pk}/answers/", f"/j/{workshop.join_token}/"):
        assert client.post(path).status_code == 403
    assert workshop.pk not in caplog.text
    assert workshop.join_token not in caplog.text


@pytest.mark.parametrize("hosted", [True, False])
async def test_pages_behind_the_proxy_know_that_they_are_encrypted(hosted: bool, settings: Any) -> None:
    settings.HOSTED, settings.PUBLIC_URL = hosted, "https://day.example.org" if hosted else ""
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["scheme"])

    host = b"day.example.org" if hosted else b"localhost:8000"
    await FrontDoor(app)({"type": "http", "path": "/", "scheme": "http", "headers": [(b"host", host)]}, None, None)
    assert seen == ["https" if hosted else "http"]
