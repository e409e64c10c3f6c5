"""manage.py carry_day out|in"""

import json
import os
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from agenda import carry_file, services
from agenda.models import Audit, Membership, Workshop
from masterclass import private_file
from tests.agenda.journeys import NOW, elsewhere, eventful
from tests.cast import newcastle, user_with


def carry(*words: object) -> str:
    out = StringIO()
    call_command("carry_day", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "day.json"


@pytest.mark.django_db
def test_a_day_is_written_to_one_file_that_only_its_owner_can_read(file: Path) -> None:
    workshop = eventful()
    said = carry("out", "newcastle", file)
    assert f"{workshop} is in {file}." in said
    assert "The file is confidential: it holds everything that was said" in said
    assert "run the day in one place only" in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["carry"] == 1
    assert [path.name for path in file.parent.iterdir()] == ["day.json"]


@pytest.mark.django_db
def test_a_day_goes_by_its_slug_or_its_id(file: Path) -> None:
    workshop = newcastle()
    for number, name in enumerate((workshop.slug, workshop.pk)):
        assert str(workshop) in carry("out", name, file.with_suffix(f".{number}"))
    with pytest.raises(CommandError, match="There is no day with the slug or the id “nowhere” here"):
        carry("out", "nowhere", file)
    assert not file.exists()


@pytest.mark.django_db
def test_a_file_that_is_there_is_replaced_only_by_force(file: Path) -> None:
    newcastle()
    file.write_text("something dear")
    with pytest.raises(CommandError, match=r"is there already\. Choose another name, or replace it with --force"):
        carry("out", "newcastle", file)
    assert file.read_text() == "something dear"
    assert not Audit.objects.filter(kind="day carried out").exists()
    carry("out", "newcastle", file, "--force")
    assert json.loads(file.read_text())["carry"] == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.django_db
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_where_no_file_can_be_written_nothing_is_noted(tmp_path: Path, force: tuple[str, ...]) -> None:
    newcastle()
    for place in (tmp_path / "nowhere" / "day.json", tmp_path, Path("/dev/null")):
        with pytest.raises(CommandError, match=r"cannot be written: [A-Z][\w ]+\."):
            carry("out", "newcastle", place, *force)
    assert not Audit.objects.filter(kind="day carried out").exists()
    assert list(tmp_path.iterdir()) == []
    assert Path("/dev/null").is_char_device()


def test_a_file_is_written_whole_or_not_at_all(file: Path) -> None:
    for replace in (False, True):
        with pytest.raises(UnicodeEncodeError):
            private_file.write(file, "half of it\ud800", replace=replace)
        assert list(file.parent.iterdir()) == []
    file.write_text("something dear")
    with pytest.raises(UnicodeEncodeError):
        private_file.write(file, "half of it\ud800", replace=True)
    assert file.read_text() == "something dear"
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.django_db
def test_a_day_is_read_on_another_computer(file: Path) -> None:
    with elsewhere():
        there = eventful()
        carry("out", "newcastle", file)
    user_with("beth")
    said = carry("in", file).splitlines()
    workshop = Workshop.objects.get()
    assert (workshop.pk, workshop.join_code) == (there.pk, there.join_code)
    assert said[:3] == [f"{workshop} is here.", f"id: {there.pk}", f"join code: {there.join_code}"]
    assert "These have no account here" in said[3]
    assert said[3].endswith(": ann (owner). No account was made.")
    assert "Nobody here owns the day. Carry it in again with --owner NAME" in said[4]
    assert "as confidential as the day itself" in said[5]
    assert "owns" not in carry("in", file, "--owner", "beth")
    assert Membership.objects.get(user__username="beth").role == "owner"


@pytest.mark.django_db
def test_an_owner_has_an_account_here(file: Path) -> None:
    with elsewhere():
        newcastle()
        carry("out", "newcastle", file)
    with pytest.raises(CommandError, match="There is nobody called nobody here"):
        carry("in", file, "--owner", "nobody")
    assert not Workshop.objects.exists()


@pytest.mark.django_db
def test_another_slug_is_said(file: Path) -> None:
    with elsewhere():
        newcastle()
        carry("out", "newcastle", file)
    newcastle()
    assert "Its slug here is newcastle-2; where it comes from it has another." in carry("in", file)


@pytest.mark.django_db
def test_what_would_be_lost_ends_the_command_with_a_sentence(file: Path) -> None:
    workshop = newcastle()
    carry("out", "newcastle", file)
    services.join(workshop=workshop)
    with pytest.raises(CommandError, match="What would be lost: people in the room") as refused:
        carry("in", file)
    assert refused.value.returncode == 1
    assert workshop.attendees.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"", "cut short or damaged"),
        (b'{"carry": 1, "leg', "cut short or damaged"),
        (b'{"carry": 99}', "newer version"),
        (b'{"carry": 1, "sha256": "0"}', "it is not as it was written"),
        (b'{"slug": "newcastle"}', "not a file that carry_day has written"),
        (b"\xff\xfe\x00", "not a file that carry_day has written"),
    ],
)
def test_a_file_that_is_none_ends_the_command_with_a_sentence(file: Path, content: bytes | None, sentence: str) -> None:
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        carry("in", file)
    with pytest.raises(CommandError, match="is not a file"):
        carry("in", file.parent)
    assert not Workshop.objects.exists()


def test_before_the_first_start_it_says_what_to_do(file: Path, tmp_path: Path) -> None:
    """On a new computer: a process of its own, with an empty data folder."""
    content = carry_file.new({"agenda": {"day": [{"id": "abc", "join_code": "ABC", "join_token": "abc"}]}}, NOW)
    file.write_text(carry_file.written(content))
    for words in (("in", file), ("out", "newcastle", tmp_path / "out.day")):
        done = subprocess.run(
            [sys.executable, "manage.py", "carry_day", *map(str, words)],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": ""},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert "The database cannot be used (no such table: agenda_workshop). Nothing was changed." in done.stderr
        assert "start once with python3 run.py" in done.stderr
        assert "Traceback" not in done.stderr
