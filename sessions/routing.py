"""Where sockets come in."""

from channels.sessions import CookieMiddleware
from django.urls import path

from . import consumers

socket_routes = [
    path(f"ws/w/<str:workshop_id>/{consumer.audience}", CookieMiddleware(consumer.as_asgi()))
    for consumer in (consumers.PhoneConsumer, consumers.ScreenConsumer, consumers.DeskConsumer)
]
