"""The room, live. Django's own app is called `sessions`, so everything Django names here says `live`."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "sessions"
    label = "live"
    verbose_name = "The room, live"

    def ready(self) -> None:
        from agenda import chapters

        from .chapter import chapter

        chapters.register(chapter)
