"""manage.py load_councils FILE"""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agenda.card_models import Council


def load(file: Path) -> str:
    out = StringIO()
    call_command("load_councils", str(file), stdout=out)
    return out.getvalue().strip()


def test_it_loads_the_register_and_says_what_is_new_and_what_is_gone(db: None, tmp_path: Path) -> None:
    file = tmp_path / "councils.csv"
    file.write_text("official_name,short_name\nUpper Example Borough Council,Uppex\nSampleshire County Council,\n")
    assert load(file) == "Councils in the register: 2. New: 2, no longer in it: 0."
    file.write_text("official_name\nSampleshire County Council\n", "utf-8-sig")
    assert load(file) == "Councils in the register: 1. New: 0, no longer in it: 1."


def test_a_file_that_is_no_register_changes_nothing(db: None, tmp_path: Path) -> None:
    file = tmp_path / "councils.csv"
    file.write_text("official_name\nSampleshire County Council\n")
    load(file)
    for content, says in (
        (b"name\nx\n", "no column"),
        (b"official_name\n", "names no council"),
        (b"\xff\xfe", "UTF-8"),
    ):
        file.write_bytes(content)
        with pytest.raises(CommandError, match=says):
            load(file)
    with pytest.raises(CommandError, match="cannot be read"):
        load(tmp_path / "nothing.csv")
    assert Council.objects.count() == 1
