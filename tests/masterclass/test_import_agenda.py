"""manage.py import_agenda"""

import json
import sqlite3
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.agenda.importers.made_files import newcastle_docx
from tests.masterclass.test_run import run


def said(*words: object) -> str:
    out = StringIO()
    call_command("import_agenda", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "Programme – final.docx"
    file.write_bytes(newcastle_docx())
    return file


def test_one_json_object_is_printed_and_nothing_else(file: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    ran = run("manage", "import_agenda", str(file), "--json", DATA_DIR=data, PORT=8000)
    assert ran.returncode == 0, ran.stderr
    draft = json.loads(ran.stdout)
    assert {"items", "questions", "lines"} <= draft.keys()
    assert [(item["start"], item["title"]) for item in draft["items"][:2]] == [
        (None, "Intros and Discussion"),
        ("11:15", "How digital is helping councils"),
    ]
    assert {line["fate"] for line in draft["lines"]} <= {"item", "note", "ignored"}
    assert list(data.glob("*.sqlite3*")) == []  # it needs no database, and makes none


def test_people_get_lines(file: Path) -> None:
    assert "11:15  How digital is helping councils" in said(file)


def unreadable(tmp_path: Path) -> dict[str, Path]:
    folder, packed, empty, damaged = (tmp_path / name for name in ("folder", "a.zip", "empty.txt", "damaged.docx"))
    folder.mkdir()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "1115 Talk")
    empty.write_bytes(b"")
    damaged.write_bytes(newcastle_docx()[:2_000])
    database = tmp_path / "a.db"
    sqlite3.connect(database).execute("create table a (b)")
    found = {"folder": folder, "packed": packed, "empty": empty, "damaged": damaged, "database": database}
    return found | {"missing": tmp_path / "missing.txt"}


@pytest.mark.parametrize("which", ["folder", "packed", "empty", "damaged", "database", "missing"])
def test_what_it_cannot_read_ends_with_a_line_and_a_two(
    which: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = unreadable(tmp_path)[which]
    with pytest.raises(SystemExit) as ended:
        call_command("import_agenda", str(file), "--json")
    printed = capsys.readouterr()
    assert ended.value.code == 2
    assert printed.out == ""
    assert printed.err.startswith(f"{file}: ")
    assert printed.err.endswith(".\n")
    assert printed.err.count("\n") == 1
