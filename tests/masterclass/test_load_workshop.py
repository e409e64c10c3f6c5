"""manage.py load_workshop FILE"""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agenda.chapters import dump_document
from agenda.models import Workshop
from masterclass.settings import BASE_DIR

SAMPLE = BASE_DIR / "masterclass" / "samples" / "newcastle.toml"


def load(file: Path) -> str:
    out = StringIO()
    call_command("load_workshop", str(file), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_it_prints_title_id_and_join_code() -> None:
    printed = load(SAMPLE)
    workshop = Workshop.objects.get()
    assert printed.splitlines() == [workshop.title, f"id: {workshop.pk}", f"join code: {workshop.join_code}"]
    assert load(SAMPLE) == printed, "loading again finds the same day"


@pytest.mark.django_db
def test_it_reads_json_as_well(tmp_path: Path) -> None:
    file = tmp_path / "day.json"
    slot = {"key": "a", "title": "A", "kind": "break", "start": "now"}
    file.write_text(json.dumps({"slug": "s", "title": "T", "date": "2020-02-07", "slots": [slot]}))
    assert load(file).startswith("T\n")
    assert dump_document(Workshop.objects.get())["slots"][0]["absorb"] == "offer"


@pytest.mark.django_db
def test_a_refused_document_ends_the_command_with_the_sentence(tmp_path: Path) -> None:
    file = tmp_path / "newcastle.toml"
    file.write_text(SAMPLE.read_text().replace('title = "Lunch"', 'titel = "Lunch"'))
    line = file.read_text().splitlines().index('titel = "Lunch"') + 1
    with pytest.raises(CommandError) as refused:
        load(file)
    assert str(refused.value) == f'newcastle.toml, line {line}: "slots[3].titel" is not a key of a slot.'
    assert refused.value.returncode == 1
    assert not Workshop.objects.exists()


def test_a_file_that_cannot_be_read_ends_the_command_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        load(tmp_path / "absent.toml")
    latin = tmp_path / "latin.toml"
    latin.write_bytes('title = "Café"'.encode("latin-1"))
    with pytest.raises(CommandError, match="is not text in UTF-8"):
        load(latin)
