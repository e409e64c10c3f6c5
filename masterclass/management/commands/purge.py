"""manage.py purge: delete names and answers of every day whose date has come."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from agenda import importing
from feedback import keeping, sealing, sweeping
from masterclass import prepare


class Command(BaseCommand):
    help = (
        "Delete names and answers of every day whose date has come, and agendas read more than a day ago; "
        "see docs/running.md. To be run now and then."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepare.check_ready()
        except prepare.CannotStart as error:
            raise SystemExit(str(error)) from error
        days = keeping.delete_when_due()
        importing.forget_old(now=timezone.now())
        sweeping.sweep_when_due()
        self.stdout.write(f"Names and answers of {days} days were deleted.")
        if sealing.a_day_runs():
            self.stdout.write("A day is running: what is left to do waits until it is over.")
