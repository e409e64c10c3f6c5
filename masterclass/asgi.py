"""Where a server comes in."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masterclass.settings")
django.setup(set_prefix=False)

# Only after Django is set up: what follows imports models.
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402

from sessions.fastlane import FastLane  # noqa: E402
from sessions.routing import socket_routes  # noqa: E402

from .front_door import FrontDoor  # noqa: E402
from .handler import Handler  # noqa: E402
from .turnstile import Turnstile  # noqa: E402

application = FrontDoor(
    ProtocolTypeRouter({"http": FastLane(Turnstile(Handler())), "websocket": URLRouter(socket_routes)})
)
