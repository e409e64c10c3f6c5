"""manage.py import_agenda FILE: what somebody's programme is read as. It stores nothing, and needs no database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from agenda.importers import as_json, limits, source_json
from agenda.importers.draft import Choices
from agenda.importers.source import Unreadable
from agenda.reading import read_file, understood

CANNOT_READ = 2


class Command(BaseCommand):
    help = "Read a programme from a text, CSV, Excel, Word or PowerPoint file, and print it. See docs/imports.md."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print one JSON object for programs.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            source = read_file(file.name, _bytes(file))
            draft = understood(source_json.to_json(source), Choices())
        except Unreadable as refused:
            self.stderr.write(f"{file}: {refused}")
            sys.exit(CANNOT_READ)
        if options["json"]:
            self.stdout.write(json.dumps(as_json.as_json(draft), indent=1))
            return
        for line in as_json.as_lines(draft):
            self.stdout.write(line)


def _bytes(file: Path) -> bytes:
    """No more of it than may be read. Raises Unreadable."""
    try:
        if file.exists() and not file.is_file():
            raise Unreadable(_("That is not a file."))
        with file.open("rb") as opened:
            return opened.read(limits.MOST_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Unreadable(_("It cannot be read: %(why)s.") % {"why": why}) from error
