"""The wire does to a connection what it says, and nothing once it is mended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic

import pytest

from .wire import Wire

SOON = 5.0
UPGRADE = b"GET /ws/w/x/phone HTTP/1.1\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
    except OSError:
        return
    finally:
        writer.close()


class Wired(Wire):
    """A wire whose near ends are closed with it."""

    async def open(self) -> Streams:
        streams = await asyncio.open_connection("127.0.0.1", self.port)
        self.near = [*getattr(self, "near", []), streams[1]]
        return streams


@asynccontextmanager
async def wired() -> AsyncIterator[Wired]:
    """A wire to somebody who says everything back."""
    listener = await asyncio.start_server(echo, "127.0.0.1", 0)
    async with Wired(listener.sockets[0].getsockname()[1]) as wire:
        yield wire
        for writer in wire.near:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
    listener.close()
    await listener.wait_closed()


async def said_back(streams: Streams, words: bytes) -> bytes:
    """What comes back of these words, however it is cut into pieces; less of it if the connection ends."""
    reader, writer = streams
    writer.write(words)
    try:
        return await asyncio.wait_for(reader.readexactly(len(words)), SOON)
    except asyncio.IncompleteReadError as less:
        return less.partial
    except OSError:
        return b""


async def test_without_faults_everything_gets_through() -> None:
    async with wired() as wire:
        streams = await wire.open()
        assert await said_back(streams, b"x" * 200_000) == b"x" * 200_000


async def test_latency_comes_both_ways() -> None:
    async with wired() as wire:
        wire.suffer(latency=0.1)
        streams, began = await wire.open(), monotonic()
        assert await said_back(streams, b"late") == b"late"
        assert monotonic() - began >= 0.2


async def test_a_reset_ends_what_is_open_and_nothing_else() -> None:
    async with wired() as wire:
        streams = await wire.open()
        assert await said_back(streams, b"one") == b"one"
        wire.reset()
        assert await said_back(streams, b"two") == b""
        assert await said_back(await wire.open(), b"three") == b"three"


async def test_from_a_black_hole_nothing_comes_until_it_is_mended() -> None:
    async with wired() as wire:
        streams = await wire.open()
        assert await said_back(streams, b"one") == b"one"
        wire.suffer(black_hole=True)
        streams[1].write(b"two")
        later = await wire.open()
        later[1].write(b"three")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(streams[0].read(1), 0.2)
        wire.mend()
        assert await asyncio.wait_for(streams[0].readexactly(3), SOON) == b"two"
        assert await asyncio.wait_for(later[0].readexactly(5), SOON) == b"three"


async def test_it_is_cut_after_so_many_bytes() -> None:
    async with wired() as wire:
        wire.suffer(cut_after=10)
        assert await said_back(await wire.open(), b"twelve bytes") in {b"", b"twelve byt"}  # a reset may overtake them
        assert await said_back(await wire.open(), b"ten bytes.") == b"ten bytes."


@pytest.mark.parametrize("status", [403, 502])
async def test_a_refused_upgrade_leaves_pages_alone(status: int) -> None:
    async with wired() as wire:
        wire.suffer(refuse_upgrade=status)
        reader, writer = await wire.open()
        writer.write(UPGRADE)
        assert (await asyncio.wait_for(reader.read(), SOON)).startswith(f"HTTP/1.1 {status} ".encode())
        assert await said_back(await wire.open(), b"GET /w/x/") == b"GET /w/x/"


async def test_a_silent_upgrade_is_answered_as_the_standard_has_it_and_then_nothing_is() -> None:
    async with wired() as wire:
        wire.suffer(silent_upgrade=True)
        reader, writer = await wire.open()
        writer.write(UPGRADE)
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), SOON)
        assert b"101 Switching" in answer
        assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in answer  # the example of RFC 6455
        writer.write(b"hello")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.2)
