"""manage.py sign_in_link: a new way in for a facilitator."""

import argparse
import os
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from agenda.models import User
from masterclass.management.commands.serve import port_number
from masterclass.prepare import FACILITATOR
from masterclass.welcome import sign_in_address


class Command(BaseCommand):
    help = "Print a sign-in link that opens once, within ten minutes."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--user", default=FACILITATOR)
        parser.add_argument("--port", type=port_number, default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, user: str, port: int, **options: Any) -> None:
        try:
            person = User.objects.filter(username=user, is_active=True).first()
        except DatabaseError as error:
            raise SystemExit("There is no database yet. Start once with python3 run.py, then ask again.") from error
        if not person:
            raise SystemExit(f"There is nobody called {user} here. Give another name with --user.")
        self.stdout.write(sign_in_address(user=person, port=port, now=timezone.now()))
