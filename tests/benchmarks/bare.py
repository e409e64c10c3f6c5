"""The least a Python server can do: `websockets` and its broadcast of one ready text, with nothing around it."""

import asyncio
import gc
import json
import re
import sys
import time
from http import HTTPStatus
from pathlib import Path

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.http11 import Request, Response

phones: set[ServerConnection] = set()


class Frames:
    """The same words each time, with a stamp that rises."""

    def __init__(self, file: str) -> None:
        self.words = Path(file).read_text("utf-8")
        self.at = int(re.search(r'"at":\s*(\d+)', self.words)[1])  # type: ignore[index]

    def next(self) -> str:
        self.at += 1
        self.words = re.sub(r'("at":\s*)\d+', rf"\g<1>{self.at}", self.words, count=1)
        return self.words


def pong(words: str | bytes) -> str:
    return json.dumps({"t": "pong", "n": json.loads(words)["n"], "server_ms": time.time_ns() // 1_000_000})


def settle_memory() -> None:
    """As `manage.py serve` does, so that no server here is slower for its collections."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def main(port: int, frames: Frames) -> None:
    async def follow(phone: ServerConnection) -> None:
        phones.add(phone)
        try:
            async for words in phone:
                await phone.send(frames.words if "hello" in str(words) else pong(words))
        finally:
            phones.discard(phone)

    def publish(phone: ServerConnection, request: Request) -> Response | None:
        if request.path != "/bench/publish":
            return None
        words = frames.next()
        began = time.monotonic_ns()
        broadcast(phones, words)
        return phone.respond(HTTPStatus.OK, json.dumps({"began": began}))

    server = await serve(follow, "127.0.0.1", port, compression=None, process_request=publish, backlog=4096)
    settle_memory()
    await server.serve_forever()


if __name__ == "__main__":
    if sys.argv[3] == "uvloop":
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    asyncio.run(main(int(sys.argv[1]), Frames(sys.argv[2])))
