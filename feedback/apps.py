"""What the room says: questions, answers, summary, export."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "What the room says"

    def ready(self) -> None:
        from agenda import chapters

        from .chapter import chapter

        chapters.register(chapter)
