"""One request of a page, over connections that are kept: what static/js/ask.js and a browser do between them."""

import asyncio
import contextlib
import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

from .model import Reply

LONGEST_WAIT_MS = 120_000
NOT_WHOLE = (OSError, EOFError, TimeoutError, ValueError, IndexError)
Kept = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Asking:
    """A page's requests to one address. `cookies` as a browser would send them."""

    def __init__(self, port: int, cookies: str) -> None:
        self.port = port
        self.cookies = cookies
        self.origin = f"http://127.0.0.1:{port}"
        self._kept: list[Kept] = []

    def close(self) -> None:
        for _reader, writer in self._kept:
            writer.transport.abort()
        self._kept.clear()

    async def ask(
        self,
        path: str,
        *,
        limit: float,
        method: str = "GET",
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Never raises: no network, or nothing whole within `limit` seconds, is a reply with status 0."""
        sent = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookies, **(headers or {})}
        if body:
            sent["Content-Length"] = str(len(body))
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        request = "\r\n".join([*lines, "", ""]).encode("latin-1") + body
        try:
            async with asyncio.timeout(limit):
                return await self._exchange(request)
        except NOT_WHOLE:
            return Reply()

    async def _exchange(self, request: bytes) -> Reply:
        """A kept connection may have ended meanwhile: then a browser tries once more on a new one."""
        while self._kept:
            with contextlib.suppress(_Gone):
                return await self._on(self._kept.pop(), request)
        return await self._on(await asyncio.open_connection("127.0.0.1", self.port), request)

    async def _on(self, kept: Kept, request: bytes) -> Reply:
        reader, writer = kept
        try:
            try:
                writer.write(request)
                first = await reader.readline()
            except OSError as error:
                raise _Gone from error
            if not first:
                raise _Gone
            status = int(first.split(b" ", 2)[1])
            headers = await _headers(reader)
            body = await _body(reader, status, headers)
        except BaseException:
            writer.transport.abort()
            raise
        if headers.get("connection", "").lower() == "close":
            writer.transport.abort()
        else:
            self._kept.append(kept)
        return _reply(status, headers, body)


class _Gone(ConnectionError):
    """Not a byte came back."""


async def _headers(reader: asyncio.StreamReader) -> dict[str, str]:
    found: dict[str, str] = {}
    while (line := await reader.readline()) not in {b"\r\n", b"\n"}:
        if not line.endswith(b"\n"):
            raise EOFError
        name, _, value = line.decode("latin-1").partition(":")
        found[name.strip().lower()] = value.strip()
    return found


async def _body(reader: asyncio.StreamReader, status: int, headers: Mapping[str, str]) -> bytes:
    if status in {204, 304} or status < 200:
        return b""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return await _chunks(reader)
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    return await reader.read()


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        found += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return found


def _reply(status: int, headers: Mapping[str, str], body: bytes) -> Reply:
    parsed: Any = None
    with contextlib.suppress(ValueError):
        parsed = json.loads(body) if body else None
    return Reply(status, headers.get("x-live") == "1", parsed, _retry_ms(headers.get("retry-after", "")))


def _retry_ms(header: str) -> int:
    with contextlib.suppress(ValueError):
        seconds = float(header) if header.isdigit() else parsedate_to_datetime(header).timestamp() - time()
        return int(min(max(seconds * 1000, 0), LONGEST_WAIT_MS))
    return 0
