"""manage.py restored: a copy of the database was put back, and every page has to read anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from agenda import services
from feedback import erasing, keeping, sealing, sweeping
from masterclass import prepare


class Command(BaseCommand):
    help = "Run once after a copy of the database was put back, before the server starts: see docs/running.md."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepare.check_ready()
        except prepare.CannotStart as error:
            raise SystemExit(str(error)) from error
        erasing.after_restore()
        days = len(services.restored(now=timezone.now()))
        sealing.seal_all_due()
        keeping.delete_when_due()
        sweeping.sweep_when_due()
        sentence = ngettext(
            "Every page of %(days)d day will read anew.", "Every page of %(days)d days will read anew.", days
        )
        self.stdout.write(sentence % {"days": days})
