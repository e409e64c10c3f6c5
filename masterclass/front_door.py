"""What every request and every socket passes first, before Django, Channels or anything else sees it.

It checks that the Host is one of ours and that a socket comes from our own pages, and it sets the security headers,
since not everything behind it passes Django's middleware.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

from agenda.origins import is_our_host, is_our_origin

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self' {socket}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


NOT_OURS = b"This address is not one that the masterclass answers to. Use the address shown on the laptop."
NOT_UTF8 = b"This was not sent as UTF-8, so it could not be read. Nothing was changed. Send it from the page itself."


def _is_utf8(scope: Scope) -> bool:
    """Our own pages send nothing else; Django would fail on a charset that it cannot read."""
    types = ";".join(_headers(scope, b"content-type")).lower().replace(" ", "").replace('"', "")
    return all(part in {"charset=utf-8", "charset=utf8"} for part in types.split(";") if part.startswith("charset="))


def _headers(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


class FrontDoor:
    """Wraps the whole application."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hosts = _headers(scope, b"host")
        welcome = len(hosts) == 1 and is_our_host(hosts[0])
        if scope["type"] == "websocket":
            origins = _headers(scope, b"origin")
            if not (welcome and len(origins) == 1 and is_our_origin(origins[0], hosts[0])):
                await _refuse_socket(receive, send)
                return
            await self.app(scope, receive, send)
        elif not welcome:
            await _refuse_request(send, 400, NOT_OURS)
        elif not _is_utf8(scope):
            await _refuse_request(send, 415, NOT_UTF8)
        else:
            if settings.HOSTED:  # the proxy before us speaks https; nothing it forwards needs to be believed
                scope = {**scope, "scheme": "https"}
            is_page = not scope["path"].startswith(settings.STATIC_URL)
            await self.app(scope, receive, _with_headers(send, hosts[0], is_page=is_page))


async def _refuse_socket(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 1008})


async def _refuse_request(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _with_headers(send: Send, host: str, *, is_page: bool) -> Send:
    """Scripts and styles need few words, and each would carry all of them."""
    secure = settings.HOSTED
    policy = CSP.format(socket=f"{'wss' if secure else 'ws'}://{host}")
    extra = [
        (b"content-security-policy", policy.encode("latin-1")),
        (b"referrer-policy", b"same-origin"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    ]
    if not is_page:
        extra = [(b"content-security-policy", b"default-src 'none'"), (b"x-content-type-options", b"nosniff")]
    if secure:
        extra.append((b"strict-transport-security", b"max-age=31536000"))
        extra.append((b"cross-origin-opener-policy", b"same-origin"))

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return send_with_headers
