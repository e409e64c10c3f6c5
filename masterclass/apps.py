"""The project: wiring and commands."""

from django.apps import AppConfig


class MasterclassConfig(AppConfig):
    name = "masterclass"
    verbose_name = "Masterclass"
