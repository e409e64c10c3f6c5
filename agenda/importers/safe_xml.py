"""XML that a parser may be given: without a document type, without entities, not too deep, in UTF-8."""

import codecs
import re
from xml.parsers import expat

from . import limits
from .archive import DAMAGED, TOO_MUCH
from .source import Unreadable

DECLARATION = re.compile(rb"^\s*<\?xml\b[^>]*\?>")
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([\w.-]+)[\"']")
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
KNOWN = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"utf-16", b"utf-16le", b"utf-16be"}


def checked(data: bytes) -> bytes:
    """The same XML in UTF-8 and without its declaration, so that every parser sees what was checked here.

    Raises Unreadable.
    """
    data = _in_utf_8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable(DAMAGED)
    depth = _Depth()
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = depth.down
    parser.EndElementHandler = depth.up
    parser.StartDoctypeDeclHandler = _refused
    parser.EntityDeclHandler = _refused
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable(DAMAGED) from error
    return data


def _in_utf_8(data: bytes) -> bytes:
    encoding = next((name for mark, name in UTF_16.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except UnicodeError as error:
        raise Unreadable(DAMAGED) from error
    declaration = DECLARATION.match(text)
    if declaration is None:
        return text
    said = ENCODING.search(declaration.group())
    if said and said.group(1).lower() not in KNOWN:
        raise Unreadable(DAMAGED)
    return text[declaration.end() :]


def _refused(*what: object) -> None:
    raise Unreadable(DAMAGED)


class _Depth:
    """How deep the parser stands, and how many elements it has seen."""

    def __init__(self) -> None:
        self.now = self.seen = 0

    def down(self, name: str, attributes: dict[str, str]) -> None:
        self.now += 1
        self.seen += 1
        if self.now > limits.DEEPEST or self.seen > limits.MOST_ELEMENTS:
            raise Unreadable(TOO_MUCH)

    def up(self, name: str) -> None:
        self.now -= 1
