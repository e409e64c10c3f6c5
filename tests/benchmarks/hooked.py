"""Our own server with one address more, for benchmarks: `/bench/publish` hands a fresh snapshot to the hub.

The snapshot has the regions of the real one and a stamp that is one second higher, so every phone takes it, and a real
press is newer than any number of them. The answer says the monotonic time just before, which every process on this
computer shares. As a program it is `manage.py serve` with that address; uvicorn is given `application`.
"""

import asyncio
import json
import sys
import time
from dataclasses import replace
from typing import Any

import masterclass.asgi
from agenda.models import Workshop
from sessions.hub import hub

App = Any


class Hooked:
    def __init__(self, app: App) -> None:
        self.app = app
        self.published = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != "/bench/publish":
            await self.app(scope, receive, send)
            return
        began = await asyncio.to_thread(self.publish)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps({"began": began}).encode()})

    def publish(self) -> int:
        """In a thread, as the hub does after a press; returns the moment before the hub was asked."""
        workshop_id = Workshop.objects.values_list("pk", flat=True).get()
        snapshot = hub.current(workshop_id, "phone")
        epoch, rev, at = snapshot.stamp
        self.published += 1
        fresh = replace(snapshot, stamp=(epoch, rev, at + self.published), alike=())
        began = time.monotonic_ns()
        if hasattr(hub, "publish"):
            hub.publish(fresh, workshop_id)
        else:
            hub._publish((workshop_id, "phone"), fresh)
        return began


application = masterclass.asgi.application = Hooked(masterclass.asgi.application)

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", "serve", *sys.argv[1:]])
