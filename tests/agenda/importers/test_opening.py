"""The only way in: whatever comes in, a source or a sentence comes out."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.importers.opening import open_source
from agenda.importers.source import Unreadable

from .broken_files import parts, small, zipped
from .outcomes import lines_or_sentence

FEWER = settings().max_examples // 10
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\n...", "This is a PDF"),
        (b"{\\rtf1\\ansi 1115 Talk}", "Rich Text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"GIF89a", "picture"),
        (b"\0\0\0\x18ftypheic", "picture"),
        (b"\x1f\x8b\x08\0", "packed"),
        (OLE + "WordDocument".encode("utf-16-le"), "a Word file of the old kind.*docx"),
        (OLE + "Workbook".encode("utf-16-le"), "an Excel file of the old kind.*xlsx"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "a PowerPoint file of the old kind.*pptx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (OLE + "__substg1.0_0037001F".encode("utf-16-le"), "Outlook"),
        (OLE, "cannot be read here"),
        (b"", "nothing in this file"),
        (b" \n\0", "nothing in this file"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", "not text"),
    ],
)
def test_each_kind_of_file_that_cannot_be_read_has_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        open_source("programme.docx", data)


def test_a_name_does_not_say_what_a_file_is() -> None:
    assert list(open_source("a.txt", small("docx")).lines()) == list(open_source("a.docx", small("docx")).lines())
    assert next(iter(open_source("a.pptx", b"1115 Talk").lines())).text == "1115 Talk"


def test_words_that_begin_like_a_picture_are_words() -> None:
    assert next(iter(open_source("a.txt", b"BMA conference, 1115 Talk").lines())).text == "BMA conference, 1115 Talk"


def test_only_a_name_makes_a_table_of_commas() -> None:
    data = b"Start,Title\n1115,Talk\n"
    assert [line.cells for line in open_source("A.CSV", data).lines()] == [("Start", "Title"), ("1115", "Talk")]
    assert [line.cells for line in open_source("a.txt", data).lines()] == [(), ()]


@given(st.text(max_size=20), st.binary(max_size=400))
@settings(max_examples=FEWER * 4)
def test_any_bytes_are_lines_or_a_sentence(name: str, data: bytes) -> None:
    lines_or_sentence(open_source, name, data)


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
@settings(max_examples=FEWER)
@given(st.randoms(use_true_random=False))
def test_a_file_with_wrong_bytes_is_lines_or_a_sentence(kind: str, chance: random.Random) -> None:
    data = bytearray(small(kind))
    for _ in range(chance.choice([1, 3, 30])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    lines_or_sentence(open_source, f"a.{kind}", bytes(data))


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
@settings(max_examples=FEWER)
@given(st.randoms(use_true_random=False))
def test_a_file_with_wrong_parts_is_lines_or_a_sentence(kind: str, chance: random.Random) -> None:
    """Each part is whole XML more often than not, so that the libraries get to see what is wrong."""
    entries = parts(small(kind))
    for _ in range(chance.choice([1, 1, 2, 5])):
        name = chance.choice(sorted(entries))
        entries[name] = changed(chance, entries[name], entries)
        if chance.random() < 0.1:
            del entries[chance.choice(sorted(entries))]
    lines_or_sentence(open_source, f"a.{kind}", zipped(entries))


def changed(chance: random.Random, part: bytes, others: dict[str, bytes]) -> bytes:
    """A part with elements doubled, cut out, put elsewhere; with other numbers; or another part in its place."""
    pieces = part.replace(b">", b">\0").split(b"\0")
    at, to = sorted(chance.randrange(len(pieces)) for _ in range(2))
    what = chance.randrange(6)
    if what == 0:
        pieces[at:to] = []
    elif what == 1:
        pieces[at:at] = pieces[at:to] * chance.choice([1, 2, 50])
    elif what == 2:
        pieces[at], pieces[to] = pieces[to], pieces[at]
    elif what == 3:
        numbers = [b'"-1"', b'"99999999999999999999"', b'"x"', b'""', b'"1e400"', b'"0"', b'"A0"', b'"XFE9999999"']
        quoted = pieces[at].split(b'"')
        if len(quoted) > 2:
            pieces[at] = b'"'.join(quoted[:-2]) + chance.choice(numbers) + quoted[-1]
    elif what == 4:
        pieces = [others[chance.choice(sorted(others))]]
    else:
        pieces[at] += chance.choice(
            [b"1e999", b"-0.5", b"99999999", b"&#0;", b"&#x10FFFF;", b"\xff", b"]]>", b"<x/>", b"t"]
        )
    return b"".join(pieces)
