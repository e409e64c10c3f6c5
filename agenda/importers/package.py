"""A deck, a Word file or a workbook taken apart, and put together anew from the parts with words in them.

What a library is given holds no macro, picture, embedded file or comment: such parts are not even unpacked. Nothing in
it leads out of the file but the addresses of web pages, which are read as words and never opened.
"""

from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from . import addresses, limits, relations, safe_xml
from .archive import TOO_MUCH, Archive
from .relations import Relation
from .source import Unreadable

OFFICE = "application/vnd.openxmlformats-officedocument."
SAYS = {"word": "document", "presentation": "slides", "powerpoint": "slides", "spreadsheet": "workbook"}
SAYS |= {"excel": "workbook"}
PLAIN = {  # what a file is without its macros
    "document": f"{OFFICE}wordprocessingml.document.main+xml",
    "slides": f"{OFFICE}presentationml.presentation.main+xml",
    "workbook": f"{OFFICE}spreadsheetml.sheet.main+xml",
}
FOLLOWED = {  # kinds of relations that lead to words, or to what they look like
    "document": {"styles", "numbering"},
    "slides": {"slide", "slidelayout", "slidemaster", "diagramdata"},
    "workbook": {"worksheet", "sharedstrings", "styles"},
}
PAGES = {"slide", "worksheet"}
SAVE_AS = "Save it as {kind} and try that, or copy the running order and paste it here."
OFFICE_FILE = SAVE_AS.format(kind="a Word, Excel or PowerPoint file")
OTHERS = (  # an entry of the archive, and what that makes it
    ("content.xml", f"This is an OpenDocument file. {OFFICE_FILE}"),
    ("index/document.iwa", f"This is a file of Pages, Numbers or Keynote. {OFFICE_FILE}"),
    ("index.zip", f"This is a file of Pages, Numbers or Keynote. {OFFICE_FILE}"),
)


@dataclass(frozen=True, slots=True)
class Package:
    """`what` it is: document, slides or workbook. `parts` are the ones that are kept, checked, by their names."""

    what: str
    main: str
    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[Relation]] = field(default_factory=dict)

    def file(self) -> BytesIO:
        """A new file, of nothing but the parts that are kept."""
        file = BytesIO()
        root = Relation("rId1", f"{relations.OFFICE}/officeDocument", self.main, is_outside=False)
        with ZipFile(file, "w", ZIP_STORED) as archive:
            archive.writestr(relations.TYPES, relations.types_written(self.types))
            archive.writestr(relations.name_for(""), relations.written([root]))
            for name, data in self.parts.items():
                archive.writestr(name, data)
                archive.writestr(relations.name_for(name), relations.written(self.relations[name]))
        file.seek(0)
        return file


def opened(data: bytes) -> Package:
    """What is worth reading in `data`. Raises Unreadable."""
    archive = Archive(data)
    if relations.TYPES not in archive:
        raise Unreadable(_some_other(archive))
    main = next((one.target for one in relations.read(archive, "") if one.kind == "officedocument"), "")
    package = Package(_what(relations.types(archive).of(main)), main)
    _take(archive, package)
    package.types[main] = PLAIN[package.what]
    return package


def _what(kind: str) -> str:
    """Told from what the main part says it is."""
    if "sheet.binary" in kind:
        raise Unreadable("This is a binary Excel file. " + SAVE_AS.format(kind="an ordinary Excel workbook (.xlsx)"))
    said = kind.lower().removeprefix("application/vnd.").removeprefix("openxmlformats-officedocument.")
    what = next((what for word, what in SAYS.items() if said.removeprefix("ms-").startswith(word)), "")
    if not what or ".main" not in said:
        raise Unreadable("This is not a Word, Excel or PowerPoint file. Copy the running order and paste it here.")
    return what


def _take(archive: Archive, package: Package) -> None:
    """Every part that can be reached from the main one by relations that are followed."""
    types, waiting = relations.types(archive), [package.main]
    while waiting:
        name = waiting.pop()
        if name in package.parts:
            continue
        kept = [one for one in relations.read(archive, name) if _is_kept(one, package.what, archive)]
        if name == package.main and sum(one.kind in PAGES for one in kept) > limits.MOST_PAGES:
            raise Unreadable(f"It has more than {limits.MOST_PAGES} pages. Keep the ones that are about the day.")
        package.parts[name] = safe_xml.checked(archive.read(name))
        package.types[name] = types.of(name)
        package.relations[name] = kept
        if len(package.parts) > limits.MOST_PARTS:
            raise Unreadable(TOO_MUCH)
        inside = [one for one in kept if not one.is_outside and one.kind in FOLLOWED[package.what]]
        waiting += [one.target for one in inside if one.target in archive]


def _is_kept(one: Relation, what: str, archive: Archive) -> bool:
    """A workbook looks its sheets up by their relations, charts among them: those stay, and lead nowhere."""
    if one.is_outside:
        return one.kind == "hyperlink" and addresses.is_web(one.target)
    return what == "workbook" or (one.kind in FOLLOWED[what] and one.target in archive)


def _some_other(archive: Archive) -> str:
    """What a ZIP is that is no Office file."""
    return next((said for name, said in OTHERS if name in archive), "This is a ZIP. Unpack it, and try a file in it.")
