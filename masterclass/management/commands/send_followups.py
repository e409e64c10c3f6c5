"""manage.py send_followups: write to those who asked to be asked six weeks later, and send whatever else waits."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from feedback import posting
from masterclass import prepare

FOLLOWUPS, OTHERS = "followup", "day"
FAILED = ("waits", "refused", "given_up")


class Command(BaseCommand):
    help = "Send the follow-ups that are due, and other mail that waits; see docs/running.md. To be run now and then."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepare.check_ready()
        except prepare.CannotStart as error:
            raise SystemExit(str(error)) from error
        done = posting.send_due(now=timezone.now(), most=None)
        self.stdout.write(f"Follow-ups: {in_words(done, FOLLOWUPS)}.")
        self.stdout.write(f"Other mails: {in_words(done, OTHERS)}.")
        if left := posting.waiting(now=timezone.now()):
            self.stdout.write(f"{left} more wait for the next try: the mail server could not be reached.")
        if left or any(state in FAILED for _purpose, state in done):
            raise SystemExit(1)


def in_words(done: Counter[tuple[str, str]], purpose: str) -> str:
    """ "2 sent, 1 to be tried again, 0 refused, 0 given up"."""
    names = {"sent": "sent", "waits": "to be tried again", "refused": "refused", "given_up": "given up"}
    return ", ".join(f"{done[purpose, state]} {name}" for state, name in names.items())
