"""Where sockets come in."""

from collections.abc import Awaitable, Callable
from typing import Any

from channels.sessions import CookieMiddleware
from django.urls import path, re_path

from . import consumers


async def nothing_here(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """A socket to an address we do not have: refused, and its address stays out of the log."""
    await receive()
    await send({"type": "websocket.close"})


socket_routes = [
    *(
        path(f"ws/w/<str:workshop_id>/{consumer.audience}", CookieMiddleware(consumer.serve))
        for consumer in (
            consumers.PhoneConsumer,
            consumers.ScreenConsumer,
            consumers.SpeakerConsumer,
            consumers.DeskConsumer,
        )
    ),
    re_path(r"", nothing_here),  # type: ignore[arg-type]  # typed for views
]
