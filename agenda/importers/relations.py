"""What leads from one part of an Office file to another, and what each part says it is: read, and written anew."""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from . import safe_xml
from .archive import DAMAGED, Archive
from .source import Unreadable

TYPES = "[Content_Types].xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """One of a part's relations. `target` is the name of a part, or an address outside the file."""

    id: str
    type: str
    target: str
    is_outside: bool

    @property
    def kind(self) -> str:
        """The last word of its type, in small letters."""
        return self.type.rstrip("/").rpartition("/")[2].lower()


def read(archive: Archive, name: str) -> list[Relation]:
    """Those of a part, or of the whole file where `name` is empty. Raises Unreadable."""
    where = name_for(name)
    if where not in archive:
        return []
    return [_relation(one, name) for one in _parsed(archive, where).iter(f"{{{PACKAGE}/relationships}}Relationship")]


def _relation(element: Any, name: str) -> Relation:
    """A target within the file is told from the part's own folder."""
    kind, target = element.get("Type", ""), element.get("Target", "")
    if kind.startswith(STRICT):
        raise Unreadable("It is saved as Strict Open XML. Save it as an ordinary Word, Excel or PowerPoint file.")
    is_outside = element.get("TargetMode", "").lower() == "external"
    if not is_outside:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), unquote(target))).lstrip("/")
    return Relation(element.get("Id", ""), kind, target, is_outside)


def types(archive: Archive) -> "Types":
    """Raises Unreadable."""
    tree = _parsed(archive, TYPES)
    space = f"{{{PACKAGE}/content-types}}"
    parts = {one.get("PartName", "").lstrip("/").lower(): one for one in tree.iter(f"{space}Override")}
    endings = {one.get("Extension", "").lower(): one for one in tree.iter(f"{space}Default")}
    return Types(*({key: one.get("ContentType", "") for key, one in found.items()} for found in (parts, endings)))


@dataclass(frozen=True, slots=True)
class Types:
    """What parts say they are: by name, else by the ending of the name."""

    parts: Mapping[str, str]
    endings: Mapping[str, str]

    def of(self, name: str) -> str:
        return self.parts.get(name.lower()) or self.endings.get(name.lower().rpartition(".")[2], "")


def name_for(name: str) -> str:
    """Where the relations of a part are."""
    folder, _, last = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{last}.rels")


def written(relations: Iterable[Relation]) -> str:
    """As a part of a file."""
    lines = [
        f"<Relationship Id={quoteattr(one.id)} Type={quoteattr(one.type)} "
        + (f'Target={quoteattr(one.target)} TargetMode="External"/>' if one.is_outside else _inside(one))
        for one in relations
    ]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _inside(one: Relation) -> str:
    return f"Target={quoteattr('/' + one.target)}/>"


def types_written(parts: Mapping[str, str]) -> str:
    """What each part is, as the part that says so."""
    lines = [
        f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>" for name, kind in parts.items()
    ]
    default = f'<Default Extension="rels" ContentType="{RELATIONS_TYPE}"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{default}{"".join(lines)}</Types>'


def _parsed(archive: Archive, name: str) -> Any:
    try:
        return fromstring(safe_xml.checked(archive.read(name)), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable(DAMAGED) from error
