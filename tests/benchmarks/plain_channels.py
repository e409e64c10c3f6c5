"""What one would write first: a Channels consumer in a group, the in-memory layer and `group_send`, under daphne."""

import json
import sys
import time
from typing import Any

from django.conf import settings

settings.configure(CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}})

# Only after the settings are there.
from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.layers import get_channel_layer  # noqa: E402
from channels.routing import ProtocolTypeRouter  # noqa: E402
from daphne.server import Server  # noqa: E402

from .bare import Frames, pong, settle_memory  # noqa: E402


class Phone(AsyncWebsocketConsumer):
    groups = ["phones"]
    frames: Frames

    async def receive(self, text_data: str = "", bytes_data: bytes | None = None) -> None:
        await self.send(text_data=self.frames.words if "hello" in text_data else pong(text_data))

    async def room_state(self, event: dict[str, str]) -> None:
        await self.send(text_data=event["text"])


async def publish(scope: dict[str, Any], receive: Any, send: Any) -> None:
    words = Phone.frames.next()
    began = time.monotonic_ns()
    await get_channel_layer().group_send("phones", {"type": "room.state", "text": words})
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps({"began": began}).encode()})


if __name__ == "__main__":
    Phone.frames = Frames(sys.argv[2])
    Server(
        application=ProtocolTypeRouter({"http": publish, "websocket": Phone.as_asgi()}),
        endpoints=[f"tcp:port={sys.argv[1]}:interface=127.0.0.1:backlog=4096"],
        server_name="",
        ready_callable=settle_memory,
    ).run()
