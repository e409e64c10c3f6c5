"""The two things a whole hall does in the same second, answered before Django and without a thread for each:
reading the state, and handing in an answer.

Only what can be answered from memory is answered here. Everything else goes on to Django: the same addresses are
views there, which say in words why not, and take the same form from a page without a script.
"""

import asyncio
import json
import re
import zlib
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from django.http import parse_cookie

from agenda import seat as seats
from agenda.origins import is_our_origin
from agenda.seat import Seat
from feedback import sent
from feedback.handing_in import Handed

from . import presence, snapshots
from .follower import NOTHING
from .hub import hub
from .writer import writer

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
STATE = re.compile(r"/w/([^/]+)/state/phone")
ANSWERS = re.compile(r"/w/([^/]+)/answers/")
ARRIVES_WITHIN = 10.0  # seconds a body may take
WORTH_PACKING = 1024  # bytes
OURS = [(b"x-live", b"1"), (b"cache-control", b"no-store")]


class FastLane:
    """Wraps Django."""

    def __init__(self, django: Any) -> None:
        self.django = django

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "GET" and (found := STATE.fullmatch(scope["path"])):
            done = await _state(scope, send, found[1])
        elif scope["method"] == "POST" and (found := ANSWERS.fullmatch(scope["path"])):
            done = await _answer(scope, receive, send, found[1])
        else:
            done = False
        if not done:
            await self.django(scope, receive, send)


async def _state(scope: Scope, send: Send, workshop_id: str) -> bool:
    """The state of the phone; False where there is more to say than that."""
    headers = dict(scope["headers"])
    seat = await _seat(headers, workshop_id)
    snapshot = seat and await hub.newest((workshop_id, "phone"), polled=True)
    if not seat or not snapshot:
        return False
    query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=10)
    presence.polled(workshop_id, str(seat.attendee_id), query.get("w") == ["1"])
    have = snapshots.read_stamp(query.get("have", [""])[0]) or NOTHING
    if snapshot.is_news_to(have):
        await _send_json(send, headers, 200, snapshot.frame())
    else:
        await _send(send, 204, OURS, b"")
    return True


async def _answer(scope: Scope, receive: Receive, send: Send, workshop_id: str) -> bool:
    """An answer from our own page's script; False for anything else, before a byte of it was read."""
    headers = dict(scope["headers"])
    seat = await _seat(headers, workshop_id) if _is_our_script(scope, headers) else None
    if not seat:
        return False
    body = await _read(receive)
    found = sent.read(body, seat) if isinstance(body, bytes) else body
    if isinstance(found, Handed):
        found = sent.reply(found, await writer.hand_in(workshop_id, found))
    extra = [(name.lower().encode(), value.encode()) for name, value in found.headers.items()]
    await _send_json(send, headers, found.status, json.dumps(found.body), extra)
    return True


def _is_our_script(scope: Scope, headers: dict[bytes, bytes]) -> bool:
    """JSON, with our mark, from exactly one Origin, which is our own page's, and not longer than an answer can be."""
    origins = [value for name, value in scope["headers"] if name == b"origin"]
    length = headers.get(b"content-length", b"0")
    return (
        headers.get(b"content-type", b"").split(b";")[0].strip() == b"application/json"
        and headers.get(b"x-live") == b"1"
        and len(origins) == 1
        and is_our_origin(origins[0].decode("latin-1"), headers.get(b"host", b"").decode("latin-1"))
        and length.isdigit()
        and int(length) <= sent.MOST_BYTES
    )


async def _seat(headers: dict[bytes, bytes], workshop_id: str) -> Seat | None:
    """The seat behind a phone's cookies, if it is one of the day's: by its signature and by heart."""
    seat = seats.read(parse_cookie(headers.get(b"cookie", b"").decode("latin-1")), workshop_id)
    return seat if seat and await hub.is_seated(workshop_id, str(seat.attendee_id)) else None


async def _read(receive: Receive) -> bytes | sent.Reply:
    """What arrives, or the refusal of what is too long or too slow. Counted, whatever length was announced."""
    body = bytearray()
    try:
        async with asyncio.timeout(ARRIVES_WITHIN):
            more = True
            while more and len(body) <= sent.MOST_BYTES:
                message = await receive()  # a phone that is gone sends no more, and half of an answer is none
                body += message.get("body", b"")
                more = message.get("more_body", False)
    except TimeoutError:
        return sent.too_slow()
    return bytes(body)


async def _send_json(
    send: Send, headers: dict[bytes, bytes], status: int, text: str, extra: list[tuple[bytes, bytes]] | None = None
) -> None:
    body = text.encode()
    told = [*OURS, (b"content-type", b"application/json"), (b"vary", b"Accept-Encoding, Cookie"), *(extra or [])]
    if len(body) >= WORTH_PACKING and b"gzip" in headers.get(b"accept-encoding", b""):
        body = zlib.compress(body, level=1, wbits=31)
        told.append((b"content-encoding", b"gzip"))
    await _send(send, status, told, body)


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    if status != 204:
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
