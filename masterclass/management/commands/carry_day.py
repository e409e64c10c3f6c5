"""manage.py carry_day out|in: a whole day in one file, from one computer to another and back."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda import carry, carry_file
from agenda.models import User, Workshop
from agenda.rows import Unreadable
from masterclass import private_file


class Command(BaseCommand):
    help = "Write a whole day to one file, or read such a file. What it holds is confidential; see docs/running.md."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        out = ways.add_parser("out", help="Write the day with everything that was said and done on it.")
        out.add_argument("day", help="its slug or its id")
        out.add_argument("file", type=Path)
        out.add_argument("--force", action="store_true", help="Replace the file if it is there.")
        back = ways.add_parser("in", help="Read a day that was carried out, here or elsewhere.")
        back.add_argument("file", type=Path)
        back.add_argument("--owner", metavar="NAME", help="Give the day to this account.")

    def handle(self, *args: Any, way: str, file: Path, **options: Any) -> None:
        try:
            if way == "out":
                self.carry_out(options["day"], file, force=options["force"])
            else:
                self.carry_in(file, options["owner"])
        except DatabaseError as error:
            sentence = _(
                "The database cannot be used (%(why)s). Nothing was changed. If this computer has not run a day yet, "
                "start once with python3 run.py, then try again."
            )
            raise CommandError(sentence % {"why": " ".join(str(error).split())}) from error

    def carry_out(self, name: str, file: Path, *, force: bool) -> None:
        workshop = Workshop.objects.filter(Q(pk=name) | Q(slug=name)).first()
        if workshop is None:
            raise CommandError(_("There is no day with the slug or the id “%(name)s” here.") % {"name": name})
        try:
            with transaction.atomic():  # without a file, nothing is noted either
                text = carry_file.written(carry.carry_out(workshop=workshop, now=timezone.now()))
                private_file.write(file, text, replace=force)
        except FileExistsError as error:
            raise CommandError(
                _("%(file)s is there already. Choose another name, or replace it with --force.") % {"file": file}
            ) from error
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(why)s.") % {"file": file, "why": error.strerror}
            ) from error
        self.say(_("%(day)s is in %(file)s.") % {"day": workshop, "file": file})
        self.say(
            _(
                "The file is confidential: it holds everything that was said on the day, names too, and is not "
                "encrypted. Whoever has it can read all of it. Delete it when it has done its work."
            )
        )
        self.say(_("From now on run the day in one place only: what happens in two places cannot be put together."))

    def carry_in(self, file: Path, owner: str | None) -> None:
        account = User.objects.filter(username=owner, is_active=True).first() if owner else None
        if owner and account is None:
            raise CommandError(_("There is nobody called %(name)s here. Nothing was changed.") % {"name": owner})
        try:
            day = carry_file.read(_text(file))
            arrived = carry.carry_in(file=day, now=timezone.now(), owner=account)
        except (Unreadable, carry.NotCarried) as refused:
            raise CommandError(str(refused)) from refused
        self.tell(arrived)

    def tell(self, arrived: carry.Arrived) -> None:
        workshop = arrived.workshop
        self.say(_("%(day)s is here.") % {"day": workshop})
        self.say(_("id: %(id)s") % {"id": workshop.pk})
        self.say(_("join code: %(code)s") % {"code": workshop.join_code})
        if arrived.renamed:
            self.say(_("Its slug here is %(slug)s; where it comes from it has another.") % {"slug": workshop.slug})
        if arrived.strangers:
            who = [f"{name} ({role})" if role else name for name, role in sorted(arrived.strangers.items())]
            self.say(
                _(
                    "These have no account here, so they have no role on the day and what they did has no name beside "
                    "it: %(who)s. No account was made."
                )
                % {"who": ", ".join(who)}
            )
        if not arrived.has_owner:
            self.say(_("Nobody here owns the day. Carry it in again with --owner NAME to say who does."))
        self.say(_("The file is as confidential as the day itself. Delete it when it has done its work."))

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)


def _text(file: Path) -> str:
    """What the file says. Raises CommandError with a sentence."""
    try:
        if file.exists() and not file.is_file():
            raise CommandError(_("%(file)s is not a file.") % {"file": file})
        return file.read_text("utf-8")
    except OSError as error:
        raise CommandError(_("%(file)s cannot be read: %(why)s.") % {"file": file, "why": error.strerror}) from error
    except UnicodeDecodeError as error:
        raise CommandError(_("%(file)s is not a file that carry_day has written.") % {"file": file}) from error
