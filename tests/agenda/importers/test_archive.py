import stat
import struct
from zipfile import ZipInfo

import pytest

from agenda.importers import limits
from agenda.importers.archive import Archive
from agenda.importers.opening import open_source
from agenda.importers.source import Unreadable

from .broken_files import MAIN, WORDS, parts, small, with_parts, zipped


def refused(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        open_source("a.docx", data)


def central(name: bytes, offset: int = 0, size: int = 0) -> bytes:
    """An entry of a ZIP's list, as its bytes stand there."""
    return (
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, size, size, len(name), 0, 0, 0, 0, 0, offset)
        + name
    )


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_a_part_that_unpacks_to_more_and_more_is_let_go(kind: str) -> None:
    refused(with_parts(kind, words=b"<a>" + b" " * (limits.RATIO_FROM_BYTES * 3)), "far more than a file about a day")


@pytest.mark.parametrize("most", ["MOST_PART_BYTES", "MOST_UNPACKED_BYTES", "MOST_PARTS", "MOST_ENTRIES"])
def test_a_file_may_only_be_so_large_unpacked(most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, most, 2)
    refused(small("docx"), "far more than a file about a day")


def test_what_a_zip_says_of_its_sizes_is_not_believed() -> None:
    large = b"<a>" + b" " * (limits.RATIO_FROM_BYTES * 3)
    data = with_parts("docx", words=large)
    assert data.count(struct.pack("<I", len(large))) == 2
    with pytest.raises(Unreadable):
        open_source("a.docx", data.replace(struct.pack("<I", len(large)), struct.pack("<I", 100)))


def test_a_hundred_thousand_entries_are_not_listed() -> None:
    entries = central(b"a.xml") * 100_000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(entries), 4, 0)  # it says one
    refused(b"PK\x03\x04" + entries + end, "far more than a file about a day")


def test_many_names_for_one_large_part_are_counted_as_many() -> None:
    archive = Archive(zipped({f"{number}.xml": b"<a>" + b"<b/>" * 250_000 for number in range(40)}))
    with pytest.raises(Unreadable, match="far more"):
        [archive.read(f"{number}.xml") for number in range(40)]


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "a/../b", "C:/x", "..\\x", "//x", "word//x", "./x"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    refused(zipped(parts(small("docx")) | {name: b"<a/>"}), "damaged")


def test_names_with_strokes_the_other_way_are_read() -> None:
    entries = {name.replace("/", "\\"): content for name, content in parts(small("docx")).items()}
    assert list(open_source("", zipped(entries)).lines()) == list(open_source("", small("docx")).lines())


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [WORDS["docx"], WORDS["docx"].upper()])
def test_a_name_that_is_there_twice_is_refused(name: str) -> None:
    entries = parts(small("docx"))
    data = zipped(entries | {"WORD/DOCUMENT.XMM": entries[WORDS["docx"]]})
    refused(data.replace(b"WORD/DOCUMENT.XMM", name.encode()), "damaged")


def test_an_encrypted_entry_is_said_to_be_locked() -> None:
    data = bytearray(small("docx"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    refused(bytes(data), "locked with a password")


def test_a_part_that_is_a_link_to_a_file_is_not_followed() -> None:
    def link(entry: ZipInfo) -> None:
        if entry.filename == MAIN["docx"]:
            entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16

    refused(zipped(parts(small("docx")) | {MAIN["docx"]: b"/etc/passwd"}, link), "damaged")


def test_a_folder_in_the_place_of_a_part_is_refused() -> None:
    entries = parts(small("docx"))
    del entries[MAIN["docx"]]
    refused(zipped(entries | {f"{MAIN['docx']}/": b""}), "damaged")


@pytest.mark.parametrize("kind", [1, 12, 14, 99])
def test_other_ways_of_packing_are_refused(kind: int) -> None:
    data = small("docx").replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x00\x00" + bytes([kind, 0]))
    refused(data, "damaged")


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"PK\x03\x04" + b"\xff" * 500])
def test_a_zip_that_is_hardly_one_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        open_source("a.docx", data)


def test_too_large_a_file_is_not_even_opened() -> None:
    with pytest.raises(Unreadable, match="50 MB"):
        Archive(bytes(limits.MOST_FILE_BYTES + 1))
