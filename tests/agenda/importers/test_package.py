import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from agenda.importers import limits
from agenda.importers.opening import open_source
from agenda.importers.package import opened
from agenda.importers.source import Unreadable

from .broken_files import MAIN, TYPES, WORDS, parts, related, small, with_parts, zipped

MACROS = {
    "docx": ("wordprocessingml.document", "application/vnd.ms-word.document.macroEnabled.main+xml"),
    "pptx": ("presentationml.presentation", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
    "xlsx": ("spreadsheetml.sheet", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
}
TEMPLATES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
}


def said_to_be(kind: str, said: str) -> bytes:
    types = re.sub(rb"[^\"]*\.main\+xml", said.encode(), parts(small(kind))[TYPES])
    return with_parts(kind, types=types)


def texts(data: bytes) -> list[str]:
    return [line.text for line in open_source("", data).lines()]


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_files_with_macros_and_templates_are_read_like_others(kind: str) -> None:
    plain = texts(small(kind))
    assert "Programme" in plain or "Start | Item" in plain
    assert texts(said_to_be(kind, MACROS[kind][1])) == plain
    assert texts(said_to_be(kind, TEMPLATES[kind])) == plain


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_what_is_handed_on_holds_words_and_nothing_else(kind: str) -> None:
    entries = parts(small(kind))
    folder = MAIN[kind].rpartition("/")[0]
    entries = related(entries, MAIN[kind], ("vbaProject", "vbaProject.bin", False), ("image", "media/a.png", False))
    entries |= {f"{folder}/vbaProject.bin": b"\xd0\xcf\x11\xe0", f"{folder}/media/a.png": b"x", "bomb.zip": b"PK"}
    with ZipFile(opened(zipped(entries)).file()) as kept:
        names = kept.namelist()
    assert MAIN[kind] in names
    assert {name.rpartition(".")[2] for name in names} == {"xml", "rels"}
    assert not [name for name in names if "docProps" in name or "theme" in name]


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_what_is_handed_on_leads_out_of_the_file_to_web_pages_only(kind: str) -> None:
    addresses = ("https://example.org/a", "file:///etc/passwd", "//host/share", "javascript:alert(1)")
    more = [(one, address, True) for one in ("hyperlink", "attachedTemplate", "image") for address in addresses]
    kept = opened(zipped(related(parts(small(kind)), MAIN[kind], *more)))
    outside = [(one.kind, one.target) for one in kept.relations[MAIN[kind]] if one.is_outside]
    assert outside == [("hyperlink", "https://example.org/a")]


def test_a_nested_zip_is_not_opened() -> None:
    nested = zipped({"word/document.xml": b"<a/>"})
    assert texts(zipped(parts(small("docx")) | {"word/embeddings/a.docx": nested, "bomb.zip": nested})) == texts(
        small("docx")
    )


def test_the_main_part_may_have_another_name() -> None:
    entries = parts(small("docx"))
    moved = {name.replace("document.xml", "document2.xml"): content for name, content in entries.items()}
    moved |= {name: moved[name].replace(b"document.xml", b"document2.xml") for name in (TYPES, "_rels/.rels")}
    assert texts(zipped(moved)) == texts(small("docx"))


def test_names_are_found_however_their_letters_are_written() -> None:
    entries = parts(small("pptx"))
    assert texts(zipped({name.replace("ppt/slides/", "ppt/Slides/"): entries[name] for name in entries})) == texts(
        small("pptx")
    )


@pytest.mark.parametrize(
    "said", ["image/png", "", "application/xml", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"]
)
def test_a_file_that_says_it_is_something_else_is_refused(said: str) -> None:
    with pytest.raises(Unreadable):
        open_source("", said_to_be("docx", said))


@pytest.mark.parametrize(("kind", "other"), [("docx", "pptx"), ("pptx", "xlsx"), ("xlsx", "docx")])
def test_a_file_that_says_it_is_of_another_kind_is_refused(kind: str, other: str) -> None:
    with pytest.raises(Unreadable):
        open_source("", said_to_be(kind, MACROS[other][1]))


@pytest.mark.parametrize(("kind", "page"), [("pptx", "slide"), ("xlsx", "worksheet")])
def test_too_many_pages_are_refused_before_any_is_read(kind: str, page: str) -> None:
    folder = MAIN[kind].rpartition("/")[0]
    entries = related(parts(small(kind)), MAIN[kind], *((page, f"{page}{n}.xml", False) for n in range(600)))
    entries |= {f"{folder}/{page}{n}.xml": b"<a/>" for n in range(600)}
    with pytest.raises(Unreadable, match=f"more than {limits.MOST_PAGES} pages"):
        open_source("", zipped(entries))


def test_slides_that_lead_to_each_other_are_read_once() -> None:
    entries = related(parts(small("pptx")), WORDS["pptx"], ("slide", "slide1.xml", False))
    assert texts(zipped(entries)) == texts(small("pptx"))


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}, "OpenDocument"),
        ({"Index/Document.iwa": b""}, "Pages, Numbers or Keynote"),
        ({"a.txt": b"1115 Talk"}, "This is a ZIP"),
    ],
)
def test_other_archives_are_named(entries: dict[str, bytes], why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        open_source("a.docx", zipped(entries))


def test_strict_open_xml_is_named() -> None:
    entries = parts(small("docx"))
    strict = entries["_rels/.rels"].replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument"
    )
    with pytest.raises(Unreadable, match="Strict Open XML"):
        open_source("", zipped(entries | {"_rels/.rels": strict}))


def test_the_new_file_is_whole() -> None:
    with ZipFile(BytesIO(opened(small("docx")).file().read())) as kept:
        assert kept.testzip() is None
        assert kept.read(WORDS["docx"]).lstrip().startswith(b"<w:document")
