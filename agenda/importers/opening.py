"""From the bytes of a file to a Source. What a file is told from what is in it; its name only tells a CSV file."""

import re

from . import csv_table, limits, mail, package, plain_text, web_page
from .archive import DAMAGED, LOCKED
from .source import Source, Unreadable

PASTE = "Open it, select the running order, copy it and paste it here."
OLD = (
    "This is {what} of the old kind. Open it, save it as {ending} and try that, or copy the running order and paste it."
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IN_OLE = (  # a name in its folder, and what that makes it
    ("EncryptedPackage", LOCKED),
    ("__substg1.0_", f"This is an Outlook message. {PASTE}"),
    ("PowerPoint Document", OLD.format(what="a PowerPoint file", ending=".pptx")),
    ("WordDocument", OLD.format(what="a Word file", ending=".docx")),
    ("Workbook", OLD.format(what="an Excel file", ending=".xlsx")),
    ("Book", OLD.format(what="an Excel file", ending=".xlsx")),
)
PICTURE = "This is a picture or a film, and those cannot be read here. Type the running order, or paste it."
PACKED = "This is a packed file. Unpack it, and try a file in it."
BEGINNINGS = (
    (re.compile(rb"\s*%PDF"), f"This is a PDF. {PASTE}"),
    (re.compile(rb"\s*{\\rtf"), f"This is a Rich Text file. {PASTE}"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|....ftyp", re.DOTALL), PICTURE),
    (re.compile(rb"\x1f\x8b\x08|7z\xbc\xaf|Rar!\x1a|BZh\d1AY|\xfd7zXZ"), PACKED),
)
TABLES = (".csv", ".tsv", ".tab")


def open_source(name: str, data: bytes) -> Source:
    """What can be read in a file. Raises Unreadable, and nothing else, whatever the file holds."""
    try:
        return _opened(name, data)
    except Unreadable:
        raise
    except MemoryError as error:
        raise Unreadable("It holds more than can be read here. Copy the running order and paste it.") from error
    except Exception as error:  # whatever a library makes of a broken file
        raise Unreadable(DAMAGED) from error


def _opened(name: str, data: bytes) -> Source:
    if not data.strip(b"\0\t\n\r "):
        raise Unreadable("There is nothing in this file.")
    if len(data) > limits.MOST_FILE_BYTES:
        raise Unreadable(limits.TOO_LARGE)
    if data.startswith(OLE):
        raise Unreadable(_in_ole(data))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office(data)
    for beginning, sentence in BEGINNINGS:
        if beginning.match(data):
            raise Unreadable(sentence)
    if name.lower().endswith(TABLES):
        return csv_table.read(data)
    if mail.is_mail(data):
        return mail.read(data)
    text = plain_text.decoded(data)
    return web_page.read(text) if web_page.is_page(text) else plain_text.read(text)


def _office(data: bytes) -> Source:
    """Each library takes a while to load, so only the one that is needed is."""
    opened = package.opened(data)
    if opened.what == "slides":
        from . import slides

        return slides.read(opened)
    if opened.what == "workbook":
        from . import workbook

        return workbook.read(opened)
    from . import document

    return document.read(opened)


def _in_ole(data: bytes) -> str:
    """What a file of the time before 2007 is, or what is locked up like one."""
    found = (said for name, said in IN_OLE if name.encode("utf-16-le") in data)
    return next(found, f"This kind of file cannot be read here. {PASTE}")
