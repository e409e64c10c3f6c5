import threading
import time
from pathlib import Path

import pytest

from agenda import reading
from agenda.importers import limits, plain_text, reader, source_json
from agenda.importers.draft import Choices
from agenda.importers.opening import open_source
from agenda.importers.source import Unreadable
from agenda.reading import read_file, understood
from tests.agenda.importers.made_files import newcastle_docx, newcastle_pptx, newcastle_xlsx


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pptx", newcastle_pptx()),
        ("a.docx", newcastle_docx()),
        ("a.xlsx", newcastle_xlsx()),
        ("a\ud800.csv", b"a,b\n1,2"),
    ],
)
def test_another_process_reads_the_same(name: str, data: bytes) -> None:
    assert read_file(name, data) == open_source(name, data)


def test_what_it_refuses_is_refused_here() -> None:
    with pytest.raises(Unreadable, match=r"^This is a PDF\."):
        read_file("a.docx", b"%PDF-1.4 ...")


def test_a_file_that_takes_too_long_is_let_go() -> None:
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="too long to read"):
        read_file("a.pptx", newcastle_pptx(), seconds=0.01)
    assert time.monotonic() - begun < 10


def test_a_process_that_ends_without_a_word_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "START", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(Unreadable, match=r"^It could not be read\."):
        read_file("a.txt", b"1115 Talk")


@pytest.mark.parametrize("said", ["", "words", '{"said": {}}', "[]", "null", "1"])
def test_a_process_that_says_something_else_is_a_sentence(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "START", f"print({said!r})")
    with pytest.raises(Unreadable, match=r"^It could not be read\."):
        read_file("a.txt", b"1115 Talk")


def test_another_process_understands_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    source = plain_text.read(
        "Ours\n6.30 Welcome: Ann Lee, Leeds\n7 - 8 What we do\n  Why?\nhttps://leeds.gov.uk\n8 Drinks"
    )
    kept = source_json.to_json(source)
    for choices in (Choices(), Choices({3: "ignored"}, {"half-day": "morning"})):
        assert understood(kept, choices) == reader.read(source, choices)
    monkeypatch.setattr(reading, "START", 'print(\'{"said": {"items": 1}}\')')
    with pytest.raises(Unreadable, match=r"^It could not be read\."):
        understood(kept, Choices({1: "item"}))


def test_too_large_a_file_goes_to_no_process() -> None:
    with pytest.raises(Unreadable, match="larger than 50 MB"):
        read_file("a.pptx", bytes(limits.MOST_FILE_BYTES + 1), seconds=0)


def test_the_process_has_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "of the house")
    file = tmp_path / "environment"
    monkeypatch.setattr(reading, "START", f"import os; open({str(file)!r}, 'w').write(repr(dict(os.environ)))")
    with pytest.raises(Unreadable):
        read_file("a.txt", b"1115 Talk")
    assert "PATH" in file.read_text()
    assert "of the house" not in file.read_text()


def test_two_are_read_at_once_and_a_third_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_WAITING", 0.01)
    with reading.TWO_AT_ONCE, reading.TWO_AT_ONCE, pytest.raises(Unreadable, match="Others are having something read"):
        read_file("a.txt", b"1115 Talk")
    assert list(read_file("a.txt", b"1115 Talk").lines())


def test_whoever_waits_comes_next() -> None:
    found: list[object] = []
    with reading.TWO_AT_ONCE, reading.TWO_AT_ONCE:
        waiting = threading.Thread(target=lambda: found.append(read_file("a.txt", b"1115 Talk")))
        waiting.start()
    waiting.join(timeout=30)
    assert len(found) == 1
