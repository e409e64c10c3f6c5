"""Load a workshop document, such as a sample or a copy of an earlier day."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agenda.chapters import load_document
from agenda.document import DocumentRefused, read_json, read_toml


class Command(BaseCommand):
    help = "Load a workshop document (TOML, or JSON if its name ends in .json). docs/documents.md lists every key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        read = read_json if file.suffix == ".json" else read_toml
        try:
            workshop = load_document(read(file.read_text("utf-8"), file.name))
        except DocumentRefused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(why)s.") % {"file": file, "why": error.strerror}
            ) from error
        except UnicodeDecodeError as error:
            raise CommandError(_("%(file)s is not text in UTF-8.") % {"file": file}) from error
        self.stdout.write(workshop.title)
        self.stdout.write(_("id: %(id)s") % {"id": workshop.pk})
        self.stdout.write(_("join code: %(code)s") % {"code": workshop.join_code})
