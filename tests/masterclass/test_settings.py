"""A bad value in the environment stops the start with one sentence that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def run(folder: Path, *words: str, **values: str) -> "subprocess.CompletedProcess[str]":
    """Python with these words and values, and a data folder of its own."""
    environment = {**os.environ, "DATA_DIR": str(folder), **values}
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def check(folder: Path, **values: str) -> "subprocess.CompletedProcess[str]":
    return run(folder, "manage.py", "check", **values)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DESK_FROM_NETWORK", "maybe", "DESK_FROM_NETWORK is 'maybe'. Set it to 1 (yes) or 0 (no)."),
        ("DEBUG", "on", "DEBUG is 'on'. Set it to 1 (yes) or 0 (no)."),
        ("PUBLIC_URL", "http://x", "PUBLIC_URL is 'http://x'. It must look like https://masterclass.example.org"),
        ("PUBLIC_URL", "https://x.org/a", "PUBLIC_URL is 'https://x.org/a'. It must look like https://"),
        ("PUBLIC_URL", "https://x.org#a", "PUBLIC_URL is 'https://x.org#a'. It must look like https://"),
        ("PUBLIC_URL", "https://[x", "PUBLIC_URL is 'https://[x'. It must look like https://"),
        ("PUBLIC_URL", "https://x; script-src *", "PUBLIC_URL is 'https://x; script-src *'. It must look like"),
        ("PUBLIC_URL", "https://a:b@x.org", "PUBLIC_URL is 'https://a:b@x.org'. It must look like https://"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL must name an SQLite or a PostgreSQL database."),
        ("EMAIL_URL", "mail.example.org", "EMAIL_URL cannot be read as the address of a mail server."),
        ("EMAIL_URL", "smtp://mail.example.org", "MAIL_FROM is ''. With EMAIL_URL it must be who mails are from:"),
        ("SECRET_KEY", "short", "SECRET_KEY is shorter than 32 characters."),
        ("PORT", "abc", "PORT is 'abc'. It must be a number from 1 to 65535."),
        ("PORT", "65536", "PORT is '65536'. It must be a number from 1 to 65535."),
        ("PROCESSES", "0", "PROCESSES is '0'. It must be a number from 1 to 64."),
        ("WEB_CONCURRENCY", "many", "WEB_CONCURRENCY is 'many'. It must be a number from 1 to 64."),
    ],
)
def test_a_bad_value_stops_the_start_with_one_sentence(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    result = check(tmp_path, **{name: value})
    assert result.returncode == 1
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1


SQLITE_ALONE = "PROCESSES is 2, and SQLite is for one process: set DATABASE_URL to a PostgreSQL database."


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("manage.py check", "PROCESSES"),
        ("manage.py check", "WEB_CONCURRENCY"),
        ("manage.py serve --port 1", "PROCESSES"),
        ("-m uvicorn masterclass.asgi:application", "PROCESSES"),
    ],
)
def test_sqlite_is_refused_to_several_processes_however_they_are_started(
    tmp_path: Path, program: str, name: str
) -> None:
    result = run(tmp_path, *program.split(), **{name: "2"})
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].endswith(SQLITE_ALONE)


def test_several_processes_share_postgresqls_connections(tmp_path: Path) -> None:
    show = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['pool']['max_size'])"
    sizes = []
    for processes in (1, 4, 8, 16):
        chosen = {"DATABASE_URL": "postgres://masterclass@/masterclass", "PROCESSES": str(processes)}
        sizes.append(int(run(tmp_path, "manage.py", "shell", "-v", "0", "-c", show, **chosen).stdout))
    assert sizes == [16, 16, 8, 4]


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    result = check(tmp_path / "file" / "data")
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert f"The data folder {tmp_path}/file/data cannot be made" in result.stderr


def test_good_values_start(tmp_path: Path) -> None:
    result = check(tmp_path, PUBLIC_URL="https://Day.example.org:8443/", PORT="8123", DESK_FROM_NETWORK="1", DEBUG="0")
    assert (result.returncode, result.stderr) == (0, "")


def test_the_signing_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    assert check(tmp_path).returncode == 0
    key = (tmp_path / "secret_key").read_text()
    assert len(key) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert check(tmp_path).returncode == 0
    assert (tmp_path / "secret_key").read_text() == key
