"""manage.py load_councils FILE: the register of councils that the field for somebody's council offers."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agenda import councils, register


class Command(BaseCommand):
    help = "Load a register of councils from a CSV file with a column official_name; see docs/running.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            entries = register.read(file.read_text("utf-8"))
        except register.Unreadable as unreadable:
            raise CommandError(f"{file}: {unreadable}") from unreadable
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not text in UTF-8.") from error
        new, gone = councils.load_register(entries=entries)
        self.stdout.write(f"Councils in the register: {len(entries)}. New: {new}, no longer in it: {gone}.")
