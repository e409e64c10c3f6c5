import socket
import threading

import pytest

from agenda.importers import limits
from agenda.importers.opening import open_source
from agenda.importers.safe_xml import checked
from agenda.importers.source import Unreadable

from .broken_files import WORDS, parts, related, small, with_parts, zipped

LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
BOMBS = {
    "a billion laughs": f"{LAUGHS}]><a>&a9;</a>",
    "one long entity many times": f"<!DOCTYPE a [<!ENTITY x '{'x' * 50_000}'>]><a>{'&x;' * 50_000}</a>",
    "a file of the server": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
    "a document type elsewhere": "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a/>",
    "a document type": "<!DOCTYPE a><a/>",
    "a parameter entity": "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/'> %x;]><a/>",
}


KINDS = ("attachedTemplate", "slideMaster", "externalLink", "styles", "image", "hyperlink", "slide", "worksheet")


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_no_part_may_define_anything(kind: str, encoding: str, bomb: str) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        open_source("", with_parts(kind, words=bomb.encode(encoding)))


@pytest.mark.parametrize(
    "name", ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml"]
)
def test_nor_may_the_parts_that_hold_no_words(name: str) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        open_source("", zipped(parts(small("docx")) | {name: BOMBS["a billion laughs"].encode()}))


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "iso-8859-1", "utf-32", "nonsense"])
def test_an_alphabet_in_which_something_could_hide_is_refused(encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}'?><a/>"
    with pytest.raises(Unreadable):
        checked(text.encode("utf-8" if encoding == "nonsense" else encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_passes_is_in_utf_8_and_says_nothing_of_itself(encoding: str) -> None:
    name = "utf-16" if encoding == "utf-16" else "UTF-8"
    assert checked(f'<?xml version="1.0" encoding="{name}"?>\n<a>é</a>'.encode(encoding)).strip() == "<a>é</a>".encode()


def test_elements_may_not_lie_too_deep_in_each_other() -> None:
    def nested(depth: int) -> bytes:
        return b"<a>" * depth + b"</a>" * depth

    assert checked(nested(limits.DEEPEST))
    with pytest.raises(Unreadable, match="far more"):
        checked(nested(limits.DEEPEST + 1))


def test_there_may_not_be_too_many_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ELEMENTS", 100)
    with pytest.raises(Unreadable, match="far more"):
        checked(b"<a>" + b"<b/>" * 100 + b"</a>")


@pytest.mark.parametrize(
    "data", [b"", b"words", b"<a>", b"<a></b>", b"<a/><a/>", b"\xff\xfe<", b"<a>\xff</a>", b"<a>&b;</a>"]
)
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        checked(data)


def test_no_address_in_a_file_is_opened() -> None:
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=lambda: came.append(door.accept()), daemon=True).start()
        address = f"http://127.0.0.1:{door.getsockname()[1]}/a.xml"
        for kind in ("docx", "pptx", "xlsx"):
            entries = parts(small(kind))
            for name in entries:
                if f"{name.rpartition('/')[0]}/_rels/{name.rpartition('/')[2]}.rels" in entries:
                    entries = related(entries, name, *((one, address, True) for one in KINDS))
            assert list(open_source("", zipped(entries)).lines())
            xml = entries[WORDS[kind]].replace(b"?>", f'?><?xml-stylesheet href="{address}"?>'.encode(), 1)
            assert list(open_source("", zipped(entries | {WORDS[kind]: xml})).lines())
    assert came == []
