"""manage.py prepare: make everything ready once, before several processes serve it."""

from typing import Any

from django.core.management.base import BaseCommand

from masterclass import prepare


class Command(BaseCommand):
    help = "Make the database, the static files and the first workshop ready, for processes with serve --prepared."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepare.get_ready()
        except prepare.CannotStart as error:
            raise SystemExit(str(error)) from error
