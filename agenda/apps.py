"""The plan and the day: what, when, who."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "agenda"
    verbose_name = "The plan and the day"

    def ready(self) -> None:
        from . import chapters
        from .chapter import chapter

        chapters.register(chapter)
