"""Where a server comes in."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masterclass.settings")
django_application = get_asgi_application()

# Only after Django is set up: what follows imports models.
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402

from sessions.fastlane import FastLane  # noqa: E402
from sessions.routing import socket_routes  # noqa: E402

from .front_door import FrontDoor  # noqa: E402

application = FrontDoor(
    ProtocolTypeRouter({"http": FastLane(django_application), "websocket": URLRouter(socket_routes)})
)
