"""manage.py seal: take names off for good where the time has come, and write the database's files anew."""

from typing import Any

from django.core.management.base import BaseCommand

from feedback import sealing, sweeping
from feedback.models import Keeping, Question
from masterclass import prepare


class Command(BaseCommand):
    help = "Take names off for good on every day whose time has come; see docs/running.md. To be run now and then."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepare.check_ready()
        except prepare.CannotStart as error:
            raise SystemExit(str(error)) from error
        before = Question.objects.exclude(sealed_at=None).count()
        sealing.seal_all_due()
        sweeping.sweep_when_due()
        done = Question.objects.exclude(sealed_at=None).count() - before
        self.stdout.write(f"Names were taken off the answers to {done} questions for good.")
        if sealing.a_day_runs():
            self.stdout.write("A day is running: what is left to do waits until it is over.")
        elif Keeping.objects.filter(leftovers=True).exists():
            self.stdout.write("Somebody else is using the database: its files are written anew at the next try.")
