"""What the room says: questions, answers, summary, export."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "What the room says"

    def ready(self) -> None:
        from agenda import chapters, naming

        from . import asks, next_day
        from .chapter import chapter
        from .names import approve_anew

        chapters.register(chapter)
        naming.hear(approve_anew)
        next_day.read_asks_with(asks.left_to_do)
